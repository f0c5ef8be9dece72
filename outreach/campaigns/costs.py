"""What a message takes and costs on its channel, by the clinic's price list."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from app.campaigns import Line, Sample
from app.settings import Settings
from clinic.languages import Language
from integrations.twilio.prices import OURS, PriceList, read_prices

_WORDS_A_MINUTE: Final = 140
"""How fast a voice reads aloud."""

Place = tuple[Language, str, str]
"""Language, channel and country of a message."""


def price_list(settings: Settings) -> PriceList:
    """The clinic's own, or the one that comes along."""
    return read_prices(Path(settings.message_prices) if settings.message_prices else OURS)


def lines_of(samples: Sequence[tuple[str, Sample]], prices: PriceList) -> list[Line]:
    """Messages, units and cost by language, channel and country; samples: (country, message)."""
    messages: Counter[Place] = Counter()
    units: defaultdict[Place, int] = defaultdict(int)
    for country, sample in samples:
        place = sample.language, sample.channel, country
        listed = prices.of(sample.channel, country)
        messages[place] += 1
        units[place] += _units(sample, listed.unit if listed else "message")
    return [_line(place, messages[place], units[place], prices) for place in sorted(messages)]


def _line(place: Place, messages: int, units: int, prices: PriceList) -> Line:
    language, channel, country = place
    listed = prices.of(channel, country)
    if listed is None:
        return Line(language, channel, country, messages, None, units, None)
    cost = (listed.price * units).quantize(Decimal("0.01"))
    return Line(language, channel, country, messages, listed.unit, units, cost)


def _units(sample: Sample, unit: str) -> int:
    if unit == "segment":
        return len(sample.texts)
    if unit == "minute":
        words = " ".join((*sample.texts, *sample.choices)).split()
        return max(1, math.ceil(len(words) / _WORDS_A_MINUTE))
    return 1
