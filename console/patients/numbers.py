"""Telephone numbers as the staff type them."""

import phonenumbers

from clinic.addresses import canonical


def read(words: str, country: str) -> str | None:
    """The canonical address of a number typed in that country (ISO 3166); None when it is none."""
    try:
        number = phonenumbers.parse(words, country)
    except phonenumbers.NumberParseException:
        return None
    return canonical(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def country(address: str) -> str | None:
    """The country (ISO 3166) of a canonical address; None for one that is no number."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(address))
    except phonenumbers.NumberParseException:
        return None
