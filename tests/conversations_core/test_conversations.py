"""Which conversation a message belongs to, across channels, addresses and time."""

from datetime import date

import pytest

from conversations import keys
from conversations.keys import country_of, language_of
from conversations.model import Choice, ConversationState
from conversations.outgoing import Post
from conversations.store import ConversationUnknown
from tests.conversations_core.world import (
    ANA,
    ANA_WHATSAPP,
    CLINIC,
    EMMA,
    FAMILY,
    STRANGER,
    World,
    says,
)


@pytest.fixture(autouse=True)
def _short_talks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rules with fewer turns to run."""
    monkeypatch.setattr(keys, "MAX_TURNS", 4)
    monkeypatch.setattr(keys, "MOST_TURNS", 8)


def test_sms_whatsapp_and_calls_of_one_patient_are_one_conversation(any_world: World) -> None:
    world = any_world
    talks = [
        world.says("hola"),
        world.says("sigo aquí", ANA_WHATSAPP, "whatsapp"),
        world.calls("bueno").conversation,
    ]
    assert len({talk.id for talk in talks}) == 1
    assert talks[0].patient_id == world.ana.id
    assert [each.channel for each in world.store.thread(ANA)[::2]] == ["sms", "whatsapp", "voice"]


def test_a_flow_goes_on_where_the_patient_speaks_next(world: World) -> None:
    world.engine.replies["/greet"] = says("¿Qué día?", flow="reschedule_form")
    flow = world.calls("", opening="/greet").conversation
    assert flow.flow == "reschedule_form"
    talk = world.says("el jueves", ANA_WHATSAPP, "whatsapp")
    assert talk.id == flow.id
    sent = world.provider.sent[-1]
    assert (sent.channel, sent.to) == ("whatsapp", ANA_WHATSAPP)
    assert (talk.channel, talk.reply_to, talk.address) == ("whatsapp", ANA_WHATSAPP, ANA)


def test_an_answer_goes_where_its_question_came_from(world: World) -> None:
    world.arrives("hola")
    world.arrives("y por aquí", ANA_WHATSAPP, "whatsapp")
    world.work()
    assert [(each.channel, each.to) for each in world.provider.sent] == [
        ("sms", ANA),
        ("whatsapp", ANA_WHATSAPP),
    ]


def test_a_shared_number_is_nobody_until_identified(world: World) -> None:
    talk = world.says("hola", FAMILY)
    assert (talk.patient_id, talk.identified) == (None, False)
    world.store.identify(talk.id, world.lucia.id)
    talk = world.says("mis citas", FAMILY)
    assert (talk.patient_id, talk.identified) == (world.lucia.id, True)
    world.later(minutes=61)
    assert world.says("hola", FAMILY).patient_id is None


def test_an_address_of_one_patient_is_theirs_but_proves_nothing(world: World) -> None:
    talk = world.says("hola")
    assert (talk.patient_id, talk.identified) == (world.ana.id, False)


@pytest.mark.parametrize("sender", [FAMILY, STRANGER, "+266696687", "anonymous"])
def test_a_call_from_nobody_in_particular_lives_alone(world: World, sender: str) -> None:
    texted = world.says("hola", sender) if sender.startswith("+52") else None
    first = world.calls("bueno", "CA1", sender).conversation
    again = world.calls("sigo", "CA1", sender).conversation
    other = world.calls("bueno", "CA2", sender).conversation
    assert first.id == again.id != other.id
    assert texted is None or texted.id not in {first.id, other.id}


def test_hidden_callers_cannot_use_each_others_choices(world: World) -> None:
    secret = Choice("Sí", '/confirm_appointment{"visit": "v9:1"}')
    world.engine.replies["bueno"] = says("¿Confirma?", secret)
    world.calls("bueno", "CA1", "+266696687")
    world.calls("x", "CA2", "+266696687", payload=secret.payload)
    assert world.engine.asked[-1].payload is None


def test_a_flow_survives_the_registration_of_the_patient(world: World) -> None:
    first = world.says("soy nueva", STRANGER)
    world.patients.register("Rosa Díaz", date(1990, 5, 5), "es", STRANGER)
    assert world.says("listo", STRANGER).id == first.id
    world.later(hours=2)
    later = world.says("hola", STRANGER)
    assert later.id != first.id
    assert later.patient_id is not None


def test_a_flow_survives_a_child_added_at_the_number(world: World) -> None:
    first = world.says("cita para mi hija")
    world.patients.register("Sofía Torres", date(2019, 5, 5), "es", ANA)
    assert world.says("la de mañana").id == first.id


def test_a_known_talk_goes_on_for_twelve_hours_and_an_unknown_one_for_one(world: World) -> None:
    ana, stranger = world.says("hola"), world.says("hola", STRANGER)
    world.later(minutes=59)
    assert world.says("hola", STRANGER).id == stranger.id
    world.later(minutes=61)
    assert world.says("hola", STRANGER).id != stranger.id
    world.later(hours=9, minutes=59)
    assert world.says("hola").id == ana.id
    world.later(hours=12, minutes=1)
    assert world.says("hola").id != ana.id
    assert world.store.conversation(ana.id).state is ConversationState.CLOSED


def test_a_long_talk_is_cut_between_flows_and_the_thread_keeps_all(world: World) -> None:
    ids = [world.says(f"pregunta {number}").id for number in range(keys.MAX_TURNS + 2)]
    assert len(set(ids)) == 2
    assert ids[keys.MAX_TURNS - 1] != ids[keys.MAX_TURNS]
    assert len(world.store.thread(ANA)) == 2 * (keys.MAX_TURNS + 2)
    assert len(world.store.patient_thread(world.ana.id)) == 2 * (keys.MAX_TURNS + 2)


def test_a_talk_cut_for_its_length_stays_identified(world: World) -> None:
    talk = world.says("hola", FAMILY)
    world.store.identify(talk.id, world.lucia.id)
    world.store.set_language(talk.id, "en")
    for number in range(keys.MAX_TURNS):
        after = world.says(f"pregunta {number}", FAMILY)
    assert after.id != talk.id
    assert (after.patient_id, after.identified, after.language) == (world.lucia.id, True, "en")


def test_a_waiting_flow_is_not_cut_until_it_becomes_absurd(world: World) -> None:
    for number in range(keys.MOST_TURNS + 1):
        world.engine.replies[f"p {number}"] = says("¿y?", flow="book_form")
    ids = [world.says(f"p {number}").id for number in range(keys.MOST_TURNS + 1)]
    assert len(set(ids[: keys.MOST_TURNS])) == 1
    assert ids[keys.MOST_TURNS] != ids[0]


def test_a_persons_conversation_is_never_cut(world: World) -> None:
    talk = world.says("hola")
    world.store.take_over(talk.id, "laura", world.now)
    world.later(days=3)
    world.turns.sweep(world.now)
    assert world.says("¿sigue ahí?").id == talk.id


def test_taking_over_an_ended_conversation_takes_the_present_one(world: World) -> None:
    ended = world.says("hola")
    world.later(days=1)
    present = world.says("hola otra vez")
    world.store.take_over(ended.id, "laura", world.now)
    assert world.store.conversation(present.id).state is ConversationState.PERSON
    assert world.store.conversation(ended.id).state is ConversationState.CLOSED
    world.store.give_back(ended.id, world.now)
    assert world.store.conversation(present.id).state is ConversationState.BOT


def test_taking_over_the_last_ended_conversation_opens_it_again(world: World) -> None:
    ended = world.says("hola")
    world.later(days=1)
    world.turns.sweep(world.now)
    world.store.take_over(ended.id, "laura", world.now)
    assert world.says("¿sí?").id == ended.id


def test_who_waits_for_a_person_waits_on_in_the_next_conversation(world: World) -> None:
    talk = world.says("quiero hablar con alguien")
    world.store.hand_off(talk.id, "wish", world.now)
    world.store.hand_off(talk.id, "wish", world.now)
    world.later(days=1)
    after = world.says("¿y?")
    assert after.id != talk.id
    assert after.state is ConversationState.WAITING
    assert [(each.conversation_id, each.reason) for each in world.store.open_handoffs()] == [
        (after.id, "wish")
    ]


def test_the_sweeper_ends_idle_talks_but_none_that_waits(world: World) -> None:
    idle, waits = world.says("hola"), world.says("hola", EMMA)
    world.store.hand_off(waits.id, "wish", world.now)
    world.later(hours=13)
    world.turns.sweep(world.now)
    assert world.store.conversation(idle.id).state is ConversationState.CLOSED
    assert world.store.conversation(waits.id).state is ConversationState.WAITING


def test_the_clinic_writes_into_the_open_conversation(world: World) -> None:
    talk = world.says("hola")
    assert world.store.reach(ANA, "whatsapp", CLINIC, world.patients, world.now).id == talk.id
    fresh = world.store.reach(EMMA, "whatsapp", CLINIC, world.patients, world.now)
    assert (fresh.channel, fresh.reply_to, fresh.patient_id) == ("whatsapp", EMMA, world.emma.id)
    assert world.says("hi", EMMA).id == fresh.id


def test_staff_words_go_where_the_patient_last_wrote(world: World) -> None:
    talk = world.says("hola", ANA_WHATSAPP, "whatsapp")
    world.calls("bueno")
    message = world.store.say(talk.id, "Soy Laura", author="staff:laura", at=world.now)
    assert (message.channel, message.author) == ("whatsapp", "staff:laura")
    caller = world.calls("hello", "CA9", EMMA).conversation
    message = world.store.say(caller.id, "It's Laura", author="staff:laura", at=world.now)
    assert message.channel == "sms"
    post = Post("whatsapp", EMMA, CLINIC, EMMA)
    message = world.store.say(caller.id, "Hi", author="outreach", at=world.now, post=post)
    assert message.channel == "whatsapp"


def test_an_unknown_conversation_is_said_so(world: World) -> None:
    with pytest.raises(ConversationUnknown):
        world.store.conversation("0" * 32)
    with pytest.raises(ConversationUnknown):
        world.store.take_over("0" * 32, "laura", world.now)


@pytest.mark.parametrize(
    ("address", "country", "language"),
    [
        ("+525500000001", "MX", "es"),
        ("+5511900000001", "BR", "pt"),
        ("+12025550143", "US", "en"),
        ("+17875550100", "US", "es"),
        ("+351910000000", None, "pt"),
        ("+447700900000", None, "en"),
        ("+34600000000", None, "es"),
        ("BR.1502576394655843", "BR", "pt"),
        ("US.ABC123XYZ", "US", "en"),
        ("web-visitor-1", None, "es"),
    ],
)
def test_a_number_tells_its_country_and_likely_language(
    address: str, country: str | None, language: str
) -> None:
    assert country_of(address) == country
    assert language_of(address) == language
