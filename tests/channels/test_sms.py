from datetime import UTC, datetime
from typing import Any

import pytest

from channels import open_channels
from channels.base import Channel, Unreadable
from channels.sms import render
from conversations.model import Choice, Delivery, Location, Media, Outbound
from conversations.ports import SendFailed
from integrations.twilio import TwilioAccount
from tests.channels import payloads
from tests.channels.double import Trouble, Twilio, form_problems, openapi_folder

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHOICES = (
    Choice("Confirmar", '/confirm_appointment{"visit":"v1:1"}'),
    Choice("Cambiar", '/reschedule_appointment{"visit":"v1:1"}'),
)


def _channel(double: Twilio | None = None, **more: Any) -> Channel:
    account = TwilioAccount(
        payloads.ACCOUNT,
        payloads.TOKEN,
        double.url if double else "http://127.0.0.1:1",
        sms_from=payloads.CLINIC,
        whatsapp_from=payloads.CLINIC,
        public_base_url="https://clinic.example",
        **more,
    )
    return open_channels(account)["sms"]


def _message(text: str = "Su cita es mañana a las 10:00", **more: Any) -> Outbound:
    given: dict[str, Any] = {"id": "m1", "to": payloads.PATIENT, "sender": "", "language": "es"}
    return Outbound(**{**given, "channel": "sms", "text": text, **more})


def test_a_text_is_read_whole() -> None:
    inbound = _channel().parse(payloads.sms(), AT)
    assert inbound.channel == "sms"
    assert inbound.provider_id == "SM" + "a" * 32
    assert (inbound.sender, inbound.recipient) == (payloads.PATIENT, payloads.CLINIC)
    assert inbound.text == "no voy a poder el jueves"
    assert inbound.received_at == AT
    assert (inbound.payload, inbound.media, inbound.location, inbound.opt_out) == (
        None,
        (),
        None,
        None,
    )


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"Body": ""}, "text", ""),
        ({"Body": None}, "text", ""),
        ({"Body": "a\x00b"}, "text", "ab"),
        ({"Body": "¡Sí!"}, "text", "¡Sí!"),
        ({"To": None}, "recipient", ""),
        ({"From": "short:12345", "Nuevo": "1"}, "sender", "short:12345"),
        ({"From": "US.ABC123XYZ"}, "sender", "US.ABC123XYZ"),
        ({"MessageSid": None}, "provider_id", "SM" + "a" * 32),
        ({"OptOutType": "STOP"}, "opt_out", "STOP"),
        ({"OptOutType": "help"}, "opt_out", "HELP"),
        ({"OptOutType": "LATER"}, "opt_out", None),
        ({"Latitude": "19.41", "Longitude": "-99.16", "Label": "Casa"}, "location",
         Location(19.41, -99.16, "Casa")),
        ({"Latitude": "nan", "Longitude": "0"}, "location", None),
        ({"Latitude": "91", "Longitude": "0"}, "location", None),
        ({"Latitude": "x", "Longitude": "0"}, "location", None),
        ({"Latitude": "19"}, "location", None),
        ({"NumMedia": "many"}, "media", ()),
        ({"NumMedia": "1", "MediaUrl0": "https://x/1", "MediaContentType0": "image/jpeg"}, "media",
         (Media("https://x/1", "image/jpeg"),)),
    ],
)  # fmt: skip
def test_every_parameter_is_read(changes: dict[str, str | None], field: str, value: object) -> None:
    assert getattr(_channel().parse(payloads.sms(**changes), AT), field) == value


def test_ten_media_are_kept_and_no_more() -> None:
    many = {f"MediaUrl{n}": f"https://x/{n}" for n in range(12)}
    assert len(_channel().parse(payloads.sms(**many), AT).media) == 10


@pytest.mark.parametrize(
    "changes",
    [
        {"From": None},
        {"From": "  "},
        {"From": "+" + "1" * 200},
        {"MessageSid": None, "SmsSid": None, "SmsMessageSid": None},
    ],
)
def test_what_is_not_a_message_is_unreadable(changes: dict[str, str | None]) -> None:
    with pytest.raises(Unreadable):
        _channel().parse(payloads.sms(**changes), AT)


@pytest.mark.parametrize(
    ("state", "delivery"),
    [
        ("accepted", Delivery.ACCEPTED),
        ("queued", Delivery.ACCEPTED),
        ("sending", Delivery.ACCEPTED),
        ("sent", Delivery.SENT),
        ("delivered", Delivery.DELIVERED),
        ("DELIVERED", Delivery.DELIVERED),
        ("read", Delivery.READ),
        ("failed", Delivery.FAILED),
        ("undelivered", Delivery.UNDELIVERED),
        ("canceled", Delivery.FAILED),
    ],
)
def test_a_receipt_says_how_far_a_message_came(state: str, delivery: Delivery) -> None:
    receipt = _channel().receipt({"message": "m1", **payloads.status(state)})
    assert receipt is not None
    assert (receipt.state, receipt.message_id) == (delivery, "m1")
    assert receipt.provider_id == "SM" + "d" * 32
    assert receipt.error_code is None


@pytest.mark.parametrize("state", ["received", "receiving", "", "something-new"])
def test_a_state_that_tells_nothing_is_left_alone(state: str) -> None:
    assert _channel().receipt(payloads.status(state)) is None


def test_a_failure_brings_its_code() -> None:
    receipt = _channel().receipt(payloads.status("undelivered", ErrorCode="30003"))
    assert receipt is not None
    assert (receipt.error_code, receipt.opted_out) == ("30003", False)
    stopped = _channel().receipt(payloads.status("failed", ErrorCode="21610"))
    assert stopped is not None
    assert stopped.opted_out


def test_only_the_last_piece_says_delivered_and_any_says_failed() -> None:
    assert _channel().receipt({"part": "1", **payloads.status("delivered")}) is None
    failed = _channel().receipt({"part": "1", **payloads.status("failed")})
    assert failed is not None
    assert failed.state is Delivery.FAILED


def test_a_receipt_without_an_id_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        _channel().receipt({"MessageStatus": "sent"})


def test_choices_are_answered_with_digits_in_the_cheap_alphabet() -> None:
    assert render(_message(choices=CHOICES)) == (
        "Su cita es mañana a las 10:00\n1 Confirmar\n2 Cambiar",
    )


def test_a_text_is_sent_from_the_number_and_reports_to_its_own_address(twilio: Twilio) -> None:
    sid = _channel(twilio).send(_message("Así será", choices=CHOICES))
    assert twilio.messages == [
        {
            "To": payloads.PATIENT,
            "From": payloads.CLINIC,
            "Body": "Asi sera\n1 Confirmar\n2 Cambiar",
            "StatusCallback": "https://clinic.example/twilio/status?message=m1",
        }
    ]
    assert sid == f"SM{1:032x}"


def test_the_sender_of_the_message_is_kept(twilio: Twilio) -> None:
    _channel(twilio).send(_message(sender="+525550000999"))
    assert twilio.messages[0]["From"] == "+525550000999"


def test_a_messaging_service_sends_instead_of_the_number(twilio: Twilio) -> None:
    service = "MG" + "0" * 32
    _channel(twilio, messaging_service_sid=service).send(_message())
    assert twilio.messages[0]["MessagingServiceSid"] == service
    assert "From" not in twilio.messages[0]


def test_a_long_text_goes_in_pieces_and_the_last_one_counts(twilio: Twilio) -> None:
    sid = _channel(twilio).send(_message("Una frase de prueba. " * 150, choices=CHOICES))
    bodies = [message["Body"] for message in twilio.messages]
    assert len(bodies) == 2
    assert all(len(body) <= 1600 for body in bodies)
    assert bodies[1].endswith("1 Confirmar\n2 Cambiar")
    callbacks = [message["StatusCallback"] for message in twilio.messages]
    assert [callback.endswith("&part=1") for callback in callbacks] == [True, False]
    assert sid == f"SM{2:032x}"


def test_a_piece_that_fails_after_another_was_taken_is_unknown(twilio: Twilio) -> None:
    twilio.fail("/Messages.json", Trouble(429, 20429, after=1))
    with pytest.raises(SendFailed) as caught:
        _channel(twilio).send(_message("Una frase de prueba. " * 150))
    assert (caught.value.unknown, caught.value.retryable) == (True, False)


def test_a_refused_text_says_why(twilio: Twilio) -> None:
    twilio.fail("/Messages.json", Trouble(400, 21610))
    with pytest.raises(SendFailed) as caught:
        _channel(twilio).send(_message())
    assert (caught.value.code, caught.value.opted_out) == ("21610", True)
    assert len(twilio.messages) == 1


def test_without_an_account_nothing_is_sent() -> None:
    with pytest.raises(SendFailed) as caught:
        open_channels(TwilioAccount("", ""))["sms"].send(_message())
    assert caught.value.ours


def test_a_text_fits_twilios_own_description(twilio: Twilio) -> None:
    folder = openapi_folder()
    if folder is None:
        pytest.skip("TWILIO_OPENAPI_DIR is not set")
    _channel(twilio).send(_message(choices=CHOICES))
    _channel(twilio, messaging_service_sid="MG" + "0" * 32).send(_message())
    assert [form_problems(folder, form) for form in twilio.messages] == [[], []]
