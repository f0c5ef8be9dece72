"""What a patient who waits asks for, in words: "martes y jueves por la mañana", "2 días"."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from babel.dates import get_day_names
from babel.lists import format_list

from clinic.languages import Language
from clinic.waitlist import EVERY_DAY, WeekTime
from conversations import wording

NOON: Final = time(12)
MORNINGS: Final = WeekTime(until=NOON)
AFTERNOONS: Final = WeekTime(since=NOON, until=time(19))

_LOCALES: Final[dict[Language, str]] = {"es": "es", "pt": "pt", "en": "en"}
_ANY: Final[dict[Language, str]] = {"es": "cualquiera", "pt": "qualquer um", "en": "any time"}
_SAME_DAY: Final[dict[Language, str]] = {
    "es": "el mismo día",
    "pt": "no mesmo dia",
    "en": "the same day",
}
_DAYS: Final[dict[Language, tuple[str, str]]] = {
    "es": ("día", "días"),
    "pt": ("dia", "dias"),
    "en": ("day", "days"),
}
_HOURS: Final[dict[Language, tuple[str, str]]] = {
    "es": ("hora", "horas"),
    "pt": ("hora", "horas"),
    "en": ("hour", "hours"),
}
_UP_TO: Final[dict[Language, str]] = {
    "es": "{first} a {last}",
    "pt": "{first} a {last}",
    "en": "{first} to {last}",
}
_PARTS: Final[dict[tuple[time, time | None], dict[Language, str]]] = {
    (MORNINGS.since, MORNINGS.until): {
        "es": "por la mañana",
        "pt": "de manhã",
        "en": "in the morning",
    },
    (AFTERNOONS.since, AFTERNOONS.until): {
        "es": "por la tarde",
        "pt": "à tarde",
        "en": "in the afternoon",
    },
    (time(19), None): {"es": "por la noche", "pt": "à noite", "en": "in the evening"},
    (time.min, None): {"es": "", "pt": "", "en": ""},
}
_FROM: Final[dict[Language, str]] = {
    "es": "desde {since}",
    "pt": "a partir das {since}",
    "en": "from {since}",
}
_BEFORE: Final[dict[Language, str]] = {
    "es": "antes de {until}",
    "pt": "antes das {until}",
    "en": "before {until}",
}
_BETWEEN: Final[dict[Language, str]] = {
    "es": "de {since} a {until}",
    "pt": "das {since} às {until}",
    "en": "from {since} to {until}",
}


def week_times(times: Sequence[WeekTime], language: Language, *, spoken: bool = False) -> str:
    """When it suits, each stretch after the other; "any time" for none."""
    said = [_week_time(each, language, spoken=spoken) for each in times]
    return "; ".join(said) or _ANY[language]


def notice(hours: int | None, language: Language) -> str:
    """How long beforehand the patient wants to know."""
    if not hours:
        return _SAME_DAY[language]
    days, left = divmod(hours, 24)
    count, (one, many) = (hours, _HOURS[language]) if left else (days, _DAYS[language])
    return f"{count} {one if count == 1 else many}"


def _week_time(stretch: WeekTime, language: Language, *, spoken: bool) -> str:
    days = _days(stretch.weekdays, language) if stretch.weekdays != EVERY_DAY else ""
    return f"{days} {_hours(stretch, language, spoken=spoken)}".strip() or _ANY[language]


def _days(weekdays: tuple[int, ...], language: Language) -> str:
    """ "lunes a viernes", "martes y jueves"."""
    names = get_day_names("wide", locale=_LOCALES[language])
    called = [str(names[each]).removesuffix("-feira") for each in weekdays]
    if len(called) > 2 and weekdays[-1] - weekdays[0] == len(called) - 1:
        return _UP_TO[language].format(first=called[0], last=called[-1])
    return str(format_list(called, locale=_LOCALES[language]))


def _hours(stretch: WeekTime, language: Language, *, spoken: bool) -> str:
    part = _PARTS.get((stretch.since, stretch.until))
    if part is not None:
        return part[language]
    since, until = (
        each and _clock(each, language, spoken=spoken) for each in (stretch.since, stretch.until)
    )
    form = _FROM if until is None else _BEFORE if stretch.since == time.min else _BETWEEN
    return form[language].format(since=since, until=until)


def _clock(wall: time, language: Language, *, spoken: bool) -> str:
    text = wording.clock(datetime.combine(date.min, wall), language, spoken=spoken)
    if language != "es":
        return text
    return f"la {text}" if wall.hour % 12 == 1 else f"las {text}"
