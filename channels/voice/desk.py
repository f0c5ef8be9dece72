"""At which telephone of the clinic somebody answers now."""

from collections.abc import Sequence
from datetime import datetime

import phonenumbers

from channels.voice.ports import Desk
from clinic.catalogue import Branch
from clinic.ports import Catalogue


def is_open(branch: Branch, at: datetime) -> bool:
    """Whether the branch is open at the instant, by its own wall time."""
    local = at.astimezone(branch.zone)
    return any(
        hours.weekday == local.weekday() and hours.opens <= local.time() < hours.closes
        for hours in branch.hours
    )


def open_phone(branches: Sequence[Branch], caller: str, at: datetime) -> str | None:
    """The phone of an open branch, in the caller's country if there is one; E.164."""
    reachable = [(branch, _e164(branch)) for branch in branches if is_open(branch, at)]
    phones = [(branch, phone) for branch, phone in reachable if phone]
    country = _country(caller)
    near = [phone for branch, phone in phones if branch.country == country]
    return next(iter(near or [phone for _, phone in phones]), None)


def desk_of(catalogue: Catalogue) -> Desk:
    """The clinic's desk, read from its catalogue at the moment of asking."""
    return lambda caller, at: open_phone(catalogue.branches(), caller, at)


def _country(address: str) -> str | None:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(address))
    except phonenumbers.NumberParseException:
        return None


def _e164(branch: Branch) -> str | None:
    try:
        number = phonenumbers.parse(branch.phone, branch.country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
