"""What trainers wrote waits until it is published, also over a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.model_files import ROOT, MissingSource, fingerprint
from app.published import open_models
from app.settings import Settings
from clinic.clock import system_clock
from integrations.database import Database
from integrations.engine.models import Models
from trainer.project import Files, Project


def project_of(settings: Settings, database: Database) -> Project:
    """The folder that trainers write to; how they leave it is noted."""
    folder = settings.training_data.absolute()
    waits = FilesThatWait(open_models(settings, database), folder)
    return Project(folder, settings.consulta_home / "training", waits.written)


@dataclass(frozen=True, slots=True)
class FilesThatWait:
    """Notes how trainers leave the files, so that a start does not take it for an engineer's
    change. Where an engineer had changed them before, they are no trainer's any more."""

    models: Models
    folder: Path

    def written(self, before: Files, after: Files) -> None:
        """The files were replaced."""
        was, is_now = (self._fingerprint(each.by_name()) for each in (before, after))
        if was is not None and is_now is not None and self.models.knows(was):
            self.models.know(is_now, system_clock())

    def _fingerprint(self, contents: Mapping[str, bytes]) -> str | None:
        try:
            return fingerprint(ROOT, self.folder, contents)
        except MissingSource:
            return None
