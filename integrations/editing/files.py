"""A catalogue file against what the clinic has: its faults, what it would change, and the export.

Each function works within an open transaction.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from clinic.definitions import Wrong
from clinic.editing import Difference, FilePreview, ServiceEntry
from clinic.price_list import ListedPrice, broken_promises
from integrations.catalogue_rows import (
    COLUMNS,
    CatalogueFile,
    Claim,
    PriceLine,
    definition_cells,
    price_cells,
    read_catalogue,
)
from integrations.csv_lines import Fault, FaultyFile, written
from integrations.editing.checking import House, read_house
from integrations.editing.reading import read_entries, read_prices
from integrations.editing.writing import (
    place_differences,
    price_difference,
    service_difference,
)


def preview(session: Session, content: bytes) -> FilePreview:
    """What the file would change, in the order in which it is to be made. Raises FaultyFile."""
    found = read_catalogue(content)
    entries = {each.definition.code: each for each in read_entries(session)}
    faults = [*found.faults, *_faults(read_house(session), found, entries)]
    if faults:
        raise FaultyFile(faults)
    prices = read_prices(session)
    services = _services(found, entries)
    costs, broken = _prices(found, prices)
    differences = [*services, *_places(found, entries), *costs]
    unchanged = len(found.definitions) - len(services) + len(found.prices) - len(costs)
    return FilePreview(differences, unchanged, broken, _token(differences, broken))


def export(session: Session) -> str:
    """Every service with the prices of the places where it is done."""
    by_service: dict[str, list[ListedPrice]] = defaultdict(list)
    for price in read_prices(session):
        by_service[price.terms.service].append(price)
    lines: list[dict[str, str]] = []
    for entry in read_entries(session):
        lines.append(definition_cells(entry.definition))
        named: set[str] = set()
        for price in by_service[entry.definition.code]:
            who = entry.places.get(price.terms.branch)
            if who is None:
                continue  # reading the line again would have the service done there
            first = price.terms.branch not in named
            named.add(price.terms.branch)
            lines.append(price_cells(price.terms, who if first else ()))
    return written(COLUMNS, lines)


def _faults(
    house: House, found: CatalogueFile, entries: Mapping[str, ServiceEntry]
) -> Iterable[Fault]:
    """What speaks against the file's lines in what the clinic has."""
    faulty = {(fault.line, fault.column) for fault in found.faults}
    lines = {line for line, _ in faulty}
    for service, line in found.mentions.items():
        if service not in entries and service not in found.definitions and line not in lines:
            yield Fault(line, "service", "undefined_service")
    for line, definition in found.definitions.values():
        if definition.code in entries:
            entry = entries[definition.code]
            yield from _at(line, house.check_minutes(entry, definition.minutes))
    for claim in found.claims:
        wrong = house.check_list(claim.branch, claim.plan, claim.currency)
        if claim.branch in house.currencies:
            minutes = _minutes(claim.service, found, entries)
            wrong += house.check_place(claim.branch, _new_hands(claim, entries), minutes)
        yield from (
            each for each in _at(claim.line, wrong) if (each.line, each.column) not in faulty
        )


def _at(line: int, wrong: Iterable[Wrong]) -> list[Fault]:
    return [Fault(line, each.field, each.code, each.values) for each in wrong]


def _new_hands(claim: Claim, entries: Mapping[str, ServiceEntry]) -> list[str]:
    """Those of the line who do not do it there yet."""
    entry = entries.get(claim.service)
    there = entry.places.get(claim.branch, frozenset()) if entry else frozenset()
    return [each for each in claim.practitioners if each not in there]


def _minutes(service: str, found: CatalogueFile, entries: Mapping[str, ServiceEntry]) -> int:
    """How long the service takes; 0 where nobody knows it, which is a fault of its own."""
    if service in found.definitions:
        return found.definitions[service][1].minutes
    return entries[service].definition.minutes if service in entries else 0


def _services(found: CatalogueFile, entries: Mapping[str, ServiceEntry]) -> list[Difference]:
    compared = [
        service_difference(entries[code].definition if code in entries else None, definition)
        for code, (_, definition) in found.definitions.items()
    ]
    return [each for each in compared if each is not None]


def _places(found: CatalogueFile, entries: Mapping[str, ServiceEntry]) -> list[Difference]:
    """What has a price at a branch is done there, by whom the lines name; nobody is taken off."""
    wanted: dict[str, dict[str, set[str]]] = {}
    for price in found.prices.values():
        service = price.terms.service
        if service not in wanted:
            known = entries[service].places if service in entries else {}
            wanted[service] = {branch: set(who) for branch, who in known.items()}
        wanted[service].setdefault(price.terms.branch, set()).update(price.practitioners)
    return [
        difference
        for service, places in wanted.items()
        for difference in place_differences(_entry_of(service, found, entries), places)
    ]


def _entry_of(
    service: str, found: CatalogueFile, entries: Mapping[str, ServiceEntry]
) -> ServiceEntry:
    if service in entries:
        return entries[service]
    return ServiceEntry(found.definitions[service][1], 0, 0)


def _prices(
    found: CatalogueFile, listed: Sequence[ListedPrice]
) -> tuple[list[Difference], list[ListedPrice]]:
    """The prices that differ, and the told ones that would not hold as they were told."""
    known = {each.terms.key: each for each in listed}
    compared = []
    for line in found.prices.values():
        was = known.get(line.terms.key)
        difference = price_difference(was.terms if was else None, line.terms)
        if difference is not None:
            compared.append(difference)
    return compared, _broken(found.prices.values(), listed)


def _broken(lines: Iterable[PriceLine], listed: Sequence[ListedPrice]) -> list[ListedPrice]:
    now: dict[tuple[str, str, str], list[ListedPrice]] = defaultdict(list)
    for price in listed:
        now[price.terms.key[:3]].append(price)
    then = {key: list(prices) for key, prices in now.items()}
    for line in lines:
        prices = then.setdefault(line.terms.key[:3], [])
        for at, price in enumerate(prices):
            if price.terms.key == line.terms.key:
                prices[at] = replace(price, terms=line.terms)
                break
        else:
            prices.append(ListedPrice("", 0, line.terms))
    touched = {line.terms.key[:3] for line in lines} & set(now)
    return [each for key in sorted(touched) for each in broken_promises(now[key], then[key])]


def _token(differences: Sequence[Difference], broken: Sequence[ListedPrice]) -> str:
    """Another as soon as the file or what it is compared with is another."""
    plain = [[each.what, each.key, each.before, each.after] for each in differences]
    told = [[each.id, each.told] for each in broken]
    text = json.dumps([plain, told], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
