"""The language of the pages, chosen by who reads them, and everything that is written in it."""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal, format_percent
from flask import Request, g

from clinic.languages import LANGUAGES, Language
from integrations.twilio import rule_for

COOKIE = "consulta_language"
COOKIE_AGE = 365 * 24 * 3600  # seconds
_LOCALES: dict[Language, str] = {"es": "es_MX", "pt": "pt_BR", "en": "en_US"}
_DAY: dict[Language, str] = {
    "es": "EEEE d 'de' MMMM 'de' y",
    "pt": "EEEE, d 'de' MMMM 'de' y",
    "en": "EEEE, MMMM d, y",
}
_SHORT_DAY: dict[Language, str] = {
    "es": "EEE d MMM y",
    "pt": "EEE d MMM y",
    "en": "EEE MMM d y",
}


def chosen(request: Request) -> Language:
    """What the reader chose, else what the browser prefers, else Spanish."""
    choice = request.cookies.get(COOKIE)
    for language in LANGUAGES:
        if language == choice:
            return language
    preferred = request.accept_languages.best_match(LANGUAGES)
    return next((language for language in LANGUAGES if language == preferred), "es")


def current() -> Language:
    """The language of the page being made."""
    language: Language = g.console_language
    return language


def say(key: str, **values: object) -> str:
    """A text of `texts/` in the page's language. Raises KeyError for an unknown key."""
    return catalogue()[key][current()].format(**values)


def reason(word: str) -> str:
    """Why somebody waits for a person; one that came later than this page in its own word."""
    key = f"reason_{word}"
    return say(key) if key in catalogue() else word


def channel(badge_word: str) -> str:
    """A channel's name; one that came later than this page by its own."""
    return say(badge_word) if badge_word in catalogue() else badge_word


def attachment(kind: str) -> str:
    """What was sent along, by its kind."""
    key = f"attachment_{kind}"
    return say(key if key in catalogue() else "attachment_other")


def provider_error(code: str) -> str:
    """Why a message did not arrive, by the provider's code."""
    key = f"provider_{code}"
    if key in catalogue():
        return say(key)
    rule = rule_for(int(code)) if code.isascii() and code.isdigit() else None
    if rule and rule.ours:
        return say("provider_ours", code=code)
    if rule and rule.retryable:
        return say("provider_busy", code=code)
    return say("provider_other", code=code)


@cache
def catalogue() -> dict[str, dict[Language, str]]:
    """All texts of the pages, by key and language. Raises ValueError where two files name a key."""
    found: dict[str, dict[Language, str]] = {}
    for path in sorted(Path(__file__).with_name("texts").glob("*.toml")):
        texts = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := found.keys() & texts.keys():
            raise ValueError(f"{path.name} says again what is said elsewhere: {sorted(twice)}")
        found |= texts
    return found


def dollars(amount: Decimal) -> str:
    """US dollars and cents: "US$ 12.50"."""
    return f"US$\u00a0{format_decimal(amount, '#,##0.00', locale=_LOCALES[current()])}"


def long_day(day: date) -> str:
    """A date in full, as a heading: "Jueves 5 de marzo de 2026"."""
    text = format_date(day, _DAY[current()], locale=_LOCALES[current()])
    return text[:1].upper() + text[1:]


def short_day(day: date) -> str:
    """A date that fits beside other things."""
    text = format_date(day, _SHORT_DAY[current()], locale=_LOCALES[current()])
    return text[:1].upper() + text[1:]


def brief_day(day: date) -> str:
    """A date of these days, of which nobody needs the year."""
    pattern = "MMM d" if current() == "en" else "d MMM"
    return format_date(day, pattern, locale=_LOCALES[current()]).replace(".", "")


def birth_day(day: date) -> str:
    """A date of which nobody needs the weekday."""
    pattern = "MMM d, y" if current() == "en" else "d MMM y"
    return format_date(day, pattern, locale=_LOCALES[current()])


def weekdays() -> list[str]:
    """The days of the week in short, Monday first."""
    names = get_day_names("abbreviated", locale=_LOCALES[current()])
    return [str(names[each]).rstrip(".").capitalize() for each in range(7)]


def locale() -> str:
    """The locale in which the page being made writes days and numbers."""
    return _LOCALES[current()]


def number(count: int) -> str:
    """A count, its thousands grouped."""
    return str(format_decimal(count, locale=locale()))


def percent(share: float) -> str:
    """A share, 1 being all, in whole hundredths; in tenths of them where it is below a tenth."""
    return str(format_percent(share, "0.0%" if 0 < share < 0.1 else "0%", locale=locale()))


def clock_time(instant: datetime) -> str:
    """The time of day of an instant that is already in the wall time to show."""
    return instant.strftime("%H:%M")
