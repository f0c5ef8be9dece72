"""Calls that the clinic places: how one is asked for, and what is said to whoever takes it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from channels.base import Callback, Unreadable
from channels.voice import VoiceChannel
from conversations.model import Choice, Delivery, Outbound, Receipt, Utterance
from conversations.ports import SendFailed
from integrations.twilio import TwilioAccount
from tests.channels import payloads
from tests.channels.double import Trouble, Twilio, form_problems, openapi_folder
from tests.channels.telephone import AT, Call, Talk

SID = "CA" + "e" * 32
CHOICES = (
    Choice("Confirmar", '/confirm_appointment{"visit": "v1:1"}'),
    Choice("Cambiar fecha", '/reschedule_appointment{"visit": "v1:1"}'),
    Choice("Cancelar la cita", '/cancel_appointment{"visit": "v1:1"}'),
)
REMINDER = Utterance("Clínica Aurora le recuerda su cita: mañana a las 10.", CHOICES)


def _channel(double: Twilio | None = None, public: str = "https://clinic.example") -> VoiceChannel:
    base = double.url if double else "http://127.0.0.1:1"
    account = TwilioAccount(
        payloads.ACCOUNT,
        payloads.TOKEN,
        base,
        voice_from=payloads.CLINIC,
        public_base_url=public,
    )
    return VoiceChannel(account)


def _message(**more: Any) -> Outbound:
    given: dict[str, Any] = {"id": "m1", "channel": "voice", "to": payloads.PATIENT, "sender": ""}
    return Outbound(**{**given, "text": REMINDER.text, "language": "pt", **more})


def _taken(utterance: Utterance = REMINDER) -> Call:
    return Call(Talk(says=lambda said: (utterance,) if not said else (Utterance("Listo."),)))


def test_a_message_is_placed_as_a_call_that_tells_machines_from_people() -> None:
    with Twilio() as double:
        sid = _channel(double).send(_message())
        (request,) = double.requests
    assert sid.startswith("CA")
    form = request.form
    assert request.path.endswith("/Calls.json")
    assert (form["To"], form["From"]) == (payloads.PATIENT, payloads.CLINIC)
    assert form["Url"] == "https://clinic.example/twilio/voice?l=pt&message=m1"
    assert form["StatusCallback"] == "https://clinic.example/twilio/voice/status?l=pt&message=m1"
    assert form["MachineDetection"] == "DetectMessageEnd"
    assert 20 <= int(form["Timeout"]) <= 30
    assert REMINDER.text not in str(form)


def test_the_request_is_as_twilio_publishes_it() -> None:
    folder = openapi_folder()
    if folder is None:
        pytest.skip("TWILIO_OPENAPI_DIR is not set")
    with Twilio() as double:
        _channel(double).send(_message())
        # A form is text: the description tells what is a number and what may be given twice.
        form: dict[str, Any] = dict(double.requests[0].form)
        form |= {name: int(form[name]) for name in ("Timeout", "MachineDetectionTimeout")}
        form["StatusCallbackEvent"] = [form["StatusCallbackEvent"]]
        assert form_problems(folder, form, "Calls") == []


def test_without_a_public_address_no_call_is_placed() -> None:
    with pytest.raises(SendFailed) as caught:
        _channel(public="").send(_message())
    assert caught.value.ours


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (Trouble(400, 21211), ""),
        (Trouble(400, 21215), "ours"),
        (Trouble(429, 20429), "retryable"),
        (Trouble(0), "unknown"),
    ],
)
def test_a_call_that_is_not_taken_over_says_why(trouble: Trouble, kind: str) -> None:
    with Twilio() as double:
        double.fail("/Calls.json", trouble)
        with pytest.raises(SendFailed) as caught:
            _channel(double).send(_message())
        assert len(double.requests) == 1
    told = [name for name in ("ours", "retryable", "unknown") if getattr(caught.value, name)]
    assert told == [kind][: bool(kind)]


@pytest.mark.parametrize(
    ("status", "state", "code"),
    [
        ("in-progress", Delivery.ANSWERED, None),
        ("completed", Delivery.ANSWERED, None),
        ("busy", Delivery.BUSY, None),
        ("no-answer", Delivery.NO_ANSWER, None),
        ("failed", Delivery.FAILED, "failed"),
        ("canceled", Delivery.FAILED, "canceled"),
    ],
)
def test_how_a_call_ended_is_never_told_better_than_known(
    status: str, state: Delivery, code: str | None
) -> None:
    receipt = _channel().receipt({"message": "m1", **payloads.placed(CallStatus=status)})
    assert receipt == Receipt(SID, state, "m1", code)


def test_a_receipt_of_a_message_is_none_of_a_call() -> None:
    with pytest.raises(Unreadable):
        _channel().receipt(payloads.status("sent"))
    assert _channel().receipt(payloads.placed(CallStatus="strange")) is None


def test_a_person_hears_who_calls_the_words_and_every_key() -> None:
    call = _taken()
    said = call.is_taken()
    assert said.startswith(REMINDER.text)
    for key in (
        "Para confirmar, marque 1.",
        "Para cambiar fecha, marque 2.",
        "Para cancelar la cita, marque 3.",
        "con una persona, marque 0.",
        "Para no recibir más llamadas automáticas, marque 9.",
    ):
        assert key in said
    assert call.talk.receipts == [Receipt(SID, Delivery.ANSWERED, "m1")]
    assert call.talk.noted == [(SID, "m1", False)]


def test_words_that_do_not_name_the_clinic_are_led_in_by_its_name() -> None:
    said = _taken(Utterance("Su cita es mañana.", CHOICES)).is_taken()
    assert said.startswith("Le llamamos de Clínica Aurora. Su cita es mañana.")


def test_what_is_heard_counts_as_said_only_when_the_patient_reacts() -> None:
    call = _taken()
    call.is_taken()
    call.press("1")
    assert call.talk.receipts[1:] == [Receipt(SID, Delivery.SPOKEN)]
    assert call.talk.heard == [("1", None)]
    call.press("2")
    assert len(call.talk.receipts) == 2


def test_nine_ends_the_calls_and_this_one() -> None:
    call = _taken()
    call.is_taken()
    call.press("9")
    assert call.talk.heard == [("", "/stop_calls")]


def test_nine_is_an_ordinary_key_once_the_reminder_was_answered() -> None:
    call = _taken()
    call.is_taken()
    call.press("1")
    call.press("9")
    assert call.talk.heard[-1] == ("9", None)


def test_with_nine_choices_nine_is_the_last_of_them() -> None:
    many = tuple(Choice(f"Opción {n}", f"/o{n}") for n in range(9))
    call = _taken(Utterance("Clínica Aurora.", many))
    assert "no recibir más llamadas" not in call.is_taken()
    call.press("9")
    assert call.talk.heard == [("9", None)]


def test_nine_means_another_language_only_to_who_calls_us() -> None:
    call = Call(Talk(patient=None))
    assert "Para português, tecle 9." in call.enter()
    assert "no recibir" not in call.said
    assert "português" not in _taken().is_taken()


@pytest.mark.parametrize(
    ("language", "name", "line"),
    [
        ("es", "Le llamamos de Clínica Aurora.", "devuélvanos la llamada"),
        ("pt", "Ligamos da Clínica Aurora.", "retorne para este número"),
        ("en", "This is a call from Clínica Aurora.", "Please call us back"),
    ],
)
@pytest.mark.parametrize("machine", ["machine_start", "machine_end_beep", "machine_end_other"])
def test_a_machine_is_left_the_clinics_name_and_nothing_of_the_visit(
    machine: str, language: str, name: str, line: str
) -> None:
    call = _taken()
    said = call.is_taken(machine, language=language)
    assert said.startswith(name)
    assert line in said
    assert "cita" not in said
    assert call.ends
    assert call.talk.record == []
    assert call.talk.receipts == [Receipt(SID, Delivery.VOICEMAIL, "m1")]


def test_a_fax_is_hung_up_on() -> None:
    call = _taken()
    assert call.is_taken("fax") == ""
    assert call.ends
    assert call.talk.receipts == [Receipt(SID, Delivery.UNDELIVERED, "m1", "fax")]


@pytest.mark.parametrize("unsure", ["unknown", None])
def test_who_may_be_a_machine_hears_only_the_name_until_a_key_is_pressed(
    unsure: str | None,
) -> None:
    call = _taken()
    said = call.is_taken(unsure)
    assert said == "Le llamamos de Clínica Aurora. Para escucharnos, marque 1 o diga sí."
    assert call.talk.receipts == []
    assert call.press("1").startswith(REMINDER.text)
    assert call.talk.receipts == [Receipt(SID, Delivery.ANSWERED, "m1")]
    call.press("3")
    assert call.talk.heard == [("3", None)]


def test_silence_where_nobody_may_be_is_taken_for_a_machine() -> None:
    call = _taken()
    call.is_taken("unknown")
    assert "devuélvanos la llamada" in call.be_silent()
    assert call.ends
    assert call.talk.receipts == [Receipt(SID, Delivery.VOICEMAIL, "m1")]


def test_after_three_silences_the_reminder_comes_by_text_with_its_choices() -> None:
    call = _taken()
    call.is_taken()
    assert "marque 9" in call.be_silent()
    call.be_silent()
    assert "mensaje" in call.be_silent()
    assert call.ends
    ((text, choices),) = call.talk.texted
    assert REMINDER.text in text
    assert choices == CHOICES


@pytest.mark.parametrize("words", ["por mensaje", "Mándemelo por mensaje, por favor.", "Por SMS"])
def test_who_would_rather_read_gets_the_choices_by_text(words: str) -> None:
    call = _taken()
    assert "diga «por mensaje»" in call.is_taken()
    assert "Le escribo las opciones" in call.speak(words)
    assert call.ends
    assert [choices for _, choices in call.talk.texted] == [CHOICES]
    assert call.talk.heard == []


def test_who_cannot_be_written_to_is_not_offered_a_text() -> None:
    call = Call(Talk(says=lambda _: (REMINDER,)), opted_out=True)
    assert "por mensaje" not in call.is_taken()
    assert call.speak("por mensaje").startswith(REMINDER.text)
    assert call.talk.texted == []


def test_a_call_for_a_message_that_is_not_there_ends_politely() -> None:
    call = _taken()
    assert "Hasta luego" in call.is_taken(message="gone")
    assert call.ends


def test_the_end_of_a_call_is_kept_with_its_message() -> None:
    call = _taken()
    form = payloads.placed(CallStatus="busy")
    reply = call.routes["status"](Callback(form, {"l": "es", "message": "m1"}, AT))
    assert reply.status == 204
    assert call.talk.receipts == [Receipt(SID, Delivery.BUSY, "m1")]
    assert call.talk.noted == [(SID, "m1", True)]


def test_the_end_of_a_call_that_came_in_is_kept_too() -> None:
    call = Call(Talk())
    call.enter()
    call.routes["status"](Callback(payloads.call(CallStatus="completed"), {}, AT))
    assert call.talk.noted == [(SID, None, False), (SID, None, True)]
    assert call.talk.receipts == []


def test_our_failure_at_the_first_step_is_tried_once_more_with_the_same_message() -> None:
    call = _taken()
    call.talk.breaks = 1
    assert "Disculpe" in call.is_taken()
    redirect = call.root.find("Redirect")
    assert redirect is not None
    assert parse_qs(urlsplit(redirect.text or "").query)["message"] == ["m1"]
