"""Calls that met nobody, missed calls, and who is called about what."""

from datetime import datetime, timedelta

import pytest

import outreach
from clinic.appointments import Appointment
from clinic.consents import Purpose
from clinic.patients import Patient
from conversations.deliveries import Deliveries
from conversations.model import Choice, Delivery, Inbound, Message, Receipt
from outreach.calls import TRIES, UNREACHED, call_again
from outreach.missed_calls import text_back
from outreach.reach import number_to_call, reach, say_once
from tests.outreach.world import CLINIC, DAY, World

TEXT = "Clinica: le recuerda su cita."
STRANGER = "+525599990000"
MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)


class Switchboard:
    """What happens to the calls of a clinic."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._calls = 0

    def remind(self, visit: Appointment, patient: Patient, at: datetime) -> Message:
        """A reminder call, as a cadence queues it, placed at once."""
        destination = number_to_call(self.world.services, patient.id)
        assert destination is not None
        reached = reach(self.world.services, destination, at)
        choices = [
            Choice("Confirmar", f'/confirm_appointment{{"visit": "{visit.ref}"}}'),
            Choice("Cancelar la cita", f'/cancel_appointment{{"visit": "{visit.ref}"}}'),
        ]
        key = f"reminder:{visit.id}:{visit.slot_id}:24:voice"
        message = say_once(self.world.services, reached, TEXT, choices, key, at)
        assert message is not None
        self.send(at)
        return message

    def send(self, at: datetime) -> int:
        """How many calls are placed now."""
        world = self.world
        world.now[0] = at
        before = self.placed
        senders = dict.fromkeys(("sms", "voice"), world.post)
        Deliveries(
            world.services.database,
            senders,
            world.services.patients,
            spoken=["voice"],
            when_to_call=world.services.calling,
        ).send_due(at)
        return self.placed - before

    @property
    def placed(self) -> int:
        return sum(each.channel == "voice" for each in self.world.post.sent)

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.world.post.sent if each.channel == "sms"]

    def ends(self, state: Delivery, at: datetime) -> None:
        """The last call that was placed ends so."""
        services = self.world.services
        message_id = self.world.post.sent[-1].id
        call = self.call(at, self.world.post.sent[-1].to)
        services.deliveries.apply(Receipt(str(call.call_id), state, message_id))
        services.calls.note(call, message_id, over=True)

    def hung_up(self, message: Message, at: datetime) -> None:
        """The patient took the call and said nothing."""
        services = self.world.services
        call = self.call(at, self.world.post.sent[-1].to)
        services.calls.note(call, message.id)
        services.calls.take(message.id, call)
        services.deliveries.apply(Receipt(str(call.call_id), Delivery.ANSWERED, message.id))
        services.calls.note(call, message.id, over=True)

    def call(self, at: datetime, sender: str) -> Inbound:
        self._calls += 1
        sid = f"CA{self._calls}"
        return Inbound("voice", f"{sid}:0", sender, CLINIC, "", at, call_id=sid)

    def missed(self, at: datetime, sender: str = STRANGER) -> None:
        """Somebody calls the clinic and hangs up."""
        self.world.services.calls.note(self.call(at, sender), over=True)

    def again(self, at: datetime) -> int:
        """How many calls are placed by what is due now."""
        self.world.now[0] = at
        call_again(self.world.services, at)
        return self.send(at)

    def text_back(self, at: datetime) -> list[str]:
        """What is written now."""
        self.world.now[0] = at
        before = len(self.texts)
        text_back(self.world.services, at)
        self.send(at)
        return self.texts[before:]

    @property
    def alerts(self) -> list[str]:
        return [each.reason for each in self.world.services.conversations.open_handoffs()]


@pytest.fixture
def board(world: World) -> Switchboard:
    return Switchboard(world)


@pytest.fixture
def any_board(any_world: World) -> Switchboard:
    return Switchboard(any_world)


def tomorrow(board: Switchboard, hours: int = 10) -> tuple[Appointment, datetime]:
    """A visit of Ana's, and ten in the morning of the day before."""
    world = board.world
    return world.visit(world.ana, world.at(DAY, hours)), world.at(DAY - timedelta(1), 10)


def test_a_busy_line_is_called_again_after_half_an_hour(any_board: Switchboard) -> None:
    board = any_board
    visit, at = tomorrow(board)
    board.remind(visit, board.world.ana, at)
    board.ends(Delivery.BUSY, at)
    assert board.again(at + 29 * MINUTES) == 0
    assert board.again(at + 30 * MINUTES) == 1
    assert board.again(at + 31 * MINUTES) == 0
    assert board.alerts == []


def test_where_nobody_answers_the_next_call_is_two_hours_later(board: Switchboard) -> None:
    visit, at = tomorrow(board)
    board.remind(visit, board.world.ana, at)
    board.ends(Delivery.NO_ANSWER, at)
    assert board.again(at + 119 * MINUTES) == 0
    assert board.again(at + 2 * HOURS) == 1


def test_after_the_last_try_the_staff_are_told_once(any_board: Switchboard) -> None:
    board = any_board
    visit, at = tomorrow(board)
    board.remind(visit, board.world.ana, at)
    for _ in range(TRIES - 1):
        board.ends(Delivery.BUSY, at)
        at += 30 * MINUTES
        assert board.again(at) == 1
    board.ends(Delivery.BUSY, at)
    assert board.again(at + MINUTES) == 0
    assert board.alerts == [UNREACHED]
    (alert,) = board.world.services.conversations.open_handoffs()
    board.world.services.conversations.close_handoff(alert.id, at + 2 * MINUTES)
    assert board.again(at + 3 * MINUTES) == 0
    assert board.alerts == []


def test_a_number_that_cannot_be_called_is_the_staff_s_at_once(board: Switchboard) -> None:
    visit, at = tomorrow(board)
    board.remind(visit, board.world.ana, at)
    board.ends(Delivery.FAILED, at)
    assert board.again(at + MINUTES) == 0
    assert board.alerts == [UNREACHED]


@pytest.mark.parametrize("state", [Delivery.VOICEMAIL, Delivery.SPOKEN, Delivery.ANSWERED])
def test_who_was_reached_or_left_a_word_is_not_called_again(
    board: Switchboard, state: Delivery
) -> None:
    visit, at = tomorrow(board)
    board.remind(visit, board.world.ana, at)
    board.ends(state, at)
    assert board.again(at + 3 * HOURS) == 0
    assert board.alerts == []


def test_a_visit_that_was_confirmed_is_not_called_about_again(board: Switchboard) -> None:
    visit, at = tomorrow(board)
    board.remind(visit, board.world.ana, at)
    board.ends(Delivery.BUSY, at)
    board.world.now[0] = at
    board.world.services.schedule.confirm(visit.ref, board.world.change(at))
    assert board.again(at + 30 * MINUTES) == 0
    assert board.alerts == []


def test_a_visit_that_was_moved_is_not_called_about_again(board: Switchboard) -> None:
    visit, at = tomorrow(board)
    board.remind(visit, board.world.ana, at)
    board.ends(Delivery.BUSY, at)
    board.world.move(visit, board.world.at(DAY, 15), at)
    assert board.again(at + 30 * MINUTES) == 0
    assert board.alerts == []


def test_in_the_last_hour_nobody_is_called(board: Switchboard) -> None:
    world = board.world
    visit = world.visit(world.ana, world.at(DAY, 12))
    at = world.at(DAY, 10, 40)
    board.remind(visit, world.ana, at)
    board.ends(Delivery.BUSY, at)
    assert board.again(at + 30 * MINUTES) == 0


def test_what_says_tomorrow_is_not_said_on_the_day_and_the_staff_are_told(
    board: Switchboard,
) -> None:
    world = board.world
    visit = world.visit(world.ana, world.at(DAY, 16))
    at = world.at(DAY - timedelta(1), 20, 45)
    board.remind(visit, world.ana, at)
    board.ends(Delivery.BUSY, at)
    assert board.again(at + MINUTES) == 0
    assert board.alerts == [UNREACHED]
    assert board.again(world.at(DAY, 9)) == 0


def test_after_an_outage_over_night_nobody_is_called_with_the_words_of_yesterday(
    board: Switchboard,
) -> None:
    world = board.world
    visit = world.visit(world.ana, world.at(DAY, 16))
    at = world.at(DAY - timedelta(1), 18)
    board.remind(visit, world.ana, at)
    board.ends(Delivery.BUSY, at)
    assert board.again(world.at(DAY, 9)) == 0
    assert board.alerts == [UNREACHED]


def test_who_wants_no_more_calls_is_not_called_again(board: Switchboard) -> None:
    visit, at = tomorrow(board)
    board.remind(visit, board.world.ana, at)
    board.ends(Delivery.BUSY, at)
    patients = board.world.services.patients
    patients.set_consent(
        "+525500000001", given=False, channel="sms", words="9", at=at, purpose=Purpose.CALLS
    )
    assert board.again(at + 30 * MINUTES) == 0
    assert number_to_call(board.world.services, board.world.ana.id) is None


def test_a_call_queued_in_the_evening_rings_in_the_morning(any_board: Switchboard) -> None:
    board = any_board
    world = board.world
    visit = world.visit(world.ana, world.at(DAY, 16))
    board.remind(visit, world.ana, world.at(DAY - timedelta(1), 21, 5))
    assert board.placed == 0
    assert board.send(world.at(DAY, 7, 59)) == 0
    assert board.send(world.at(DAY, 8)) == 1


def test_a_call_is_not_placed_about_a_visit_that_has_changed_since(board: Switchboard) -> None:
    world = board.world
    visit = world.visit(world.ana, world.at(DAY, 16))
    message = board.remind(visit, world.ana, world.at(DAY - timedelta(1), 21, 5))
    world.services.schedule.cancel(visit.ref, world.change(world.now[0]))
    assert board.send(world.at(DAY, 8)) == 0
    (told,) = world.told(world.ana)
    assert (told.id, told.state) == (message.id, Delivery.FAILED)


def test_the_night_is_that_of_the_branch(board: Switchboard) -> None:
    world = board.world
    visit = world.visit(world.ana, world.at(DAY, 16, branch="frontera"), branch="frontera")
    board.remind(visit, world.ana, world.at(DAY - timedelta(1), 20, 30, branch="frontera"))
    assert board.placed == 1


def test_two_visits_of_one_person_are_not_two_calls_at_once(any_board: Switchboard) -> None:
    board = any_board
    world = board.world
    at = world.at(DAY - timedelta(1), 10)
    for hours in (12, 16):
        board.remind(world.visit(world.ana, world.at(DAY, hours)), world.ana, at)
    assert board.placed == 1


def test_a_patient_who_is_only_called_is_written_to_by_the_staff(board: Switchboard) -> None:
    visit, at = tomorrow(board)
    message = board.remind(visit, board.world.ana, at)
    conversations = board.world.services.conversations
    said = conversations.say(message.conversation_id, "Hola", author="staff:laura", at=at)
    assert said.channel == "sms"


def test_who_hung_up_on_our_call_gets_its_words_and_choices_once(any_board: Switchboard) -> None:
    board = any_board
    visit, at = tomorrow(board)
    message = board.remind(visit, board.world.ana, at)
    board.hung_up(message, at)
    (text,) = board.text_back(at + MINUTES)
    assert TEXT in text
    assert board.world.post.sent[-1].choices == message.choices
    assert board.text_back(at + 2 * MINUTES) == []


def test_a_missed_call_is_texted_back_once_a_day(any_board: Switchboard) -> None:
    board = any_board
    at = board.world.at(DAY, 10)
    board.missed(at)
    (text,) = board.text_back(at + MINUTES)
    assert "vimos su llamada" in text
    assert [each.payload for each in board.world.post.sent[-1].choices] == ["/menu"]
    board.missed(at + HOURS)
    assert board.text_back(at + HOURS + MINUTES) == []
    next_day = at + timedelta(1)
    board.missed(next_day)
    assert len(board.text_back(next_day + MINUTES)) == 1


def test_two_missed_calls_are_answered_with_one_text(board: Switchboard) -> None:
    at = board.world.at(DAY, 10)
    board.missed(at)
    board.missed(at + MINUTES)
    assert len(board.text_back(at + 2 * MINUTES)) == 1


def test_a_call_that_goes_on_is_not_missed(board: Switchboard) -> None:
    at = board.world.at(DAY, 10)
    board.world.services.calls.note(board.call(at, STRANGER))
    assert board.text_back(at + MINUTES) == []


def test_a_call_missed_at_night_is_texted_back_in_the_morning(board: Switchboard) -> None:
    world = board.world
    board.missed(world.at(DAY, 23), "+525500000001")
    assert board.text_back(world.at(DAY, 23, 1)) == []
    assert len(board.text_back(world.at(DAY + timedelta(1), 9))) == 1


def test_who_has_stopped_us_is_not_texted_back(board: Switchboard) -> None:
    at = board.world.at(DAY, 10)
    board.world.services.patients.set_consent(
        STRANGER, given=False, channel="sms", words="ALTO", at=at
    )
    board.missed(at)
    assert board.text_back(at + MINUTES) == []


def test_a_landline_is_not_texted_back(board: Switchboard) -> None:
    at = board.world.at(DAY, 10)
    board.missed(at, "+551130000000")
    assert board.text_back(at + MINUTES) == []


def test_who_wrote_since_is_not_texted_back(board: Switchboard) -> None:
    at = board.world.at(DAY, 10)
    board.missed(at)
    board.world.hears(STRANGER, at + MINUTES)
    assert board.text_back(at + 2 * MINUTES) == []


def test_one_kind_that_fails_keeps_none_of_the_others(
    board: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[dict[str, str]]:
        raise RuntimeError

    monkeypatch.setattr(outreach, "_KINDS", (broken, text_back))
    at = board.world.at(DAY, 10)
    board.missed(at)
    assert [each["kind"] for each in outreach.run_due(board.world.services, at)] == ["missed_call"]
