"""When? Offers free slots, more of them, or those that fit the patient's words."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from actions.flow import FLOWS, VERY_SURE, Question
from actions.questions import practitioner
from actions.questions.practitioner import HORIZON
from actions.questions.visit import chosen
from actions.turn import Turn
from clinic.catalogue import Slot
from conversations import wording
from conversations.meaning import payload_of
from conversations.model import Choice
from understanding.places import find_branch
from understanding.times import LONGEST_DAY, TimeReading, narrowed, read_time
from understanding.words import bare

Place = tuple[str, str]
AT_ONCE = 4
AT_ONCE_SPOKEN = 3
MOSTLY = 0.6
_MORE: Final = re.compile(
    r"(?:(?:ver|dame|deme|ensename|mostrar|mostre|me mostra|show me|see|see some|quiero|quero) )?"
    r"(?:mas|mais|otr[ao]s|outr[ao]s|more|other|others)"
    r"(?: (?:horarios?|horas|opciones|opcoes|fechas|datas|dias|times|options|dates|slots))?"
    r"(?: (?:por favor|porfa|please|pf))?"
)


_LATER: Final = re.compile(
    r"(?:.{0,20} )?(?:mas tarde|mais tarde|later(?: on)?|later in the day)(?: por favor| please)?"
)
_EARLIER: Final = re.compile(
    r"(?:.{0,20} )?(?:mas temprano|mais cedo|earlier|sooner)(?: por favor| please)?"
)
_ANY: Final = re.compile(
    r"(?:cualquiera|(?:el|la|cual) que sea|qualquer uma?|any|whichever|either"
    r"|me da igual|da igual|tanto faz)"
    r"(?: (?:de (?:esos|esas|ellos|ellas|los dos)|d[ae]l[ae]s|dess[ae]s|of (?:them|these|those)))?"
    r"(?: (?:por favor|porfa|please|works|is fine|esta bien|serve))?"
)
"""Any of the times that were shown."""
Window = tuple[datetime, datetime]
Wish = tuple[datetime | None, datetime | None]
FEW_DAYS: Final = timedelta(days=8)

SLOTS = (
    "chosen_slot", "wanted_start", "wanted_end", "wanted_grain", "shown_from", "shown_until",
    "practitioner",
)  # fmt: skip
"""The dialogue slots of this question: the choice, the wish (who, too), and the page shown.

wanted_start and wanted_end hold the sides of every interval that suits, in order; null is open.
"""


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
        """A button may name the slot for the visit that it carries; words are read when asked."""
        if "slot" in turn.tapped and chosen(turn) is not None:
            turn.keep(**{self.slot: turn.tapped["slot"]})

    def answered(self, turn: Turn) -> bool:
        """Whether a slot is chosen."""
        return turn.slot(self.slot) is not None

    def ask(self, turn: Turn) -> None:
        """Offers what suits the wish; where nothing does, says so and offers what comes next."""
        self._read_first_words(turn)
        if place := self._place(turn):
            practitioner.check(turn, *place)
        windows = self._windows(turn)
        start = windows[0][0]
        slots = self._within_windows(turn, windows)
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
        said = bare(turn.text)
        if _ANY.fullmatch(said) and (first := _first_offered(turn)):
            turn.keep(**{self.slot: first})
            return True
        if turn.intent == "more_options" or _MORE.fullmatch(said):
            turn.keep(shown_from=turn.slot("shown_until"))
            return True
        with_whom = self._names_whom(turn, turn.text)
        elsewhere = self._goes_elsewhere(turn) or with_whom
        reading = self._reading(turn, turn.text)
        if reading is None and self._earlier_or_later(turn, said):
            return True
        if reading is None or reading.refused:
            return elsewhere or self._none_of_these(turn, refused=reading is not None)
        self._keep_wish(turn, self._narrowed(turn, reading))
        exact = self._exactly(turn)
        if exact:
            turn.keep(**{self.slot: exact.id})
        return True

    def claims(self, turn: Turn) -> bool:
        """ "More", or a time where the words are little else or not surely another question."""
        if any(asked.fullmatch(bare(turn.text)) for asked in (_ANY, _MORE, _LATER, _EARLIER)):
            return True
        if turn.intent in FLOWS:
            return False
        if turn.confidence < VERY_SURE and practitioner.asked_for(turn):
            return True
        reading = self._reading(turn, turn.text)
        if reading is None:
            return False
        return turn.confidence < VERY_SURE or len(reading.text) > len(turn.text) * MOSTLY

    def _names_whom(self, turn: Turn, words: str) -> bool:
        """Whether somebody is asked for, or a name that nobody has, which is said at once."""
        place = self._place(turn)
        if place is None or not words:
            return False
        if practitioner.take(turn, words, place[1]):
            return True
        return practitioner.tell_unknown(turn, words, practitioner.who_do(turn, *place))

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

    def _earlier_or_later(self, turn: Turn, said: str) -> bool:
        """ "Later" than what was shown, "earlier" than what was wished."""
        if _LATER.fullmatch(said):
            turn.keep(shown_from=turn.slot("shown_until"))
            return True
        if not _EARLIER.fullmatch(said):
            return False
        place = self._place(turn)
        wished = next((start for start, _ in _wishes(turn) if start), None)
        if place and wished:
            zone = turn.services.catalogue.branch(place[1]).zone
            day = wished.astimezone(zone).replace(hour=0, minute=0)
            since = day.isoformat() if day < wished else None
            turn.keep(wanted_start=[since], wanted_end=[wished.isoformat()], wanted_grain="part")
        turn.keep(shown_from=None)
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
        self._names_whom(turn, words)
        reading = self._reading(turn, words)
        old = self._moved_from(turn)
        if reading and not reading.refused and not (old and _within(old, reading)):
            self._keep_wish(turn, reading)

    def _moved_from(self, turn: Turn) -> datetime | None:
        ref = chosen(turn)
        return turn.services.schedule.appointment(ref.id).start if ref else None

    def _keep_wish(self, turn: Turn, reading: TimeReading) -> None:
        turn.keep(
            wanted_start=[start and start.isoformat() for start, _ in reading.suiting],
            wanted_end=[end and end.isoformat() for _, end in reading.suiting],
            wanted_grain=reading.grain,
            shown_from=None,
        )

    def _reading(self, turn: Turn, words: str, now: datetime | None = None) -> TimeReading | None:
        place = self._place(turn)
        if place is None or not words:
            return None
        branch = turn.services.catalogue.branch(place[1])
        hours = [(each.weekday, each.opens, each.closes) for each in branch.hours]
        return read_time(words, turn.language, now or turn.now, branch.zone, hours)

    def _narrowed(self, turn: Turn, reading: TimeReading) -> TimeReading:
        """Within what was wished before, where the words leave the date open."""
        place = self._place(turn)
        if place is None:
            return reading
        zone = turn.services.catalogue.branch(place[1]).zone

        def read_at(now: datetime) -> TimeReading | None:
            return self._reading(turn, turn.text, now)

        return narrowed(reading, _wishes(turn), zone, turn.now, read_at)

    def _exactly(self, turn: Turn) -> Slot | None:
        """The one slot that begins at the minute which the patient named."""
        wishes = _wishes(turn)
        start = wishes[0][0] if len(wishes) == 1 else None
        if start is None or not self._at_a_minute(turn):
            return None
        slots = self._free(turn, start, start + timedelta(minutes=1))
        return slots[0] if slots else None

    def _at_a_minute(self, turn: Turn) -> bool:
        """Whether the patient named a clock time; "after 3:30" has no end and is none."""
        closed = all(start and end for start, end in _wishes(turn))
        return closed and turn.slot("wanted_grain") in {"minute", "hour"}

    def _windows(self, turn: Turn) -> list[Window]:
        """Where to look for slots; beyond the wish once what suits it was shown."""
        after = datetime.fromisoformat(str(turn.slot("shown_from") or turn.now.isoformat()))
        since = max(turn.now, after)
        windows = []
        for start, end in _wishes(turn) or [(None, None)]:
            begin, finish = start or since, end
            if start and end and self._at_a_minute(turn):
                begin, finish = start - timedelta(hours=1), start + timedelta(hours=2)
            begin = max(begin, since)
            finish = finish or begin + HORIZON
            if begin < finish:
                windows.append((begin, finish))
        if turn.slot("shown_from") or not windows:
            windows.append((since, since + HORIZON))
        return windows

    def _within_windows(self, turn: Turn, windows: Sequence[Window]) -> list[Slot]:
        """Free slots of the windows, in order, as many as there is need for."""
        place = self._place(turn)
        if place is None:
            return []
        zone, count = turn.services.catalogue.branch(place[1]).zone, self._at_once(turn)
        slots: list[Slot] = []
        for start, end in (day for window in windows for day in _by_day(*window)):
            slots += self._free(turn, start, end)
            if len(_varied(slots, count, zone, spread=True)) >= count:
                break
        return slots

    def _free(self, turn: Turn, start: datetime, end: datetime) -> Sequence[Slot]:
        place = self._place(turn)
        if place is None:
            return []
        service, branch = place
        wanted = turn.slot("practitioner")
        return turn.services.schedule.free_slots(
            service, branch, start, end, practitioner=wanted and str(wanted), limit=200
        )

    def _at_once(self, turn: Turn) -> int:
        return AT_ONCE_SPOKEN if turn.spoken else AT_ONCE

    def _offer(self, turn: Turn, slots: Sequence[Slot], response: str) -> None:
        place = self._place(turn)
        branch = turn.services.catalogue.branch(place[1] if place else slots[0].branch)
        spread = _over_days(_wishes(turn))
        shown = _varied(slots, self._at_once(turn), branch.zone, spread=spread)
        turn.keep(shown_until=(shown[-1].start + timedelta(minutes=1)).isoformat())
        service = turn.services.catalogue.service(shown[0].service).name(turn.language)
        if turn.slot("practitioner"):
            person = turn.services.catalogue.practitioner(shown[0].practitioner)
            service = f"{service} ({practitioner.called(person)})"
        choices = [_choice(turn, slot) for slot in shown]
        turn.say(response, choices, branch=branch.name, service=service)


def _choice(turn: Turn, slot: Slot) -> Choice:
    branch = turn.services.catalogue.branch(slot.branch)
    if turn.spoken:
        title = wording.when(slot.start, branch.zone, turn.language, turn.now, spoken=True)
    else:
        title = wording.short_when(slot.start, branch.zone, turn.language)
    return Choice(title, payload_of("choose", slot=slot.id))


def _first_offered(turn: Turn) -> str | None:
    """The first of the times that the patient has in view; None where "any" may mean a person."""
    if turn.slot("practitioner"):
        return None
    return next((str(each["slot"]) for each in turn.offered if "slot" in each), None)


def _wishes(turn: Turn) -> list[Wish]:
    """Every interval that suits; none where nothing was wished."""
    sides = zip(turn.slot("wanted_start") or (), turn.slot("wanted_end") or (), strict=True)
    return [(_instant(start), _instant(end)) for start, end in sides]


def _by_day(start: datetime, end: datetime) -> list[Window]:
    """A few days one by one: the many slots of the first must not hide the others."""
    if end - start > FEW_DAYS:
        return [(start, end)]
    count = -(-(end - start) // timedelta(days=1))
    begins = [start + timedelta(days=each) for each in range(count)]
    return [(begin, min(begin + timedelta(days=1), end)) for begin in begins]


def _over_days(wishes: Sequence[Wish]) -> bool:
    """Whether the slots that are offered should be of several days."""
    if len(wishes) != 1:
        return True
    start, end = wishes[0]
    return start is not None and end is not None and end - start > LONGEST_DAY


def _instant(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def _within(moment: datetime, reading: TimeReading) -> bool:
    return any(
        (start is None or start <= moment) and (end is None or moment < end)
        for start, end in reading.suiting
    )


def _distinct(slots: Sequence[Slot]) -> list[Slot]:
    """One slot for each time: patients choose a time, not a room."""
    distinct: dict[datetime, Slot] = {}
    for slot in slots:
        distinct.setdefault(slot.start, slot)
    return list(distinct.values())


def _varied(slots: Sequence[Slot], count: int, zone: ZoneInfo, *, spread: bool) -> list[Slot]:
    """A few slots at different times; over several days where no day was asked for."""
    times = _distinct(slots)
    if not spread or len(times) <= count:
        return times[:count]
    chosen: list[Slot] = []
    a_day = max(1, count // 2)
    for slot in times:
        day = slot.start.astimezone(zone).date()
        same_day = sum(each.start.astimezone(zone).date() == day for each in chosen)
        if same_day < a_day and len(chosen) < count:
            chosen.append(slot)
    return chosen
