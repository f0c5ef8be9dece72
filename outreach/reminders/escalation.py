"""Where a reminder goes on that nobody answers, or that did not arrive: rules alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from clinic.appointments import Appointment, AppointmentStatus
from clinic.outreach_rules import LADDER, Escalation
from conversations.model import Delivery
from outreach.reminders.reminded import Said, key_of

_NEAREST: Final = 4
"""A reminder of fewer hours than these before the visit stays where it is."""
_STOPS: Final = timedelta(hours=1)
"""So near to the visit nothing goes on any more."""
_READ_WAITS: Final = 2
"""A message that was read waits so many times as long: the patient knows."""
_LOST: Final = (Delivery.FAILED, Delivery.UNDELIVERED)
_ON_ITS_WAY: Final = (Delivery.QUEUED, Delivery.SENDING, Delivery.WITHHELD)
"""Not sent yet, or for a reason that holds elsewhere too."""


def next_channel(
    escalation: Escalation,
    visit: Appointment,
    since: datetime,
    hours: int,
    now: datetime,
    said: Mapping[str, Said],
) -> str | None:
    """The channel on which the reminder of so many hours, said before, is said next at `now`."""
    if visit.status is not AppointmentStatus.BOOKED or visit.start - now < _STOPS:
        return None
    first = said[key_of(visit, hours)]
    if hours < _NEAREST or first.at < since or _next_after(escalation, first, now) is None:
        return None  # most of them, in a moment
    return _next_after(escalation, sayings(visit, hours, said)[-1], now)


def _next_after(escalation: Escalation, last: Said, now: datetime) -> str | None:
    step = escalation.after(last.channel)
    if step is None or last.state in _ON_ITS_WAY:
        return None
    channel, wait = step
    if last.state in _LOST:
        wait = timedelta(0)
    elif last.state == Delivery.READ:
        wait *= _READ_WAITS
    return channel if now - last.at >= wait else None


def sayings(visit: Appointment, step: int | str, said: Mapping[str, Said]) -> Sequence[Said]:
    """A reminder on all channels where it was said, in that order."""
    key = key_of(visit, step)
    keys = (key, *(f"{key}:{channel}" for channel in LADDER))
    return [said[each] for each in keys if each in said]


def number_for(last: str, others: Sequence[str]) -> str | None:
    """The number to text or call: where the reminder went, else another; canonical addresses.

    others: where the patient may be reached.
    """
    numbers = [each for each in others if each.startswith("+")]
    return last if last in numbers else next(iter(numbers), None)
