"""What a message weighs on its sender, and how much a sender may send."""

import pytest

from channels import open_channels
from conversations.model import Choice, Load, Outbound
from conversations.ports import Paced
from integrations.twilio import ERRORS, TwilioAccount
from integrations.twilio.rates import RATES, parse_rates, rate_of

MEXICO, BOSTON, TOLL_FREE = "+525550000100", "+16175550100", "+18005550100"


def _load(channel: str, to: str, text: str = "hola", **account: object) -> Load:
    given = {"sms_from": BOSTON, "whatsapp_from": BOSTON, **account}
    found = open_channels(TwilioAccount("AC", "token", **given))[channel]  # type: ignore[arg-type]
    assert isinstance(found, Paced)
    choices = (Choice("Confirmar", "/confirm_appointment"),)
    return found.load(Outbound("m1", channel, to, "", text, "es", choices))


@pytest.mark.parametrize(
    ("channel", "sender", "to", "rate"),
    [
        ("sms", BOSTON, "+12025550143", 1),
        ("sms", TOLL_FREE, "+12025550143", 3),
        ("sms", "12345", "+12025550143", 100),
        ("sms", BOSTON, "+525500000001", 10),
        ("sms", MEXICO, "+525500000001", 10),
        ("sms", "MG" + "a" * 32, "+12025550143", 1),
        ("whatsapp", f"whatsapp:{MEXICO}", "whatsapp:BR.1502", 80),
        ("voice", MEXICO, "+525500000001", 1),
        ("pigeon", MEXICO, "+525500000001", 1),
    ],
)
def test_a_sender_has_the_rate_of_its_kind(channel: str, sender: str, to: str, rate: float) -> None:
    assert rate_of(channel, sender, to, {}).per_second == rate
    assert rate_of(channel, sender, to, {channel: 7}).per_second == 7


def test_every_rate_has_its_source() -> None:
    assert all(rate.source.startswith("https://") and rate.per_second > 0 for rate in RATES)


def test_a_text_weighs_its_segments_with_its_choices() -> None:
    assert _load("sms", "+12025550143").units == 1
    assert _load("sms", "+12025550143", "hola " * 60).units == 3
    assert _load("sms", "+12025550143", "привет " * 20).units == 3
    assert _load("sms", "+12025550143", "hola " * 60).seconds == 3
    assert _load("whatsapp", "+12025550143", "hola " * 60).units == 1


def test_what_shares_a_sender_shares_its_line_and_countries_apart_do_not() -> None:
    one, other = _load("sms", "+12025550143"), _load("sms", "+12025550144")
    assert one.line == other.line
    assert one.line != _load("sms", "+525500000001").line
    assert one.line != _load("sms", "+12025550143", messaging_service_sid="MG1").line


def test_agreed_rates_are_read() -> None:
    assert parse_rates("") == {}
    assert parse_rates("sms=1, whatsapp=80,voice=0.5") == {"sms": 1, "whatsapp": 80, "voice": 0.5}


@pytest.mark.parametrize(
    "text", ["sms", "sms=", "sms=x", "sms=0", "sms=-1", "sms=nan", "=1", "1=1"]
)
def test_a_bad_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must read like"):
        parse_rates(text)


def test_the_errors_say_where_else_the_patient_may_be_reached() -> None:
    text = {code for code, rule in ERRORS.items() if rule.elsewhere == "text"}
    voice = {code for code, rule in ERRORS.items() if rule.elsewhere == "voice"}
    assert {63003, 63016, 63024, 63032, 63049} <= text
    assert voice == {21614, 30006}
    assert not any(ERRORS[code].retryable or ERRORS[code].opted_out for code in text | voice)


def test_what_is_too_fast_may_be_sent_later_and_a_phone_that_is_off_is_tried_a_few_times() -> None:
    slow = {code for code, rule in ERRORS.items() if rule.slow}
    assert {20429, 21611, 30001, 63018} <= slow
    assert all(ERRORS[code].retryable for code in slow)
    assert ERRORS[30003].again == (10, 60)
    assert ERRORS[30008].again == (5,)
    assert all(rule.retryable for rule in ERRORS.values() if rule.again)
