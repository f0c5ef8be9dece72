"""Brings a clinic's services and prices in from a CSV file: all of it or nothing.

The columns are in `integrations.catalogue_rows` and docs/catalogue-format.md. What the file does
not name stays as it is; a price that ends gets a `valid_to`, it is never taken away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from integrations.catalogue_rows import (
    CatalogueFile,
    PriceKey,
    PriceLine,
    ServiceDefinition,
    read_catalogue,
)
from integrations.csv_lines import Fault, FaultyFile
from integrations.database import Base, Database, be_alone
from integrations.tables import (
    BranchRow,
    PlanRow,
    PractitionerRow,
    PractitionerServiceRow,
    PriceRow,
    ServiceBranchRow,
    ServiceRow,
)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did."""

    services_added: int
    services_changed: int
    prices_added: int
    prices_changed: int
    unchanged: int


def import_catalogue(database: Database, path: Path | str) -> ImportSummary:
    """Takes a catalogue file in. Raises FaultyFile with every fault, or OSError."""
    found = read_catalogue(Path(path).read_bytes())
    with database.begin() as session:
        be_alone(session, "catalogue")
        faults = [*found.faults, *_unknown(session, found), *_too_short(session, found)]
        if faults:
            raise FaultyFile(faults)
        services = [
            _keep_service(session, definition) for _, definition in found.definitions.values()
        ]
        session.flush()
        known = _known_prices(session, found)
        prices = [_keep_price(session, line, known.get(key)) for key, line in found.prices.items()]
        _keep_offers(session, found.prices.values())
    return ImportSummary(
        services_added=services.count("added"),
        services_changed=services.count("changed"),
        prices_added=prices.count("added"),
        prices_changed=prices.count("changed"),
        unchanged=services.count("unchanged") + prices.count("unchanged"),
    )


def _unknown(session: Session, found: CatalogueFile) -> list[Fault]:
    """Faults for codes that neither the clinic nor the file knows."""
    branches = {row.code: row.currency for row in session.scalars(select(BranchRow))}
    plans = set(session.scalars(select(PlanRow.code)))
    services = {*session.scalars(select(ServiceRow.code)), *found.definitions}
    working = {row.code: row.branch for row in session.scalars(select(PractitionerRow))}
    faulty = {fault.line for fault in found.faults}
    faults = [
        Fault(line, "service", "no such service: a line must say what it is")
        for service, line in found.mentions.items()
        if service not in services and line not in faulty
    ]
    for price in found.prices.values():
        if price.branch not in branches:
            faults.append(Fault(price.line, "branch", "no such branch"))
        elif price.currency != branches[price.branch]:
            faults.append(
                Fault(price.line, "currency", f"the branch's is {branches[price.branch]}")
            )
        if price.plan not in plans:
            faults.append(Fault(price.line, "plan", "no such plan"))
        faults += [
            Fault(price.line, "practitioners", f"{code} does not work at this branch")
            for code in price.practitioners
            if working.get(code) != price.branch
        ]
    return faults


def _too_short(session: Session, found: CatalogueFile) -> list[Fault]:
    """Faults for services that do not fit into the slots of who shall do them."""
    lengths = {row.code: row.slot_minutes for row in session.scalars(select(PractitionerRow))}
    minutes = {row.code: row.minutes for row in session.scalars(select(ServiceRow))}
    minutes |= {code: definition.minutes for code, (_, definition) in found.definitions.items()}
    return [
        Fault(price.line, "practitioners", f"the slots of {code} are shorter than the service")
        for price in found.prices.values()
        for code in price.practitioners
        if lengths.get(code, minutes.get(price.service, 0)) < minutes.get(price.service, 0)
    ]


def _keep_service(session: Session, definition: ServiceDefinition) -> str:
    values = {
        "kind": definition.kind,
        "minutes": definition.minutes,
        "names": definition.names,
        "synonyms": definition.synonyms,
        "preparation": definition.preparation,
        "fasting_hours": definition.fasting_hours,
    }
    row = session.get(ServiceRow, definition.code)
    if row is None:
        session.add(ServiceRow(code=definition.code, preparation_version=1, **values))
        return "added"
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, values[name])
    if changed & {"preparation", "fasting_hours"}:
        row.preparation_version += 1
    return "changed" if changed else "unchanged"


def _known_prices(session: Session, found: CatalogueFile) -> dict[PriceKey, PriceRow]:
    services = {price.service for price in found.prices.values()}
    query = select(PriceRow).where(PriceRow.service.in_(services))
    return {
        (row.service, row.branch, row.plan, row.valid_from): row for row in session.scalars(query)
    }


def _keep_price(session: Session, line: PriceLine, row: PriceRow | None) -> str:
    values = {
        "valid_to": line.valid_to,
        "amount": line.amount,
        "currency": line.currency,
        "tax_rate": line.tax_rate,
        "tax_included": line.tax_included,
    }
    if row is None:
        service, branch, plan, valid_from = line.key
        price = PriceRow(id=uuid4().hex, service=service, branch=branch, plan=plan, version=1)
        price.valid_from = valid_from
        row = price
        outcome = "added"
        session.add(row)
    elif all(getattr(row, name) == value for name, value in values.items()):
        return "unchanged"
    else:
        row.version += 1
        outcome = "changed"
    for name, value in values.items():
        setattr(row, name, value)
    return outcome


def _keep_offers(session: Session, prices: Iterable[PriceLine]) -> None:
    """What has a price at a branch is done there, by whom the line names."""
    done: set[tuple[type[Base], tuple[str, str]]] = set()
    for price in prices:
        done.add((ServiceBranchRow, (price.service, price.branch)))
        done |= {(PractitionerServiceRow, (code, price.service)) for code in price.practitioners}
    for table, key in done:
        if session.get(table, key) is not None:
            continue
        if table is ServiceBranchRow:
            session.add(ServiceBranchRow(service=key[0], branch=key[1]))
        else:
            session.add(PractitionerServiceRow(practitioner=key[0], service=key[1]))
