"""What the commands of trainings and models open."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.cli.clinic import opened
from app.published import open_models
from app.settings import Settings
from clinic.clock import system_clock
from clinic.ports import Catalogue
from integrations.database import Database
from integrations.patients import open_patients
from trainer.desk import Desk
from trainer.models.parts import Parts
from trainer.models.runs import Runs


def open_parts(settings: Settings, database: Database, catalogue: Catalogue) -> Parts:
    """What trainings are done with."""
    desk = Desk(settings, database, open_patients(database), catalogue)
    return Parts(settings, system_clock, desk, open_models(settings, database), Runs(database))


@contextmanager
def parts_opened() -> Iterator[tuple[Parts, Database]]:
    """For one command, with the database that all of it is in."""
    with opened() as clinic:
        yield open_parts(clinic.settings, clinic.database, clinic.catalogue), clinic.database
