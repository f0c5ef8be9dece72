"""What a patient who joins a waitlist asks for: with whom, when, and how long beforehand."""

from typing import Final

from actions import visits
from actions.flow import FLOWS, VERY_SURE, Question
from actions.questions import practitioner
from actions.turn import Turn
from clinic.waitlist import Waiting, WeekTime, Wishes
from conversations.waiting_words import AFTERNOONS, MORNINGS
from understanding.indifference import is_indifferent
from understanding.notice import read_notice, without_notice
from understanding.times.recurring import read_week_times

SLOTS: Final = ("waitlist_with", "waitlist_times", "waitlist_notice", "practitioner")
"""The dialogue slots of these questions."""

_TO_BE_SAID: Final = "say"
_TAPPED: Final = {
    "any": (),
    "mornings": (MORNINGS,),
    "afternoons": (AFTERNOONS,),
}


class WithWhom(Question):
    """Never asked: taken from the first words, else as it was asked for before."""

    slot = "waitlist_with"
    open_ended = False

    def prefill(self, turn: Turn) -> None:
        """At which branch is meant may not be known yet."""

    def answered(self, turn: Turn) -> bool:
        """Whether the first words were looked at."""
        return turn.slot(self.slot) is not None

    def ask(self, turn: Turn) -> None:
        """Reads the first words; says so where nobody is called so, or is elsewhere."""
        service, branch = _place(turn)
        before = waits(turn)
        if before is not None and not turn.slot("practitioner"):
            turn.keep(practitioner=before.wishes.practitioner)
        _hear_whom(turn, str(turn.slot("first_words") or ""))
        practitioner.check(turn, service, branch)
        turn.keep(**{self.slot: True})

    def read(self, turn: Turn) -> bool:  # noqa: ARG002
        """It is not asked."""
        return False


class WhichWeekTimes(Question):
    """Holds the times of the week that suit, as JSON; empty for any time."""

    slot = "waitlist_times"
    open_ended = False

    def prefill(self, turn: Turn) -> None:
        """Takes what the first message says; not where it may only name the visit they have."""
        times = _times(turn)
        if times is not None and not _names_own_visit(turn, times):
            self._keep(turn, times)

    def answered(self, turn: Turn) -> bool:
        """Whether it is known when it suits."""
        return isinstance(turn.slot(self.slot), list)

    def ask(self, turn: Turn) -> None:
        """Offers the usual answers; who wants to say it is asked for days and hours."""
        free = turn.slot(self.slot) == _TO_BE_SAID
        turn.say("utter_ask_week_times_said" if free else "utter_ask_week_times")

    def read(self, turn: Turn) -> bool:
        """A tapped answer, or days and hours in words; "no" is no preference."""
        if tapped := turn.tapped.get("week_times"):
            if tapped == _TO_BE_SAID:
                turn.keep(**{self.slot: _TO_BE_SAID})
            else:
                self._keep(turn, _TAPPED.get(tapped, ()))
            return True
        heard = HowMuchNotice().take(turn)
        heard = _hear_whom(turn, turn.text) or heard
        times = _times(turn)
        if times is None and turn.intent == "deny":
            times = ()
        if times is not None:
            self._keep(turn, times)
        return times is not None or heard

    def claims(self, turn: Turn) -> bool:
        """Days and hours, unless the words are surely another question."""
        return _is_unsure(turn) and _times(turn) is not None

    def _keep(self, turn: Turn, times: tuple[WeekTime, ...]) -> None:
        turn.keep(**{self.slot: [each.plain() for each in times]})


class HowMuchNotice(Question):
    """Holds the hours that the patient needs between an offer and the visit; 0 for the same day."""

    slot = "waitlist_notice"
    open_ended = False

    def prefill(self, turn: Turn) -> None:
        """Takes what the first message says."""
        self.take(turn)

    def take(self, turn: Turn) -> bool:
        """Keeps what the words say of notice; False where they say nothing."""
        hours = read_notice(turn.text, turn.language)
        if hours is not None:
            turn.keep(**{self.slot: hours})
        return hours is not None

    def answered(self, turn: Turn) -> bool:
        """Whether it is known."""
        return turn.slot(self.slot) is not None

    def ask(self, turn: Turn) -> None:
        """Offers the usual answers; who has said it before is not asked again."""
        before = waits(turn)
        if before is not None and before.wishes.notice_hours is not None:
            turn.keep(**{self.slot: before.wishes.notice_hours})
            return
        turn.say("utter_ask_notice")

    def read(self, turn: Turn) -> bool:
        """A tapped answer, or a length of time in words; "no" and "whatever" are the same day."""
        if tapped := turn.tapped.get("notice"):
            turn.keep(**{self.slot: int(tapped)})
            return True
        hours = read_notice(turn.text, turn.language, asked=True)
        if hours is None and (turn.intent == "deny" or is_indifferent(turn.text)):
            hours = 0
        if hours is not None:
            turn.keep(**{self.slot: hours})
        return hours is not None

    def claims(self, turn: Turn) -> bool:
        """A length of time, unless the words are surely another question."""
        return _is_unsure(turn) and read_notice(turn.text, turn.language, asked=True) is not None


def waits(turn: Turn) -> Waiting | None:
    """The patient's place on the waitlist that is meant, if they have one."""
    patient, place = turn.patient, _place(turn)
    if patient is None:
        return None
    found = turn.services.waitlist.waits_of(patient.id)
    return next((each for each in found if (each.service, each.branch) == place), None)


def wishes(turn: Turn) -> Wishes:
    """What the patient has asked for."""
    times = tuple(WeekTime.of(each) for each in turn.slot("waitlist_times") or ())
    return Wishes(turn.slot("practitioner"), times, turn.slot("waitlist_notice"))


def _place(turn: Turn) -> tuple[str, str]:
    return str(turn.slot("waitlist_service")), str(turn.slot("waitlist_branch"))


def _times(turn: Turn) -> tuple[WeekTime, ...] | None:
    if not turn.text:
        return None
    return read_week_times(without_notice(turn.text, turn.language), turn.language)


def _hear_whom(turn: Turn, words: str) -> bool:
    """Whether somebody is asked for, or a name that nobody has, which is said at once."""
    service, branch = _place(turn)
    if not words:
        return False
    if practitioner.take(turn, words, branch):
        return True
    return practitioner.tell_unknown(turn, words, practitioner.who_do(turn, service, branch))


def _names_own_visit(turn: Turn, times: tuple[WeekTime, ...]) -> bool:
    """ "My visit is on Thursday, tell me if anything comes free": Thursday is no wish."""
    zones = {each.code: each.zone for each in turn.services.catalogue.branches()}
    return any(
        each.holds(visit.start.astimezone(zones[visit.branch]))
        for visit in visits.upcoming(turn)
        for each in times
    )


def _is_unsure(turn: Turn) -> bool:
    return turn.intent in FLOWS | {"affirm", "deny"} or turn.confidence < VERY_SURE
