"""How the catalogue stands: each service with its prices of today, and what is amiss with it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from clinic.catalogue import Branch
from clinic.definitions import ServiceDefinition
from clinic.editing import ServiceEntry
from clinic.hours import local_day
from clinic.languages import LANGUAGES, Language
from clinic.ports import CatalogueEditor
from clinic.price_list import ListedPrice, in_force, spans
from understanding.words import bare

SOON: Final = timedelta(days=30)
"""A price that ends so soon is pointed out."""
PUBLIC: Final = "public"

FLAGS: Final = (
    "no_price",
    "nobody",
    "ends_soon",
    "no_name",
    "no_preparation",
    "shared",
    "not_offered",
)
"""What may be amiss, the gravest first; `catalogue_flag_<name>` are its words."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something amiss. about: where, in which languages, or with which words."""

    name: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a service costs at a branch today, for everybody; None: there is no price."""

    branch: Branch
    price: ListedPrice | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A service in the list."""

    entry: ServiceEntry
    costs: Sequence[Cost]
    flags: Sequence[Flag]

    @property
    def code(self) -> str:
        """The service's."""
        return self.entry.definition.code


def standings(
    editor: CatalogueEditor, branches: Sequence[Branch], now: datetime
) -> Sequence[Standing]:
    """Every service, as it stands at the instant `now`."""
    entries = editor.entries()
    prices: dict[tuple[str, str], list[ListedPrice]] = defaultdict(list)
    for each in editor.prices():
        if each.terms.plan == PUBLIC:
            prices[each.terms.service, each.terms.branch].append(each)
    shared = _shared_words([entry.definition for entry in entries if entry.places])
    return [_standing(entry, branches, prices, shared, now) for entry in entries]


def name_of(definition: ServiceDefinition, language: Language) -> str:
    """The name in that language, or in Spanish where it has none."""
    return definition.names.get(language) or definition.names["es"]


def _standing(
    entry: ServiceEntry,
    branches: Sequence[Branch],
    prices: Mapping[tuple[str, str], list[ListedPrice]],
    shared: Mapping[str, Collection[str]],
    now: datetime,
) -> Standing:
    code, costs = entry.definition.code, []
    amiss: dict[str, list[str]] = defaultdict(list)
    for branch in branches:
        if branch.code not in entry.places:
            continue
        today, listed = local_day(now, branch.zone), prices.get((code, branch.code), [])
        price = in_force(listed, today)
        costs.append(Cost(branch, price))
        if not entry.places[branch.code]:
            amiss["nobody"].append(branch.name)
        if price is None:
            amiss["no_price"].append(branch.name)
        elif (ends := _ends(listed, today)) is not None:
            amiss["ends_soon"].append(f"{branch.name} {ends.isoformat()}")
    amiss["no_name"] = [each for each in LANGUAGES if each not in entry.definition.names]
    amiss["no_preparation"] = _untold(entry.definition)
    amiss["shared"] = sorted(word for word, codes in shared.items() if code in codes)
    if not entry.places:
        return Standing(entry, costs, [Flag("not_offered")])
    return Standing(entry, costs, [Flag(name, tuple(amiss[name])) for name in FLAGS if amiss[name]])


def _ends(listed: Sequence[ListedPrice], today: date) -> date | None:
    """The last day of the price in force, where that is soon."""
    for span in spans(listed):
        if span.price and span.first <= today and (span.last is None or today <= span.last):
            return span.last if span.last and span.last - today <= SOON else None
    return None


def _untold(definition: ServiceDefinition) -> list[str]:
    """The languages in which the preparation is not written."""
    texts = definition.preparation
    return [each for each in LANGUAGES if each not in texts] if texts else []


def _shared_words(definitions: Sequence[ServiceDefinition]) -> Mapping[str, Collection[str]]:
    """The names and synonyms that several services have, with their codes."""
    known: dict[str, set[str]] = defaultdict(set)
    for each in definitions:
        words = [*each.names.values(), *(w for many in each.synonyms.values() for w in many)]
        for word in words:
            known[bare(word)].add(each.code)
    return {word: codes for word, codes in known.items() if len(codes) > 1}


def finds(standing: Standing, words: str) -> bool:
    """Whether all of the words stand in the service's code, names or synonyms."""
    definition = standing.entry.definition
    synonyms = [word for many in definition.synonyms.values() for word in many]
    text = " ".join(map(bare, [definition.code, *definition.names.values(), *synonyms]))
    return all(each in text for each in bare(words).split())
