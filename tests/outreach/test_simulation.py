"""A small month is played, and what must hold of outreach holds in all of it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.cli import cli
from clinic.appointments import Appointment, AppointmentStatus
from clinic.hours import local_day
from conversations.tables import MessageRow
from integrations.twilio.prices import read_prices
from outreach.simulation.drawing import draw
from outreach.simulation.figures import Figures, figures_of
from outreach.simulation.month import BEGINS, Month, Played, Wanted
from outreach.simulation.rates import load_rates
from outreach.simulation.report import Compared, json_of, lines_of

WANTED = Wanted(days=6, patients=150, seed=7)
TINY = Wanted(days=2, patients=40, seed=3)
ENDED = {AppointmentStatus.COMPLETED, AppointmentStatus.NO_SHOW, AppointmentStatus.CANCELLED}


@dataclass
class Months:
    """The same small month, twice."""

    without: Played
    outreach: Played
    compared: Compared


@contextmanager
def played(home: Path, wanted: Wanted) -> Iterator[Months]:
    """With more who say stop than is usual, so that some do among so few."""
    rates = load_rates()
    often = replace(rates, reading=replace(rates.reading, stops=0.03))
    month, prices = Month(home, wanted, often), read_prices()
    without, outreach = month.play(outreach=False), month.play(outreach=True)
    before, after = (figures_of(each, wanted, prices) for each in (without, outreach))
    try:
        yield Months(without, outreach, Compared(before, after, rates.published))
    finally:
        without.services.close()
        outreach.services.close()


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Months]:
    with played(tmp_path_factory.mktemp("month"), WANTED) as both:
        yield both


def visits_of(month: Played) -> list[Appointment]:
    """As the clinic's own schedule has them."""
    return [
        visit
        for branch in month.services.catalogue.branches()
        for visit in month.services.schedule.agenda(
            branch.code, BEGINS, WANTED.ends + timedelta(days=60)
        )
    ]


def both(months: Months) -> list[Played]:
    return [months.without, months.outreach]


def test_every_visit_ends_exactly_once(months: Months) -> None:
    for month in both(months):
        for visit in visits_of(month):
            history = month.services.schedule.history(visit.id)
            ends = [entry.event for entry in history if entry.event in ENDED]
            assert len(ends) == (visit.start < WANTED.ends or bool(ends))
            assert (visit.status in ENDED) == bool(ends)


def test_the_figures_are_those_of_the_schedule(months: Months) -> None:
    for month, figures in zip(
        both(months), (months.compared.without, months.compared.outreach), strict=True
    ):
        ended = Counter(each.status for each in visits_of(month) if each.start < WANTED.ends)
        assert ended[AppointmentStatus.COMPLETED] == figures.attended
        assert ended[AppointmentStatus.NO_SHOW] == figures.no_shows
        assert ended[AppointmentStatus.CANCELLED] == figures.cancelled
        assert ended.total() == figures.visits


def test_no_slot_is_given_to_two(months: Months) -> None:
    for month in both(months):
        live = [v.slot_id for v in visits_of(month) if v.status != AppointmentStatus.CANCELLED]
        assert len(live) == len(set(live))


def test_without_outreach_nobody_is_written_to(months: Months) -> None:
    assert months.without.sent == []
    assert not months.compared.without.messages


def test_with_outreach_more_come_and_fewer_stay_away(months: Months) -> None:
    before, after = months.compared.without, months.compared.outreach
    assert after.attended / after.visits > before.attended / before.visits
    assert after.no_shows / after.visits < before.no_shows / before.visits
    assert after.confirmed > 0


def test_the_messages_counted_are_the_messages_stored(months: Months) -> None:
    with months.outreach.services.database.read() as session:
        rows = session.execute(
            select(MessageRow.direction, MessageRow.state, MessageRow.channel)
        ).all()
    out = Counter(row.channel for row in rows if row.direction == "out")
    assert Counter(months.compared.outreach.messages) == out
    assert {row.state for row in rows if row.direction == "out"} <= {"accepted", "undelivered"}
    assert sum(row.direction == "in" for row in rows) == months.outreach.diary.total("answers")


def told(month: Played) -> dict[tuple[str, str], list[datetime]]:
    """When each address was reminded on a channel: where nobody answers, a reminder goes on to the
    next channel and is still the same.
    """
    reminded = defaultdict(list)
    for each in month.sent:
        if "cancel_appointment" in each.intents and not each.is_offer:
            reminded[each.address, each.channel].append(each.at)
    return reminded


def test_nobody_is_reminded_twice_a_day_or_four_times_a_week(months: Months) -> None:
    zone = months.outreach.services.catalogue.branch("roma").zone
    reminded = told(months.outreach)
    assert len(reminded) > 50
    for times in reminded.values():
        assert max(Counter(local_day(at, zone) for at in times).values()) == 1
        assert all(sum(at <= each < at + timedelta(days=7) for each in times) <= 3 for at in times)


def test_nobody_who_said_stop_hears_from_us_again(months: Months) -> None:
    patients = months.outreach.services.patients
    stopped = {
        each.address: consents[-1].at
        for each in months.outreach.sent
        if (consents := patients.consents(each.address))
    }
    assert stopped
    assert all(
        each.at <= stopped[each.address] for each in months.outreach.sent if each.address in stopped
    )


def test_nothing_is_sent_at_night(months: Months) -> None:
    zones = [branch.zone for branch in months.outreach.services.catalogue.branches()]
    for each in months.outreach.sent:
        assert any(8 <= each.at.astimezone(zone).hour < 21 for zone in zones)


def test_the_same_seed_is_the_same_month(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    compared = []
    for home in (first, second):
        home.mkdir()
        with played(home, TINY) as month:
            compared.append(json_of(month.compared))
    assert compared[0] == compared[1]


def test_what_was_published_has_its_measure_and_its_source(months: Months) -> None:
    for each in months.compared.published:
        assert each.measures in months.compared.measured
        assert each.source
        assert each.low < each.high


def test_the_report_tells_both_months_and_the_picture_draws_them(months: Months) -> None:
    after: Figures = months.compared.outreach
    report = "\n".join(lines_of(months.compared))
    assert f"{after.attended:,}" in report
    assert "within" in report
    picture = draw(months.compared, WANTED)
    assert picture.startswith("<svg")
    assert f"{after.no_shows / after.visits:.1%}" in picture


def test_the_command_prints_both_months_and_draws_them(tmp_path: Path) -> None:
    picture = tmp_path / "month.svg"
    wanted = ["--days", "1", "--patients", "30", "--json", "--picture", str(picture)]
    result = CliRunner().invoke(cli, ["simulate", *wanted])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["without"]["messages"] == {}
    assert sum(told["with"]["messages"].values()) == sum(
        day["reminders"] + day["offers"] for day in told["with"]["days"]
    )
    assert {each["measures"] for each in told["published"]} >= {"no_show_ratio"}
    assert picture.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("wanted", "says"),
    [(["--patients", "1000000", "--days", "1"], "has"), (["--picture", "month.gif"], ".svg")],
)
def test_what_cannot_be_played_or_drawn_ends_with_code_2(wanted: list[str], says: str) -> None:
    result = CliRunner().invoke(cli, ["simulate", *wanted])
    assert result.exit_code == 2
    assert says in result.output
