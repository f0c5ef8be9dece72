"""An automatic reminder call, from the outbox to the clinic's schedule."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.services import Services, open_services
from clinic.clock import system_clock
from clinic.consents import Purpose
from clinic.languages import LANGUAGES, Language
from conversations.model import Choice, Delivery
from outreach import words
from outreach.calls import call_again
from outreach.missed_calls import text_back
from outreach.reach import number_to_call, reach, say_once
from simulator.phone import Phone
from simulator.phone_call import Call
from tests.e2e.instance import Instance, wait_until
from tests.e2e.people import People, Person
from tests.e2e.said import SAID

pytestmark = pytest.mark.engine


@pytest.fixture
def services(instance: Instance) -> Iterator[Services]:
    """The same clinic, from another process."""
    opened = open_services(instance.settings)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def by_day(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls are placed by day only; what night it is where the tests run does not matter."""
    monkeypatch.setattr("app.calling.next_allowed", lambda now, _zone: now)


def remind(services: Services, person: Person, language: Language) -> str:
    """Queues and places a reminder call; its message's id."""
    now = system_clock()
    visit = str(person.visit.ref)
    choices = [
        Choice(title[language], f"/{intent}{json.dumps({'visit': visit})}")
        for title, intent in (
            (words.CONFIRM, "confirm_appointment"),
            (words.RESCHEDULE, "reschedule_appointment"),
            (words.CANCEL, "cancel_appointment"),
        )
    ]
    destination = number_to_call(services, person.patient.id)
    assert destination is not None
    text = f"{services.settings.clinic_name}: {person.visit.branch}."
    key = f"reminder:{visit}:24:voice"
    reached = reach(services, destination, now)
    message = say_once(services, reached, text, choices, key, now)
    assert message is not None
    services.deliveries.send_due(now, message.conversation_id)
    # By night the instance itself may have been faster, and has put it off to the morning.
    services.deliveries.send_due(now + timedelta(days=1), message.conversation_id)
    return message.id


def state_of(services: Services, person: Person, message: str) -> str:
    thread = services.conversations.thread(person.phone)
    return next(each.state for each in thread if each.id == message)


def settles(services: Services, person: Person, message: str, state: Delivery) -> None:
    wait_until(lambda: state_of(services, person, message) == state, 20, f"it is not {state}")


def taken(phone: Phone) -> Call:
    return phone.wait_for_call().answer()


@pytest.mark.parametrize("language", LANGUAGES)
def test_cancelled_is_heard_only_once_it_is_so_and_another_time_is_booked_in_the_same_call(
    language: Language, instance: Instance, people: People, services: Services
) -> None:
    person, said = people.person(language), SAID[language]
    with Phone(instance.url, person.phone) as phone:
        message = remind(services, person, language)
        call = taken(phone)
        assert services.settings.clinic_name in call.heard_last
        assert "9" in call.heard_last
        assert said.hear_cancelled not in call.heard_last
        heard = call.press("3").heard_last
        assert said.hear_cancelled in heard
        assert [each["status"] for each in instance.appointments(person.phone)] == ["cancelled"]
        branch = services.catalogue.branch(person.visit.branch)
        start, end = person.visit.start, person.visit.start + timedelta(days=1)
        free = services.schedule.free_slots(person.visit.service, branch.code, start, end)
        assert person.visit.slot_id in {slot.id for slot in free}
        assert said.hear_times in call.press("1").heard_last
        assert said.hear_booked in call.press("1").heard_last
        call.hang_up()
    statuses = [each["status"] for each in instance.appointments(person.phone)]
    assert sorted(statuses) == ["booked", "cancelled"]
    settles(services, person, message, Delivery.SPOKEN)


def test_a_machine_is_left_nothing_of_the_visit(
    instance: Instance, people: People, services: Services
) -> None:
    person = people.person("es")
    with Phone(instance.url, person.phone) as phone:
        message = remind(services, person, "es")
        call = phone.wait_for_call().answer(by="machine")
        (heard,) = call.heard
        assert services.settings.clinic_name in heard
        assert person.visit.branch not in heard
        assert call.ended
    settles(services, person, message, Delivery.VOICEMAIL)


def test_who_cannot_be_told_from_a_machine_hears_the_reminder_after_a_key(
    instance: Instance, people: People, services: Services
) -> None:
    person = people.person("es")
    with Phone(instance.url, person.phone) as phone:
        remind(services, person, "es")
        call = phone.wait_for_call().answer(by="unknown")
        assert person.visit.branch not in call.heard_last
        assert person.visit.branch in call.press("1").heard_last
        assert "Confirmada" in call.press("1").heard_last
        call.hang_up()


def test_nine_ends_automatic_calls_and_messages_go_on(
    instance: Instance, people: People, services: Services
) -> None:
    person = people.person("es")
    with Phone(instance.url, person.phone) as phone:
        remind(services, person, "es")
        call = taken(phone)
        assert "llamadas automáticas" in call.press("9").heard_last
        assert call.ended
        assert services.patients.opted_out(person.phone, Purpose.CALLS)
        assert not services.patients.opted_out(person.phone)
        assert number_to_call(services, person.patient.id) is None
        assert [each["status"] for each in instance.appointments(person.phone)] == ["booked"]


def test_a_busy_line_is_called_again_half_an_hour_later(
    instance: Instance, people: People, services: Services
) -> None:
    person = people.person("es")
    with Phone(instance.url, person.phone) as phone:
        message = remind(services, person, "es")
        phone.wait_for_call().hang_up()
        settles(services, person, message, Delivery.BUSY)
        now = system_clock()
        assert call_again(services, now) == []
        thread = len(services.conversations.thread(person.phone))
        begun = call_again(services, now + timedelta(minutes=31))
        # By night, or before it, no call follows on the same day: the staff are told instead.
        told = [each.reason for each in services.conversations.open_handoffs()]
        assert bool(begun) != ("unreached" in told)
        assert len(services.conversations.thread(person.phone)) == thread + len(begun)


def test_who_hangs_up_on_the_reminder_gets_it_by_text(
    instance: Instance, people: People, services: Services
) -> None:
    person = people.person("es")
    with Phone(instance.url, person.phone) as phone:
        message = remind(services, person, "es")
        taken(phone).hang_up()
        settles(services, person, message, Delivery.ANSWERED)
        call = services.calls
        ended = lambda: call.quiet(system_clock() - timedelta(minutes=5), system_clock())  # noqa: E731
        wait_until(ended, 20, "the call is not over")
        assert text_back(services, system_clock())
        services.deliveries.send_due(system_clock())
        text = phone.wait_for_reply(containing="1 Confirmar").text
        assert "llamamos" in text
        phone.text("1", channel="sms")
        phone.wait_for_reply(containing="Confirmada")


def test_a_missed_call_is_texted_back_with_the_menu(
    instance: Instance, people: People, services: Services
) -> None:
    person = people.person("es")
    with Phone(instance.url, person.phone) as phone:
        phone.call().hang_up()

        def over() -> bool:
            now = system_clock()
            quiet = services.calls.quiet(now - timedelta(minutes=5), now)
            return person.phone in {each.address for each in quiet}

        wait_until(over, 20, "the call is not over")
        assert text_back(services, system_clock())
        services.deliveries.send_due(system_clock())
        text = phone.wait_for_reply(containing="vimos su llamada").text
        assert "1 " in text
