"""Forms of the catalogue, read: what was typed, as it is kept, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from werkzeug.datastructures import MultiDict

from clinic.definitions import ServiceDefinition, Wrong, hides_something
from clinic.languages import LANGUAGES
from clinic.money import parse_amount, parse_rate, write_amount, write_rate
from clinic.price_list import PriceTerms
from console.sent import whole

Form = MultiDict[str, str]
LONGEST_REASON: Final = 300


@dataclass(slots=True)
class Reading:
    """A form being read; `wrong` gathers what is wrong with it."""

    form: Form
    wrong: list[Wrong] = field(default_factory=list)

    def text(self, name: str) -> str:
        """One line, without surrounding blanks."""
        return self.form.get(name, "").strip()

    def lines(self, name: str) -> list[str]:
        """The lines that hold something."""
        return [line.strip() for line in self.form.get(name, "").splitlines() if line.strip()]

    def whole(self, name: str) -> int:
        """A whole number; -1 where there is none, which the clinic's rules then refuse."""
        number = whole(self.text(name))
        return -1 if number is None else number

    def day(self, name: str) -> date | None:
        """A day; None where the field is empty, or faulty."""
        if not self.text(name):
            return None
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            self.wrong.append(Wrong(name, "bad_day"))
            return None


def read_definition(form: Form, code: str) -> ServiceDefinition:
    """A service as it was typed; the clinic's rules say what is wrong with it."""
    read = Reading(form)
    return ServiceDefinition(
        code=code,
        kind=read.text("kind"),
        minutes=read.whole("minutes"),
        names={each: name for each in LANGUAGES if (name := read.text(f"name_{each}"))},
        synonyms={each: list(dict.fromkeys(read.lines(f"synonyms_{each}"))) for each in LANGUAGES},
        fasting_hours=read.whole("fasting_hours") if read.text("fasting_hours") else 0,
        preparation={
            each: "\n".join(rules)
            for each in LANGUAGES
            if (rules := read.lines(f"preparation_{each}"))
        },
    )


def typed_definition(definition: ServiceDefinition) -> dict[str, str]:
    """The service as the form's fields hold it."""
    typed = {
        "code": definition.code,
        "kind": definition.kind,
        "minutes": str(definition.minutes),
        "fasting_hours": str(definition.fasting_hours or ""),
    }
    for each in LANGUAGES:
        typed[f"name_{each}"] = definition.names.get(each, "")
        typed[f"synonyms_{each}"] = "\n".join(definition.synonyms.get(each, []))
        typed[f"preparation_{each}"] = definition.preparation.get(each, "")
    return typed


def read_terms(
    form: Form, where: tuple[str, str, str], currency: str, first: date | None = None
) -> tuple[PriceTerms | None, Sequence[Wrong]]:
    """A price as it was typed. where: service, branch, plan. first: its first day, where known.

    None where it cannot be read, and then why.
    """
    read = Reading(form)
    amount = rate = 0
    try:
        amount = parse_amount(read.text("amount"), currency)
    except ValueError:
        read.wrong.append(Wrong("amount", "bad_amount"))
    try:
        rate = parse_rate(read.text("tax_rate") or "0")
    except ValueError:
        read.wrong.append(Wrong("tax_rate", "bad_rate"))
    valid_from, valid_to = first or read.day("valid_from"), read.day("valid_to")
    if valid_from is None and not read.wrong:
        read.wrong.append(Wrong("valid_from", "bad_day"))
    if valid_from is None or read.wrong:
        return None, read.wrong
    included = form.get("tax_included") == "yes"
    terms = PriceTerms(*where, valid_from, valid_to, amount, currency, rate, included)
    return terms, ()


def typed_terms(terms: PriceTerms) -> dict[str, str]:
    """The price as the form's fields hold it."""
    return {
        "amount": write_amount(terms.amount, terms.currency),
        "tax_rate": write_rate(terms.tax_rate),
        "tax_included": "yes" if terms.tax_included else "",
        "valid_from": terms.valid_from.isoformat(),
        "valid_to": terms.valid_to.isoformat() if terms.valid_to else "",
    }


def read_reason(form: Form) -> str:
    """Why a told price changes, in one line that can be shown again."""
    text = " ".join(form.get("reason", "").split())[:LONGEST_REASON]
    return "" if hides_something(text) else text


def missing(name: str) -> Wrong:
    """What is wrong with a field that must not be empty."""
    return Wrong(name, "empty")
