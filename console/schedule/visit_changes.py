"""What the desk does with a visit: under its own name, and with word to the patient if wished."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import request
from flask_login import current_user

from clinic.appointments import (
    Change,
    NotOffered,
    SlotTaken,
    VisitAhead,
    VisitCancelled,
    VisitClosed,
    VisitError,
    VisitPast,
    VisitStale,
)
from console.needs import Needs
from integrations.scheduling.tellings import Tellings

REASON_CHARACTERS: Final = 200
_REFUSALS: Final[dict[type[VisitError], str]] = {
    VisitStale: "change_stale",
    VisitCancelled: "change_cancelled",
    VisitPast: "change_past",
    VisitClosed: "change_closed",
    VisitAhead: "change_ahead",
    SlotTaken: "change_slot_taken",
    NotOffered: "change_not_offered",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether the patient can be told: the addresses that take messages, and those that refused."""

    open: Sequence[str]
    refused: Sequence[str]


def reach(needs: Needs, patient_id: str) -> Reach:
    """Where the patient would be told of a change."""
    addresses = needs.patients.addresses(patient_id)
    refused = [each for each in addresses if needs.patients.opted_out(each)]
    return Reach([each for each in addresses if each not in refused], refused)


def change(needs: Needs, key: str, reason: str = "") -> Change:
    """A change by whoever is signed in; the same key is the same change, sent again or not."""
    why = " ".join(reason.split())[:REASON_CHARACTERS] or None
    return Change(f"staff:{current_user.name}", "console", f"console:{key}", needs.clock(), why)


def wish_told(needs: Needs, made: Change) -> None:
    """Before the change is made: the patient is to be told of it, where the form says so."""
    tellings = Tellings(needs.database)
    if request.form.get("tell"):
        tellings.wish(made)
    else:  # an earlier try of the same may have wished it
        tellings.settle(made.key)


def explained(refused: VisitError) -> str:
    """Why nothing was changed: a key of texts/."""
    return _REFUSALS.get(type(refused), "change_closed")
