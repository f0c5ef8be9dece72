"""The store of the models: who they are, where their archives are, which one is published."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from integrations.database import Database
from integrations.engine.tables import KnownFilesRow, ModelRow, PublicationRow

KEPT: Final = 10
"""So many archives are kept, and that of the published model always."""
SOURCES: Final = ("domain.yml", "data/nlu.yml")
"""The files that are kept beside an archive: what trainers change."""
GIVEN_UP: Final = timedelta(minutes=3)
"""A publication that is not settled by then was interrupted."""

Kind = Literal["publish", "back"]


class UnknownModel(LookupError):
    """No model has that name, or its archive is no longer kept."""


class PublishingNow(Exception):
    """Somebody else publishes at this moment."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model; see `ModelRow`. kept: whether its archive is still there to be published."""

    id: str
    number: int
    origin: str
    made_at: datetime
    made_by: str
    parent_id: str | None
    changes: dict[str, Any] | None
    evaluation: dict[str, Any] | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """That a model was published; see `PublicationRow`."""

    number: int
    model_id: str
    at: datetime
    by: str
    kind: str
    reason: str


class Models:
    """The store. folder: where the archives are."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self.folder = folder

    def models(self, limit: int = 100) -> Sequence[Model]:
        """The newest first."""
        query = select(ModelRow).order_by(ModelRow.number.desc()).limit(limit)
        with self._database.read() as session:
            return [_model(row) for row in session.scalars(query)]

    def model(self, name: str) -> Model:
        """By its number or its id. Raises UnknownModel."""
        found = self.find(name.removeprefix("consulta-"))
        if found is None:
            raise UnknownModel(name[:40])
        return found

    def find(self, name: str) -> Model | None:
        """By its number or its id; None where there is none."""
        column: Any = ModelRow.id
        value: str | int = name
        if name.isascii() and name.isdigit() and len(name) < 10:
            column, value = ModelRow.number, int(name)
        with self._database.read() as session:
            row = session.scalar(select(ModelRow).where(column == value))
            return None if row is None else _model(row)

    def archive(self, model: Model) -> Path:
        """Where its archive is. Raises UnknownModel where it is no longer kept."""
        path = self.path_of(model.id)
        if not model.kept or not path.is_file():
            raise UnknownModel(f"{model.number}")
        return path

    def path_of(self, model_id: str) -> Path:
        """Where the archive of a model is, or would be."""
        return self.folder / f"consulta-{model_id}.tar.gz"

    def source(self, model_id: str, name: str) -> Path:
        """Where a file that the model was trained from is kept; it may not be there."""
        return self.folder / f"consulta-{model_id}.{Path(name).name}"

    def add(
        self,
        archive: Path,
        model_id: str,
        by: str,
        at: datetime,
        *,
        origin: str = "trained",
        parent_id: str | None = None,
        changes: dict[str, Any] | None = None,
        project: Path | None = None,
    ) -> Model:
        """Takes an archive into the store; one that is known already only gets its archive back.

        project: the folder with the files that it was trained from, kept to tell what changed.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        _copy(archive, self.path_of(model_id))
        if project is not None:
            for name in SOURCES:
                _copy(project / name, self.source(model_id, name))
        with self._database.begin() as session:
            row = session.get(ModelRow, model_id)
            if row is not None:
                row.dropped_at = None
            else:
                newest = session.scalar(select(func.max(ModelRow.number))) or 0
                row = ModelRow(
                    id=model_id,
                    number=newest + 1,
                    origin=origin,
                    made_at=at,
                    made_by=by,
                    parent_id=parent_id,
                    changes=changes,
                )
                session.add(row)
                session.flush()
            return _model(row)

    def keep_evaluation(self, model_id: str, evaluation: dict[str, Any]) -> None:
        """What was measured of the model, in place of what was before."""
        with self._database.begin() as session:
            session.get_one(ModelRow, model_id).evaluation = evaluation

    # Publications

    def published(self) -> Model | None:
        """The model that answers; None before the first start."""
        found = self.publications(1)
        return self.find(found[0].model_id) if found else None

    def publications(self, limit: int = 50) -> Sequence[Publication]:
        """Those that were settled, the newest first."""
        query = (
            select(PublicationRow)
            .where(PublicationRow.settled_at.is_not(None))
            .order_by(PublicationRow.number.desc())
            .limit(limit)
        )
        with self._database.read() as session:
            return [_publication(row) for row in session.scalars(query)]

    def begin(self, model: Model, by: str, kind: Kind, reason: str, at: datetime) -> int:
        """Begins to publish; `settle` or `withdraw` the number. Raises PublishingNow."""
        row = PublicationRow(model_id=model.id, at=at, by=by, kind=kind, reason=reason)
        interrupted = PublicationRow.settled_at.is_(None), PublicationRow.at < at - GIVEN_UP
        try:
            with self._database.begin() as session:
                session.execute(delete(PublicationRow).where(*interrupted))
                session.add(row)
                session.flush()
                return row.number
        except IntegrityError:
            raise PublishingNow from None

    def record_start(self, model: Model, by: str, at: datetime) -> None:
        """The instance starts with it."""
        row = PublicationRow(model_id=model.id, at=at, by=by, kind="start", settled_at=at)
        with self._database.begin() as session:
            session.add(row)

    def settle(self, number: int, at: datetime) -> None:
        """The engines answer with it."""
        with self._database.begin() as session:
            session.execute(
                update(PublicationRow).where(PublicationRow.number == number).values(settled_at=at)
            )

    def withdraw(self, number: int) -> None:
        """It was not published after all."""
        with self._database.begin() as session:
            session.execute(delete(PublicationRow).where(PublicationRow.number == number))

    # Files

    def know(self, fingerprint: str, at: datetime) -> None:
        """Files in that state are not to replace the published model at a start."""
        with self._database.begin() as session:
            session.merge(KnownFilesRow(fingerprint=fingerprint, at=at))

    def knows(self, fingerprint: str) -> bool:
        """Whether it was told so, or the published model is made of these very files."""
        published = self.published()
        if published is not None and published.id == fingerprint:
            return True
        with self._database.read() as session:
            return session.get(KnownFilesRow, fingerprint) is not None

    def drop_old(self, at: datetime) -> list[Model]:
        """Lets go of the archives beyond the last KEPT; returns whose."""
        published = self.published()
        kept = [each for each in self.models(1000) if each.kept]
        gone = [each for each in kept[KEPT:] if published is None or each.id != published.id]
        for each in gone:
            with self._database.begin() as session:
                session.get_one(ModelRow, each.id).dropped_at = at
            for path in self.folder.glob(f"consulta-{each.id}.*"):
                path.unlink(missing_ok=True)
        return gone


def _copy(archive: Path, target: Path) -> None:
    """Whole or not at all."""
    if archive.absolute() == target.absolute():
        return
    number, name = tempfile.mkstemp(dir=target.parent, prefix=".adding-")
    os.close(number)
    try:
        shutil.copyfile(archive, name)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def _model(row: ModelRow) -> Model:
    return Model(
        row.id,
        row.number,
        row.origin,
        row.made_at,
        row.made_by,
        row.parent_id,
        row.changes,
        row.evaluation,
        row.dropped_at is None,
    )


def _publication(row: PublicationRow) -> Publication:
    return Publication(row.number, row.model_id, row.at, row.by, row.kind, row.reason)
