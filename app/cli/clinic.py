"""What the commands open, and how they read what the caller names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from app.settings import Settings, load_settings
from clinic.addresses import canonical
from clinic.catalogue import Branch, CatalogueError, Service
from clinic.clock import Clock, system_clock
from clinic.languages import LANGUAGES
from clinic.patients import Patient
from clinic.ports import Catalogue
from integrations.database import Database, open_database
from integrations.patients import open_patients
from integrations.scheduling import open_catalogue
from understanding.places import find_branch
from understanding.services import match_services


@dataclass(frozen=True)
class Clinic:
    """The clinic's store, opened for one command."""

    settings: Settings
    database: Database
    clock: Clock
    catalogue: Catalogue


@contextmanager
def opened(*, migrate: bool = False) -> Iterator[Clinic]:
    """Opens the store; says so in one line when it is out of reach or empty of tables."""
    settings = load_settings()
    database = open_database(settings.database_url)
    try:
        if migrate:
            database.migrate()
        yield Clinic(settings, database, system_clock, open_catalogue(database))
    except (OperationalError, ProgrammingError) as error:
        raise _explained(error) from None
    finally:
        database.close()


def _explained(error: DBAPIError) -> click.ClickException:
    words = str(error.orig).lower()
    if "no such table" in words or "does not exist" in words:
        return click.ClickException("the database has no tables yet: run `consulta seed --demo`")
    return click.ClickException(f"the database cannot be used: {type(error.orig).__name__}")


def read_phone(text: str) -> str:
    """The canonical address. Raises click.BadParameter for what is no number at all."""
    address = canonical(text)
    if not address.startswith("+") or not address[1:].isdigit():
        raise click.BadParameter("write the number in E.164, such as +525500000001")
    return address


def read_patient(database: Database, phone: str, born: date) -> Patient:
    """The one of that number born that day. Raises click.BadParameter."""
    people = open_patients(database).at_address(read_phone(phone))
    matching = [each for each in people if each.birth_date == born]
    if len(matching) != 1:
        raise click.BadParameter("no patient has that number and birth date", param_hint="--phone")
    return matching[0]


def read_branch(catalogue: Catalogue, text: str) -> Branch:
    """By code, or by name where that is clear. Raises click.BadParameter."""
    try:
        return catalogue.branch(text)
    except CatalogueError:
        branches = catalogue.branches()
    for branch in branches:
        if branch.code.casefold() == text.casefold():
            return branch
    if found := find_branch(text, branches):
        return found
    known = ", ".join(branch.code for branch in branches) or "none"
    raise click.BadParameter(f"no such branch; there are: {known}", param_hint="--branch")


def read_service(catalogue: Catalogue, text: str) -> Service:
    """By code, or by name where that is clear. Raises click.BadParameter."""
    try:
        return catalogue.service(text)
    except CatalogueError:
        services = catalogue.services()
    for service in services:
        if service.code.casefold() == text.casefold():
            return service
    for language in LANGUAGES:
        match = match_services(text, language, services)
        if match.candidates and not match.ambiguous and not match.near:
            return catalogue.service(match.candidates[0].code)
    known = ", ".join(service.code for service in services) or "none"
    raise click.BadParameter(f"no such service; there are: {known}", param_hint="--service")


def read_instant(text: str, zone: ZoneInfo, *, option: str, whole_day: bool = False) -> datetime:
    """An ISO date or time, UTC; without an offset it is the zone's wall time.

    whole_day: a date alone means the end of that day instead of its beginning.
    Raises click.BadParameter.
    """
    try:
        if len(text) == len("2026-01-31"):
            day = date.fromisoformat(text) + timedelta(days=1 if whole_day else 0)
            at = datetime.combine(day, time(), zone)
        else:
            at = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise click.BadParameter("write an ISO date or time", param_hint=option) from None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
