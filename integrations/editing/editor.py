"""`clinic.ports.CatalogueEditor` over the clinic's own tables."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.catalogue import UnknownPlan
from clinic.definitions import ServiceDefinition, Wrong, check_definition
from clinic.editing import (
    By,
    Changed,
    Difference,
    EditRefused,
    EditStale,
    FilePreview,
    PriceEdit,
    PricePreview,
    ServiceEntry,
    Usage,
)
from clinic.hours import local_day
from clinic.price_list import ListedPrice, broken_promises, check_terms
from integrations.database import Database, be_alone
from integrations.editing import files
from integrations.editing.checking import read_house
from integrations.editing.reading import (
    read_changes,
    read_entries,
    read_prices,
    read_usage,
)
from integrations.editing.writing import (
    make,
    place_differences,
    plain_terms,
    price_difference,
    service_difference,
)
from integrations.scheduling.catalogue import read_branch
from integrations.tables import PlanRow, ServiceRow

_ALONE = "catalogue"


class DatabaseCatalogueEditor:
    """Every change is one transaction, and only one of them is made at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self) -> Sequence[ServiceEntry]:
        """All services by code, those no longer offered too."""
        with self._database.read() as session:
            return read_entries(session)

    def entry(self, code: str) -> ServiceEntry:
        """Raises UnknownService."""
        with self._database.read() as session:
            return read_entries(session, code)[0]

    def usage(self, service: str, at: datetime) -> Mapping[str, Usage]:
        """What hangs on it after `at`, by branch."""
        with self._database.read() as session:
            return read_usage(session, service, at)

    def slot_minutes(self) -> Mapping[str, int]:
        """How long the slots of each practitioner are."""
        with self._database.read() as session:
            return read_house(session).lengths

    def prices(self, service: str | None = None) -> Sequence[ListedPrice]:
        """The prices of a service, with who was told them, or all without that."""
        with self._database.read() as session:
            return read_prices(session, service, told=service is not None)

    def history(self, service: str, limit: int = 50) -> Sequence[Changed]:
        """What was changed of the service, the newest first."""
        with self._database.read() as session:
            return read_changes(session, service, limit=limit)

    def define(
        self, definition: ServiceDefinition, version: int | None, by: By
    ) -> Sequence[Difference]:
        """Adds the service or changes it. Raises EditRefused, EditStale or UnknownService."""
        if wrong := check_definition(definition):
            raise EditRefused(wrong)
        with self._database.begin() as session:
            be_alone(session, _ALONE)
            before = None
            if version is None:
                if session.get(ServiceRow, definition.code) is not None:
                    raise EditRefused([Wrong("service", "code_taken")])
            else:
                entry = _entry(session, definition.code, version)
                before = entry.definition
                if wrong := read_house(session).check_minutes(entry, definition.minutes):
                    raise EditRefused(wrong)
            difference = service_difference(before, definition)
            return _make(session, [difference] if difference else [], by)

    def place(
        self, service: str, places: Mapping[str, Collection[str]], version: int, by: By
    ) -> Sequence[Difference]:
        """Where it is done, and by whom. Raises EditRefused, EditStale or UnknownService."""
        with self._database.begin() as session:
            be_alone(session, _ALONE)
            entry = _entry(session, service, version)
            house, minutes = read_house(session), entry.definition.minutes
            wrong = [
                each
                for branch, who in places.items()
                for each in house.check_place(
                    branch, set(who) - entry.places.get(branch, frozenset()), minutes
                )
            ]
            if wrong:
                raise EditRefused(wrong)
            return _make(session, place_differences(entry, places), by)

    def preview_price(self, edit: PriceEdit, at: datetime) -> PricePreview:
        """What the edit would do. Raises EditRefused, EditStale, UnknownService, UnknownPlan."""
        with self._database.read() as session:
            return _preview_price(session, edit, at)[0]

    def change_price(self, edit: PriceEdit, token: str, by: By) -> Sequence[Difference]:
        """Does it. Raises EditRefused, EditStale, UnknownService or UnknownPlan."""
        with self._database.begin() as session:
            be_alone(session, _ALONE)
            shown, differences = _preview_price(session, edit, by.at)
            if shown.token != token:
                raise EditStale
            _ask_reason(shown.broken, by)
            return _make(session, differences, by)

    def preview_file(self, content: bytes) -> FilePreview:
        """What a catalogue file would change. Raises FaultyFile."""
        with self._database.read() as session:
            return files.preview(session, content)

    def take_file(self, content: bytes, token: str, by: By) -> FilePreview:
        """Does it. Raises FaultyFile, EditRefused or EditStale."""
        with self._database.begin() as session:
            be_alone(session, _ALONE)
            shown = files.preview(session, content)
            if shown.token != token:
                raise EditStale
            _ask_reason(shown.broken, by)
            make(session, shown.differences, by)
            return shown

    def export(self) -> str:
        """The catalogue as a file that changes nothing when it is read again."""
        with self._database.read() as session:
            return files.export(session)


def _entry(session: Session, code: str, version: int) -> ServiceEntry:
    entry = read_entries(session, code)[0]
    if entry.version != version:
        since = read_changes(session, code, since=version)
        raise EditStale(list(reversed(since)))
    return entry


def _make(session: Session, differences: list[Difference], by: By) -> Sequence[Difference]:
    if differences:
        make(session, differences, by)
    return differences


def _ask_reason(broken: Sequence[ListedPrice], by: By) -> None:
    if broken and not by.reason.strip():
        raise EditRefused([Wrong("reason", "empty")])


def _preview_price(
    session: Session, edit: PriceEdit, at: datetime
) -> tuple[PricePreview, list[Difference]]:
    read_entries(session, edit.service)
    if session.scalar(select(PlanRow.code).filter_by(code=edit.plan)) is None:
        raise UnknownPlan(edit.plan)
    where = edit.branch, edit.plan
    before = [
        each
        for each in read_prices(session, edit.service)
        if (each.terms.branch, each.terms.plan) == where
    ]
    old = next((each for each in before if each.id == edit.replaces), None)
    if edit.replaces and old is None:
        raise EditStale
    if wrong := _wrong(session, edit, old, before, at):
        raise EditRefused(wrong)
    after = [each for each in before if each is not old]
    if edit.terms is not None:
        mine = replace(old, terms=edit.terms) if old else ListedPrice("", 0, edit.terms)
        after = sorted([*after, mine], key=lambda each: each.terms.valid_from)
    difference = price_difference(old.terms if old else None, edit.terms)
    broken = broken_promises(before, after)
    shown = PricePreview(before, after, broken, _token(edit, before))
    return shown, [difference] if difference else []


def _wrong(
    session: Session,
    edit: PriceEdit,
    old: ListedPrice | None,
    before: Sequence[ListedPrice],
    at: datetime,
) -> list[Wrong]:
    if edit.terms is None:
        today = local_day(at, read_branch(session, edit.branch).zone)
        free = old is not None and not old.told and old.when(today) == "coming"
        return [] if free else [Wrong("valid_from", "in_use")]
    if edit.terms.key[:3] != (edit.service, edit.branch, edit.plan):
        raise ValueError("the terms are of another price list")
    house, terms = read_house(session), edit.terms
    wrong = [*check_terms(terms), *house.check_list(terms.branch, terms.plan, terms.currency)]
    if any(each is not old and each.terms.key == edit.terms.key for each in before):
        wrong.append(Wrong("valid_from", "price_twice"))
    if old is not None and old.terms.key != edit.terms.key:
        wrong.append(Wrong("valid_from", "in_use"))
    return wrong


def _token(edit: PriceEdit, before: Sequence[ListedPrice]) -> str:
    """Another as soon as the edit is another, or the list, or to how many it was told."""
    terms = plain_terms(edit.terms) if edit.terms else None
    first = edit.terms.valid_from.isoformat() if edit.terms else ""
    rows = [[each.id, each.version, each.told] for each in before]
    text = json.dumps([edit.service, edit.branch, edit.plan, edit.replaces, first, terms, rows])
    return hashlib.sha256(text.encode()).hexdigest()
