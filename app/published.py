"""Which model the engine starts with: the published one, unless other hands changed the files.

`python -m app.published` prints its archive, and nothing where the files' own model is due.
"""

import hashlib
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from app.model_files import ROOT, MissingSource, fingerprint, fingerprint_in
from app.settings import BadSettings, Settings, load_settings
from integrations.database import Database, open_database
from integrations.engine.models import Model, Models, UnknownModel

FOUND: Final = "make run"
"""By whom a model is published that was found at a start."""


def open_models(settings: Settings, database: Database) -> Models:
    """The store of this instance's models."""
    return Models(database, settings.models_folder)


def model_to_serve(settings: Settings, database: Database, given: Path, at: datetime) -> Path:
    """The published model's archive, or the given one, which is then published.

    given: the archive of the present files' own model. It wins where nothing is published yet, and
    where the files are neither those of the published model nor such as trainers left.
    """
    models = open_models(settings, database)
    made_of = fingerprint_in(given.name) or _digest(given)
    published = models.published()
    if published is not None and models.knows(made_of):
        archive = _archive(models, published)
        if archive is not None:
            return archive
    project = ROOT if _present() == made_of else None
    model = models.add(given, made_of, FOUND, at, origin="start", project=project)
    if published is None or published.id != model.id:
        models.record_start(model, FOUND, at)
    models.drop_old(at)
    return models.path_of(model.id)


def _present() -> str | None:
    try:
        return fingerprint()
    except MissingSource:
        return None


def _digest(archive: Path) -> str:
    return hashlib.sha256(archive.read_bytes()).hexdigest()[:16]


def _archive(models: Models, model: Model) -> Path | None:
    try:
        return models.archive(model)
    except UnknownModel:
        return None


def published_archive(settings: Settings, database: Database) -> Path | None:
    """What serves if it is started now; None where the present files' own model is due."""
    models = open_models(settings, database)
    try:
        published = models.published()
        present = _present()
        if published is None or present is None or not models.knows(present):
            return None
    except SQLAlchemyError:  # no table yet
        return None
    return _archive(models, published)


def main() -> int:
    """The command line; bad settings are told by whoever starts next."""
    try:
        settings = load_settings()
    except BadSettings:
        return 2
    database = open_database(settings.database_url)
    try:
        archive = published_archive(settings, database)
    finally:
        database.close()
    if archive is not None:
        sys.stdout.write(f"{archive}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
