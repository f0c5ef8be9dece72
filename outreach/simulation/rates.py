"""How simulated patients behave, and what was published of it: read from `rates.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("rates.toml")


@dataclass(frozen=True, slots=True)
class Life:
    """What happens to patients whether anybody writes to them or not. Shares, or spans' means."""

    lead_days: float
    forgets: float
    obstacle: float
    obstacle_days: float
    tells_unasked: float
    tells_after_hours: float
    rebooks: float
    rebooks_after_days: float
    waits: float


@dataclass(frozen=True, slots=True)
class Phones:
    """Where patients are reached. Shares of all patients."""

    whatsapp: float
    shared: float
    dead: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message about a visit does. Shares of those who could, or spans' means."""

    seen: float
    minutes: float
    answers_call: float
    remembers: float
    fades_hours: float
    confirms: float
    frees: float
    moves: float
    moves_days: float
    stops: float


@dataclass(frozen=True, slots=True)
class Offers:
    """What an offer of a freed slot does. Shares of those who see it, and a span's mean."""

    wants: float
    declines: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure: `measures` names what of a month is to lie between low and high."""

    measures: str
    says: str
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """All of it."""

    life: Life
    phones: Phones
    reading: Reading
    offers: Offers
    published: tuple[Published, ...]


@cache
def load_rates() -> Rates:
    """The rates of the file."""
    read: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Rates(
        life=Life(**_values(read["life"])),
        phones=Phones(**_values(read["phones"])),
        reading=Reading(**_values(read["reading"])),
        offers=Offers(**_values(read["offers"])),
        published=tuple(Published(**each) for each in read["published"]),
    )


def _values(table: dict[str, dict[str, Any]]) -> dict[str, float]:
    return {name: float(rate["value"]) for name, rate in table.items()}
