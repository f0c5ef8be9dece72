"""The catalogue's rows as what is edited. Each function works within an open transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic.appointments import UPCOMING
from clinic.catalogue import UnknownService
from clinic.definitions import ServiceDefinition
from clinic.editing import Changed, Difference, ServiceEntry, Usage
from clinic.hours import local_day
from clinic.languages import LANGUAGES
from clinic.price_list import ListedPrice, PriceTerms
from integrations.tables import (
    AppointmentRow,
    BranchRow,
    CatalogueChangeRow,
    KeptQuoteRow,
    PractitionerRow,
    PractitionerServiceRow,
    PriceRow,
    ServiceBranchRow,
    ServiceRow,
    SlotRow,
    WaitlistRow,
)


def definition_of(row: ServiceRow) -> ServiceDefinition:
    """What the service is, in the one form in which two definitions can be compared."""
    return ServiceDefinition(
        code=row.code,
        kind=row.kind,
        minutes=row.minutes,
        names={each: name for each in LANGUAGES if (name := row.names.get(each, ""))},
        synonyms={each: list(row.synonyms.get(each, [])) for each in LANGUAGES},
        fasting_hours=row.fasting_hours,
        preparation={
            each: row.preparation[each] for each in LANGUAGES if row.preparation.get(each)
        },
    )


def read_entries(session: Session, code: str | None = None) -> list[ServiceEntry]:
    """All services by code, or the one. Raises UnknownService."""
    query = select(ServiceRow).order_by(ServiceRow.code)
    if code is not None:
        query = query.where(ServiceRow.code == code)
    rows = list(session.scalars(query))
    if code is not None and not rows:
        raise UnknownService(code)
    places = _places(session, code)
    return [
        ServiceEntry(definition_of(row), row.version, row.preparation_version, places[row.code])
        for row in rows
    ]


def _places(session: Session, code: str | None) -> Mapping[str, dict[str, frozenset[str]]]:
    """Who does each service at each branch."""
    done = select(ServiceBranchRow)
    does = select(PractitionerServiceRow.service, PractitionerRow.branch, PractitionerRow.code)
    does = does.join(PractitionerRow, PractitionerRow.code == PractitionerServiceRow.practitioner)
    if code is not None:
        done = done.where(ServiceBranchRow.service == code)
        does = does.where(PractitionerServiceRow.service == code)
    who: dict[tuple[str, str], set[str]] = defaultdict(set)
    for service, branch, practitioner in session.execute(does):
        who[service, branch].add(practitioner)
    places: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for row in session.scalars(done):
        places[row.service][row.branch] = frozenset(who[row.service, row.branch])
    return places


def terms_of(row: PriceRow) -> PriceTerms:
    """What the price is."""
    return PriceTerms(
        service=row.service,
        branch=row.branch,
        plan=row.plan,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        amount=row.amount,
        currency=row.currency,
        tax_rate=row.tax_rate,
        tax_included=row.tax_included,
    )


def read_prices(
    session: Session, service: str | None = None, *, told: bool = True
) -> list[ListedPrice]:
    """By service, branch, plan and first day. told: whether it is counted who was told them."""
    query = select(PriceRow).order_by(
        PriceRow.service, PriceRow.branch, PriceRow.plan, PriceRow.valid_from
    )
    if service is not None:
        query = query.where(PriceRow.service == service)
    counts = _told(session, service) if told else {}
    zones = {row.code: ZoneInfo(row.zone) for row in session.scalars(select(BranchRow))}
    return [_listed(row, counts.get(row.id), zones[row.branch]) for row in session.scalars(query)]


def _told(session: Session, service: str | None) -> dict[str, tuple[int, datetime, date | None]]:
    """How often each price was told, when last, and until when it was said to hold."""
    query = select(
        KeptQuoteRow.price_id,
        func.count(KeptQuoteRow.conversation_id.distinct()),
        func.max(KeptQuoteRow.at, type_=KeptQuoteRow.at.type),
        func.max(KeptQuoteRow.valid_until),
    ).group_by(KeptQuoteRow.price_id)
    if service is not None:
        query = query.where(KeptQuoteRow.service == service)
    found = session.execute(query)
    return {price: (count, last, until) for price, count, last, until in found}


def _listed(
    row: PriceRow, told: tuple[int, datetime, date | None] | None, zone: ZoneInfo
) -> ListedPrice:
    if told is None:
        return ListedPrice(row.id, row.version, terms_of(row))
    count, last, until = told
    said_on = local_day(last, zone)
    return ListedPrice(
        row.id, row.version, terms_of(row), count, max(said_on, until) if until else said_on
    )


def read_usage(session: Session, service: str, at: datetime) -> dict[str, Usage]:
    """Live visits that begin after `at`, and who waits, by branch."""
    zones = {row.code: ZoneInfo(row.zone) for row in session.scalars(select(BranchRow))}
    visits = (
        select(SlotRow.branch, func.count(), func.min(SlotRow.start, type_=SlotRow.start.type))
        .join(AppointmentRow, AppointmentRow.slot_id == SlotRow.id)
        .where(
            AppointmentRow.service == service,
            AppointmentRow.status.in_(UPCOMING),
            SlotRow.start > at,
        )
        .group_by(SlotRow.branch)
    )
    waits = (
        select(WaitlistRow.branch, func.count())
        .where(WaitlistRow.service == service)
        .group_by(WaitlistRow.branch)
    )
    coming = {branch: (count, first) for branch, count, first in session.execute(visits)}
    waiting = {row[0]: row[1] for row in session.execute(waits)}
    usage = {}
    for branch in {*coming, *waiting}:
        count, first = coming.get(branch, (0, None))
        day = local_day(first, zones[branch]) if first else None
        usage[branch] = Usage(count, waiting.get(branch, 0), day)
    return usage


def read_changes(
    session: Session, service: str, *, since: int | None = None, limit: int | None = None
) -> Sequence[Changed]:
    """The newest first; since: only what left the service in a later version."""
    query = select(CatalogueChangeRow).where(CatalogueChangeRow.service == service)
    if since is not None:
        query = query.where(CatalogueChangeRow.version > since)
    rows = session.scalars(query.order_by(CatalogueChangeRow.id.desc()).limit(limit))
    return [
        Changed(
            row.id,
            row.at,
            row.actor,
            row.source,
            row.reason,
            row.version,
            Difference(row.what, tuple(row.key), row.before, row.after),  # type: ignore[arg-type]
        )
        for row in rows
    ]
