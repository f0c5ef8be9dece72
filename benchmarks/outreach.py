"""What a sweep for reminders costs with 10,000 visits ahead: `python -m benchmarks.outreach`.

Prints the median milliseconds of a sweep: where all that is due was said before, the same after a
year of reminders, and that of each follow-up after a year of visits. DATABASE_URL may name an empty
database; else a SQLite file is made.
"""

import os
import statistics
import tempfile
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, text

from app.services import Services, open_services
from app.settings import Settings
from conversations.tables import ConversationRow, MessageRow
from integrations.demo import seed_demo
from integrations.tables import (
    AppointmentChangeRow,
    AppointmentRow,
    OutreachRuleRow,
    PatientAddressRow,
    PatientRow,
    RecallRow,
    SlotRow,
)
from outreach.follow_ups import Begin, wanted
from outreach.reminders import remind

VISITS, A_YEAR_OF, PAST = 10_000, 300_000, 100_000
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
ROUNDS = 15
AHEAD = timedelta(hours=69)

Values = dict[str, Any]


def visit(number: int) -> Values:
    """One of the visits that begin within the next 72 hours, each of another patient."""
    start = NOW + timedelta(hours=2, minutes=1) + AHEAD * number / VISITS
    return {
        "id": uuid4().hex,
        "slot": uuid4().hex,
        "patient": uuid4().hex,
        "address": f"+5256{number:08d}",
        "start": start,
        "hours": 72 if start - NOW > timedelta(hours=24) else 24,
    }


def clinic_rows(visits: list[Values]) -> list[tuple[type, list[Values]]]:
    """The tables of the clinic, in the order in which they refer to each other."""
    slot = {"practitioner": "roma-general-1", "branch": "roma", "minutes": 30}
    born = date(1980, 1, 1)
    booked = NOW - timedelta(days=30)
    change = {"version": 1, "event": "booked", "status": "booked", "actor": "system"}
    return [
        (
            PatientRow,
            [
                {"id": v["patient"], "name": "Ana", "birth_date": born, "language": "es"}
                for v in visits
            ],
        ),
        (
            PatientAddressRow,
            [{"patient_id": v["patient"], "address": v["address"]} for v in visits],
        ),
        (
            SlotRow,
            [
                {
                    **slot,
                    "id": v["slot"],
                    "start": v["start"],
                    "end": v["start"] + timedelta(minutes=30),
                }
                for v in visits
            ],
        ),
        (
            AppointmentRow,
            [
                {
                    "id": v["id"],
                    "version": 1,
                    "status": "booked",
                    "slot_id": v["slot"],
                    "service": "general-consult",
                    "patient_id": v["patient"],
                }
                for v in visits
            ],
        ),
        (
            AppointmentChangeRow,
            [
                {
                    **change,
                    "appointment_id": v["id"],
                    "slot_id": v["slot"],
                    "channel": "web",
                    "at": booked,
                    "key": v["id"],
                    "request": {},
                }
                for v in visits
            ],
        ),
    ]


def said(visits: list[Values], at: datetime, conversation: str) -> list[Values]:
    """The reminders of those visits, as they stand in the table of messages."""
    return [
        {
            "id": uuid4().hex,
            "conversation_id": conversation,
            "at": at,
            "channel": "sms",
            "direction": "out",
            "address": v["address"],
            "reply_to": v["address"],
            "recipient": "",
            "text": "…",
            "choices": [],
            "media": [],
            "ranking": [],
            "has_choices": False,
            "state": "delivered",
            "author": "outreach",
            "attempts": 1,
            "failures": 0,
            "uncertain": False,
            "key": v.get("key") or f"reminder:{v['id']}:{v['slot']}:{v['hours']}",
        }
        for v in visits
    ]


def past_visit(number: int) -> Values:
    """One of the visits of the last year, completed, and asked about."""
    start = NOW - timedelta(hours=4) - timedelta(days=365) * number / PAST
    seen = {**visit(number), "address": f"+5257{number:08d}", "start": start}
    return {**seen, "key": f"feedback:{seen['id']}"}


def seen_rows(visits: list[Values]) -> list[tuple[type, list[Values]]]:
    """Those visits, marked completed at their end; after half a year the patients were recalled."""
    *rows, (visit_table, booked), (change_table, changes) = clinic_rows(visits)
    completed = [{**each, "status": "completed", "version": 2} for each in booked]
    marked = [
        {
            **change,
            "version": 2,
            "event": "completed",
            "status": "completed",
            "at": v["start"] + timedelta(minutes=30),
            "key": f"{v['id']}:completed",
        }
        for change, v in zip(changes, visits, strict=True)
    ]
    later = NOW + timedelta(days=30)
    put_off = [
        {"patient_id": v["patient"], "service": "general-consult", "put_off_until": later}
        for v in visits
        if NOW - v["start"] > timedelta(days=180)
    ]
    return [
        *rows,
        (visit_table, completed),
        (change_table, changes + marked),
        (RecallRow, put_off),
    ]


def measure(services: Services, what: str, begin: Begin = remind, at: datetime = NOW) -> None:
    """The median of some sweeps."""
    with services.database.begin() as session:
        session.execute(text("ANALYZE"))
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        begun = begin(services, at)
        times.append((perf_counter() - began) * 1000)
        assert begun == []
    print(f"{what}: {statistics.median(times):.0f} ms")


def main(url: str) -> None:
    """Fills the database and measures."""
    services = open_services(Settings(database_url=url), lambda: NOW)
    services.database.migrate()
    seed_demo(services.database, NOW)
    remind(services, NOW)
    visits = [visit(number) for number in range(VISITS)]
    conversation: Values = {
        "id": uuid4().hex,
        "key": "benchmark",
        "channel": "sms",
        "address": "",
        "reply_to": "",
        "recipient": "",
        "language": "es",
        "state": "bot",
        "identified": False,
        "turns": 0,
        "opened_at": NOW,
        "last_at": NOW,
    }
    with services.database.begin() as session:
        for table, rows in clinic_rows(visits):
            session.execute(insert(table), rows)
        session.execute(insert(ConversationRow), [conversation])
        session.execute(
            insert(MessageRow), said(visits, NOW - timedelta(hours=1), conversation["id"])
        )
    measure(services, f"{VISITS:,} visits ahead, all reminded of")
    with services.database.begin() as session:
        for week in range(A_YEAR_OF // VISITS):
            past = [visit(number) for number in range(VISITS)]
            at = NOW - timedelta(days=20 + 10 * week)
            session.execute(insert(MessageRow), said(past, at, conversation["id"]))
    measure(services, f"the same after {A_YEAR_OF:,} earlier reminders")
    measure_follow_ups(services, conversation["id"])
    services.close()


def measure_follow_ups(services: Services, conversation: str) -> None:
    """A look of each kind, in the hour of recalls, after a year of visits that were asked about."""
    past = [past_visit(number) for number in range(PAST)]
    rule = {"kind": "recall", "service": "general-consult", "branch": "", "value": "6"}
    with services.database.begin() as session:
        for table, rows in [*seen_rows(past), (OutreachRuleRow, [rule])]:
            session.execute(insert(table), rows)
        asked = [said([v], v["start"] + timedelta(hours=4), conversation)[0] for v in past]
        session.execute(insert(MessageRow), asked)
    for begin in wanted(services.settings):
        what = f"{begin.__name__} after {PAST:,} past visits"
        measure(services, what, begin, NOW + timedelta(hours=1))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        main(os.environ.get("DATABASE_URL", f"sqlite:///{home}/consulta.db"))
