"""A visit's time as the clinic's own messages tell it."""

from datetime import datetime

from clinic.catalogue import Branch
from clinic.languages import Language
from conversations import wording
from understanding.phone_zones import zone_of


def told_when(
    start: datetime,
    branch: Branch,
    address: str,
    language: Language,
    now: datetime,
    *,
    spoken: bool = False,
) -> str:
    """The time on the branch's clock; with its city where the clocks at the address differ then."""
    there = start.astimezone(zone_of(address, branch)).utcoffset()
    differs = there != start.astimezone(branch.zone).utcoffset()
    place = branch.city if differs else None
    return wording.when(start, branch.zone, language, now, spoken=spoken, place=place)
