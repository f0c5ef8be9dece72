"""A person of the staff answers: one at a time, once, and knowing what the patient said last."""

import pytest

from conversations.answering import Answering, NewsCame, NotYours, Reply, Way
from conversations.model import ConversationState, Message
from tests.conversations_core.world import ANA, ANA_WHATSAPP, World

TOKEN = "0" * 32


@pytest.fixture
def world(any_world: World) -> World:
    return any_world


@pytest.fixture
def staff(world: World) -> Answering:
    return Answering(world.database)


def _way(staff: Answering, heard: Message) -> Way:
    return staff.ways(heard.conversation_id, [])[0]


def _reply(staff: Answering, heard: Message, text: str = "Con gusto", token: str = TOKEN) -> Reply:
    return Reply(text, _way(staff, heard), heard.id, token)


def test_a_reply_goes_where_the_patient_wrote_and_the_first_one_answers_the_handoff(
    world: World, staff: Answering
) -> None:
    heard = world.arrives("quiero una persona", ANA)
    talk = heard.conversation_id
    world.store.hand_off(talk, "wish", world.now)
    staff.take(talk, "lucero", world.now)
    world.later(minutes=4)
    first = world.now
    said = staff.reply(talk, _reply(staff, heard), "lucero", first)
    world.later(minutes=4)
    staff.reply(talk, _reply(staff, heard, "Y otra cosa"), "lucero", world.now)
    assert (said.author, said.channel, said.address) == ("staff:lucero", "sms", ANA)
    (handoff,) = world.store.open_handoffs()
    assert (handoff.taken_by, handoff.answered_at) == ("lucero", first)


def test_the_same_form_says_the_same_words_once_and_other_words_again(
    world: World, staff: Answering
) -> None:
    heard = world.arrives("hola", ANA)
    staff.take(heard.conversation_id, "lucero", world.now)
    texts = ("Con gusto", "Con gusto", "Con mucho gusto")
    said = [
        staff.reply(heard.conversation_id, _reply(staff, heard, text), "lucero", world.now).id
        for text in texts
    ]
    assert len(set(said)) == 2
    assert said[0] == said[1]


def test_who_has_not_taken_the_conversation_cannot_reply(world: World, staff: Answering) -> None:
    heard = world.arrives("hola", ANA)
    with pytest.raises(NotYours) as nobody:
        staff.reply(heard.conversation_id, _reply(staff, heard), "lucero", world.now)
    assert nobody.value.holder is None
    staff.take(heard.conversation_id, "sol", world.now)
    with pytest.raises(NotYours) as other:
        staff.reply(heard.conversation_id, _reply(staff, heard), "lucero", world.now)
    assert other.value.holder == "sol"


def test_a_colleagues_conversation_is_taken_only_knowingly(world: World, staff: Answering) -> None:
    heard = world.arrives("hola", ANA)
    talk = heard.conversation_id
    world.store.hand_off(talk, "wish", world.now)
    staff.take(talk, "sol", world.now)
    with pytest.raises(NotYours):
        staff.take(talk, "lucero", world.now)
    with pytest.raises(NotYours):
        staff.take(talk, "lucero", world.now, holder="luna")
    staff.take(talk, "lucero", world.now, holder="sol")
    assert world.store.conversation(talk).taken_by == "lucero"
    (handoff,) = world.store.open_handoffs()
    assert handoff.taken_by == "lucero"


def test_what_came_meanwhile_holds_the_reply_back(world: World, staff: Answering) -> None:
    heard = world.arrives("hola", ANA)
    staff.take(heard.conversation_id, "lucero", world.now)
    world.arrives("ah, y otra cosa", ANA)
    newest = world.arrives("es urgente", ANA)
    with pytest.raises(NewsCame) as news:
        staff.reply(heard.conversation_id, _reply(staff, heard), "lucero", world.now)
    assert news.value.count == 2
    assert staff.reply(heard.conversation_id, _reply(staff, newest), "lucero", world.now)


def test_given_back_the_assistant_answers_again_and_may_say_so(
    world: World, staff: Answering
) -> None:
    heard = world.arrives("hola", ANA)
    talk = heard.conversation_id
    world.store.hand_off(talk, "wish", world.now)
    staff.take(talk, "lucero", world.now)
    with pytest.raises(NotYours):
        staff.give_back(talk, "sol", world.now)
    staff.give_back(talk, "lucero", world.now, tell=True)
    conversation = world.store.conversation(talk)
    assert (conversation.state, conversation.taken_by) == (ConversationState.BOT, None)
    assert not world.store.open_handoffs()
    assert "asistente" in world.store.messages(talk)[-1].text


def test_every_address_of_the_patient_is_a_way_and_the_last_used_comes_first(
    world: World, staff: Answering
) -> None:
    world.arrives("por SMS", ANA)
    heard = world.arrives("por WhatsApp", ANA_WHATSAPP, channel="whatsapp")
    ways = staff.ways(heard.conversation_id, [ANA, "+525500000099"])
    assert [way.code for way in ways] == [
        f"whatsapp:{ANA}",
        f"sms:{ANA}",
        "sms:+525500000099",
    ]
    assert [way.heard is not None for way in ways] == [True, True, False]


def test_who_only_called_is_texted_and_who_hides_the_number_cannot_be(
    world: World, staff: Answering
) -> None:
    called = world.arrives("hola", ANA, channel="voice", call_id="CA1")
    assert [way.code for way in staff.ways(called.conversation_id, [])] == [f"sms:{ANA}"]
    hidden = world.arrives("hola", "anonymous", channel="voice", call_id="CA2")
    assert not staff.ways(hidden.conversation_id, [])
