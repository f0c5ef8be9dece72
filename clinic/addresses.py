"""One address for one phone, however a channel writes it.

Mexico's mobiles still arrive as +521 on WhatsApp, and Brazil's mobiles without their ninth digit:
both would split a person in two.
"""

import re

_PREFIX = re.compile(r"^(whatsapp|sms|tel|voice):", re.IGNORECASE)
_MEXICO_MOBILE = re.compile(r"^\+521(\d{10})$")
# Landlines have eight digits and begin with 2 to 5; whatever else has eight is a mobile.
_BRAZIL_WITHOUT_NINTH = re.compile(r"^\+55([1-9]\d)([016-9]\d{7})$")
_NUMBER = re.compile(r"^\+[1-9]\d{6,14}$")

# What a hidden caller's number looks like at Twilio: the words on a telephone's keys.
WITHHELD = frozenset({"+266696687", "+7378742833", "+86282452253", "+2562533", "+8656696"})


def canonical(raw: str) -> str:
    """The address behind what a channel shows: E.164, or the opaque identity unchanged."""
    address = _PREFIX.sub("", raw.strip())
    number = re.sub(r"[\s().-]", "", address)
    if not _NUMBER.match(number):
        return address
    if mexico := _MEXICO_MOBILE.match(number):
        return f"+52{mexico[1]}"
    if brazil := _BRAZIL_WITHOUT_NINTH.match(number):
        return f"+55{brazil[1]}9{brazil[2]}"
    return number


def is_withheld(address: str) -> bool:
    """Whether the caller hides their number: such an address leads to nobody."""
    return address in WITHHELD or not any(character.isdigit() for character in address)
