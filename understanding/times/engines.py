"""The two libraries that read times too: a second opinion, and help where our rules fall silent."""

import json
import logging
import signal
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from types import ModuleType
from typing import Any, Final
from zoneinfo import ZoneInfo

from clinic.languages import LANGUAGES, Language
from understanding.times.model import Grain, Interval

_log = logging.getLogger(__name__)

_LONGEST: Final = 300
"""Characters: Duckling holds the interpreter's lock, for a second with 4,000."""
_CULTURES: Final[dict[Language, str]] = {"es": "es-es", "pt": "pt-br", "en": "en-us"}
_LOCALES: Final[dict[Language, tuple[str, str]]] = {
    "es": ("ES", "ES_ES"),
    "pt": ("PT", "PT_BR"),
    "en": ("EN", "EN_US"),
}
_GRAINS: Final[dict[str, tuple[Grain, timedelta]]] = {
    "second": ("minute", timedelta(minutes=1)),
    "minute": ("minute", timedelta(minutes=1)),
    "hour": ("hour", timedelta(hours=1)),
    "day": ("day", timedelta(days=1)),
    "week": ("week", timedelta(days=7)),
}
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Span:
    """What an engine read: an interval in wall time, and where it stands in the text."""

    interval: Interval
    start: int
    end: int


@cache
def _model(language: Language) -> Any:
    """The recognizer of a language; takes a second or more to load."""
    from ms_recognizers_date_time import DateTimeRecognizer  # noqa: PLC0415 - slow to import

    return DateTimeRecognizer(_CULTURES[language]).get_datetime_model()


@cache
def _duckling() -> tuple[ModuleType, Any, Any] | None:
    """Duckling's module, zones and dimension; None where there is no wheel for this machine."""
    in_main = threading.current_thread() is threading.main_thread()
    handler = signal.getsignal(signal.SIGINT) if in_main else None
    try:
        import duckling  # noqa: PLC0415 - starts the Haskell runtime
    except ImportError:
        _log.warning("no duckling here: times are read without it")
        return None
    if in_main and handler is not None:
        signal.signal(signal.SIGINT, handler)  # it swallows Ctrl-C from its start on
    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    return duckling, zones, duckling.parse_dimensions(["time"])


def warm_up() -> None:
    """Loads both engines; call it from the main thread, before others are started."""
    now = datetime.now(UTC)
    for language in LANGUAGES:
        recognized("1/1", language, now.replace(tzinfo=None))
        ducklings("1/1", language, now, ZoneInfo("UTC"))


def recognized(text: str, language: Language, local: datetime) -> list[Span]:
    """What Microsoft's recognizers find, the coming reading of each."""
    with _loading:
        model = _model(language)
    try:
        found = model.parse(text[:_LONGEST], local)
    except (AttributeError, ValueError, TypeError, KeyError, IndexError, OverflowError):
        _log.info("the recognizer failed on a text")  # it does on odd numbers; the text is private
        return []
    spans = []
    for each in found:
        values = (each.resolution or {}).get("values") or []
        intervals = [interval for value in values if (interval := _recognized(value, local))]
        if chosen := _coming(intervals, local):
            spans.append(Span(chosen, each.start, each.end + 1))
    return spans


def _coming(found: list[Interval], local: datetime) -> Interval | None:
    """The first reading that is not over, or else the last."""
    coming = [each for each in found if each.end is None or each.end > local]
    return coming[0] if coming else found[-1] if found else None


def _recognized(value: dict[str, str], local: datetime) -> Interval | None:
    """One of the recognizer's values as an interval."""
    kind = value.get("type", "")
    try:
        start = _wall(value.get("start") or value.get("value"), local)
        end = _wall(value.get("end"), local)
    except ValueError:
        return None
    if start is None and end is None:
        return None
    if kind == "date":
        return Interval(start, start + timedelta(days=1), "day") if start else None
    if kind in {"datetime", "time"}:
        return Interval(start, start + timedelta(minutes=1), "minute") if start else None
    grain: Grain = "day" if kind == "daterange" else "hour"
    return Interval(start, end, grain) if kind.endswith("range") else None


def _wall(text: str | None, local: datetime) -> datetime | None:
    """A wall time as the recognizer writes it; a time of day is meant for today."""
    if not text:
        return None
    if len(text) == len("15:30:00"):
        return datetime.combine(local.date(), datetime.strptime(text, "%H:%M:%S").time())  # noqa: DTZ007
    return datetime.fromisoformat(text)


def ducklings(text: str, language: Language, now: datetime, zone: ZoneInfo) -> list[Span]:
    """What Duckling finds; nothing where it cannot be loaded."""
    with _loading:
        loaded = _duckling()
    if loaded is None:
        return []
    duckling, zones, dimensions = loaded
    code, locale = _LOCALES[language]
    fallback = duckling.default_locale_lang(duckling.parse_lang(code))
    reference = duckling.parse_ref_time(zones, zone.key, int(now.timestamp()))
    context = duckling.Context(reference, duckling.parse_locale(locale, fallback))
    answer = duckling.parse_text(text[:_LONGEST].replace("\x00", " "), context, dimensions, False)
    return [span for each in json.loads(answer) if (span := _duckling_span(each))]


def _duckling_span(each: dict[str, Any]) -> Span | None:
    """One of Duckling's finds as a span of wall time."""
    value = each.get("value", {})
    if value.get("type") == "value":
        interval = _duckling_value(value)
    else:
        start, end = _edge(value.get("from")), _edge(value.get("to"))
        side = value.get("from") or value.get("to") or {}
        known = _GRAINS.get(side.get("grain", ""))
        interval = Interval(start, end, known[0] if known else "day")
    if interval is None or interval.start is interval.end is None:
        return None
    return Span(interval, each["start"], each["end"])


def _duckling_value(value: dict[str, Any]) -> Interval | None:
    start = _edge(value)
    known = _GRAINS.get(value.get("grain", ""))
    if start is None or known is None:
        return Interval(start, None, "month") if start else None
    return Interval(start, start + known[1], known[0])


def _edge(value: dict[str, Any] | None) -> datetime | None:
    """The wall time of one side."""
    if not value:
        return None
    return datetime.fromisoformat(value["value"]).replace(tzinfo=None)
