"""`consulta patient`: all that is held on a patient handed over or erased by a command."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from app.cli.clinic import read_patient
from app.services import Services, open_services
from app.settings import load_settings
from console.access import audit
from console.patients.erasure import VisitsToCome, erase
from console.patients.export_archive import archive

_ACTOR: Final = "system"
_phone = click.option("--phone", required=True, help="A number on the patient's file, E.164.")
_birth_date = click.option(
    "--birth-date",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="Tells apart who shares the number.",
)


@click.group()
def patient() -> None:
    """What a patient may ask for of the data that are held on them."""


@patient.command()
@_phone
@_birth_date
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The ZIP file to write.",
)
def export(phone: str, birth_date: datetime, out: Path) -> None:
    """Write all that is held on a patient into a ZIP file: JSON, a page to read, reports."""
    with _opened() as services:
        found = read_patient(services.database, phone, birth_date.date())
        _note(services, "patient_exported", found.id)
        out.touch(mode=0o600)
        out.write_bytes(archive(services, found))


@patient.command("erase")
@_phone
@_birth_date
@click.option("--cancel-visits", is_flag=True, help="Also cancel the visits still to come.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_patient(phone: str, birth_date: datetime, *, cancel_visits: bool, yes: bool) -> None:
    """Erase all that says who a patient is; figures and the audit log stay, without a name."""
    with _opened() as services:
        found = read_patient(services.database, phone, birth_date.date())
        if not yes and click.prompt("Type the number again") != phone:
            raise click.Abort
        try:
            erased = erase(services, found, _ACTOR, cancel_visits=cancel_visits)
        except VisitsToCome as problem:
            count = len(problem.visits)
            click.echo(f"the patient has visits to come ({count}): --cancel-visits", err=True)
            sys.exit(1)
        _note(
            services,
            "patient_erased",
            found.id,
            messages=erased.messages,
            visits_cancelled=erased.visits_cancelled,
        )
        click.echo(f"erased: {erased.messages} messages")


@contextmanager
def _opened() -> Iterator[Services]:
    services = open_services(load_settings())
    try:
        yield services
    finally:
        services.close()


def _note(services: Services, action: str, patient_id: str, **details: int) -> None:
    audit.note_as(services, "command", "admin", action, "patient", patient_id, details=details)
