"""Times of the week that suit, in words: "martes y jueves en la mañana", "weekdays after 4"."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from clinic.languages import Language
from clinic.waitlist import WeekTime
from understanding.indifference import is_indifferent
from understanding.times import calendar
from understanding.times.expressions import Expression
from understanding.times.grammar import masked
from understanding.times.moments import Moment
from understanding.times.normal import normalise
from understanding.times.reading import grammar_of
from understanding.times.setting import Setting
from understanding.times.wishes import expressions
from understanding.words import bare, clean

_TIMELY: Final = frozenset({"part", "clock", "hours", "noon", "midnight", "routine"})
_UP_TO: Final = re.compile(
    r"\W*\b(?:a|al|hasta|ate|to|till|until|through|thru)\b(?: (?:el|o|a))?\W*|\s*-\s*"
)
_ALSO: Final = re.compile(r"\W*(?:\b(?:y|e|o|u|ou|and|or)\b)?(?: ?(?:los?|el|as?|os?|on))?\W*")
_OPENS: Final = 7 * 60
"""What a part of the day has before this minute of the day does not matter: nobody is there."""
_MONDAY: Final = date(2026, 1, 5)
"""Wishes are read as if said at this day's beginning: which week it is plays no part."""
_DAY: Final = 24 * 60
_WEEK: Final = frozenset(range(7 * _DAY))
_ANY: Final = re.compile(
    r"\b(?:(?:cualquier|qualquer) (?:horario|hora|dia|momento|data|fecha)|a la hora que sea"
    r"|todo (?:el dia|me (?:sirve|queda|va|viene))|any ?(?:time|day|hour)s?|all day)\b"
)
_BARE_PLURALS: Final[dict[Language, tuple[tuple[re.Pattern[str], str], ...]]] = {
    "es": (
        (re.compile(r"(?<!\w)(?<!las )mananas(?!\w)"), "por las mananas"),
        (re.compile(r"(?<!\w)(?<!las )(?<!buenas )tardes(?!\w)"), "por las tardes"),
        (re.compile(r"(?<!\w)(?<!las )(?<!buenas )noches(?!\w)"), "por las noches"),
    ),
    "pt": (
        (re.compile(r"(?<!\w)(?:(?:a|n|pel)?as )?tardes(?!\w)|^\W*tarde\W*$"), "a tarde"),
        (re.compile(r"(?<!\w)(?:(?:a|n|pel)?as )?noites(?!\w)"), "a noite"),
    ),
    "en": (),
}
"""Parts of the day by themselves, which only "the mornings suit me" is about."""


def read_week_times(text: str, language: Language) -> tuple[WeekTime, ...] | None:
    """When in the week it suits; empty for any time, None where the text does not say.

    Dates ("tomorrow", "the 24th") are of one week and say nothing here. What is refused ("not on
    Mondays") is left out of all that suits.
    """
    said = clean(text)
    grammar = grammar_of(language)
    setting = Setting(
        calendar.midnight(_MONDAY), None, grammar.weekdays, grammar.months, language == "en"
    )
    normal = masked(normalise(said, language).text, grammar.masks)
    for plural, phrase in _BARE_PLURALS[language]:
        normal = plural.sub(phrase, normal)
    found = _listed(normal, expressions(normal, grammar, setting))
    found = [each for each in found if _recurs(each)]
    if not found:
        return () if _ANY.search(bare(text)) or is_indifferent(text) else None
    wished = _minutes([each for each in found if not each.refused], setting)
    refused = _minutes([each for each in found if each.refused], setting)
    minutes = (wished or _WEEK) - (refused or frozenset())
    return _stretches(minutes) if minutes else None


def _listed(text: str, found: Sequence[Expression]) -> list[Expression]:
    """Puts days together that share a time said before them: "afternoons, Monday to Thursday"."""
    together: list[Expression] = []
    for each in found:
        before = together[-1] if together else None
        if before is None or not _shares_time(before, each):
            together.append(each)
            continue
        between = text[before.end : each.start]
        first, last = before.moments[0], each.moments[0]
        if last.day and first.day and _UP_TO.fullmatch(between):
            count = (last.day - first.day).days % 7
            first.other_days += [first.day + timedelta(days=n) for n in range(1, count + 1)]
        elif last.day and _ALSO.fullmatch(between):
            first.other_days += [last.day, *last.other_days]
        else:
            together.append(each)
            continue
        before.end = each.end
    return together


def _shares_time(before: Expression, after: Expression) -> bool:
    """Whether one names a time and then a day, and the next a day alone."""
    if not before.moments or not after.moments or before.ranged or after.ranged:
        return False
    first, last = before.moments[0], after.moments[0]
    timed = bool(first.pieces) and first.pieces[0].kind in _TIMELY and first.day is not None
    return timed and last.day is not None and not last.has_time


def _recurs(found: Expression) -> bool:
    """Whether nothing in it is of one week alone."""
    return bool(found.moments) and all(_is_weekly(each) for each in found.moments)


def _is_weekly(moment: Moment) -> bool:
    kinds = {piece.kind for piece in moment.pieces}
    if moment.fixed is not None or moment.only_compares:
        return False
    if moment.span is not None:
        return kinds <= _TIMELY | {"weekend"}
    if moment.day is None:
        return bool(kinds & _TIMELY)
    return kinds <= _TIMELY | {"weekday", "weekdays"} and not any(
        piece.kind == "part" and "_" in piece.value for piece in moment.pieces
    )


def _minutes(found: Sequence[Expression], setting: Setting) -> frozenset[int]:
    """The minutes of the week, Monday's midnight first, that expressions mean together.

    A time of day beside days that have none is theirs: "in the afternoon, Tuesday or Thursday".
    """
    days = [each for each in found if _weekdays(each, setting)]
    times = [each for each in found if _hours(each, setting)]
    apart = [each for each in times if each not in days]
    if days and apart and not any(each in times for each in days):
        pairs: Iterable[tuple[Expression, Expression]] = (
            (day, when) for day in days for when in apart
        )
    else:
        pairs = ((each, each) for each in found)
    minutes: set[int] = set()
    for day, when in pairs:
        since, until = _hours(when, setting) or (0, _DAY)
        for weekday in _weekdays(day, setting) or range(7):
            minutes.update(range(weekday * _DAY + since, weekday * _DAY + until))
    return frozenset(minutes)


def _weekdays(found: Expression, setting: Setting) -> list[int]:
    """The days of the week that an expression names; none where it names a time alone."""
    first, last = found.moments[0], found.moments[-1]
    if first.span is not None:
        return [5, 6]
    if first.day is None:
        return []
    if found.ranged and last.day is not None:
        begins, ends = first.day.weekday(), last.day.weekday()
        return [(begins + n) % 7 for n in range((ends - begins) % 7 + 1)]
    said = {each.found["wd"] for each in first.pieces if each.kind == "weekday"}
    days = {day.weekday() for day in (first.day, *first.other_days)}
    return sorted(days | {setting.weekdays[each] for each in said if each in setting.weekdays})


def _hours(found: Expression, setting: Setting) -> tuple[int, int] | None:
    """From which minute of the day to which; None where an expression names days alone."""
    timed = [each for each in found.moments if each.has_time]
    if not timed:
        return None
    moments = [Moment(day=_MONDAY, clock=each.clock, part=each.part) for each in timed]
    alone = Expression(0, 0, moments, found.links, ranged=len(moments) == 2)
    whole = alone.interval(setting)
    if whole is None:
        return None
    since, until = _minute(whole.start) or 0, _minute(whole.end) or _DAY
    if moments[0].clock is None and since <= _OPENS:
        since = 0
    elif _names_a_minute(alone):
        until = min(since + 60, _DAY)
    return (since, until) if since < until else None


def _names_a_minute(found: Expression) -> bool:
    """Whether a clock time stands alone: who says "at 5" means about then."""
    clock = found.moments[0].clock
    return not found.ranged and not found.links and clock is not None and clock.kind == "clock"


def _minute(side: datetime | None) -> int | None:
    """Minutes from the Monday's midnight; a day's end is its last."""
    if side is None:
        return None
    return min((side - calendar.midnight(_MONDAY)) // timedelta(minutes=1), _DAY)


def _stretches(minutes: frozenset[int]) -> tuple[WeekTime, ...]:
    """Minutes of the week as stretches of the day, each with the weekdays that share it."""
    shared: dict[tuple[int, int], list[int]] = {}
    for weekday in range(7):
        base = weekday * _DAY
        today = [minute for minute in range(_DAY) if base + minute in minutes]
        for since in (minute for minute in today if base + minute - 1 not in minutes or not minute):
            until = since
            while until < _DAY and base + until in minutes:
                until += 1
            shared.setdefault((since, until), []).append(weekday)
    return tuple(
        WeekTime(tuple(weekdays), _wall(since), _wall(until) if until < _DAY else None)
        for (since, until), weekdays in sorted(shared.items(), key=lambda item: item[1])
    )


def _wall(minute: int) -> time:
    return time(*divmod(minute, 60))
