"""What the inbox is measured over: a year of talk of many patients, the same each time."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, select

from integrations.database import Database
from integrations.tables import PractitionerRow

NOW: Final = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
YEAR: Final = timedelta(days=364)
TALK: Final = 5
"""How many messages a conversation has."""
PATIENT_SHARE: Final = 0.9
"""So many of the threads are of somebody known."""
LONG, LONG_SHARE = "patient0", 0.01
"""One patient has said a hundredth of all."""
BRANCHES: Final = (("roma", 0.60), ("providencia", 0.38), ("paulista", 0.02))
RARE: Final = ("hidrocefalia", "quetzalcóatl", "paralelepípedo")
_FIRST: Final = ("Ana", "Beto", "Carla", "João", "Emma", "Lucía", "Mateo")
_LAST: Final = ("Torres", "Ruiz", "Gómez", "Pereira", "Clark", "Rivas")
_SAID: Final = (
    "Hola, quiero confirmar mi cita del jueves a las diez",
    "no voy a poder ir a la cita de mañana, ¿me la cambian?",
    "¿Cuánto cuesta una consulta de dermatología? Gracias",
    "Olá, preciso remarcar minha consulta de amanhã",
    "Gracias, nos vemos el jueves a las diez",
    "¿Dónde queda la sucursal Roma y a qué hora abren?",
    "Necesito la preparación para el ultrasonido, ¿es en ayunas?",
    "Su cita quedó confirmada. Le esperamos en la clínica.",
    "Hello, I would like to book a blood test for Monday morning",
    "Puede llegar diez minutos antes con su identificación, por favor",
)
_SYLLABLES: Final = ("ba", "co", "di", "fu", "ga", "je", "li", "mo", "nu", "pe", "ri", "so")
Table = tuple[str, Sequence[str]]
Rows = Iterator[Sequence[Any]]


def fill(database: Database, messages: int, threads: int) -> None:
    """Patients with visits, and their talk; written in bulk, past every mapper."""
    patients = int(threads * PATIENT_SHARE)
    with database.read() as session:
        places = [
            tuple(row)
            for row in session.execute(select(PractitionerRow.code, PractitionerRow.branch))
        ]
    by_branch: dict[str, list[str]] = {}
    for code, branch in places:
        by_branch.setdefault(branch, []).append(code)
    with database.engine.begin() as connection:
        add = _writer(connection)
        add(("patients", ("id", "name", "birth_date", "language")), _people(patients))
        slots = list(_visits(patients, by_branch))
        add(
            ("slots", ("id", "practitioner", "branch", "start", "end", "minutes")),
            (s for s, _ in slots),
        )
        add(
            ("appointments", ("id", "version", "status", "slot_id", "service", "patient_id")),
            (a for _, a in slots),
        )
        add(_TALKS, _talks(messages, threads, patients))
        add(_MESSAGES, _messages(messages, threads, patients))
        add(_HANDOFFS, _handoffs(messages // TALK))


def _writer(connection: Connection) -> Callable[[Table, Iterable[Sequence[Any]]], None]:
    """Bulk: COPY in PostgreSQL, one prepared statement in SQLite."""
    raw: Any = connection.connection.driver_connection

    def copy(table: Table, rows: Iterable[Sequence[Any]]) -> None:
        name, columns = table
        names = ", ".join(f'"{each}"' for each in columns)
        with raw.cursor() as cursor, cursor.copy(f"COPY {name} ({names}) FROM STDIN") as target:
            for row in rows:
                target.write_row(row)

    def execute(table: Table, rows: Iterable[Sequence[Any]]) -> None:
        name, columns = table
        names = ", ".join(f'"{each}"' for each in columns)
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {name} ({names}) VALUES ({marks})"
        flat = (tuple(map(_plain, row)) for row in rows)
        while chunk := list(islice(flat, 20_000)):
            raw.executemany(insert, chunk)

    return copy if connection.dialect.name == "postgresql" else execute


def _plain(value: object) -> object:
    """An instant as SQLite keeps it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value


def _people(patients: int) -> Rows:
    for number in range(patients):
        name = f"{_FIRST[number % 7]} {_LAST[number % 6]}"
        born = date(1940, 1, 1) + timedelta(days=number * 7 % 25_000)
        yield f"patient{number}", name, born.isoformat(), ("es", "pt", "en")[number % 3]


def _visits(
    patients: int, by_branch: dict[str, list[str]]
) -> Iterator[tuple[Sequence[Any], Sequence[Any]]]:
    chance = random.Random(1)
    codes, weights = [code for code, _ in BRANCHES], [weight for _, weight in BRANCHES]
    for number in range(patients):
        branch = chance.choices(codes, weights)[0]
        for visit in range(2):
            start = NOW - YEAR * chance.random()
            start = start.replace(microsecond=(number * 2 + visit) % 999_983)
            name = f"{number}-{visit}"
            people = by_branch[branch]
            slot = (
                f"s{name}",
                people[number % len(people)],
                branch,
                start,
                start + timedelta(minutes=30),
                30,
            )
            yield (
                slot,
                (f"v{name}", 1, "completed", f"s{name}", "dermatology-consult", f"patient{number}"),
            )


_TALKS: Final[Table] = (
    "conversations",
    (
        *("id", "key", "channel", "address", "reply_to", "recipient", "patient_id", "identified"),
        *("language", "state", "turns", "taken_by", "opened_at", "last_at"),
    ),
)
_MESSAGES: Final[Table] = (
    "messages",
    (
        *(
            "id",
            "conversation_id",
            "at",
            "channel",
            "direction",
            "address",
            "reply_to",
            "recipient",
        ),
        *("text", "choices", "has_choices", "media", "ranking", "state", "author", "provider_id"),
        *("attempts", "failures", "uncertain", "intent", "confidence"),
    ),
)
_HANDOFFS: Final[Table] = (
    "handoffs",
    ("id", "conversation_id", "kind", "reason", "opened_at", "taken_by", "closed_at"),
)


def _whose(talk: int, threads: int, long_until: int) -> int:
    """Which thread a conversation belongs to; the threads take turns, one has far more."""
    return 0 if talk % 100 == 0 and talk // 100 < long_until else (talk * 7919) % threads


def _place(talk: int, talks: int, threads: int, patients: int) -> tuple[int, str, str, str]:
    thread = _whose(talk, threads, int(talks * LONG_SHARE))
    address = f"+5255{thread:08}"
    patient = f"patient{thread}" if thread < patients else ""
    return thread, address, patient, ("sms", "whatsapp", "whatsapp", "voice")[talk % 4]


def _begun(talk: int, talks: int) -> datetime:
    return NOW - YEAR * (1 - talk / talks) - timedelta(minutes=TALK)


def _state(talk: int, talks: int) -> tuple[str, str | None]:
    """Of the last conversations some wait, some are led by a person."""
    behind = talks - talk
    if behind < 600 and behind % 20 == 0:
        return "waiting", None
    if behind < 600 and behind % 20 == 10:
        return "person", ("reception", "lucero")[behind % 40 // 20]
    return ("bot", None) if behind < 2000 else ("closed", None)


def _talks(messages: int, threads: int, patients: int) -> Rows:
    talks = messages // TALK
    for talk in range(talks):
        _, address, patient, channel = _place(talk, talks, threads, patients)
        state, holder = _state(talk, talks)
        at = _begun(talk, talks)
        yield (
            *(f"talk{talk}", f"talk{talk}", channel, address, address, "+525550000100"),
            *(patient or None, False, "es", state, 1, holder, at, at + timedelta(minutes=TALK)),
        )


def _messages(messages: int, threads: int, patients: int) -> Rows:
    chance, talks = random.Random(3), messages // TALK
    words = ["".join(chance.choices(_SYLLABLES, k=4)) for _ in range(20_000)]
    for talk in range(talks):
        _, address, _, channel = _place(talk, talks, threads, patients)
        at = _begun(talk, talks)
        for step in range(TALK):
            number = talk * TALK + step
            inbound = step % 2 == 0
            said = f"{_SAID[chance.randrange(10)]} {words[int(20_000 * chance.random() ** 3)]}"
            if number % (messages // 60 or 1) == 7:
                said += f" {RARE[number % 3]}"
            yield (
                *(f"m{number}", f"talk{talk}", at + timedelta(minutes=step), channel),
                *("in" if inbound else "out", address, address, "+525550000100", said),
                *("[]", False, "[]", "[]", "answered" if inbound else "delivered"),
                *("patient" if inbound else "bot", f"SM{number}", 0, 0, False),
                *(("check_appointment", 0.93) if inbound else (None, None)),
            )


def _handoffs(talks: int) -> Rows:
    for talk in range(talks):
        state, holder = _state(talk, talks)
        if state in {"waiting", "person"}:
            yield f"h{talk}", f"talk{talk}", "handoff", "wish", _begun(talk, talks), holder, None
