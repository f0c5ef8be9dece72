"""The working set of responses: wordings that trainers want, each undone at will until written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import uuid4

from sqlalchemy import Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from clinic.languages import Language
from integrations.database import Database
from trainer.responses import Place
from trainer.tables import RewordingRow


class AlreadyReworded(Exception):
    """Somebody else reworded it in the meantime; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """A wording that is wanted. was: the text of domain.yml that it is to replace."""

    id: str
    place: Place
    was: str
    text: str
    by: str
    at: datetime


class Rewordings:
    """Where they are kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, place: Place, was: str, text: str, by: str, at: datetime, over: str = "") -> str:
        """Keeps the wording and returns its id.

        over: the id of the one that waited for this place and that it takes the place of, "" for
        none. Raises AlreadyReworded where another waits there by now.
        """
        row = RewordingRow(
            id=uuid4().hex,
            response=place.response,
            language=place.language,
            channel=place.channel,
            number=place.number,
            button=place.button,
            was=was,
            text=text,
            reworded_by=by,
            reworded_at=at,
        )
        identifier = row.id
        try:
            with self._database.begin() as session:
                if over and not session.scalars(_take_back(over, by, at)).all():
                    raise AlreadyReworded
                session.add(row)
        except IntegrityError:
            raise AlreadyReworded from None
        return identifier

    def undo(self, identifier: str, by: str, at: datetime) -> bool:
        """Takes back one that is not written yet; False where there is none such."""
        with self._database.begin() as session:
            return bool(session.scalars(_take_back(identifier, by, at)).all())

    def to_write(self) -> list[Rewording]:
        """What waits, in the order in which it was wanted."""
        query = select(RewordingRow).where(
            RewordingRow.undone_at.is_(None), RewordingRow.written_at.is_(None)
        )
        return self._read(query.order_by(RewordingRow.reworded_at, RewordingRow.id))

    def written_lately(self, limit: int) -> list[Rewording]:
        """What was written, the newest first."""
        query = select(RewordingRow).where(RewordingRow.written_at.is_not(None))
        newest = query.order_by(RewordingRow.written_at.desc(), RewordingRow.id)
        return self._read(newest.limit(limit))

    def mark_written(self, written: Sequence[Rewording], at: datetime) -> None:
        """The file now says what these say."""
        with self._database.begin() as session:
            for each in written:
                session.execute(
                    update(RewordingRow)
                    .where(RewordingRow.id == each.id, RewordingRow.undone_at.is_(None))
                    .values(written_at=at)
                )

    def _read(self, query: Select[RewordingRow]) -> list[Rewording]:
        with self._database.read() as session:
            return [_rewording(row) for row in session.scalars(query)]


def _take_back(identifier: str, by: str, at: datetime) -> ReturningUpdate[tuple[str]]:
    return (
        update(RewordingRow)
        .where(RewordingRow.id == identifier)
        .where(RewordingRow.undone_at.is_(None), RewordingRow.written_at.is_(None))
        .values(undone_at=at, undone_by=by)
        .returning(RewordingRow.id)
    )


def _rewording(row: RewordingRow) -> Rewording:
    language = cast("Language", row.language)
    place = Place(row.response, language, row.channel, row.number, row.button)
    return Rewording(row.id, place, row.was, row.text, row.reworded_by, row.reworded_at)
