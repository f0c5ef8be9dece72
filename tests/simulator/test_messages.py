from dataclasses import replace
from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.simulator.conftest import CLINIC, SERVICE, World

ANA = "+525500000001"


def send(world: World, to: str = ANA, body: str = "Hola", **more: object):  # type: ignore[no-untyped-def]
    prefix = "whatsapp:" if to.startswith("whatsapp:") else ""
    return world.client().messages.create(to=to, from_=prefix + CLINIC, body=body, **more)


def test_the_sdk_creates_fetches_and_lists_messages(world: World) -> None:
    sent = send(world)
    assert sent.status == "queued"
    assert sent.sid.startswith("SM")
    assert sent.direction == "outbound-api"
    assert world.client().messages(sent.sid).fetch().body == "Hola"
    assert [message.sid for message in world.client().messages.list(to=ANA)] == [sent.sid]
    assert world.client().messages.list(to="+525500000009") == []


def test_lists_are_paged_as_the_sdk_follows_them(world: World) -> None:
    sids = [send(world, body=str(number)).sid for number in range(5)]
    read = [message.sid for message in world.client().messages.stream(page_size=2)]
    assert read == sids[::-1]


@pytest.mark.parametrize(
    ("to", "sender", "body", "code"),
    [
        ("not a number", CLINIC, "hi", 21211),
        (ANA, "+525599999999", "hi", 21606),
        (f"whatsapp:{ANA}", "whatsapp:+525599999999", "hi", 63007),
        (f"whatsapp:{ANA}", CLINIC, "hi", 21910),
        (ANA, CLINIC, "", 21602),
        (ANA, CLINIC, "x" * 1601, 21617),
        (CLINIC, CLINIC, "hi", 21266),
    ],
)
def test_a_bad_message_is_refused_with_twilios_code(
    world: World, to: str, sender: str, body: str, code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        world.client().messages.create(to=to, from_=sender, body=body)
    assert refused.value.code == code
    assert refused.value.status == 400


def test_a_message_without_a_sender_or_a_recipient_is_refused(world: World) -> None:
    with pytest.raises(TwilioRestException) as refused:
        world.client().messages.create(to=ANA, body="hi")
    assert refused.value.code == 21603
    with pytest.raises(TwilioRestException) as refused:
        world.client().messages.create(to="", from_=CLINIC, body="hi")
    assert refused.value.code == 21604


def test_a_wrong_token_is_refused(world: World) -> None:
    client = replace(world.account, auth_token="wrong").client()
    with pytest.raises(TwilioRestException) as refused:
        client.messages("SM" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (401, 20003)


def test_what_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(TwilioRestException) as refused:
        world.client().messages("SM" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


def test_delivery_is_reported_signed_and_in_order(world: World) -> None:
    send(world, status_callback=f"{world.url}/twilio/status?message=é%2F1")
    hits = world.clinic.wait_for(2, "/twilio/status")
    assert [hit.form["MessageStatus"] for hit in hits] == ["sent", "delivered"]
    assert all(hit.signed for hit in hits)
    assert hits[1].form["RawDlrDoneDate"]


def test_whatsapp_reports_that_it_was_read(world: World) -> None:
    with world.phone(channel="whatsapp") as phone:
        phone.text("hola")
        send(world, f"whatsapp:{ANA}", status_callback=f"{world.url}/twilio/status")
        hits = world.clinic.wait_for(3, "/twilio/status")
        assert [hit.form["MessageStatus"] for hit in hits] == ["sent", "delivered", "read"]
        assert hits[2].form["EventType"] == "READ"
        assert phone.wait_for_reply().text == "Hola"


@pytest.mark.parametrize(
    ("delivery", "statuses"),
    [
        ("twice", ["delivered", "delivered", "sent", "sent"]),
        ("out_of_order", ["delivered", "sent"]),
    ],
)
def test_callbacks_may_come_twice_and_out_of_order(
    world: World, delivery: str, statuses: list[str]
) -> None:
    with world.phone() as phone:
        phone.set_behaviour(delivery=delivery)
    send(world, status_callback=f"{world.url}/twilio/status")
    hits = world.clinic.wait_for(len(statuses), "/twilio/status")
    got = [hit.form["MessageStatus"] for hit in hits]
    assert (sorted(got) if delivery == "twice" else got) == statuses


def test_free_text_outside_the_window_fails_later_and_not_at_once(world: World) -> None:
    callback = f"{world.url}/twilio/status"
    assert send(world, f"whatsapp:{ANA}", status_callback=callback).status == "queued"
    [hit] = world.clinic.wait_for(1, "/twilio/status")
    assert (hit.form["MessageStatus"], hit.form["ErrorCode"]) == ("failed", "63016")


def test_the_window_closes_a_day_after_the_patients_last_message(world: World) -> None:
    with world.phone(channel="whatsapp") as phone:
        phone.text("hola")
    world.clock.now += timedelta(hours=24, minutes=1)
    send(world, f"whatsapp:{ANA}", status_callback=f"{world.url}/twilio/status")
    [hit] = world.clinic.wait_for(1, "/twilio/status")
    assert hit.form["ErrorCode"] == "63016"


@pytest.mark.parametrize(
    ("condition", "code"), [("off", "30003"), ("blocked", "30004"), ("landline", "30006")]
)
def test_a_phone_that_cannot_be_reached_is_reported(
    world: World, condition: str, code: str
) -> None:
    with world.phone() as phone:
        phone.set_condition(condition)
    send(world, status_callback=f"{world.url}/twilio/status")
    hits = world.clinic.wait_for(2, "/twilio/status")
    assert hits[1].form["MessageStatus"] == "undelivered"
    assert hits[1].form["ErrorCode"] == code


def test_stop_is_kept_by_twilio_until_start(world: World) -> None:
    with world.phone() as phone:
        phone.text("Stop")
        assert phone.wait_for_reply().notice
        assert world.clinic.at("/twilio/sms")[0].form["Body"] == "Stop"
        with pytest.raises(TwilioRestException) as refused:
            send(world)
        assert refused.value.code == 21610
        phone.text("START")
        assert send(world).sid
        assert phone.wait_for_reply().notice
        assert phone.wait_for_reply().text == "Hola"


def test_a_text_is_redacted_and_a_scheduled_one_cancelled(world: World) -> None:
    with world.phone() as phone:
        sent = send(world)
        phone.wait_for_reply()
    assert world.client().messages(sent.sid).update(body="").body == ""
    later = world.client().messages.create(
        to=ANA,
        messaging_service_sid=SERVICE,
        body="x",
        schedule_type="fixed",
        send_at=world.clock.now + timedelta(hours=1),
    )
    assert later.status == "scheduled"
    assert world.client().messages(later.sid).update(status="canceled").status == "canceled"


def test_refusals_can_be_ordered(world: World) -> None:
    with world.phone() as phone:
        phone.set_behaviour(refuse=[20429])
    with pytest.raises(TwilioRestException) as refused:
        send(world)
    assert (refused.value.status, refused.value.code) == (429, 20429)
    assert send(world).sid


def test_callbacks_go_nowhere_but_the_app(world: World) -> None:
    send(world, status_callback="http://127.0.0.1:9/elsewhere")
    waiting = world.twilio.state
    assert waiting.wait(lambda: bool(waiting.alerts), 5)
    assert waiting.alerts[0].code == 11100
