"""What Twilio, or who pretends to be Twilio, may send, and what comes of it."""

import itertools
import secrets
import time

import pytest

from simulator.phone import Phone
from tests.e2e.instance import Instance, Json, wait_until
from tests.e2e.people import People
from tests.e2e.threads import settled_thread
from tests.e2e.twilio_side import ROUTES, TwilioSide, call_form, message_form

pytestmark = pytest.mark.engine


@pytest.fixture
def twilio(instance: Instance) -> TwilioSide:
    return TwilioSide(instance)


def answers(instance: Instance, phone: str) -> list[Json]:
    return [each for each in instance.messages(phone) if each["direction"] == "out"]


@pytest.mark.parametrize("route", ROUTES)
def test_nothing_unsigned_or_forged_is_looked_at(
    route: str, twilio: TwilioSide, people: People, instance: Instance
) -> None:
    phone = people.number("es")
    form = call_form(phone, "CA" + secrets.token_hex(16), Digits="1") | message_form(phone, "hola")
    assert twilio.post(route, form, signature="").status_code == 403
    assert twilio.post(route, form, signature="AAAAAAAAAAAAAAAAAAAAAAAAAAA=").status_code == 403
    other = TwilioSide(instance, token="another account's token")
    assert other.post(route, form).status_code == 403
    assert instance.messages(phone) == []


def test_a_signature_holds_for_its_own_words_alone(twilio: TwilioSide, people: People) -> None:
    form = message_form(people.number("es"), "hola")
    taken = twilio.post("sms", form).request.headers["X-Twilio-Signature"]
    assert (
        twilio.send(
            "/twilio/sms", form | {"Body": "adiós"}, {"X-Twilio-Signature": taken}
        ).status_code
        == 403
    )


@pytest.mark.parametrize(
    ("route", "form"),
    [
        ("sms", {}),
        ("sms", {"MessageSid": "", "From": "+525581009999"}),
        ("sms", {"MessageSid": "SM" + "1" * 32}),
        ("sms", {"MessageSid": "S" * 400, "From": "+525581009999"}),
        ("whatsapp", {"Body": "hola"}),
        ("status", {"MessageStatus": "delivered"}),
        ("voice", {"From": "+525581009999"}),
        ("voice/turn", {"Digits": "1"}),
    ],
)
def test_what_is_malformed_is_refused(route: str, form: dict[str, str], twilio: TwilioSide) -> None:
    assert 400 <= twilio.post(route, form).status_code < 500


def test_what_is_too_large_is_refused(twilio: TwilioSide, people: People) -> None:
    form = message_form(people.number("es"), "a" * 2_000_000)
    assert twilio.post("sms", form).status_code == 413


def test_a_repeated_message_is_answered_once(
    twilio: TwilioSide, people: People, instance: Instance
) -> None:
    phone, sid = people.number("es"), "SM" + secrets.token_hex(16)
    for _ in range(3):
        assert twilio.text(phone, "¿dónde están?", sid=sid).status_code == 200
    wait_until(lambda: answers(instance, phone), 20)
    twilio.text(phone, "¿dónde están?", sid=sid)
    time.sleep(1)
    thread = settled_thread(instance, phone)
    assert [each["direction"] for each in thread] == ["in", "out"]


@pytest.mark.parametrize("delivery", ["twice", "out_of_order", "late"])
def test_receipts_in_any_order_end_right(delivery: str, people: People, instance: Instance) -> None:
    number = people.number("es")
    with Phone(instance.url, number, channel="whatsapp") as phone:
        phone.set_behaviour(delivery=delivery)
        try:
            phone.text("¿dónde están?")
            phone.wait_for_reply()
            settled_thread(instance, number)
            assert phone.stays_quiet(1.5)
        finally:
            phone.set_behaviour(delivery="prompt")
    assert answers(instance, number)[-1]["state"] == "read"


def test_who_cannot_be_reached_is_shown_so(people: People, instance: Instance) -> None:
    number = people.number("es")
    with Phone(instance.url, number) as phone:
        phone.set_condition("landline")
        phone.text("¿dónde están?")
        wait_until(
            lambda: (
                [each["state"] for each in answers(instance, number)] == ["undelivered"]
                or [each["state"] for each in answers(instance, number)] == ["failed"]
            ),
            20,
        )


@pytest.mark.parametrize(
    ("word", "channel"),
    [*itertools.product(["STOP", "ALTO", "PARAR", "SAIR"], ["sms", "whatsapp"])],
)
def test_a_stop_is_confirmed_and_kept_and_a_start_takes_it_back(
    word: str, channel: str, people: People, instance: Instance
) -> None:
    person = people.person("es")
    (before,) = instance.appointments(person.phone)
    with Phone(
        instance.url, person.phone, channel="sms" if channel == "sms" else "whatsapp"
    ) as phone:
        phone.text(word)
        phone.wait_for_reply()
        # Twilio itself answers its own words, perhaps before we have heard of them.
        wait_until(lambda: phone.clinic()["opted_out"], 10)
        assert phone.stays_quiet(0.5)
        assert instance.appointments(person.phone) == [before]
        phone.text("START")
        phone.wait_for_reply()
        wait_until(lambda: not phone.clinic()["opted_out"], 10)


def test_words_about_cancelling_a_visit_are_no_stop(people: People, instance: Instance) -> None:
    person = people.person("es")
    with Phone(instance.url, person.phone, channel="whatsapp") as phone:
        for words in ("cancelar", "no quiero la cita, cancélala"):
            phone.text(words)
            phone.wait_for_reply()
            assert not phone.clinic()["opted_out"]
