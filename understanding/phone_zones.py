"""What a phone number tells of the clocks where it is used."""

from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers.timezone import time_zones_for_number

from clinic.catalogue import Branch

_REMEMBERED: Final = 16_384
"""Reading a number takes some 30 µs; the same ones are asked for at every look."""


def zone_of(address: str, branch: Branch) -> ZoneInfo:
    """The zone that a patient of the branch lives by.

    The branch's own, unless the address is a number of another country: a number keeps its area
    when its owner moves house. Then the branch's if that country shares it, else the number's; the
    first in the alphabet where the number may be in several.
    """
    country, zones = _told_by(address)
    if country in (None, branch.country) or branch.zone.key in zones:
        return branch.zone
    return next(filter(None, map(_zone, zones)), branch.zone)


@lru_cache(maxsize=_REMEMBERED)
def _told_by(address: str) -> tuple[str | None, tuple[str, ...]]:
    """The country (ISO 3166 alpha-2) of a canonical address and the zones where it may be."""
    try:
        number = phonenumbers.parse(address)
    except phonenumbers.NumberParseException:
        return None, ()
    return phonenumbers.region_code_for_number(number), time_zones_for_number(number)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:  # "Etc/Unknown", or newer than this machine's own list
        return None
