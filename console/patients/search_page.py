"""Finding a patient or a thread by name or phone. By POST: names do not belong in addresses."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from clinic.patients import Patient
from console.access import scope
from console.needs import Needs
from console.patients import numbers

LIMIT = 25
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; conversations: the last one of each number without a patient."""

    patients: Sequence[Patient]
    conversations: Sequence[str]
    more: bool


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /search."""

    @blueprint.route("/search", methods=["GET", "POST"])
    def show_search() -> str:
        words = request.form.get("words", "").strip()[:100]
        found = find(needs, words) if words else None
        return render_template("console/search.html", words=words, found=found)


def find(needs: Needs, words: str) -> Found:
    """By phone where the words look like one, else by name."""
    if sum(character.isdigit() for character in words) >= _FEWEST_DIGITS:
        return _by_phone(needs, words)
    found = needs.patients.search(words, LIMIT + 1)
    theirs = [each for each in found[:LIMIT] if scope.sees_patient(needs, each.id)]
    return Found(theirs, (), len(found) > LIMIT)


def _by_phone(needs: Needs, words: str) -> Found:
    patients: dict[str, Patient] = {}
    conversations: dict[str, None] = {}
    for address in _addresses(needs, words):
        known = needs.patients.at_address(address)
        patients |= {each.id: each for each in known if scope.sees_patient(needs, each.id)}
        thread = needs.conversations.thread(address)
        if thread and not known:
            conversations[thread[-1].conversation_id] = None
    return Found(tuple(patients.values()), tuple(conversations), more=False)


def _addresses(needs: Needs, words: str) -> Sequence[str]:
    """The number as it was typed, or as it is dialled in each country where the clinic is."""
    countries = sorted({branch.country for branch in needs.catalogue.branches()})
    return tuple(dict.fromkeys(filter(None, (numbers.read(words, one) for one in countries))))
