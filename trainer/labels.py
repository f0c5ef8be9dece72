"""The working set: decisions of trainers, each undone at will, until they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from integrations.database import Database
from trainer.examples import Example
from trainer.tables import LabelRow


class AlreadyDecided(Exception):
    """Somebody else decided about one of the messages in the meantime; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided of one message. text: masked; surety as in `trainer.tables.LabelRow`."""

    message_id: str
    language: str
    text: str
    surety: float | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A decision that is kept."""

    id: str
    example: Example
    surety: float | None
    by: str
    at: datetime
    written: bool
    undone: bool


class Labels:
    """Where the decisions are kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(self, messages: Sequence[Decided], intent: str, by: str, at: datetime) -> str:
        """Keeps that these messages mean the intent, or with "" that they are skipped.

        Returns the name of the batch. Raises AlreadyDecided.
        """
        batch = uuid4().hex
        rows = [
            LabelRow(
                id=uuid4().hex,
                batch=batch,
                message_id=each.message_id,
                intent=intent,
                language=each.language,
                text=each.text if intent else "",
                surety=each.surety,
                decided_by=by,
                decided_at=at,
            )
            for each in messages
        ]
        try:
            with self._database.begin() as session:
                session.add_all(rows)
        except IntegrityError:
            raise AlreadyDecided from None
        return batch

    def undo(self, identifier: str, by: str, at: datetime) -> int:
        """Takes back a decision, or a whole batch; returns how many: 0 for none that stands."""
        change = (
            update(LabelRow)
            .where(or_(LabelRow.id == identifier, LabelRow.batch == identifier))
            .where(LabelRow.undone_at.is_(None))
            .values(undone_at=at, undone_by=by)
            .returning(LabelRow.id)
        )
        with self._database.begin() as session:
            return len(session.scalars(change).all())

    def to_write(self) -> list[Label]:
        """What the file does not say yet: examples to put in, and undone ones to take out."""
        new = LabelRow.undone_at.is_(None) & LabelRow.written_at.is_(None)
        gone = LabelRow.undone_at.is_not(None) & LabelRow.written_at.is_not(None)
        query = (
            select(LabelRow)
            .where(LabelRow.intent != "", new | gone)
            .order_by(LabelRow.decided_at, LabelRow.id)
        )
        with self._database.read() as session:
            return [_label(row) for row in session.scalars(query)]

    def written_lately(self, limit: int) -> list[Label]:
        """What was written and stands, the newest first."""
        query = (
            select(LabelRow)
            .where(LabelRow.written_at.is_not(None), LabelRow.undone_at.is_(None))
            .order_by(LabelRow.written_at.desc(), LabelRow.id)
            .limit(limit)
        )
        with self._database.read() as session:
            return [_label(row) for row in session.scalars(query)]

    def newest(self, limit: int) -> list[tuple[str, Example]]:
        """What stands, written or not, with the message's id, the newest first."""
        query = (
            select(LabelRow)
            .where(LabelRow.intent != "", LabelRow.undone_at.is_(None))
            .order_by(LabelRow.decided_at.desc(), LabelRow.id)
            .limit(limit)
        )
        with self._database.read() as session:
            return [(row.message_id, _label(row).example) for row in session.scalars(query)]

    def mark_written(self, labels: Sequence[Label], at: datetime) -> None:
        """The file now says what these decisions say."""
        with self._database.begin() as session:
            for label in labels:
                there = None if label.undone else at
                session.execute(
                    update(LabelRow).where(LabelRow.id == label.id).values(written_at=there)
                )


def _label(row: LabelRow) -> Label:
    return Label(
        row.id,
        Example(row.intent, row.language, row.text),
        row.surety,
        row.decided_by,
        row.decided_at,
        row.written_at is not None,
        row.undone_at is not None,
    )
