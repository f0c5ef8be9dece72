"""Opt-out words, emergencies."""

import pytest

from conversations.model import ConversationState, Delivery, Reception
from tests.conversations_core.world import ANA, ANA_WHATSAPP, CLINIC, EMMA, JOAO, World


@pytest.mark.parametrize("word", ["STOP", "stop.", "BAJA", "Sair", "parar", "unsubscribe"])
def test_a_stop_word_is_obeyed_before_the_engine_and_confirmed_once(
    world: World, word: str
) -> None:
    world.says(word)
    assert world.engine.asked == []
    assert world.patients.opted_out(ANA)
    assert len(world.provider.sent) == 1


def test_the_confirmation_is_in_the_patients_language(world: World) -> None:
    world.says("STOP", EMMA)
    world.says("SAIR", JOAO)
    assert world.provider.texts[0].startswith("Done: we won't send")
    assert world.provider.texts[1].startswith("Pronto: não enviaremos")


def test_a_stop_that_the_provider_answered_is_kept_and_not_answered_again(world: World) -> None:
    world.says("STOP", opt_out="STOP")
    assert world.patients.opted_out(ANA)
    assert world.provider.sent == []
    assert world.store.thread(ANA)[0].state == Reception.ANSWERED
    assert world.alerts() == []


def test_the_providers_stop_on_a_word_of_ours_is_shown_to_the_staff(world: World) -> None:
    world.says("CANCEL", opt_out="STOP")
    assert world.alerts() == [("alert", "doubt")]


@pytest.mark.parametrize("text", ["cancelar", "cancel", "quiero cancelar mi cita", "fin", "yes"])
def test_cancelling_a_visit_is_no_stop(world: World, text: str) -> None:
    world.says(text)
    assert not world.patients.opted_out(ANA)
    assert world.engine.heard == [text]


def test_after_a_stop_the_clinic_begins_nothing_and_withholds_what_was_queued(world: World) -> None:
    talk = world.store.reach(ANA, "sms", CLINIC, world.patients, world.now)
    queued = world.store.say(talk.id, "Recordatorio", author="outreach", at=world.now)
    world.says("STOP")
    later = world.store.say(talk.id, "Otro recordatorio", author="outreach", at=world.now)
    world.deliveries.send_due(world.now)
    states = {message.id: message.state for message in world.store.thread(ANA)}
    assert states[queued.id] == Delivery.WITHHELD
    assert states[later.id] == Delivery.WITHHELD
    assert len(world.provider.sent) == 1  # the confirmation


def test_what_was_asked_before_a_stop_is_not_answered_after_it(world: World) -> None:
    world.arrives("¿cuánto cuesta?")
    world.arrives("STOP")
    world.work()
    assert world.engine.asked == []
    assert [each.state for each in world.store.thread(ANA) if each.direction == "in"] == [
        Reception.OVERTAKEN,
        Reception.ANSWERED,
    ]
    assert len(world.provider.sent) == 1


def test_a_question_after_a_stop_is_answered_and_stays_opted_out(world: World) -> None:
    world.says("STOP")
    world.says("quiero cancelar mi cita")
    assert world.provider.texts[-1] == "answer to quiero cancelar mi cita"
    assert world.patients.opted_out(ANA)


def test_start_opts_back_in_and_says_so(world: World) -> None:
    world.says("STOP")
    world.says("START")
    assert not world.patients.opted_out(ANA)
    assert world.provider.texts[-1].startswith("Listo: volverá")
    assert world.engine.asked == []


@pytest.mark.parametrize("word", ["inicio", "voltar", "start"])
def test_a_start_word_means_nothing_to_who_never_stopped(world: World, word: str) -> None:
    world.says(word)
    assert world.engine.heard == [word]


def test_the_providers_start_on_a_yes_is_an_answer_to_us(world: World) -> None:
    world.says("YES", opt_out="START")
    assert world.engine.heard == ["YES"]
    world.says("STOP", opt_out="STOP")
    world.says("YES", opt_out="START")
    assert not world.patients.opted_out(ANA)
    assert world.engine.heard == ["YES"]


def test_a_hidden_callers_stop_leaves_the_other_hidden_callers_answered(world: World) -> None:
    waits = world.arrives("hola", "+266696687", "voice", call_id="CA1")
    world.calls("stop", "CA2", "+266696687")
    world.work()
    kept = {each.id: each.state for each in world.store.messages(waits.conversation_id)}
    assert kept[waits.id] == Reception.ANSWERED


def test_help_that_the_provider_answered_is_not_answered_again(world: World) -> None:
    world.says("HELP", opt_out="HELP")
    assert world.engine.asked == []
    assert world.provider.sent == []


def test_a_stop_does_not_wait_for_the_engine(world: World) -> None:
    world.down()
    world.says("¿cuánto cuesta?")
    world.says("STOP")
    assert world.patients.opted_out(ANA)
    assert world.provider.texts[-1].startswith("Listo: no le enviaremos")
    world.up()
    world.later(minutes=5)
    world.sweep()
    assert world.provider.texts[-1].startswith("Listo: no le enviaremos")


def test_a_stop_in_a_call_is_obeyed_and_confirmed_aloud(world: World) -> None:
    answer = world.calls("stop")
    assert answer.utterances[0].text.startswith("Listo")
    assert world.patients.opted_out(ANA)


@pytest.mark.parametrize("withheld", ["+266696687", "anonymous"])
def test_a_hidden_caller_cannot_opt_out_the_other_hidden_callers(
    world: World, withheld: str
) -> None:
    world.calls("stop", sender=withheld)
    assert not world.patients.opted_out(withheld)


@pytest.mark.parametrize(
    ("sender", "text", "rescue"),
    [
        (ANA, "me duele mucho el pecho y no puedo respirar", "911"),
        (JOAO, "não consigo respirar", "192 (SAMU)"),
        (EMMA, "I can't breathe", "911"),
    ],
)
def test_an_emergency_gets_the_number_at_once_and_a_person(
    world: World, sender: str, text: str, rescue: str
) -> None:
    talk = world.says(text, sender)
    assert rescue in world.provider.texts[0]
    assert world.engine.asked == []
    assert world.alerts() == [("handoff", "emergency")]
    assert talk.state is ConversationState.WAITING


def test_the_numbers_are_those_of_the_branch_not_of_the_phone(world: World) -> None:
    world.country = "BR"
    world.says("I can't breathe", EMMA)
    assert "192 (SAMU)" in world.provider.texts[0]


@pytest.mark.parametrize(
    ("sender", "text", "crisis"),
    [
        (ANA, "ya no quiero vivir", "Línea de la Vida, 800 911 2000"),
        (JOAO, "quero me matar", "CVV, 188"),
        (EMMA, "I want to kill myself", "988"),
    ],
)
def test_who_may_hurt_themselves_gets_the_crisis_line_too(
    world: World, sender: str, text: str, crisis: str
) -> None:
    world.says(text, sender)
    assert crisis in world.provider.texts[0]


def test_an_emergency_is_answered_while_a_person_has_the_conversation(world: World) -> None:
    talk = world.says("hola")
    world.store.take_over(talk.id, "laura", world.now)
    talk = world.says("no puedo respirar", ANA_WHATSAPP, "whatsapp")
    assert "911" in world.provider.texts[-1]
    assert talk.state is ConversationState.PERSON


def test_an_emergency_does_not_wait_behind_others_nor_for_the_engine(world: World) -> None:
    world.down()
    world.says("¿cuánto cuesta?")
    world.says("mi mamá se desmayó y no despierta")
    assert "911" in world.provider.texts[-1]
