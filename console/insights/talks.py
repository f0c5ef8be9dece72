"""What the assistant settles by itself, what it does not understand, and how soon people answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import ColumnElement, exists, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from console.insights.asked import Filters, Period, talks_of
from conversations.handoffs import STAFF_BEGAN
from conversations.tables import ConversationRow, HandoffRow, MessageRow
from integrations.database import Database, Instant

FALLBACKS: Final = ("nlu_fallback", "out_of_scope")
"""What the engine reads where it understood nothing, or nothing that it is for."""
QUIET: Final = timedelta(hours=24)
"""Who is silent for so long in the middle of something has given it up."""
AGAIN: Final = timedelta(days=7)
"""Who comes back within this time was not helped at first."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Spans:
    """How long something took, over all that it was done for; None where it never was."""

    count: int
    median: timedelta | None
    ninetieth: timedelta | None


@dataclass(frozen=True, slots=True)
class Waits:
    """From the moment a patient began to wait for a person. opened: how many did."""

    opened: int
    taken: Spans
    answered: Spans
    closed: Spans


@dataclass(frozen=True, slots=True)
class Settled:
    """Conversations in which the patient wrote. lost: given up in the middle of something.

    first: of those whose seven days are over, that were enough.
    """

    alone: Share
    lost: Share
    first: Share


def understood(database: Database, period: Period, filters: Filters) -> Share:
    """Patients' words that the engine read, and those it could do nothing with; no buttons."""
    since, until = period.bounds(filters.zone)
    query = (
        select(MessageRow.intent, func.count())
        .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
        .where(
            MessageRow.direction == "in",
            MessageRow.intent.is_not(None),
            MessageRow.meant.is_(None),
            MessageRow.at >= since,
            MessageRow.at < until,
            *talks_of(filters),
        )
        .group_by(MessageRow.intent)
    )
    with database.read() as session:
        counts = session.execute(query).all()
    return Share(
        sum(count for intent, count in counts if intent in FALLBACKS),
        sum(count for _, count in counts),
    )


def settled(database: Database, period: Period, filters: Filters) -> Settled:
    """Of the conversations that began on those days."""
    since, until = period.bounds(filters.zone)
    query = select(
        ConversationRow.last_at,
        ConversationRow.flow.is_not(None),
        _with_person(),
        _next(),
    ).where(
        ConversationRow.opened_at >= since,
        ConversationRow.opened_at < until,
        _said("patient"),
        *talks_of(filters),
    )
    with database.read() as session:
        rows = [
            (last, in_flow, person, back is not None and back - last <= AGAIN)
            for last, in_flow, person, back in session.execute(query)
        ]
    lost = sum(
        in_flow and not person and not back and last < period.now - QUIET
        for last, in_flow, person, back in rows
    )
    over = [(person, back) for last, _, person, back in rows if last < period.now - AGAIN]
    return Settled(
        Share(sum(not person for _, _, person, _ in rows), len(rows)),
        Share(lost, len(rows)),
        Share(sum(not back for _, back in over), len(over)),
    )


def waits(database: Database, period: Period, filters: Filters) -> Waits:
    """Of the patients who began to wait for a person on those days.

    Alerts are no waiting, and who was written to by the staff had asked for nobody.
    """
    since, until = period.bounds(filters.zone)
    first = (
        select(func.min(MessageRow.at))
        .where(
            MessageRow.conversation_id == HandoffRow.conversation_id,
            MessageRow.author.startswith("staff:"),
            MessageRow.at >= HandoffRow.opened_at,
        )
        .scalar_subquery()
    )
    query = (
        select(
            *(HandoffRow.opened_at, HandoffRow.taken_at),
            *(type_coerce(first, Instant), HandoffRow.closed_at),
        )
        .join(ConversationRow, ConversationRow.id == HandoffRow.conversation_id)
        .where(
            HandoffRow.kind == "handoff",
            HandoffRow.reason != STAFF_BEGAN,
            HandoffRow.opened_at >= since,
            HandoffRow.opened_at < until,
            *talks_of(filters),
        )
    )
    with database.read() as session:
        rows = session.execute(query).all()
    opened = [row[0] for row in rows]
    return Waits(len(rows), *(_spans(opened, [row[step] for row in rows]) for step in (1, 2, 3)))


def _with_person() -> ColumnElement[bool]:
    """Whether the patient waited for a person, or one of the staff wrote."""
    asked = exists().where(
        HandoffRow.conversation_id == ConversationRow.id, HandoffRow.kind == "handoff"
    )
    return or_(asked, ConversationRow.taken_by.is_not(None), _said("staff"))


def _said(author: str) -> ColumnElement[bool]:
    """Whether the patient, or somebody of the staff, has written in the conversation."""
    by = MessageRow.direction == "in" if author == "patient" else MessageRow.author.like("staff:%")
    return exists().where(MessageRow.conversation_id == ConversationRow.id, by)


def _next() -> ColumnElement[datetime]:
    """When the next conversation began in which somebody at the address wrote."""
    other, message = aliased(ConversationRow), aliased(MessageRow)
    next_one = (
        select(other.opened_at)
        .where(
            other.address == ConversationRow.address,
            other.number > ConversationRow.number,
            exists().where(message.conversation_id == other.id, message.direction == "in"),
        )
        .order_by(other.number)
        .limit(1)
        .scalar_subquery()
    )
    return type_coerce(next_one, Instant)


def _spans(since: Sequence[datetime], until: Sequence[datetime | None]) -> Spans:
    took = sorted(end - start for start, end in zip(since, until, strict=True) if end)
    return Spans(len(took), _quantile(took, 0.5), _quantile(took, 0.9))


def _quantile(ordered: Sequence[timedelta], share: float) -> timedelta | None:
    """The least value that is not exceeded by that share."""
    return ordered[ceil(share * len(ordered)) - 1] if ordered else None
