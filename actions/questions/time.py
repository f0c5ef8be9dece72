"""When? Offers free slots, more of them, or those that fit the patient's words."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from actions.flow import FLOWS, VERY_SURE, Question
from actions.questions.visit import chosen
from actions.turn import Turn
from clinic.catalogue import Slot
from conversations import wording
from conversations.model import Choice
from understanding.places import find_branch
from understanding.times import TimeReading, read_time
from understanding.words import bare

Place = tuple[str, str]
AT_ONCE = 4
AT_ONCE_SPOKEN = 3
HORIZON = timedelta(days=45)
MOSTLY = 0.6
_MORE: Final = re.compile(
    r"(?:(?:ver|dame|deme|ensename|mostrar|mostre|me mostra|show me|see|see some|quiero|quero) )?"
    r"(?:mas|mais|otr[ao]s|outr[ao]s|more|other|others)"
    r"(?: (?:horarios?|horas|opciones|opcoes|fechas|datas|dias|times|options|dates|slots))?"
    r"(?: (?:por favor|porfa|please|pf))?"
)


SLOTS = ("chosen_slot", "wanted_start", "wanted_end", "wanted_grain", "shown_from", "shown_until")
"""The dialogue slots of this question: the choice, the wish, and the page that was shown."""


class WhichTime(Question):
    """Holds the id of the chosen slot. `place`: which service at which branch is meant."""

    slot = "chosen_slot"
    open_ended = False

    def __init__(
        self, place: Callable[[Turn], Place | None], branch_slot: str | None = None
    ) -> None:
        """branch_slot: the dialogue slot of the branch, where the patient may still change it."""
        self._place = place
        self._branch_slot = branch_slot

    def prefill(self, turn: Turn) -> None:
        """Where it is meant may not be known yet: the first words are read when it is asked."""

    def answered(self, turn: Turn) -> bool:
        """Whether a slot is chosen."""
        return turn.slot(self.slot) is not None

    def ask(self, turn: Turn) -> None:
        """Offers what suits the wish; where nothing does, says so and offers what comes next."""
        self._read_first_words(turn)
        start, end = self._window(turn)
        slots = self._free(turn, start, end)
        if slots:
            self._offer(turn, slots, "utter_offer_times")
            return
        later = self._free(turn, turn.now, turn.now + HORIZON)
        nearest = sorted(_distinct(later), key=lambda slot: abs(slot.start - start))
        if nearest:
            shown = sorted(nearest[: self._at_once(turn)], key=lambda slot: slot.start)
            self._offer(turn, shown, "utter_other_times")
            turn.keep(wanted_start=None, wanted_end=None)
            return
        turn.say("utter_no_times")

    def read(self, turn: Turn) -> bool:
        """A tapped slot, "more", "none of these", or words about time."""
        if "slot" in turn.tapped:
            turn.keep(**{self.slot: turn.tapped["slot"]})
            return True
        if turn.intent == "more_options" or _MORE.fullmatch(bare(turn.text)):
            turn.keep(shown_from=turn.slot("shown_until"))
            return True
        elsewhere = self._goes_elsewhere(turn)
        reading = self._reading(turn, turn.text)
        if reading is None or reading.refused:
            return elsewhere or self._none_of_these(turn, refused=reading is not None)
        self._keep_wish(turn, reading)
        exact = self._exactly(turn)
        if exact:
            turn.keep(**{self.slot: exact.id})
        return True

    def claims(self, turn: Turn) -> bool:
        """A time, where the words are little else or not surely a question of another kind."""
        reading = self._reading(turn, turn.text)
        if reading is None or turn.intent in FLOWS:
            return False
        return turn.confidence < VERY_SURE or len(reading.text) > len(turn.text) * MOSTLY

    def _goes_elsewhere(self, turn: Turn) -> bool:
        """Whether another branch is named instead, where the service is done too."""
        place = self._place(turn)
        if self._branch_slot is None or place is None or not turn.text:
            return False
        catalogue = turn.services.catalogue
        named = find_branch(turn.text, catalogue.branches())
        if named is None or named.code == place[1]:
            return False
        if named.code not in catalogue.service(place[0]).branches:
            return False
        turn.keep(**{self._branch_slot: named.code}, shown_from=None)
        return True

    def _none_of_these(self, turn: Turn, *, refused: bool) -> bool:
        """ "No", or "I can't on Thursday" without another day."""
        if turn.intent != "deny" and not refused:
            return False
        turn.say("utter_ask_other_time")
        turn.keep(shown_from=turn.slot("shown_until"))
        return True

    def _read_first_words(self, turn: Turn) -> None:
        """The wish in the message that began the flow; not where it only names the old time."""
        words = str(turn.slot("first_words") or "")
        turn.keep(first_words=None)
        reading = self._reading(turn, words)
        old = self._moved_from(turn)
        if reading and not reading.refused and not (old and _within(old, reading)):
            self._keep_wish(turn, reading)

    def _moved_from(self, turn: Turn) -> datetime | None:
        ref = chosen(turn)
        return turn.services.schedule.appointment(ref.id).start if ref else None

    def _keep_wish(self, turn: Turn, reading: TimeReading) -> None:
        turn.keep(
            wanted_start=reading.start.isoformat() if reading.start else None,
            wanted_end=reading.end.isoformat() if reading.end else None,
            wanted_grain=reading.grain,
            shown_from=None,
        )

    def _reading(self, turn: Turn, words: str) -> TimeReading | None:
        place = self._place(turn)
        if place is None or not words:
            return None
        branch = turn.services.catalogue.branch(place[1])
        hours = [(each.weekday, each.opens, each.closes) for each in branch.hours]
        return read_time(words, turn.language, turn.now, branch.zone, hours)

    def _exactly(self, turn: Turn) -> Slot | None:
        """The one slot that begins at the minute which the patient named."""
        if not self._at_a_minute(turn):
            return None
        start = datetime.fromisoformat(str(turn.slot("wanted_start")))
        slots = self._free(turn, start, start + timedelta(minutes=1))
        return slots[0] if slots else None

    def _at_a_minute(self, turn: Turn) -> bool:
        """Whether the patient named a clock time; "after 3:30" has no end and is none."""
        closed = turn.slot("wanted_start") and turn.slot("wanted_end")
        return bool(closed) and turn.slot("wanted_grain") in {"minute", "hour"}

    def _window(self, turn: Turn) -> tuple[datetime, datetime]:
        start, end, after = (
            datetime.fromisoformat(str(turn.slot(name))) if turn.slot(name) else None
            for name in ("wanted_start", "wanted_end", "shown_from")
        )
        begin = max(start or turn.now, turn.now, after or turn.now)
        finish = end or begin + HORIZON
        if start and self._at_a_minute(turn):
            begin, finish = max(turn.now, start - timedelta(hours=1)), start + timedelta(hours=2)
        if after:
            begin, finish = max(begin, after), max(finish, after + HORIZON)
        return begin, finish

    def _free(self, turn: Turn, start: datetime, end: datetime) -> Sequence[Slot]:
        place = self._place(turn)
        if place is None:
            return []
        service, branch = place
        return turn.services.schedule.free_slots(service, branch, start, end, limit=200)

    def _at_once(self, turn: Turn) -> int:
        return AT_ONCE_SPOKEN if turn.spoken else AT_ONCE

    def _offer(self, turn: Turn, slots: Sequence[Slot], response: str) -> None:
        shown = _varied(slots, self._at_once(turn), spread=not turn.slot("wanted_start"))
        turn.keep(shown_until=(shown[-1].start + timedelta(minutes=1)).isoformat())
        place = self._place(turn)
        branch = turn.services.catalogue.branch(place[1] if place else shown[0].branch)
        service = turn.services.catalogue.service(shown[0].service)
        choices = [_choice(turn, slot) for slot in shown]
        turn.say(response, choices, branch=branch.name, service=service.name(turn.language))


def _choice(turn: Turn, slot: Slot) -> Choice:
    branch = turn.services.catalogue.branch(slot.branch)
    if turn.spoken:
        title = wording.when(slot.start, branch.zone, turn.language, turn.now, spoken=True)
    else:
        title = wording.short_when(slot.start, branch.zone, turn.language)
    return Choice(title, f"/choose{json.dumps({'slot': slot.id})}")


def _within(moment: datetime, reading: TimeReading) -> bool:
    after = reading.start is None or reading.start <= moment
    return after and (reading.end is None or moment < reading.end)


def _distinct(slots: Sequence[Slot]) -> list[Slot]:
    """One slot for each time: patients choose a time, not a room."""
    distinct: dict[datetime, Slot] = {}
    for slot in slots:
        distinct.setdefault(slot.start, slot)
    return list(distinct.values())


def _varied(slots: Sequence[Slot], count: int, *, spread: bool) -> list[Slot]:
    """A few slots at different times; over several days where no day was asked for."""
    times = _distinct(slots)
    if not spread or len(times) <= count:
        return times[:count]
    chosen: list[Slot] = []
    a_day = max(1, count // 2)
    for slot in times:
        same_day = sum(each.start.date() == slot.start.date() for each in chosen)
        if same_day < a_day and len(chosen) < count:
            chosen.append(slot)
    return chosen
