from urllib.parse import parse_qsl

import pytest

from channels.base import Callback, Unreadable
from channels.voice.speech import clear, spoken_choice
from channels.voice.state import CallState
from clinic.languages import Language
from conversations.model import (
    Choice,
    ConversationState,
    Message,
    Utterance,
)
from tests.channels import payloads
from tests.channels.telephone import AT, MENU, Call, Talk


def test_a_call_is_greeted_and_every_choice_has_its_key_and_its_word() -> None:
    call = Call(Talk())
    said = call.enter()
    assert call.talk.heard == [("", "/greet")]
    assert said.startswith("¿Qué desea hacer?")
    assert "Para confirmar, marque 1." in said
    assert "Para cancelar la cita, marque 2." in said
    assert "Roma: marque 3." in said


def test_the_answer_is_awaited_by_key_and_by_voice() -> None:
    call = Call(Talk())
    call.enter()
    assert call.gather.attrib["input"] == "dtmf speech"
    assert call.gather.attrib["numDigits"] == "1"
    assert call.gather.attrib["language"] == "es-MX"
    assert "speechModel" not in call.gather.attrib
    assert call.gather.attrib["hints"].startswith("Confirmar, Cancelar la cita, Roma")


@pytest.mark.parametrize(
    ("language", "voice", "locale", "model", "line"),
    [
        ("es", "Polly.Mia-Neural", "es-MX", None, "Para confirmar, marque 1."),
        ("pt", "Polly.Camila-Neural", "pt-BR", "phone_call",
         "Para confirmar, tecle 1."),
        ("en", "Polly.Joanna-Neural", "en-US", "phone_call",
         "Confirmar: press 1."),
    ],
)  # fmt: skip
def test_each_language_has_its_own_voice(
    language: Language, voice: str, locale: str, model: str | None, line: str
) -> None:
    call = Call(Talk(language=language))
    assert line in call.enter()
    say = call.gather.find("Say")
    assert say is not None
    assert (say.attrib["voice"], say.attrib["language"]) == (voice, locale)
    assert call.gather.attrib["language"] == locale
    assert call.gather.attrib.get("speechModel") == model


def test_an_english_verb_is_what_the_key_does() -> None:
    said = spoken_choice(1, Choice("Confirm the visit", "/a"), "en")
    assert said == "To confirm the visit, press 1."


def test_a_description_is_heard_too() -> None:
    said = spoken_choice(2, Choice("Jueves 4", "/a", "Dra. Sol"), "es")
    assert said == "Jueves 4, Dra. Sol: marque 2."


def test_a_voice_reads_no_pictures_and_no_marks() -> None:
    assert clear("*Listo* ✅\n¡Nos vemos! 😀") == "Listo ¡Nos vemos!"


def test_markup_in_a_text_is_read_and_not_obeyed() -> None:
    call = Call(Talk(says=lambda _: (Utterance("Torres & Ruiz </Say><Hangup/>"),)))
    call.enter()
    assert not call.ends
    assert "Torres & Ruiz" in call.said


def test_digits_and_words_reach_the_conversation() -> None:
    call = Call(Talk())
    call.enter()
    call.press("1")
    call.speak("quiero cancelar", Confidence="0.4")
    assert call.talk.heard[1:] == [("1", None), ("quiero cancelar", None)]


def test_a_key_wins_over_words() -> None:
    call = Call(Talk())
    call.enter()
    call._go(call.action, payloads.gathered(Digits="2", SpeechResult="uno"))
    assert call.talk.heard[-1] == ("2", None)


def test_each_turn_of_a_call_has_its_own_id_and_a_repeat_has_the_same() -> None:
    call = Call(Talk())
    call.enter()
    first = call.action
    call.press("1")
    call._go(first, payloads.gathered(Digits="1"))
    ids = [message.provider_id for message in call.talk.record if message.direction == "in"]
    sid = "CA" + "e" * 32
    assert ids == [f"{sid}:0", f"{sid}:1", f"{sid}:1"]


def test_a_free_answer_takes_many_keys_until_the_hash() -> None:
    call = Call(Talk(says=lambda _: (Utterance("¿Cuál es su fecha de nacimiento?"),)))
    call.enter()
    assert "numDigits" not in call.gather.attrib
    assert call.gather.attrib["finishOnKey"] == "#"
    call.press("14031988")
    assert call.talk.heard[-1] == ("14031988", None)


def test_more_choices_than_keys_take_two() -> None:
    many = tuple(Choice(f"Opción {n}", f"/o{n}") for n in range(12))
    call = Call(Talk(says=lambda _: (Utterance("Elija", many),)))
    call.enter()
    assert "numDigits" not in call.gather.attrib
    call.press("12#")
    assert call.talk.heard[-1] == ("12", None)


def test_zero_asks_for_a_person() -> None:
    call = Call(Talk())
    call.enter()
    call.press("0")
    assert call.talk.heard[-1] == ("", "/talk_to_human")


@pytest.mark.parametrize("again", ["*", "repetir", "¿Cómo?", "Otra vez."])
def test_star_or_a_word_repeats_the_last_thing(again: str) -> None:
    call = Call(Talk())
    first = call.enter()
    said = call.press(again) if again == "*" else call.speak(again)
    assert said == first
    assert len(call.talk.heard) == 1


def test_only_what_was_said_in_this_call_is_repeated() -> None:
    talk = Talk(patient=None)
    talk.record.append(
        Message("old", "c1", AT, "voice", "in", "hola", provider_id="CA" + "0" * 32 + ":0")
    )
    talk.record.append(
        Message("old2", "c1", AT, "voice", "out", "Ana, su resultado", in_reply_to="old")
    )
    talk.record.append(Message("old3", "c1", AT, "sms", "out", "Ana, su cita", in_reply_to=None))
    call = Call(talk)
    call._go("https://clinic.example/twilio/voice/turn?c=c1&s=1", payloads.gathered())
    assert "Ana" not in call.said
    assert "¿En qué más le puedo ayudar?" in call.said


def test_silence_is_met_differently_each_time_and_then_by_text() -> None:
    call = Call(Talk())
    call.enter()
    first = call.be_silent()
    assert first.startswith("¿Sigue en la línea?")
    assert "Para confirmar, marque 1" in first
    second = call.be_silent()
    assert "Marque 0 para hablar con una persona" in second
    assert call.gather.attrib["numDigits"] == "1"
    third = call.be_silent()
    assert call.ends
    assert "mensaje" in third
    (text,) = call.talk.texted
    assert text[1] == MENU.choices


@pytest.mark.parametrize(
    ("caller", "opted_out"), [("+266696687", False), ("anonymous", False), (payloads.PATIENT, True)]
)
def test_who_cannot_be_written_to_is_not_promised_a_text(caller: str, opted_out: bool) -> None:
    call = Call(Talk(), opted_out=opted_out)
    call.caller = caller
    call.enter(From=caller)
    for _ in range(3):
        said = call.be_silent()
    assert call.ends
    assert call.talk.texted == []
    assert "mensaje" not in said


def test_an_answer_forgives_the_silence_before() -> None:
    call = Call(Talk())
    call.enter()
    call.be_silent()
    call.press("1")
    assert call.be_silent().startswith("¿Sigue en la línea?")


def test_a_wrong_key_is_explained_and_not_sent_on() -> None:
    call = Call(Talk())
    call.enter()
    assert call.press("7").startswith("Esa tecla no es una de las opciones.")
    assert len(call.talk.heard) == 1
    call.press("3")
    assert call.talk.heard[-1] == ("3", None)


def test_an_unknown_caller_is_offered_other_languages_once() -> None:
    call = Call(Talk(patient=None))
    said = call.enter()
    assert "For English, press 8." in said
    assert "Para português, tecle 9." in said
    call.press("8")
    assert call.talk.heard[-1] == ("", '/change_language{"language": "en"}')
    assert "For English" not in call.said


def test_a_known_caller_hears_no_language_keys() -> None:
    call = Call(Talk(patient="p1"))
    assert "English" not in call.enter()
    call.press("8")
    assert len(call.talk.heard) == 1


def test_later_in_a_call_eight_is_no_language() -> None:
    many = tuple(Choice(f"Opción {n}", f"/o{n}") for n in range(9))
    call = Call(Talk(patient=None, says=lambda _: (Utterance("Elija", many),)))
    assert "English" not in call.enter()
    call.press("8")
    assert call.talk.heard[-1] == ("8", None)


def test_goodbye_ends_the_call() -> None:
    talk = Talk()
    call = Call(talk)
    call.enter()
    talk.intent, talk.says = "goodbye", lambda _: (Utterance("Hasta luego."),)
    assert call.speak("adiós, gracias") == "Hasta luego."
    assert call.ends


def test_goodbye_with_a_question_still_open_does_not() -> None:
    talk = Talk()
    call = Call(talk)
    call.enter()
    talk.intent, talk.flow = "goodbye", "cancel_form"
    talk.says = lambda _: (Utterance("¿Seguro?"),)
    call.speak("adiós")
    assert not call.ends


def test_a_closed_conversation_ends_the_call() -> None:
    call = Call(Talk(state=ConversationState.CLOSED, says=lambda _: ()))
    assert "Hasta luego" in call.enter()
    assert call.ends


def test_nothing_to_say_is_no_dead_end() -> None:
    call = Call(Talk(says=lambda _: ()))
    assert "¿En qué más le puedo ayudar?" in call.enter()
    assert call.gather is not None


def test_a_machine_hears_the_clinics_name_and_nothing_more() -> None:
    call = Call(Talk())
    said = call.enter(
        Direction="outbound-api", CallStatus="in-progress", AnsweredBy="machine_end_beep",
        From=payloads.CLINIC, To=payloads.PATIENT,
    )  # fmt: skip
    assert "Clínica Aurora" in said
    assert call.ends
    assert call.talk.heard == []


def test_in_a_call_of_ours_the_patient_is_the_one_called() -> None:
    talk = Talk()
    Call(talk).enter(
        Direction="outbound-api", CallStatus="in-progress",
        From=payloads.CLINIC, To=payloads.PATIENT,
    )  # fmt: skip
    assert talk.waiting is not None
    assert (talk.waiting.sender, talk.waiting.recipient) == (payloads.PATIENT, payloads.CLINIC)


@pytest.mark.parametrize("status", ["completed", "busy", "no-answer"])
def test_a_call_that_is_over_is_not_talked_to(status: str) -> None:
    call = Call(Talk())
    assert call.enter(CallStatus=status) == ""
    assert call.talk.heard == []


@pytest.mark.parametrize("path", ["", "turn", "wait", "dialled"])
def test_what_is_no_call_is_unreadable(path: str) -> None:
    with pytest.raises(Unreadable):
        Call(Talk()).routes[path](Callback({"From": "+1", "To": "+2"}, {"turn": "turn"}, AT))


def test_the_end_of_a_call_is_acknowledged() -> None:
    reply = Call(Talk()).routes["status"](Callback(payloads.call(CallStatus="completed"), {}, AT))
    assert reply.status == 204


def test_the_state_of_a_call_survives_its_address() -> None:
    state = CallState(c="c1", l="pt", s=3, m=1, n=4, d=1, w=2, f=1, h=1, g=1, o=1)
    assert CallState.read(dict(parse_qsl(state.query()))) == state
    assert CallState.read({"s": "-1", "m": "x", "l": "fr", "n": "9" * 30}).s == 0
