"""How long the inbox takes: `python -m benchmarks.inbox [MESSAGES] [THREADS] [ROUNDS]`.

Fills a SQLite file, and a schema of its own in the PostgreSQL that BENCH_DATABASE_URL names (left
out where it is not set), with that many messages; then asks the console for its pages as a browser
would and prints the 50th and 95th percentile of each, both databases side by side.

The messages are there before the migration that makes threads: so that is measured too.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url, select, text
from sqlalchemy.schema import CreateSchema, DropSchema

from app.services import Services, open_services
from app.settings import Settings
from benchmarks.inbox_rows import BRANCHES, LONG, NOW, RARE, fill
from console.access.users import add_user
from console.tables import UserBranchRow
from console.web import create_blueprints
from conversations.tables import ThreadReadRow, ThreadRow
from integrations.database import Database, open_database
from integrations.database.migrating import configuration
from integrations.demo.seed import seed_places

PASSWORD: Final = "a calm aurora morning"
BEFORE: Final = "0025_responses"

_FILLED: Final = (
    *("patients", "slots", "appointments", "conversations", "messages", "handoffs"),
    *("threads", "thread_reads", "thread_tags", "message_words"),
)


@dataclass(frozen=True)
class Desk:
    """Two of the staff at work: one of all branches, and one of the branch with few patients."""

    everywhere: FlaskClient
    small: FlaskClient
    ids: list[str]
    tokens: tuple[str, str]


Ask = Callable[[Desk, random.Random], int]


def get(path: str, *, small: bool = False) -> Ask:
    def ask(desk: Desk, _chance: random.Random) -> int:
        client = desk.small if small else desk.everywhere
        return client.get(f"/console/{path}").status_code

    return ask


def find(*words: str, small: bool = False, **more: str) -> Ask:
    def ask(desk: Desk, chance: random.Random) -> int:
        client = desk.small if small else desk.everywhere
        token = desk.tokens[small]
        form = {"csrf_token": token, "words": chance.choice(words), **more}
        return client.post("/console/search", data=form).status_code

    return ask


def deep(desk: Desk, chance: random.Random) -> int:
    path = f"/console/inbox?after={chance.randrange(100_000, 900_000)}"
    return desk.everywhere.get(path).status_code


def open_thread(desk: Desk, chance: random.Random) -> int:
    return desk.everywhere.get(f"/console/patients/{chance.choice(desk.ids)}").status_code


ASKED: Final[dict[str, Ask]] = {
    "inbox": get("inbox"),
    "inbox, deep": deep,
    "longest waiting": get("inbox?sort=waiting"),
    "waiting": get("inbox?state=waiting"),
    "with the assistant": get("inbox?state=bot"),
    "done": get("inbox?state=done"),
    "one channel": get("inbox?channel=voice"),
    "unread (few are)": get("inbox?unread=1"),
    "mine": get("inbox?mine=1"),
    "a tag": get("inbox?tag=seguro"),
    "a branch": get("inbox?branch=roma"),
    "a small branch": get("inbox?branch=paulista"),
    "of a small branch only": get("inbox", small=True),
    "common word": find("cita", "jueves"),
    "common beginning": find("con", "cit", "ma"),
    "two common words": find("cita jueves", "gracias cita"),
    "phrase": find('"no voy a poder"', '"a las diez"'),
    "rare word": find(*RARE),
    "no such word": find("zzzyx", "qqq www"),
    "common, one channel": find("cita", channel="voice"),
    "common, old days": find("cita", since="2025-04-01", until="2025-04-30"),
    "common, a small branch": find("cita", small=True),
    "a name": find("torres", "lucia rivas"),
    "opening a thread": open_thread,
    "opening a long thread": get(f"patients/{LONG}"),
}


def measure(services: Services, rounds: int) -> dict[str, tuple[float, float]]:
    desk, chance = _desk(services), random.Random(2)
    found = {}
    for name, ask in ASKED.items():
        took = []
        for number in range(rounds + 2):  # the first two fill the caches
            begun = time.perf_counter()
            status = ask(desk, chance)
            if number > 1:
                took.append(time.perf_counter() - begun)
            if status != 200:
                raise SystemExit(f"{name}: status {status}")
        took.sort()
        found[name] = took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.95))]
        print(f"  {name:26} {found[name][0] * 1000:7.0f} {found[name][1] * 1000:7.0f} ms")
    return found


def _desk(services: Services) -> Desk:
    app = Flask("benchmark", root_path=".")
    app.secret_key = "for the benchmark alone"
    app.config["TESTING"] = True
    for blueprint in create_blueprints(services):
        app.register_blueprint(blueprint)
    with services.database.read() as session:
        query = select(ThreadRow.patient_id).where(ThreadRow.patient_id.is_not(None)).limit(500)
        ids = [each for each in session.scalars(query) if each]
    everywhere, small = _signed_in(app, "reception"), _signed_in(app, "paulista")
    tokens = _token(everywhere, "search"), _token(small, "search")
    return Desk(everywhere, small, ids, tokens)


def _signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    form = {"csrf_token": _token(client, "sign-in"), "name": name, "password": PASSWORD}
    client.post("/console/sign-in", data=form)
    return client


def _token(client: FlaskClient, page: str) -> str:
    return client.get(f"/console/{page}").text.split('csrf_token" value="', 1)[1].split('"', 1)[0]


def _staff(database: Database) -> None:
    """All but a few threads were read; the users have been there from the beginning."""
    for name in ("reception", "paulista"):
        add_user(database, name, PASSWORD, "reception", clock=lambda: NOW.replace(year=2020))
    with database.begin() as session:
        session.add(UserBranchRow(user_name="paulista", branch=BRANCHES[-1][0]))
        few = select(ThreadRow.id).order_by(ThreadRow.heard_number).limit(5)
        read = select(text("'reception'"), ThreadRow.id, ThreadRow.last_number)
        session.execute(
            ThreadReadRow.__table__.insert().from_select(  # type: ignore[attr-defined]
                ["user_name", "thread_id", "number"], read.where(ThreadRow.id.not_in(few))
            )
        )
        session.execute(
            text(
                "INSERT INTO thread_tags (thread_id, tag)"
                " SELECT id, CASE WHEN last_number % 7 = 0 THEN 'seguro' ELSE 'vip' END"
                " FROM threads WHERE last_number % 50 = 0 OR last_number % 7 = 0"
            )
        )


def _migrate(database: Database, revision: str) -> float:
    begun = time.perf_counter()
    with database.engine.begin() as connection:
        command.upgrade(configuration(connection), revision)
    return time.perf_counter() - begun


def prepare(database: Database, messages: int, threads: int) -> None:
    _migrate(database, BEFORE)
    seed_places(database, NOW, 2)
    begun = time.perf_counter()
    fill(database, messages, threads)
    print(f"  filled in {time.perf_counter() - begun:.0f} s", flush=True)
    print(f"  migrated in {_migrate(database, 'head'):.0f} s", flush=True)
    _staff(database)
    _tidy(database)


def _tidy(database: Database) -> None:
    """What PostgreSQL does by itself sooner or later."""
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as connection:
            connection.execute(text("VACUUM ANALYZE"))


@contextmanager
def _databases(home: Path) -> Iterator[dict[str, str]]:
    found = {"SQLite": f"sqlite:///{home}/bench.db"}
    base = os.environ.get("BENCH_DATABASE_URL")
    if not base:
        yield found
        return
    url = make_url(base).set(drivername="postgresql+psycopg")
    schema, engine = f"bench_{uuid4().hex[:8]}", create_engine(url)
    with engine.begin() as connection:
        connection.execute(CreateSchema(schema))
    here = url.update_query_dict({"options": f"-csearch_path={schema}"})
    try:
        yield {**found, "PostgreSQL": here.render_as_string(hide_password=False)}
    finally:
        with engine.begin() as connection:
            connection.execute(DropSchema(schema, cascade=True))
        engine.dispose()


def main() -> None:
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 50_000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 40
    results = {}
    with tempfile.TemporaryDirectory() as home, _databases(Path(home)) as databases:
        for name, url in databases.items():
            print(f"{name}: {messages:,} messages in {threads:,} threads", flush=True)
            database = open_database(url)
            prepare(database, messages, threads)
            database.close()
            settings = Settings(consulta_home=Path(home) / name, database_url=url)
            services = open_services(settings, lambda: NOW)
            results[name] = measure(services, rounds)
            services.close()
    print("| ms, p50 / p95 |", " | ".join(results), "|")
    print("|---|" + "---:|" * len(results))
    for asked in ASKED:
        cells = [
            f"{p50 * 1000:.0f} / {p95 * 1000:.0f}"
            for p50, p95 in (r[asked] for r in results.values())
        ]
        print(f"| {asked} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
