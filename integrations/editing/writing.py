"""Differences of the catalogue, found and made. The one place that writes services and prices."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from clinic.definitions import ServiceDefinition
from clinic.editing import By, Difference, Plain, ServiceEntry
from clinic.price_list import PriceTerms
from integrations.tables import (
    CatalogueChangeRow,
    PractitionerServiceRow,
    PriceRow,
    ServiceBranchRow,
    ServiceRow,
)

_PREPARING = {"preparation", "fasting_hours"}
_PRICE_KEY = ("service", "branch", "plan", "valid_from")


def plain_definition(definition: ServiceDefinition) -> dict[str, Any]:
    """Of JSON's types, without the code."""
    return {
        "kind": definition.kind,
        "minutes": definition.minutes,
        "names": dict(definition.names),
        "synonyms": {each: list(words) for each, words in definition.synonyms.items()},
        "fasting_hours": definition.fasting_hours,
        "preparation": dict(definition.preparation),
    }


def plain_terms(terms: PriceTerms) -> dict[str, Any]:
    """Of JSON's types, without what the key says."""
    values = {name: value for name, value in asdict(terms).items() if name not in _PRICE_KEY}
    return values | {"valid_to": terms.valid_to.isoformat() if terms.valid_to else None}


def service_difference(
    before: ServiceDefinition | None, after: ServiceDefinition
) -> Difference | None:
    """None where they are the same."""
    if before == after:
        return None
    was = plain_definition(before) if before else None
    return Difference("service", (after.code,), was, plain_definition(after))


def price_difference(before: PriceTerms | None, after: PriceTerms | None) -> Difference | None:
    """None where they are the same; one of both is there."""
    terms = after or before
    if before == after or terms is None:
        return None
    key = terms.service, terms.branch, terms.plan, terms.valid_from.isoformat()
    was, will = (plain_terms(each) if each else None for each in (before, after))
    return Difference("price", key, was, will)


def place_differences(
    entry: ServiceEntry, wanted: Mapping[str, Collection[str]]
) -> list[Difference]:
    """What must be added and taken away so that it is done there, by them, and nowhere else."""
    code = entry.definition.code
    found: list[Difference] = []
    for branch in sorted({*entry.places, *wanted}):
        was, will = entry.places.get(branch), wanted.get(branch)
        more, less = set(will or ()) - set(was or ()), set(was or ()) - set(will or ())
        if was is None:
            found.append(Difference("place", (code, branch), None, {}))
        found += [Difference("practitioner", (code, branch, who), None, {}) for who in sorted(more)]
        found += [Difference("practitioner", (code, branch, who), {}, None) for who in sorted(less)]
        if will is None:
            found.append(Difference("place", (code, branch), {}, None))
    return found


def make(session: Session, differences: Sequence[Difference], by: By) -> None:
    """Makes them, in this order, and keeps what was before.

    A service gets one new version for all that is not a price: prices have versions of their own.
    """
    new = {each.service for each in differences if each.what == "service" and not each.before}
    for difference in differences:
        if difference.what == "service":
            _make_service(session, difference)
    session.flush()
    _raise_versions(session, {each.service for each in differences if each.what != "price"} - new)
    for difference in differences:
        if difference.what != "service":
            _MAKERS[difference.what](session, difference)
    _remember(session, differences, by)


def _raise_versions(session: Session, services: Iterable[str]) -> None:
    for code in sorted(services):
        row = session.get_one(ServiceRow, code)
        row.version += 1


def _make_service(session: Session, difference: Difference) -> None:
    values = dict(difference.after or {})
    if difference.before is None:
        session.add(ServiceRow(code=difference.service, preparation_version=1, version=1, **values))
        return
    row = session.get_one(ServiceRow, difference.service)
    changed = {name for name, _, _ in difference.fields}
    for name in changed:
        setattr(row, name, values[name])
    if changed & _PREPARING:
        row.preparation_version += 1


def _make_place(session: Session, difference: Difference) -> None:
    service, branch = difference.key
    if difference.after is not None:
        session.add(ServiceBranchRow(service=service, branch=branch))
        return
    there = (ServiceBranchRow.service == service) & (ServiceBranchRow.branch == branch)
    session.execute(delete(ServiceBranchRow).where(there))


def _make_practitioner(session: Session, difference: Difference) -> None:
    service, _, who = difference.key
    if difference.after is not None:
        if session.get(PractitionerServiceRow, (who, service)) is None:
            session.add(PractitionerServiceRow(practitioner=who, service=service))
        return
    does = PractitionerServiceRow.practitioner == who
    session.execute(
        delete(PractitionerServiceRow).where(does & (PractitionerServiceRow.service == service))
    )


def _make_price(session: Session, difference: Difference) -> None:
    service, branch, plan, first = difference.key
    key = {"service": service, "branch": branch, "plan": plan}
    valid_from = date.fromisoformat(first)
    if difference.before is None:
        values = _of_columns(difference.after or {})
        row = PriceRow(id=uuid4().hex, version=1, valid_from=valid_from, **key, **values)
        session.add(row)
        return
    if difference.after is None:
        session.execute(delete(PriceRow).filter_by(valid_from=valid_from, **key))
        return
    session.execute(
        update(PriceRow)
        .filter_by(valid_from=valid_from, **key)
        .values(version=PriceRow.version + 1, **_of_columns(difference.after))
    )


def _of_columns(values: Plain) -> dict[str, Any]:
    until = values["valid_to"]
    return {**values, "valid_to": date.fromisoformat(until) if until else None}


_MAKERS = {"place": _make_place, "practitioner": _make_practitioner, "price": _make_price}


def _remember(session: Session, differences: Sequence[Difference], by: By) -> None:
    session.flush()
    session.add_all(
        CatalogueChangeRow(
            service=each.service,
            version=session.get_one(ServiceRow, each.service).version,
            what=each.what,
            key=list(each.key),
            before=None if each.before is None else dict(each.before),
            after=None if each.after is None else dict(each.after),
            at=by.at,
            actor=by.actor,
            source=by.source,
            reason=by.reason,
        )
        for each in differences
    )
    session.flush()
