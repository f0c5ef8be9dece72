"""The story to get right: "cancelled" is heard only when it is so, and the talk goes on."""

import pytest

from simulator.phone import Phone
from tests.e2e.instance import Instance, Json
from tests.e2e.people import People
from tests.e2e.said import KEY_CANCEL, SAID
from tests.e2e.threads import settled_thread

pytestmark = pytest.mark.engine

ES = SAID["es"]


def free_with(instance: Instance, visit: Json) -> list[Json]:
    found = instance.slots(visit["branch"], visit["service"], visit["start"], visit["end"])
    return [each for each in found if each["practitioner"] == visit["practitioner"]]


def test_a_caller_cancels_by_key_and_books_again_in_the_same_call(
    instance: Instance, people: People
) -> None:
    person = people.person("es")
    (before,) = instance.appointments(person.phone)
    with Phone(instance.url, person.phone) as phone:
        call = phone.call()
        assert ES.hear_sure in call.press(KEY_CANCEL).heard_last
        assert ES.hear_cancelled not in " ".join(call.heard)
        assert ES.hear_cancelled in call.press("1").heard_last
        (cancelled,) = instance.appointments(person.phone)
        assert cancelled["status"] == "cancelled"
        assert free_with(instance, before)

        assert ES.hear_times in call.press("1").heard_last
        assert ES.hear_booked in call.press("1").heard_last
        call.hang_up()
    live = [each for each in instance.appointments(person.phone) if each["status"] == "booked"]
    assert [each["service"] for each in live] == [before["service"]]
    assert {each["state"] for each in settled_thread(instance, person.phone)} == {
        "answered",
        "spoken",
    }


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_who_cancelled_by_phone_books_again_in_writing_in_the_same_conversation(
    channel: str, instance: Instance, people: People
) -> None:
    person = people.person("es")
    with Phone(instance.url, person.phone) as phone:
        call = phone.call()
        call.press(KEY_CANCEL)
        call.press("1")
        call.hang_up()
        phone.text("sí, otra fecha", channel="sms" if channel == "sms" else "whatsapp")
        phone.wait_for_reply(containing=ES.hear_times)
        phone.text("1", channel="sms" if channel == "sms" else "whatsapp")
        phone.wait_for_reply(containing=ES.hear_booked)
    statuses = sorted(each["status"] for each in instance.appointments(person.phone))
    assert statuses == ["booked", "cancelled"]
    thread = settled_thread(instance, person.phone)
    assert [each["channel"] for each in thread if each["direction"] == "in"] == [
        *["voice"] * 3,
        channel,
        channel,
    ]


def test_a_visit_moved_by_the_clinic_is_not_touched_by_an_old_button(
    instance: Instance, people: People
) -> None:
    person = people.person("es")
    with Phone(instance.url, person.phone, channel="whatsapp") as phone:
        phone.text("¿qué cita tengo?")
        shown = phone.wait_for_reply()
        phone.text("quiero cambiar mi cita")
        offered = phone.wait_for_reply(containing=ES.hear_times)
        phone.tap(offered.titles[0], offered)
        phone.wait_for_reply(containing=ES.hear_moved)
        (moved,) = instance.appointments(person.phone)
        phone.tap("Cancelar la cita", shown)
        assert ES.hear_cancelled not in phone.wait_for_reply().text
    assert instance.appointments(person.phone) == [moved]


def test_a_price_leads_to_a_visit_of_that_service_at_that_branch(
    instance: Instance, people: People
) -> None:
    number = people.number("en")
    with Phone(instance.url, number) as phone:
        phone.text("how much is a chest x-ray at Roma?")
        phone.wait_for_reply(containing="Chest X-ray at Roma")
        phone.text("ok, book it")
        phone.wait_for_reply()
        phone.text("my name is Bob Lee, born March 5 1970")
        phone.wait_for_reply(containing="Bob Lee")
        phone.text("yes")
        phone.wait_for_reply(containing=SAID["en"].hear_times)
        phone.text("1")
        phone.wait_for_reply(containing=SAID["en"].hear_booked)
    (visit,) = instance.appointments(number)
    assert (visit["service"], visit["branch"]) == ("chest-x-ray", "roma")


def test_a_service_is_never_taken_for_a_name(instance: Instance, people: People) -> None:
    number = people.number("es")
    with Phone(instance.url, number) as phone:
        phone.text("quiero agendar una cita")
        phone.wait_for_reply()
        phone.text("Juan Pérez, 5 de mayo de 1990")
        phone.wait_for_reply(containing="Juan")
        phone.text("dermatología")
        phone.wait_for_reply(containing="Juan")
        phone.text("sí")
        phone.wait_for_reply()
        assert [each["name"] for each in phone.clinic()["patients"]] == ["Juan Pérez"]
