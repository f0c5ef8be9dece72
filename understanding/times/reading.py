"""The interval a text speaks of: our own rules, and the engines where these fall silent."""

import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from types import ModuleType
from typing import Final
from zoneinfo import ZoneInfo

from clinic.languages import LANGUAGES, Language
from understanding.times import engines, rules_en, rules_es, rules_pt
from understanding.times.grammar import Grammar, masked
from understanding.times.masks import MASKS
from understanding.times.model import Hours, TimeReading
from understanding.times.normal import normalise
from understanding.times.second import Asked, in_zone, is_seconded, second_reading
from understanding.times.setting import Setting
from understanding.times.wishes import chosen, expressions
from understanding.words import clean

_RULES: Final[dict[Language, ModuleType]] = {"es": rules_es, "pt": rules_pt, "en": rules_en}


@cache
def grammar_of(language: Language) -> Grammar:
    """The grammar of a language, compiled."""
    own = _RULES[language]
    return Grammar(
        rules=own.RULES,
        fillers=own.FILLERS,
        masks=tuple(re.compile(mask) for mask in (*MASKS, *own.MASKS)),
        negations=tuple(re.compile(pattern) for pattern in own.NEGATIONS),
        occupied=re.compile(own.OCCUPIED),
        negated_after=re.compile(own.NEGATED_AFTER),
        corrections=re.compile(own.CORRECTIONS),
        any_day=re.compile(own.ANY_DAY),
        context=re.compile(own.CONTEXT),
        moves=re.compile(own.MOVES),
        farewell=re.compile(own.FAREWELL),
        weekdays=own.WEEKDAYS,
        months=own.MONTHS,
    )


def warm_up() -> None:
    """Compiles the rules and loads the engines, so that the first patient does not wait.

    Call it from the main thread, before others are started.
    """
    for language in LANGUAGES:
        grammar_of(language)
    engines.warm_up()


def read_time(
    text: str,
    language: Language,
    now: datetime,
    zone: ZoneInfo,
    hours: Hours | None = None,
) -> TimeReading | None:
    """The time a text speaks of, or None where it speaks of none.

    now: an aware instant. zone: in which the wall times are meant. hours: when the place is open,
    for an hour without am or pm (07:00 to 20:00 where not given). Raises ValueError for a naive
    `now`. Thread-safe.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime")
    said = clean(text)
    grammar = grammar_of(language)
    local = now.astimezone(zone).replace(tzinfo=None)
    setting = Setting(local, hours, grammar.weekdays, grammar.months, language == "en")
    normal = normalise(said, language)
    asked = Asked(said, masked(normal.text, grammar.masks), normal, language, now, zone, local)
    found = chosen(normal.text, expressions(normal.text, grammar, setting), grammar)
    interval = found.interval(setting) if found else None
    if found is None or interval is None:
        return None if found else second_reading(asked)
    start, end = normal.source(found.start, found.end)
    reading = in_zone(interval, said[start:end], asked)
    refused = found.refused and not found.all_but
    return replace(reading, refused=refused, sure=is_seconded(reading, asked), names=found.names)


__all__ = ["grammar_of", "read_time", "warm_up"]
