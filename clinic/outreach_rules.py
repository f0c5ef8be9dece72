"""The clinic's own rules for what it starts, by service and branch; the most specific one holds.

A rule is a kind, the service and the branch it is for (None: any), and a value in words that
`parse` of its kind reads. Where no rule is for a visit, the settings hold.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, Self

OFF: Final = "off"
LADDER: Final = ("whatsapp", "sms", "voice")
"""The channels that a reminder may climb, each only to one after it."""


class RuleKind(StrEnum):
    """What a rule is about."""

    REMINDERS = "reminders"  # how many hours before a visit: a `Cadence`
    ESCALATION = "escalation"  # how an unanswered reminder goes on: an `Escalation`
    PREPARATION = "preparation"  # by how many hours before a visit its preparation must be known
    RECALL = "recall"  # after how many months the next visit is due
    FEEDBACK = "feedback"  # whether the patient is asked how the visit was


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the clinic's rules."""

    kind: RuleKind
    service: str | None
    branch: str | None
    value: str


@dataclass(frozen=True, slots=True)
class Cadence:
    """When a visit is reminded of: whole hours before it, the longest first; none: never.

    The last reminder is for every visit; those before ask for a confirmation and are for visits
    that have none, or for all where `also_confirmed`.
    """

    hours: tuple[int, ...]
    also_confirmed: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads "72,24,2", "72 24 2 all" (confirmed visits get every one too) or "off".

        Raises ValueError for anything else.
        """
        if text.strip() == OFF:
            return cls(())
        *words, last = _words(text)
        also_confirmed = last == "all"
        hours = {_whole(word) for word in (words if also_confirmed else [*words, last])}
        if not hours:
            raise ValueError("must name hours")
        return cls(tuple(sorted(hours, reverse=True)), also_confirmed)

    @property
    def horizon(self) -> timedelta:
        """How far ahead a visit may be that is reminded of."""
        return timedelta(hours=self.hours[0] if self.hours else 0)


@dataclass(frozen=True, slots=True)
class Escalation:
    """Where a reminder goes that nobody answers: (channel, how long it waits before going there).

    In the order of `LADDER`; none: it stays where it is.
    """

    steps: tuple[tuple[str, timedelta], ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads "sms 4, voice 4" (hours), either alone, or "off". Raises ValueError."""
        if text.strip() == OFF:
            return cls(())
        words = _words(text)
        channels = words[::2]
        if len(words) % 2 or channels not in (["sms"], ["voice"], ["sms", "voice"]):
            raise ValueError("must be such as sms 4, voice 4")
        waits = [timedelta(hours=_whole(word)) for word in words[1::2]]
        return cls(tuple(zip(channels, waits, strict=True)))

    def after(self, channel: str) -> tuple[str, timedelta] | None:
        """The next channel after that one and the wait before it; None at the ladder's end."""
        if channel not in LADDER:
            return None
        above = LADDER[LADDER.index(channel) + 1 :]
        return next((step for step in self.steps if step[0] in above), None)


def _words(text: str) -> list[str]:
    words = re.split(r"[,\s]+", text.strip())
    if not all(words):
        raise ValueError("must not be empty, nor begin or end with a comma")
    return words


def _whole(word: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", word):
        raise ValueError("must be whole numbers from 1 to 999")
    return int(word)


def _whole_or_off(text: str) -> int | None:
    return None if text.strip() == OFF else _whole(text.strip())


def _on(text: str) -> bool:
    if text.strip() not in {"on", OFF}:
        raise ValueError("must be on or off")
    return text.strip() == "on"


_PARSE: Final[Mapping[RuleKind, Callable[[str], object]]] = {
    RuleKind.REMINDERS: Cadence.parse,
    RuleKind.ESCALATION: Escalation.parse,
    RuleKind.PREPARATION: _whole_or_off,
    RuleKind.RECALL: _whole_or_off,
    RuleKind.FEEDBACK: _on,
}


def check_rule(rule: Rule) -> None:
    """Raises ValueError, with what is wrong, for a value that its kind cannot have."""
    _PARSE[rule.kind](rule.value)
    if rule.kind is RuleKind.RECALL and rule.service is None:
        raise ValueError("a recall is for a service")


class RuleBook:
    """All rules as they stood at one moment. Every question returns None where no rule is."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._values = {(rule.kind, rule.service, rule.branch): rule.value for rule in rules}

    def cadence(self, service: str, branch: str) -> Cadence | None:
        """When visits for the service at the branch are reminded of."""
        value = self._value(RuleKind.REMINDERS, service, branch)
        return None if value is None else Cadence.parse(value)

    @property
    def horizon(self) -> timedelta:
        """How far ahead a visit may be of which a rule has something said."""
        ahead = [Cadence.parse(value).horizon for value in self._of(RuleKind.REMINDERS)]
        hours = [_whole_or_off(value) or 0 for value in self._of(RuleKind.PREPARATION)]
        return max([*ahead, *(timedelta(hours=each) for each in hours)], default=timedelta(0))

    def escalation(self, service: str, branch: str) -> Escalation | None:
        """How an unanswered reminder goes on."""
        value = self._value(RuleKind.ESCALATION, service, branch)
        return None if value is None else Escalation.parse(value)

    def preparation_hours(self, service: str, branch: str) -> int | None:
        """By how many hours before the visit its preparation must be known; 0: it is not told."""
        value = self._value(RuleKind.PREPARATION, service, branch)
        return None if value is None else _whole_or_off(value) or 0

    def recalled(self) -> frozenset[str]:
        """The services whose patients are called back anywhere."""
        return frozenset(
            service
            for (kind, service, _), value in self._values.items()
            if kind is RuleKind.RECALL and service is not None and value != OFF
        )

    def recall_months(self, service: str, branch: str) -> int | None:
        """After how many months a visit for the service at the branch is due again."""
        value = self._value(RuleKind.RECALL, service, branch)
        return None if value is None else _whole_or_off(value)

    def asks_feedback(self, service: str, branch: str) -> bool | None:
        """Whether the patient is asked how the visit was."""
        value = self._value(RuleKind.FEEDBACK, service, branch)
        return None if value is None else _on(value)

    def _of(self, wanted: RuleKind) -> list[str]:
        return [value for (kind, _, _), value in self._values.items() if kind is wanted]

    def _value(self, kind: RuleKind, service: str, branch: str) -> str | None:
        for key in ((service, branch), (service, None), (None, branch), (None, None)):
            if (value := self._values.get((kind, *key))) is not None:
                return value
        return None
