"""How long the figures take over a year: `python -m benchmarks.insights [MESSAGES] [VISITS]`.

Fills an empty database (a SQLite file, or the one that DATABASE_URL names) with a year of visits,
reminders, conversations and handoffs, and prints the time of each measure and of all of them, for
the page as it opens (4 weeks) and for a year.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from console.insights import changes, reminders, talks, visits
from console.insights.asked import Filters, Period
from conversations.tables import ConversationRow, HandoffRow, MessageRow
from integrations.database import Base, Database, open_database
from integrations.demo import seed_demo
from integrations.scheduling import open_catalogue
from integrations.tables import (
    AppointmentChangeRow,
    AppointmentRow,
    PatientRow,
    PractitionerRow,
    SlotRow,
)

NOW: Final = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
YEAR: Final = timedelta(days=364)
PATIENTS, TALK, CHUNK = 20_000, 8, 20_000
"""How many patients there are, how long a conversation is, and how many rows are added at once."""
MEASURES: Final[dict[str, Callable[[Database, Period, Filters], object]]] = {
    "reminders": reminders.funnel,
    "outcomes": visits.outcomes,
    "demand": visits.demand,
    "changes by channel": changes.by_channel,
    "cancelled": changes.cancelled,
    "freed slots": changes.freed,
    "settled": talks.settled,
    "understood": talks.understood,
    "waits": talks.waits,
}
Rows = Iterator[tuple[type[Base], dict[str, Any]]]


def fill(database: Database, messages: int, count: int) -> None:
    """A year with that many messages and visits."""
    seed_demo(database, NOW)
    chance = random.Random(1)
    with database.read() as session:
        places = [(row.code, row.branch) for row in session.scalars(select(PractitionerRow))]
        first = session.scalar(select(func.max(AppointmentChangeRow.id))) or 0
    add(database, patients())
    add(database, booked(chance, places, count, first + 1))
    add(database, talked(chance, count, messages - count))
    with Session(database.engine) as session, session.begin():
        session.execute(text("ANALYZE"))


def add(database: Database, rows: Rows) -> None:
    kept: dict[type[Base], list[dict[str, Any]]] = {}
    for table, row in rows:
        kept.setdefault(table, []).append(row)
        if len(kept[table]) == CHUNK:
            write(database, kept)
    write(database, kept)


def write(database: Database, kept: dict[type[Base], list[dict[str, Any]]]) -> None:
    """What others refer to was named first, and goes first."""
    with Session(database.engine) as session, session.begin():
        for table, rows in kept.items():
            if rows:
                session.execute(insert(table), rows)
                rows.clear()


def patients() -> Rows:
    for number in range(PATIENTS):
        yield (
            PatientRow,
            {
                "id": f"patient{number}",
                "name": "Ana Torres",
                "birth_date": date(1988, 3, 14),
                "language": ("es", "pt", "en")[number % 3],
            },
        )


def booked(chance: random.Random, places: list[tuple[str, str]], count: int, first: int) -> Rows:
    """Visits with their slots and changes, spread evenly; a slot has a practitioner of its own."""
    for number in range(count):
        start = NOW - YEAR * (1 - number / count)
        start = start.replace(
            minute=start.minute // 10 * 10, second=0, microsecond=number % 999_983
        )
        practitioner, branch = places[number % len(places)]
        status = chance.choices(("completed", "no_show", "cancelled"), (75, 12, 13))[0]
        visit = {"appointment_id": f"visit{number}", "slot_id": f"slot{number}", "version": 1}
        change = {**visit, "channel": "sms", "actor": "patient", "reason": None, "request": {}}
        events = ["booked", "cancelled" if status == "cancelled" else "confirmed"]
        yield (
            SlotRow,
            {
                "id": f"slot{number}",
                "practitioner": practitioner,
                "branch": branch,
                "start": start,
                "end": start + timedelta(minutes=30),
                "minutes": 30,
            },
        )
        yield (
            AppointmentRow,
            {
                "id": f"visit{number}",
                "version": 1,
                "status": status,
                "slot_id": f"slot{number}",
                "service": "dermatology-consult",
                "patient_id": f"patient{number % PATIENTS}",
            },
        )
        for step, event in enumerate(events):
            at = start - timedelta(days=9 - 8.2 * step)
            yield (
                AppointmentChangeRow,
                {
                    **change,
                    "id": first + number * 2 + step,
                    "event": event,
                    "status": event,
                    "at": at,
                    "key": f"bench{number}-{step}",
                },
            )


def talked(chance: random.Random, visited: int, messages: int) -> Rows:
    """A reminder for each visit, its answer, and what else is said; some wait for a person."""
    every = max(messages // TALK, 1)
    for number in range(every):
        when = NOW - YEAR * (1 - number / every)
        patient = chance.randrange(PATIENTS)
        talk, address = f"talk{number}", f"+52555{patient:07}"
        yield ConversationRow, conversation(talk, address, f"patient{patient}", when)
        for spoken in range(number * visited // every, (number + 1) * visited // every):
            key = f"reminder:visit{spoken}:slot{spoken}:24"
            yield MessageRow, message(talk, address, when, f"r{spoken}", "out", key=key)
        for step in range(TALK):
            at = when + timedelta(minutes=step)
            intent = chance.choices(("affirm", "nlu_fallback"), (92, 8))[0] if step % 2 else None
            way = "in" if step % 2 else "out"
            yield MessageRow, message(talk, address, at, f"{number}-{step}", way, intent=intent)
        if number % 12 == 0:
            yield (
                HandoffRow,
                {
                    "id": f"handoff{number}",
                    "conversation_id": talk,
                    "kind": "handoff",
                    "reason": "wish",
                    "opened_at": when,
                    "taken_at": when + timedelta(minutes=4),
                    "closed_at": when + timedelta(minutes=20),
                },
            )


def conversation(talk: str, address: str, patient: str, at: datetime) -> dict[str, Any]:
    return {
        "id": talk,
        "key": talk,
        "channel": "sms",
        "address": address,
        "reply_to": address,
        "recipient": "+525550000100",
        "patient_id": patient,
        "language": "es",
        "state": "closed",
        "opened_at": at,
        "last_at": at + timedelta(minutes=TALK),
    }


def message(
    talk: str, address: str, at: datetime, name: str, direction: str, **more: Any
) -> dict[str, Any]:
    return {
        "id": name,
        "provider_id": name,
        "conversation_id": talk,
        "at": at,
        "channel": "sms",
        "direction": direction,
        "address": address,
        "reply_to": address,
        "recipient": "+525550000100",
        "text": "Nos vemos el jueves a las diez, gracias.",
        "state": "answered" if direction == "in" else "delivered",
        "author": "patient" if direction == "in" else "bot",
        "intent": None,
        "key": None,
        **more,
    }


def measure(database: Database) -> None:
    branches = open_catalogue(database).branches()
    everywhere = Filters({branch.code: branch.zone for branch in branches}, everywhere=True)
    one = Filters({branches[0].code: branches[0].zone}, everywhere=False)
    for words, days, filters in (
        ("4 weeks", 28, everywhere),
        ("4 weeks, one branch", 28, one),
        ("a year", 364, everywhere),
    ):
        period = Period(NOW.date() - timedelta(days=days - 1), NOW.date(), NOW)
        total = 0.0
        for name, figures in MEASURES.items():
            begun = time.perf_counter()
            figures(database, period, filters)
            took = time.perf_counter() - begun
            total += took
            print(f"{words:22} {name:20} {took * 1000:8.0f} ms")
        print(f"{words:22} {'all':20} {total * 1000:8.0f} ms")


def main() -> None:
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    with tempfile.TemporaryDirectory() as home:
        database = open_database(os.environ.get("DATABASE_URL") or f"sqlite:///{home}/bench.db")
        database.migrate()
        fill(database, messages, count)
        measure(database)
        database.close()


if __name__ == "__main__":
    main()
