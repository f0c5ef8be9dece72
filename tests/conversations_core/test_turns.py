"""The pipeline of a turn."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from conversations.model import (
    Choice,
    ConversationState,
    Delivery,
    Location,
    Media,
    Reception,
    Template,
)
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

CONFIRM = Choice("Confirmar", '/confirm_appointment{"visit": "v1:1"}')
MOVE = Choice("Cambiar", '/reschedule_appointment{"visit": "v1:1"}')


def test_a_message_is_stored_before_it_is_answered(world: World) -> None:
    message = world.arrives("¿cuánto cuesta un hemograma?")
    assert world.engine.asked == []
    assert message.state == Reception.WAITING
    assert world.woken == [message.conversation_id]


def test_an_answer_is_recorded_sent_and_accepted(any_world: World) -> None:
    world = any_world
    world.engine.replies["hola"] = says("¡Hola, Ana!", CONFIRM, intent="greet")
    world.says("hola")
    asked, answer = world.store.thread(ANA)
    assert (asked.direction, asked.text, asked.state) == ("in", "hola", Reception.ANSWERED)
    assert (asked.intent, asked.confidence) == ("greet", 0.9)
    assert asked.ranking == (("greet", 0.9), ("out_of_scope", 0.1))
    assert (answer.direction, answer.text, answer.state) == (
        "out",
        "¡Hola, Ana!",
        Delivery.ACCEPTED,
    )
    assert answer.in_reply_to == asked.id
    assert answer.choices == (CONFIRM,)
    sent = world.provider.sent[0]
    assert (sent.id, sent.to, sent.sender, sent.language) == (answer.id, ANA, CLINIC, "es")


def test_the_engine_gets_the_message_id_as_turn_and_never_a_number(world: World) -> None:
    message = world.arrives("hola")
    world.work()
    asked = world.engine.asked[0]
    assert asked.turn == message.id
    assert asked.conversation == message.conversation_id
    assert ANA[1:] not in asked.conversation


def test_a_provider_repeat_is_dropped(any_world: World) -> None:
    world = any_world
    inbound = world.inbound("hola")
    assert world.turns.receive(inbound) is not None
    assert world.turns.receive(inbound) is None
    world.work()
    assert world.turns.receive(inbound) is None
    assert world.engine.heard == ["hola"]


def test_the_same_id_on_two_channels_is_two_messages(world: World) -> None:
    first = world.inbound("hola")
    assert world.turns.receive(first) is not None
    assert world.turns.receive(replace(first, channel="whatsapp")) is not None


def test_messages_are_answered_in_the_order_they_came(world: World) -> None:
    for text in ("uno", "dos", "tres"):
        world.arrives(text)
    world.work()
    assert world.engine.heard == ["uno", "dos", "tres"]
    assert world.provider.texts == ["answer to uno", "answer to dos", "answer to tres"]


def test_a_tap_that_we_offered_is_believed(world: World) -> None:
    world.engine.replies["hola"] = says("¿Confirmas?", CONFIRM, MOVE)
    world.says("hola", ANA_WHATSAPP, "whatsapp")
    world.says("Cambiar", ANA_WHATSAPP, "whatsapp", payload=MOVE.payload)
    assert world.engine.asked[-1].payload == MOVE.payload
    assert world.store.thread(ANA)[2].payload == MOVE.payload


def test_a_tap_on_a_template_is_believed(world: World) -> None:
    talk = world.store.reach(ANA, "whatsapp", CLINIC, world.patients, world.now)
    template = Template("reminder", ("Mañana 10:00",), (MOVE,))
    world.store.say(
        *(talk.id, "Mañana 10:00"),
        author="outreach",
        at=world.now,
        choices=[CONFIRM],
        template=template,
    )
    world.says("Cambiar", ANA_WHATSAPP, "whatsapp", payload=MOVE.payload)
    assert world.engine.asked[-1].payload == MOVE.payload


def test_an_old_tap_still_reaches_the_engine_to_explain_itself(world: World) -> None:
    world.engine.replies["hola"] = says("¿Confirmas?", CONFIRM)
    world.says("hola", ANA_WHATSAPP, "whatsapp")
    for number in range(5):
        world.says(f"otra cosa {number}", ANA_WHATSAPP, "whatsapp")
    world.later(days=9)
    world.says("Confirmar", ANA_WHATSAPP, "whatsapp", payload=CONFIRM.payload)
    assert world.engine.asked[-1].payload == CONFIRM.payload


def test_a_payload_that_we_never_offered_is_only_text(world: World) -> None:
    world.engine.replies["hola"] = says("¿Confirmas?", CONFIRM)
    world.says("hola", EMMA)
    world.says("Confirmar", ANA, payload=CONFIRM.payload)
    world.says("/cancel_appointment{}", ANA)
    assert [(each.text, each.payload) for each in world.engine.asked[1:]] == [
        ("Confirmar", None),
        ("/cancel_appointment{}", None),
    ]
    assert world.store.thread(ANA)[0].payload is None


@pytest.mark.parametrize("reply", ["2", "la segunda", "2️⃣", "cambiar"])
def test_a_digit_or_an_ordinal_picks_what_was_offered_last(world: World, reply: str) -> None:
    world.engine.replies["hola"] = says("¿Qué hacemos?", CONFIRM, MOVE)
    world.says("hola")
    world.says(reply)
    assert world.engine.asked[-1].payload == MOVE.payload


def test_a_digit_picks_on_another_channel_too(world: World) -> None:
    world.engine.replies["hola"] = says("¿Qué hacemos?", CONFIRM, MOVE)
    world.says("hola")
    world.says("1", ANA_WHATSAPP, "whatsapp")
    assert world.engine.asked[-1].payload == CONFIRM.payload


def test_a_digit_picks_from_a_reminder_of_the_clinic(world: World) -> None:
    talk = world.store.reach(ANA, "sms", CLINIC, world.patients, world.now)
    world.store.say(talk.id, "Mañana 10:00", author="outreach", at=world.now, choices=[CONFIRM])
    world.later(hours=20)
    world.says("1")
    assert world.engine.asked[-1].payload == CONFIRM.payload


def test_a_later_line_without_choices_leaves_them_open(world: World) -> None:
    world.engine.replies["hola"] = says("¿Qué hacemos?", CONFIRM, MOVE)
    world.says("hola")
    world.says("gracias, muy amable")
    world.says("2")
    assert world.engine.asked[-1].payload == MOVE.payload


def test_a_number_answers_an_open_question_of_a_flow_and_no_older_choice(world: World) -> None:
    world.engine.replies["hola"] = says("¿Cuál?", CONFIRM, MOVE, flow="book_form")
    world.engine.replies["otro día"] = says("¿Qué día?", flow="book_form")
    world.says("hola")
    world.says("otro día")
    world.says("2")
    assert (world.engine.asked[-1].text, world.engine.asked[-1].payload) == ("2", None)


def test_a_digit_cannot_pick_what_came_after_it(world: World) -> None:
    world.engine.replies["hola"] = says("¿Qué hacemos?", CONFIRM, MOVE)
    world.arrives("hola")
    world.arrives("1")
    world.work()
    assert world.engine.asked[-1].text == "1"


@pytest.mark.parametrize("word", ["0", "menu", "Menú", " MENÚ "])
def test_the_menu_is_one_word_away(world: World, word: str) -> None:
    world.says(word)
    assert world.engine.asked[-1].payload == "/menu"


@pytest.mark.parametrize(
    ("text", "more", "payload"),
    [
        ("", {"media": (Media("u", "image/jpeg"),)}, '/cannot_read{"kind": "image"}'),
        ("", {"media": (Media("u", "audio/ogg"),)}, '/cannot_read{"kind": "audio"}'),
        ("", {"media": (Media("u", "video/mp4"),)}, '/cannot_read{"kind": "video"}'),
        ("", {"media": (Media("u", "application/pdf"),)}, '/cannot_read{"kind": "document"}'),
        ("", {}, '/cannot_read{"kind": "empty"}'),
        ("  \n ", {}, '/cannot_read{"kind": "empty"}'),
        ("👍", {}, '/cannot_read{"kind": "emoji"}'),
        ("🙏🏽🙏🏽 ❤️", {}, '/cannot_read{"kind": "emoji"}'),
        ("x" * 1001, {}, '/cannot_read{"kind": "long"}'),
        (
            "",
            {"location": Location(19.4194, -99.1608)},
            '/share_location{"location": "19.419400,-99.160800"}',
        ),
    ],
)
def test_what_the_bot_cannot_read_is_said_so(
    world: World, text: str, more: dict[str, Any], payload: str
) -> None:
    world.says(text, **more)
    assert world.engine.asked[-1].payload == payload


def test_a_picture_with_words_is_read_by_its_words(world: World) -> None:
    world.says("¿cuánto cuesta este estudio?", media=(Media("u", "image/jpeg"),))
    assert world.engine.asked[-1].text == "¿cuánto cuesta este estudio?"


def test_while_a_person_answers_the_bot_only_listens(world: World) -> None:
    talk = world.says("quiero hablar con alguien")
    world.store.hand_off(talk.id, "wish", world.now)
    assert world.store.conversation(talk.id).state is ConversationState.WAITING
    world.store.take_over(talk.id, "laura", world.now)
    world.says("¿sigue ahí?")
    assert world.engine.heard == ["quiero hablar con alguien"]
    assert world.store.thread(ANA)[-1].state == Reception.WITH_STAFF
    world.store.say(talk.id, "Soy Laura, dígame", author="staff:laura", at=world.now)
    world.deliveries.send_due(world.now)
    assert world.provider.texts[-1] == "Soy Laura, dígame"
    world.store.give_back(talk.id, world.now)
    assert world.alerts() == []
    world.says("gracias por todo")
    assert world.engine.heard[-1] == "gracias por todo"


def test_the_language_of_a_patient_is_their_own(world: World) -> None:
    assert world.says("hola", EMMA).language == "en"


@pytest.mark.parametrize(
    ("sender", "text", "language"),
    [
        ("+5511911112222", "1", "pt"),
        ("+525599990000", "1", "es"),
        ("+34600000000", "ok", "es"),
        ("+12025550199", "ok", "en"),
        ("+525599990000", "I would like to book an appointment, please", "en"),
        ("whatsapp:BR.1502576394655843", "ok", "pt"),
    ],
)
def test_an_unknown_number_is_answered_in_the_likeliest_language(
    world: World, sender: str, text: str, language: str
) -> None:
    assert world.says(text, sender).language == language
    assert world.engine.asked[-1].language == language


def test_two_messages_in_another_language_switch_and_one_does_not(world: World) -> None:
    english = "I would like to know the price of a blood test, please"
    world.says(english)
    world.says("quiero saber cuánto cuesta el hemograma por favor")
    world.says(english)
    world.says("ok")
    world.says("When are you open on Saturdays? I need an appointment")
    talk = world.says("ok")
    assert [each.language for each in world.engine.asked] == ["es"] * 4 + ["en"] * 2
    assert talk.language == "en"


def test_the_language_to_which_a_patient_switches_is_kept_for_the_next_conversation(
    world: World,
) -> None:
    world.says("I would like to know the price of a blood test, please")
    assert world.patients.patient(world.ana.id).language == "es"
    talk = world.says("When are you open on Saturdays? I need an appointment")
    assert world.patients.patient(world.ana.id).language == "en"
    world.later(days=3)
    following = world.says("ok")
    assert following.id != talk.id
    assert (following.language, world.engine.asked[-1].language) == ("en", "en")


def test_nobodys_language_is_kept_while_nobody_is_identified(world: World) -> None:
    for text in ("I would like to know the price, please", "When are you open on Saturdays?"):
        talk = world.says(text, FAMILY)
    assert talk.language == "en"
    family = world.patients.at_address(FAMILY)
    assert {each.language for each in family} == {"es"}


@pytest.mark.parametrize(
    "text", ["ok", "1", "Emma Clark", "João Pereira", "👍", "Roma", "10:30", "no"]
)
def test_what_shows_no_language_never_switches(world: World, text: str) -> None:
    for _ in range(3):
        talk = world.says(text)
    assert talk.language == "es"
    assert world.patients.patient(world.ana.id).language == "es"
    assert {each.language for each in world.engine.asked} == {"es"}


def test_a_switch_counts_a_retried_message_once(world: World) -> None:
    world.down()
    world.says("I would like to know the price of a blood test, please")
    for _ in range(3):
        world.later(minutes=2)
        world.sweep()
    assert {each.language for each in world.engine.asked} == {"es"}


def test_nothing_personal_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="conversations")
    world.says("me llamo Ana Torres, mi correo es secreto")
    world.says("STOP")
    world.says("no puedo respirar", FAMILY)
    world.down()
    world.says("hola", STRANGER)
    kept = "\n".join(record.getMessage() for record in caplog.records)
    assert kept
    for private in (ANA[1:], FAMILY[1:], STRANGER[1:], "Torres", "secreto", "respirar", "hola"):
        assert private not in kept


def test_two_messages_that_open_a_conversation_at_once_open_one(any_world: World) -> None:
    world = any_world
    inbounds = [world.inbound(f"hola {n}") for n in range(8)]
    with ThreadPoolExecutor(8) as threads:
        stored = list(threads.map(world.turns.receive, inbounds))
    assert len({message.conversation_id for message in stored if message}) == 1
    assert len(world.store.thread(ANA)) == 8


def test_a_repeat_that_comes_at_the_same_moment_is_dropped(any_world: World) -> None:
    world = any_world
    inbound = world.inbound("hola")
    with ThreadPoolExecutor(8) as threads:
        stored = list(threads.map(world.turns.receive, [inbound] * 8))
    assert sum(message is not None for message in stored) == 1


def test_idle_time_is_measured_between_messages(world: World) -> None:
    first = world.says("hola")
    world.later(hours=11)
    assert world.says("hola").id == first.id
    world.now += timedelta(hours=12, seconds=1)
    assert world.says("hola").id != first.id


def test_a_digit_answers_the_question_that_stands_on_its_own_channel(world: World) -> None:
    world.engine.replies["hola"] = says("¿Qué hacemos?", CONFIRM, MOVE)
    world.engine.replies["precio"] = says("¿Cuál de estos?", MOVE)
    world.says("hola")
    world.says("precio", ANA_WHATSAPP, "whatsapp")
    world.says("1")
    assert world.engine.asked[-1].payload == CONFIRM.payload
