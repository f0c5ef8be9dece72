"""After a visit: one question, how it was."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from app.services import Services
from clinic.appointments import UPCOMING, Appointment, AppointmentStatus
from clinic.catalogue import Branch
from clinic.hours import local_day
from conversations import wording
from conversations.model import Choice
from outreach.follow_ups import words
from outreach.follow_ups.begun import keys_since
from outreach.follow_ups.round import FollowUp, begin, choice
from outreach.reach import Reached

TOO_LATE: Final = timedelta(days=3)
"""So long after its end nobody is asked about a visit any more."""
AT_MOST_EVERY: Final = timedelta(days=30)
"""How often a patient is asked, whatever the visits."""
_LONGEST: Final = timedelta(days=1)
"""No visit takes longer."""
_COMES: Final = UPCOMING | {AppointmentStatus.ARRIVED, AppointmentStatus.COMPLETED}


def ask_for_feedback(services: Services, now: datetime) -> list[dict[str, str]]:
    """Asks about every completed visit that ended some hours ago; see `outreach.run_due`."""
    return begin(services, now, _due(services, now))


def _due(services: Services, now: datetime) -> Iterable[FollowUp]:
    latest_end = now - timedelta(hours=services.settings.feedback_hours)
    marked = services.schedule.marked(
        AppointmentStatus.COMPLETED, now - TOO_LATE - _LONGEST, latest_end
    )
    asked = keys_since(services.database, "feedback", now - AT_MOST_EVERY) if marked else set()
    rules = services.outreach_rules.read()
    branches = {branch.code: branch for branch in services.catalogue.branches()}
    for visit, _ in marked:
        if not now - TOO_LATE < visit.end <= latest_end or _key(visit) in asked:
            continue
        if rules.asks_feedback(visit.service, visit.branch) is False:
            continue
        branch = branches[visit.branch]
        visits = services.schedule.appointments(visit.patient_id)
        if any(_key(each) in asked or _follows(each, visit, branch) for each in visits):
            continue
        yield _question(services, visit, branch)


def _follows(other: Appointment, visit: Appointment, branch: Branch) -> bool:
    """Whether the patient comes again, or came, on the same day: the last is asked about."""
    days = {local_day(each.start, branch.zone) for each in (other, visit)}
    return other.start > visit.start and other.status in _COMES and len(days) == 1


def _key(visit: Appointment) -> str:
    return f"feedback:{visit.id}"


def _question(services: Services, visit: Appointment, branch: Branch) -> FollowUp:
    def says(reached: Reached) -> tuple[str, Sequence[Choice]]:
        day = wording.day(visit.start.astimezone(branch.zone).date(), reached.language)
        text = words.told(words.FEEDBACK, reached, services.settings.clinic_name, day=day)
        titles = words.SCORES[reached.language]
        return text, [
            choice(title, "give_feedback", visit=str(visit.ref), score=str(score))
            for score, title in enumerate(titles, start=1)
        ]

    return FollowUp("feedback", _key(visit), visit.id, visit.patient_id, branch, says)
