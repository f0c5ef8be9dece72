"""The catalogue's own values in the words of the page: amounts, differences, what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flask_login import current_user

from clinic.definitions import Wrong
from clinic.editing import Changed, Difference
from clinic.languages import LANGUAGES
from clinic.money import write_rate
from clinic.price_list import ListedPrice, PriceTerms, Span
from console import language, shown
from conversations import wording
from integrations.csv_lines import Fault

Line = tuple[str, str, str]
"""What differs, as it was, as it will be."""


def why(wrong: Wrong | Fault) -> str:
    """What is wrong, in the reader's language."""
    values = {name: shown.harmless(str(value)) for name, value in wrong.values.items()}
    return language.say(f"fault_{wrong.code}", **values)


def by_field(wrong: Iterable[Wrong]) -> dict[str, str]:
    """What is wrong with each field of a form; the first thing where there are several."""
    found: dict[str, str] = {}
    for each in wrong:
        found.setdefault(each.field, why(each))
    return found


def money(amount: int, currency: str) -> str:
    """An amount in minor units: "$1,234.50 MXN"."""
    return wording.money(amount, currency, language.current())


def total(terms: PriceTerms) -> str:
    """What is to be paid, taxes included."""
    return money(terms.total, terms.currency)


def tax(terms: PriceTerms) -> str:
    """How much tax there is in it."""
    if not terms.tax_rate:
        return language.say("catalogue_untaxed")
    return language.say("catalogue_taxed", rate=write_rate(terms.tax_rate))


def day(value: date | None) -> str:
    """A day of a price; without an end in words."""
    return language.birth_day(value) if value else language.say("catalogue_no_end")


def days(terms: PriceTerms) -> str:
    """From when until when."""
    return span(Span(terms.valid_from, terms.valid_to, None))


def span(one: Span) -> str:
    """From when until when a price is in force."""
    if one.last is None:
        return language.say("catalogue_from", day=day(one.first))
    return language.say("catalogue_span", first=day(one.first), last=day(one.last))


def fresh(one: Span, before: Sequence[Span]) -> bool:
    """Whether these days had another price before, or none."""
    return all(
        (one.first, one.last, one.price and one.price.terms.total)
        != (other.first, other.last, other.price and other.price.terms.total)
        for other in before
    )


def lines(difference: Difference) -> list[Line]:
    """What differs, field by field; texts of each language by themselves."""
    found: list[Line] = []
    values = {**(difference.before or {}), **(difference.after or {})}
    for name, old, new in difference.fields:
        if isinstance(old, dict) or isinstance(new, dict):
            found += _by_language(name, old or {}, new or {})
            continue
        label = language.say(f"catalogue_field_{name}")
        found.append((label, _plain(name, old, values), _plain(name, new, values)))
    return [line for line in found if line[1] != line[2]]


def _by_language(name: str, old: dict[str, Any], new: dict[str, Any]) -> list[Line]:
    label = language.say(f"catalogue_field_{name}")
    return [
        (f"{label} ({each})", _plain(name, old.get(each), {}), _plain(name, new.get(each), {}))
        for each in LANGUAGES
        if old.get(each) != new.get(each)
    ]


def _plain(name: str, value: Any, values: dict[str, Any]) -> str:
    """A value as it is shown; "" for nothing."""
    if name == "valid_to":
        return day(date.fromisoformat(value)) if value else _open_end(values)
    if value is None:
        return ""
    if name == "amount":
        return money(value, values["currency"])
    if name == "tax_rate":
        return f"{write_rate(value)} %"
    return _in_words(name, value)


def _open_end(values: dict[str, Any]) -> str:
    return language.say("catalogue_no_end") if values else ""


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return language.say("catalogue_yes" if value else "catalogue_no")
    if name == "kind":
        return language.say(f"catalogue_kind_{value}")
    return shown.harmless(", ".join(value) if isinstance(value, list) else str(value))


def title(difference: Difference, names: Mapping[str, str]) -> str:
    """What is added, changed or taken away. names: what codes are called."""
    said = language.say(f"catalogue_what_{difference.what}")
    codes = difference.key[1:4] if difference.what != "price" else difference.key[1:3]
    about = [shown.harmless(names.get(each, each)) for each in codes]
    if difference.what == "price":
        first = date.fromisoformat(difference.key[3])
        about.append(language.say("catalogue_from", day=day(first)))
    return " · ".join([said, *about])


def moments(history: Iterable[Changed]) -> list[list[Changed]]:
    """The changes that were made together, each together."""
    together = groupby(history, key=lambda each: (each.at, each.actor, each.source))
    return [list(changes) for _, changes in together]


def who(changed: Changed) -> str:
    """Who changed it; what a command did has no name."""
    return shown.harmless(changed.actor) or language.say("catalogue_by_command")


def audited(differences: Iterable[Difference]) -> list[str]:
    """For the audit log: what was changed, and which of its fields. No texts."""
    return [
        f"{each.kind} {each.what} {'/'.join(each.key[1:])} "
        f"{','.join(name for name, _, _ in each.fields)}".strip()
        for each in list(differences)[:_NOTED]
    ]


_NOTED = 50
"""So many differences stand in one line of the audit log; all are in the catalogue's history."""


def told(prices: Iterable[ListedPrice]) -> int:
    """In how many conversations those prices were told."""
    return sum(each.told for each in prices)


def whole_clinic() -> bool:
    """Whether whoever is signed in may change what holds for all branches."""
    return not current_user.branches
