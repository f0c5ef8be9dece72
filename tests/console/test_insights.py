"""Each figure over a small story whose figure is counted by hand, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from console.insights import changes, reminders, talks, visits
from console.insights.changes import Cancelled, Freed
from console.insights.reminders import Funnel
from console.insights.talks import Share, Spans
from console.insights.visits import Outcome
from integrations.database import open_database
from tests import databases
from tests.console.conftest import places
from tests.console.history import BRAZIL, EVERYWHERE, MARCH, ROMA, History, at


@pytest.fixture(params=databases.KINDS)
def history(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[History]:
    with databases.fresh(request.param, tmp_path, places) as url:
        database = open_database(url)
        yield History(database)
        database.close()


def test_nothing_happened_and_every_figure_says_so(history: History) -> None:
    asked = history.database, MARCH, EVERYWHERE
    assert reminders.funnel(*asked) == Funnel(0, 0, 0, 0, 0)
    assert visits.outcomes(*asked).all.no_show is None
    assert visits.demand(*asked).total == 0
    assert talks.understood(*asked).value is None
    assert talks.settled(*asked).alone.value is None
    assert talks.waits(*asked).taken == Spans(0, None, None)
    assert changes.by_channel(*asked) == {}
    assert changes.cancelled(*asked) == Cancelled(0, 0)
    assert changes.freed(*asked) == Freed(0, 0, 0, 0)


def _reminded(history: History, visit: tuple[str, str], number: int, **more: str) -> str:
    """A conversation with a number of its own, in which the visit was reminded of."""
    talk = history.talk(at(4, 10), f"+5255000001{number:02}")
    history.remind(talk, visit, at(4, 10), **more)
    return talk


def test_a_visit_is_counted_once_as_far_as_its_reminders_led(history: History) -> None:
    came, late, silent, lost, waits = (
        history.visit(at(5, 9 + hour), status)
        for hour, status in enumerate(("completed", "no_show", "booked", "booked", "booked"))
    )
    for number, visit in enumerate((came, late)):
        talk = _reminded(history, visit, number)
        history.remind(talk, visit, at(4, 12), hours="2")  # twice, and still one visit
        history.hear(talk, at(4, 13))
        history.change(visit, "confirmed", at(4, 13, 1))
    _reminded(history, silent, 2)
    _reminded(history, lost, 3, state="undelivered")
    _reminded(history, waits, 4, state="withheld")
    assert reminders.funnel(history.database, MARCH, EVERYWHERE) == Funnel(4, 3, 2, 2, 1)


def test_an_answer_after_the_visit_and_a_yes_by_the_staff_are_none_to_a_reminder(
    history: History,
) -> None:
    after, staff = history.visit(at(5, 9)), history.visit(at(5, 10), "completed")
    history.hear(_reminded(history, after, 1), at(5, 11))
    history.hear(_reminded(history, staff, 2), at(4, 11))
    history.change(staff, "confirmed", at(4, 12), actor="staff:lucero")
    assert reminders.funnel(history.database, MARCH, EVERYWHERE) == Funnel(2, 2, 1, 0, 0)


def test_a_reminder_that_went_on_by_call_is_the_same_and_an_old_time_is_none(
    history: History,
) -> None:
    visit = history.visit(at(5, 9))
    _reminded(history, visit, 1, hours="24:voice", channel="voice", state="answered")
    _reminded(history, visit, 1, hours="24", state="undelivered")
    _reminded(history, (visit[0], "another-slot"), 1)
    asked = replace(EVERYWHERE, channel="sms")
    assert reminders.funnel(history.database, MARCH, EVERYWHERE) == Funnel(1, 1, 0, 0, 0)
    assert reminders.funnel(history.database, MARCH, asked) == Funnel(1, 0, 0, 0, 0)


def test_no_shows_by_week_are_of_those_marked(history: History) -> None:
    for day, status in ((2, "completed"), (3, "no_show"), (4, "arrived"), (8, "completed")):
        history.visit(at(day, 9), status)
    history.visit(at(10, 9), "no_show")
    history.visit(at(11, 9), "cancelled")
    history.visit(at(12, 9), "confirmed")
    found = visits.outcomes(history.database, MARCH, EVERYWHERE)
    assert found.weeks == {
        date(2026, 3, 2): Outcome(came=3, missed=1),
        date(2026, 3, 9): Outcome(missed=1, cancelled=1, unmarked=1),
    }
    assert found.all.no_show == pytest.approx(2 / 5)


def test_days_and_hours_are_those_of_the_visits_branch(history: History) -> None:
    history.visit(at(15, 23, 30), "no_show")  # already the 16th, 05:30, in UTC
    history.visit(at(1, 23, 30), "no_show")  # the 2nd in UTC, yet the day before at Roma
    history.visit(at(2, 0, 30, BRAZIL), "no_show", branch="paulista")  # at Roma still the 1st
    found = visits.outcomes(history.database, MARCH, EVERYWHERE)
    assert found.all.missed == 2
    assert set(found.hours) == {0, 23}
    assert visits.demand(history.database, MARCH, EVERYWHERE).times == {(6, 23): 1, (0, 0): 1}


def test_visits_are_told_by_channel_language_and_branch_and_what_is_ahead_has_no_outcome(
    history: History,
) -> None:
    english = history.patient("en")
    history.visit(at(3, 9), "no_show", patient=english, channel="whatsapp")
    history.visit(at(3, 10), "completed")
    history.visit(at(3, 11), "completed", branch="paulista")
    history.visit(at(14, 9), "booked")
    now = replace(MARCH, now=at(10, 9))
    found = visits.outcomes(history.database, now, EVERYWHERE)
    assert found.all == Outcome(came=2, missed=1)
    assert found.channels == {"whatsapp": Outcome(missed=1), "sms": Outcome(came=2)}
    assert found.languages == {"en": Outcome(missed=1), "es": Outcome(came=2)}
    assert found.branches == {"roma": Outcome(1, 1), "paulista": Outcome(came=1)}
    for narrower in (
        replace(EVERYWHERE, channel="whatsapp"),
        replace(EVERYWHERE, language="en"),
        replace(ROMA, language="en"),
    ):
        assert visits.outcomes(history.database, now, narrower).all == Outcome(missed=1)
    assert visits.outcomes(history.database, now, ROMA).all == Outcome(came=1, missed=1)


def test_demand_counts_cancelled_and_coming_visits_by_weekday_hour_and_service(
    history: History,
) -> None:
    for start, status in ((at(3, 9), "cancelled"), (at(10, 9, 30), "booked"), (at(5, 9), "booked")):
        history.visit(start, status)
    found = visits.demand(history.database, replace(MARCH, now=at(2, 8)), EVERYWHERE)
    assert found.times == {(1, 9): 2, (3, 9): 1}
    assert found.services == {"derma": 3}


def test_what_was_not_understood_is_a_share_of_what_the_engine_read(history: History) -> None:
    talk = history.talk(at(3, 9))
    for intent in ("confirm_appointment", "nlu_fallback", "out_of_scope", "affirm", None):
        history.hear(talk, at(3, 9), intent)
    history.say(talk, at(3, 9))
    history.hear(talk, at(3, 9), "affirm", meant="/affirm")  # a button needs no understanding
    history.hear(talk, at(1, 9), "nlu_fallback")
    assert talks.understood(history.database, MARCH, EVERYWHERE) == Share(2, 4)
    english = replace(EVERYWHERE, language="en")
    assert talks.understood(history.database, MARCH, english) == Share(0, 0)


def test_people_answer_from_the_handoff_on(history: History) -> None:
    for minutes in (2, 4, 30):
        talk = history.talk(at(3, 9), f"+52550000{minutes:04}")
        opened = at(3, 9, 10)
        history.say(talk, at(3, 9, 5), author="staff:lucero")  # before they waited: no answer
        history.say(talk, opened + timedelta(minutes=minutes + 1), author="staff:lucero")
        history.say(talk, opened + timedelta(minutes=minutes + 9), author="staff:lucero")
        history.handoff(
            talk,
            opened,
            taken_at=opened + timedelta(minutes=minutes),
            closed_at=opened + timedelta(minutes=minutes * 2),
        )
    history.handoff(history.talk(at(3, 9), "+525500009999"), at(3, 9))  # nobody came
    history.handoff(history.talk(at(3, 9), "+525500009998"), at(3, 9), kind="alert")
    found = talks.waits(history.database, MARCH, EVERYWHERE)
    assert found.opened == 4
    assert found.taken == Spans(3, timedelta(minutes=4), timedelta(minutes=30))
    assert found.answered == Spans(3, timedelta(minutes=5), timedelta(minutes=31))
    assert found.closed == Spans(3, timedelta(minutes=8), timedelta(minutes=60))


def test_conversations_are_settled_alone_lost_or_come_back(history: History) -> None:
    numbers = [f"+52550000000{number}" for number in range(6)]
    alone, handed, lost, twice, again, unheard = (
        history.talk(at(3, 9), numbers[0]),
        history.talk(at(3, 9), numbers[1]),
        history.talk(at(3, 9), numbers[2], flow="book"),
        history.talk(at(3, 9), numbers[3], flow="book"),
        history.talk(at(6, 9), numbers[3]),
        history.talk(at(3, 9), numbers[4]),
    )
    for talk in (alone, handed, lost, twice, again):
        history.hear(talk, at(3, 9))
    history.handoff(handed, at(3, 9))
    history.say(unheard, at(3, 9))  # the patient never wrote: no conversation of theirs
    found = talks.settled(history.database, MARCH, EVERYWHERE)
    assert found.alone == Share(4, 5)
    assert found.lost == Share(1, 5)
    assert found.first == Share(4, 5)
    soon = replace(MARCH, now=at(12, 9))  # the seven days of the last one are not over
    assert talks.settled(history.database, soon, EVERYWHERE).first == Share(3, 4)


def test_at_one_branch_only_those_talk_who_have_a_visit_there(history: History) -> None:
    here, there = history.patient(), history.patient()
    history.visit(at(20, 9), patient=here)
    history.visit(at(20, 9), patient=there, branch="paulista")
    for patient in (here, there, None):
        history.hear(history.talk(at(3, 9), patient_id=patient), at(3, 9), "affirm")
    assert talks.understood(history.database, MARCH, ROMA) == Share(0, 1)
    assert talks.settled(history.database, MARCH, ROMA).alone == Share(1, 1)


def test_cancelled_in_time_or_late_and_restored_ones_not(history: History) -> None:
    for hour, status in ((10, "cancelled"), (11, "cancelled"), (12, "booked")):
        visit = history.visit(at(9, hour), status)
        history.change(visit, "cancelled", at(7, 10), channel="voice")
    late = history.visit(at(8, 9), "cancelled")
    history.change(late, "cancelled", at(7, 9, 1))
    assert changes.cancelled(history.database, MARCH, EVERYWHERE) == Cancelled(2, 1)
    voice = replace(EVERYWHERE, channel="voice")
    assert changes.cancelled(history.database, MARCH, voice) == Cancelled(2, 0)
    found = changes.by_channel(history.database, MARCH, EVERYWHERE)
    assert found == {"voice": {"cancelled": 3}, "sms": {"cancelled": 1}}


def test_a_freed_slot_is_counted_once_and_filled_by_an_offer_or_otherwise(
    history: History,
) -> None:
    empty, offered, booked, elsewhere = (
        history.visit(at(10, 9), "cancelled"),
        history.visit(at(10, 10), "cancelled"),
        history.visit(at(10, 11), "cancelled"),
        history.visit(at(10, 12, zone=BRAZIL), "cancelled", branch="paulista"),
    )
    for visit in (empty, booked, elsewhere, booked):
        history.change(visit, "cancelled", at(7, 9))
    freed = history.change(offered, "cancelled", at(7, 9))
    history.offer(freed, offered[1], at(7, 10), "accepted")
    history.offer(freed, offered[1], at(7, 10), "declined")
    for slot in (offered[1], booked[1]):
        history.take(slot)
    assert changes.freed(history.database, MARCH, EVERYWHERE) == Freed(4, 1, 1, 2)
    assert changes.freed(history.database, MARCH, ROMA) == Freed(3, 1, 1, 2)


def test_a_moment_is_the_same_whatever_zone_it_is_told_in() -> None:
    since, until = MARCH.bounds(BRAZIL)
    assert since == datetime(2026, 3, 2, 3, tzinfo=UTC)
    assert until - since == timedelta(days=14)
