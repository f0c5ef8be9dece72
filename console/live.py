"""Pages that change by themselves: server-sent events that say "look again", and nothing else.

The page then fetches itself and takes over the part that is marked as live, so that what is shown
always comes from the ordinary page. One thread per process looks at the database, and only while
somebody listens: rows are the truth, so that it works the same over any number of gateways.
"""

import threading
from collections.abc import Callable, Iterator
from typing import Final

from flask import Blueprint, Response
from sqlalchemy import func, select

from console.needs import Needs
from conversations.model import ConversationState
from conversations.tables import ConversationRow, HandoffRow, MessageRow
from integrations.database import Database
from integrations.tables import AppointmentChangeRow

LOOK_EVERY: Final = 1.0  # seconds
LASTS: Final = 55.0  # seconds that one answer is kept open; the browser then asks again
MOST: Final = 12
"""So many listeners at once in a process: each keeps one of its threads."""


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /live."""
    pulse = Pulse(lambda: fingerprint(needs.database))

    @blueprint.get("/live")
    def live() -> Response:
        if not pulse.join():
            return Response(status=204)  # the browser stops asking; the page works as it is
        headers = {"X-Accel-Buffering": "no"}
        answer = Response(pulse.events(), mimetype="text/event-stream", headers=headers)
        answer.call_on_close(pulse.leave)
        return answer


def fingerprint(database: Database) -> str:
    """What differs whenever anything was said, delivered or handed over, or a visit changed."""
    newest = select(func.max(MessageRow.number))
    states = select(MessageRow.state, func.count()).where(
        MessageRow.number > newest.scalar_subquery() - _LATELY
    )
    handoffs = select(
        func.count(),
        func.count(HandoffRow.taken_at),
        func.count(HandoffRow.answered_at),
        func.max(HandoffRow.taken_at),
        func.max(HandoffRow.opened_at),
    ).where(HandoffRow.closed_at.is_(None))
    talks = (
        select(ConversationRow.taken_by, ConversationRow.state, func.count())
        .where(ConversationRow.state.in_((ConversationState.WAITING, ConversationState.PERSON)))
        .group_by(ConversationRow.taken_by, ConversationRow.state)
    )
    with database.read() as session:
        found = [
            session.scalar(newest),
            session.scalar(select(func.max(AppointmentChangeRow.id))),
            sorted(map(tuple, session.execute(states.group_by(MessageRow.state)))),
            tuple(session.execute(handoffs).one()),
            sorted(map(str, session.execute(talks))),
        ]
    return repr(found)


_LATELY: Final = 500
"""Delivery states still change among the newest so many messages."""


class Pulse:
    """Tells all who listen in this process that something has changed."""

    def __init__(self, look: Callable[[], str], every: float = LOOK_EVERY) -> None:
        self._look = look
        self._every = every
        self._changed = threading.Condition()
        self._beats = 0
        self._listeners = 0
        self._runs = False

    def join(self) -> bool:
        """Takes a place among the listeners; False where there are too many."""
        with self._changed:
            if self._listeners >= MOST:
                return False
            self._listeners += 1
            if not self._runs:
                self._runs = True
                threading.Thread(target=self._run, name="console-pulse", daemon=True).start()
            return True

    def leave(self) -> None:
        """Gives the place back; with the last listener the looking ends."""
        with self._changed:
            self._listeners -= 1

    def is_looking(self) -> bool:
        """Whether anybody listens, and so somebody looks."""
        with self._changed:
            return self._runs

    def events(self, lasts: float = LASTS) -> Iterator[str]:
        """The stream of one who has joined: an event for every change, a comment while quiet."""
        yield "retry: 2000\n\n"
        with self._changed:
            seen = self._beats
        for _ in range(max(1, int(lasts / self._every))):
            with self._changed:
                if self._beats == seen:
                    self._changed.wait(self._every)
                now = self._beats
            yield "event: changed\ndata: \n\n" if now != seen else ": quiet\n\n"
            seen = now

    def _run(self) -> None:
        seen = ""
        waits = threading.Event()
        while True:
            with self._changed:
                if not self._listeners:
                    self._runs = False
                    return
            found = self._safely_look(seen)
            if found != seen:
                with self._changed:
                    self._beats += bool(seen)
                    self._changed.notify_all()
            seen = found
            waits.wait(self._every)

    def _safely_look(self, before: str) -> str:
        try:
            return self._look()
        except Exception:  # noqa: BLE001  (the database is away: pages say so themselves)
            return before
