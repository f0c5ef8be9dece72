"""The catalogue, read from the database at every question."""

from collections import defaultdict
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.catalogue import (
    Branch,
    CatalogueError,
    OpenHours,
    Plan,
    Practitioner,
    Preparation,
    Service,
    UnknownBranch,
    UnknownService,
)
from integrations.database import Database
from integrations.tables import (
    BranchHoursRow,
    BranchRow,
    PlanRow,
    PractitionerRow,
    PractitionerServiceRow,
    ServiceBranchRow,
    ServiceRow,
)


class DatabaseCatalogue:
    """`clinic.ports.Catalogue` over the clinic's own tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def branches(self) -> Sequence[Branch]:
        """All branches, by name."""
        with self._database.read() as session:
            hours = _hours(session)
            rows = session.scalars(select(BranchRow).order_by(BranchRow.name))
            return [_branch(row, hours[row.code]) for row in rows]

    def branch(self, code: str) -> Branch:
        """Raises UnknownBranch."""
        with self._database.read() as session:
            row = session.get(BranchRow, code)
            if row is None:
                raise UnknownBranch(code)
            return _branch(row, _hours(session)[code])

    def services(self) -> Sequence[Service]:
        """All services that are offered anywhere, by code."""
        with self._database.read() as session:
            where = _where_done(session)
            rows = session.scalars(select(ServiceRow).order_by(ServiceRow.code))
            return [_service(row, where[row.code]) for row in rows if where[row.code]]

    def service(self, code: str) -> Service:
        """Raises UnknownService."""
        with self._database.read() as session:
            row = session.get(ServiceRow, code)
            if row is None:
                raise UnknownService(code)
            return _service(row, _where_done(session)[code])

    def practitioners(self, branch: str | None = None) -> Sequence[Practitioner]:
        """All practitioners, or those of one branch, by code."""
        query = select(PractitionerRow).order_by(PractitionerRow.code)
        if branch is not None:
            query = query.where(PractitionerRow.branch == branch)
        with self._database.read() as session:
            does = _what_they_do(session)
            return [_practitioner(row, does[row.code]) for row in session.scalars(query)]

    def practitioner(self, code: str) -> Practitioner:
        """Raises CatalogueError."""
        with self._database.read() as session:
            row = session.get(PractitionerRow, code)
            if row is None:
                raise CatalogueError(code)
            return _practitioner(row, _what_they_do(session)[code])

    def plans(self) -> Sequence[Plan]:
        """All plans by code, the public one among them."""
        with self._database.read() as session:
            rows = session.scalars(select(PlanRow).order_by(PlanRow.code))
            return [Plan(row.code, row.names, tuple(row.aliases)) for row in rows]


def read_branch(session: Session, code: str) -> Branch:
    """A branch within a transaction that is already open. Raises UnknownBranch."""
    row = session.get(BranchRow, code)
    if row is None:
        raise UnknownBranch(code)
    return _branch(row, _hours(session)[code])


def _hours(session: Session) -> dict[str, list[OpenHours]]:
    hours: dict[str, list[OpenHours]] = defaultdict(list)
    query = select(BranchHoursRow).order_by(BranchHoursRow.weekday, BranchHoursRow.opens)
    for row in session.scalars(query):
        hours[row.branch].append(OpenHours(row.weekday, row.opens, row.closes))
    return hours


def _where_done(session: Session) -> dict[str, set[str]]:
    where: dict[str, set[str]] = defaultdict(set)
    for row in session.scalars(select(ServiceBranchRow)):
        where[row.service].add(row.branch)
    return where


def _branch(row: BranchRow, hours: list[OpenHours]) -> Branch:
    return Branch(
        code=row.code,
        name=row.name,
        city=row.city,
        district=row.district,
        address=row.address,
        country=row.country,
        currency=row.currency,
        zone=ZoneInfo(row.zone),
        phone=row.phone,
        hours=tuple(hours),
        aliases=tuple(row.aliases),
        latitude=row.latitude,
        longitude=row.longitude,
    )


def _practitioner(row: PractitionerRow, services: set[str]) -> Practitioner:
    return Practitioner(row.code, row.name, row.title, row.branch, frozenset(services))


def _what_they_do(session: Session) -> defaultdict[str, set[str]]:
    """The services of each practitioner."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for does in session.scalars(select(PractitionerServiceRow)):
        found[does.practitioner].add(does.service)
    return found


def _service(row: ServiceRow, branches: set[str]) -> Service:
    preparation = None
    if row.preparation:
        preparation = Preparation(
            texts=row.preparation,
            fasting_hours=row.fasting_hours,
            version=row.preparation_version,
        )
    return Service(
        code=row.code,
        kind="consult" if row.kind == "consult" else "study",
        names=row.names,
        synonyms={language: tuple(words) for language, words in row.synonyms.items()},
        minutes=row.minutes,
        preparation=preparation,
        branches=frozenset(branches),
    )
