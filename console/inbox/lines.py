"""The lines of the inbox: a page of threads by their own rows, never by reading their messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from flask_login import current_user
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from console.access import scope
from console.inbox.asked import Asked
from console.inbox.planning import plan
from console.needs import Needs
from console.sent import ORDINAL, whole
from console.tables import UserRow
from conversations.keys import IDLE_OF_PATIENT
from conversations.tables import MessageRow, ThreadReadRow, ThreadRow, ThreadTagRow
from integrations.tables import PatientRow

PAGE: Final = 40
TAGS: Final = 12
"""How many tags may be chosen from, those in use most."""
_LED: Final = ThreadRow.state.in_([literal_column("'waiting'"), literal_column("'person'")])
"""In words as in the partial index: SQLite does not see through parameters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A thread in the list. name: "" where nobody is known. said: its last message, to be shown.

    state: one of `asked.STATES`. after: what to ask for the lines behind this one.
    """

    thread: ThreadRow
    name: str
    said: MessageRow
    state: str
    unread: bool
    tags: Sequence[str]
    after: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines. more: where the next ones begin, "" for none."""

    lines: Sequence[Line]
    more: str


def page(needs: Needs, asked: Asked) -> Page:
    """The lines that are asked for, of the patients whom whoever is signed in may see.

    The threads are chosen by their own rows first; only of those on the page more is read.
    """
    now = needs.clock()
    with needs.database.read() as session:
        since = session.scalar(select(UserRow.created_at).where(UserRow.name == current_user.name))
        here = _Here(asked, now, since or now)
        if asked.unread:  # where little is unread PostgreSQL would look up each thread
            plan(session, enable_nestloop=False)
        rows = session.execute(_query(here).limit(PAGE + 1))
        found = {thread: read for thread, read in rows}  # noqa: C416  (rows are no pairs)
        plan(session, enable_nestloop=True)
        lines = _lines(session, here, dict(islice(found.items(), PAGE)))
        session.expunge_all()
    return Page(lines, lines[-1].after if len(found) > PAGE else "")


def counts(needs: Needs) -> Mapping[str, int]:
    """How many threads wait, are led by a person, and by whoever is signed in."""
    mine = func.count().filter(ThreadRow.taken_by == current_user.name)
    query = (
        select(ThreadRow.state, func.count(), mine)
        .where(_LED, ThreadRow.last_number > 0)
        .where(*_seen())
        .group_by(ThreadRow.state)
    )
    with needs.database.read() as session:
        found = {state: (count, own) for state, count, own in session.execute(query)}
    return {
        "waiting": found.get("waiting", (0, 0))[0],
        "person": found.get("person", (0, 0))[0],
        "mine": found.get("person", (0, 0))[1],
    }


def tags_in_use(needs: Needs, most: int = TAGS) -> Sequence[str]:
    """The tags of the threads that whoever is signed in may see, the commonest first."""
    common = (
        select(ThreadTagRow.tag, func.count().label("times"))
        .group_by(ThreadTagRow.tag)
        .order_by(func.count().desc(), ThreadTagRow.tag)
        .limit(4 * most)
        .subquery()
    )
    theirs = exists().where(
        ThreadTagRow.tag == common.c.tag, ThreadRow.id == ThreadTagRow.thread_id, *_seen()
    )
    query = select(common.c.tag).order_by(common.c.times.desc(), common.c.tag).limit(most)
    if current_user.branches:
        query = query.where(theirs)
    with needs.database.read() as session:
        return session.scalars(query).all()


@dataclass(frozen=True, slots=True)
class _Here:
    """What is asked, at what time, by somebody who is here since then: what was before is read."""

    asked: Asked
    now: datetime
    since: datetime


def _query(here: _Here) -> Select[str, int | None]:
    """The ids of the threads, each with what was read; indexes alone hold what most ask for."""
    mine = and_(
        ThreadReadRow.thread_id == ThreadRow.id, ThreadReadRow.user_name == current_user.name
    )
    query = (
        select(ThreadRow.id, ThreadReadRow.number)
        .outerjoin(ThreadReadRow, mine)
        .where(*_conditions(here))
    )
    if here.asked.sort == "waiting":
        return query.order_by(ThreadRow.waiting_since, ThreadRow.id)
    return query.order_by(ThreadRow.last_number.desc())


def _conditions(here: _Here) -> list[ColumnElement[bool]]:
    asked = here.asked
    wanted = [ThreadRow.last_number > 0, *_seen()]
    if asked.state:
        wanted.append(_in_state(asked.state, here.now))
    if asked.channel:
        wanted.append(ThreadRow.channel == asked.channel)
    if asked.branch:
        wanted.append(scope.has_visit(ThreadRow.patient_id, [asked.branch]))
    if asked.tag:
        tagged = select(ThreadTagRow.thread_id).where(ThreadTagRow.tag == asked.tag)
        wanted.append(ThreadRow.id.in_(tagged))
    if asked.unread:
        wanted.append(ThreadRow.heard_number > func.coalesce(ThreadReadRow.number, 0))
        wanted.append(or_(ThreadReadRow.number.is_not(None), ThreadRow.heard_at >= here.since))
    if asked.mine:
        wanted += [ThreadRow.state == "person", _LED, ThreadRow.taken_by == current_user.name]
    if asked.sort == "waiting":
        wanted.append(ThreadRow.waiting_since.is_not(None))
    return [*wanted, *_behind(asked)]


def _seen() -> list[ColumnElement[bool]]:
    seen = scope.seen(ThreadRow.patient_id)
    return [] if seen is None else [seen]


def _in_state(state: str, now: datetime) -> ColumnElement[bool]:
    """Done is what has ended, what nothing was said in for long, and what the staff marked."""
    if state in {"waiting", "person"}:
        return and_(ThreadRow.state == state, _LED)
    done = or_(
        ThreadRow.last_at < now - IDLE_OF_PATIENT, ThreadRow.done_number >= ThreadRow.last_number
    )
    if state == "bot":
        return and_(ThreadRow.state == "bot", ~done)
    return or_(ThreadRow.state == "closed", and_(ThreadRow.state == "bot", done))


def state_of(thread: ThreadRow, now: datetime) -> str:
    """One of `asked.STATES`; the same as in the statement."""
    if thread.state != "bot":
        return "done" if thread.state == "closed" else thread.state
    idle = thread.last_at is None or thread.last_at < now - IDLE_OF_PATIENT
    return "done" if idle or thread.done_number >= thread.last_number else "bot"


def _behind(asked: Asked) -> list[ColumnElement[bool]]:
    """What comes after the line that was the last; a forged one is as good as none."""
    if asked.sort == "waiting":
        instant, _, identifier = asked.after.partition("~")
        try:
            at = datetime.fromisoformat(instant)
        except ValueError:
            return []
        if at.tzinfo is None:
            return []
        return [tuple_(ThreadRow.waiting_since, ThreadRow.id) > (at, identifier)]
    number = whole(asked.after, ORDINAL)
    return [] if number is None else [ThreadRow.last_number < number]


def _lines(session: Session, here: _Here, found: Mapping[str, int | None]) -> Sequence[Line]:
    """The lines of those threads, in that order; found: what was read of each."""
    rows = {
        row.id: row for row in session.scalars(select(ThreadRow).where(ThreadRow.id.in_(found)))
    }
    threads = [rows[each] for each in found]
    last = MessageRow.number.in_([each.last_number for each in threads])
    said = {row.number: row for row in session.scalars(select(MessageRow).where(last))}
    known = PatientRow.id.in_([each.patient_id for each in threads if each.patient_id])
    people = session.execute(select(PatientRow.id, PatientRow.name).where(known))
    names = {identifier: name for identifier, name in people}  # noqa: C416  (rows are no pairs)
    tags = _tags(session, [each.id for each in threads])
    return [
        Line(
            thread,
            names.get(thread.patient_id or "", ""),
            said[thread.last_number],
            state_of(thread, here.now),
            _is_unread(thread, found[thread.id], here.since),
            tags.get(thread.id, []),
            _after(thread, here.asked),
        )
        for thread in threads
        if thread.last_number in said
    ]


def _after(thread: ThreadRow, asked: Asked) -> str:
    if asked.sort == "waiting" and thread.waiting_since is not None:
        return f"{thread.waiting_since.isoformat()}~{thread.id}"
    return str(thread.last_number)


def _is_unread(thread: ThreadRow, read: int | None, since: datetime) -> bool:
    if read is not None:
        return thread.heard_number > read
    return thread.heard_at is not None and thread.heard_at >= since


def _tags(session: Session, threads: Sequence[str]) -> Mapping[str, list[str]]:
    query = select(ThreadTagRow).where(ThreadTagRow.thread_id.in_(threads))
    found: dict[str, list[str]] = {}
    for row in session.scalars(query.order_by(ThreadTagRow.tag)):
        found.setdefault(row.thread_id, []).append(row.tag)
    return found
