"""Which visit? Asked where the patient has several."""

from collections.abc import Sequence

from actions import refusals, visits
from actions.flow import FlowOver, Question
from actions.questions import practitioner
from actions.turn import Turn
from clinic.appointments import Appointment, VisitError, VisitRef, check_changeable
from conversations.meaning import payload_of
from conversations.model import Choice
from understanding.places import find_branch
from understanding.services import match_services
from understanding.times import read_time


class WhichVisit(Question):
    """Holds the visit as it was shown, `id:version`."""

    slot = "visit"
    open_ended = False

    def prefill(self, turn: Turn) -> None:
        """A reminder's button names the visit."""
        if "visit" in turn.tapped:
            self._tap(turn)

    def answered(self, turn: Turn) -> bool:
        """Whether one visit is chosen."""
        return turn.slot("visit") is not None

    def candidates(self, turn: Turn) -> Sequence[Appointment]:
        """The visits among which to choose."""
        return visits.upcoming(turn)

    def ask(self, turn: Turn) -> None:
        """Takes the only one, asks among several, says that there is none."""
        candidates = self.candidates(turn)
        if not candidates:
            turn.say("utter_no_visits")
            raise FlowOver
        words = str(turn.slot("first_words") or "")
        told = _told_apart(turn, candidates, words) if words else candidates
        if len(told) == len(candidates):  # the words tell nothing apart: it is the one just shown
            shown = visits.just_shown(turn)
            told = [each for each in candidates if each.id == shown] or told
        if len(told) == 1:
            turn.keep(visit=str(told[0].ref))
            return
        turn.say("utter_which_visit", [_choice(turn, each) for each in candidates])

    def read(self, turn: Turn) -> bool:
        """A tapped visit, or words that fit only one."""
        if "visit" in turn.tapped:
            return self._tap(turn)
        told = _told_apart(turn, self.candidates(turn), turn.text)
        if len(told) != 1 or not turn.text:
            return False
        turn.keep(visit=str(told[0].ref))
        return True

    def _tap(self, turn: Turn) -> bool:
        try:
            ref = VisitRef.parse(turn.tapped["visit"])
        except ValueError:
            return False
        if turn.patient is None or not visits.belongs(turn, ref):
            return False
        try:
            check_changeable(turn.services.schedule.appointment(ref.id), ref, turn.now)
        except VisitError as refused:
            refusals.explain(turn, ref, refused)
            raise FlowOver from None
        turn.keep(visit=str(ref))
        return True


def chosen(turn: Turn) -> VisitRef | None:
    """The chosen visit as it was shown."""
    return VisitRef.parse(str(turn.slot("visit"))) if turn.slot("visit") else None


def _choice(turn: Turn, visit: Appointment) -> Choice:
    title, description = visits.title(turn, visit)
    return Choice(title, payload_of("choose", visit=str(visit.ref)), description)


def _told_apart(turn: Turn, candidates: Sequence[Appointment], words: str) -> Sequence[Appointment]:
    """Those that fit the service, branch, practitioner and time in the patient's words."""
    left = list(candidates)
    catalogue = turn.services.catalogue
    services = [catalogue.service(each.service) for each in candidates]
    matched = {each.code for each in match_services(words, turn.language, services).candidates}
    left = [each for each in left if each.service in matched] or left
    branch = find_branch(words, catalogue.branches())
    if branch:
        left = [each for each in left if each.branch == branch.code] or left
    person = practitioner.named(turn, words)
    if person:
        left = [each for each in left if each.practitioner == person.code] or left
    return _at_time(turn, left, words)


def _at_time(turn: Turn, candidates: list[Appointment], words: str) -> list[Appointment]:
    if not candidates:
        return candidates
    zone = turn.services.catalogue.branch(candidates[0].branch).zone
    reading = read_time(words, turn.language, turn.now, zone)
    if reading is None or reading.refused or reading.start is None or reading.end is None:
        return candidates
    start, end = reading.start, reading.end
    return [each for each in candidates if start <= each.start < end] or candidates
