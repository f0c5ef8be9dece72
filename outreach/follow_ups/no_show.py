"""After a missed visit: another time, without reproach."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from app.services import Services
from clinic.appointments import UPCOMING, Appointment, AppointmentStatus
from clinic.catalogue import Branch
from conversations import wording
from conversations.model import Choice
from outreach.follow_ups import words
from outreach.follow_ups.begun import keys_since
from outreach.follow_ups.round import FollowUp, begin, choice
from outreach.reach import Reached
from outreach.words import ANOTHER_TIME, PERSON

AFTER: Final = timedelta(hours=1)
"""How long after it was marked: staff may correct themselves, and the patient may still come."""
TOO_LATE: Final = timedelta(days=3)
"""So long after it should have begun nobody is asked about a visit any more."""
_COMES_ANYWAY: Final = UPCOMING | {AppointmentStatus.ARRIVED, AppointmentStatus.COMPLETED}


def invite_again(services: Services, now: datetime) -> list[dict[str, str]]:
    """Offers another time to those who missed a visit; see `outreach.run_due`."""
    return begin(services, now, _due(services, now))


def _due(services: Services, now: datetime) -> Iterable[FollowUp]:
    marked = services.schedule.marked(AppointmentStatus.NO_SHOW, now - TOO_LATE, now)
    told = keys_since(services.database, "no_show", now - TOO_LATE) if marked else set()
    branches = {branch.code: branch for branch in services.catalogue.branches()}
    for visit, at in marked:
        key = f"no_show:{visit.id}:{visit.version}"
        if now - at < AFTER or key in told or _comes_anyway(services, visit):
            continue
        yield _invitation(services, key, visit, branches[visit.branch])


def _comes_anyway(services: Services, missed: Appointment) -> bool:
    """Whether the patient has a later visit for the same service."""
    return any(
        each.service == missed.service
        and each.start > missed.start
        and each.status in _COMES_ANYWAY
        for each in services.schedule.appointments(missed.patient_id)
    )


def _invitation(services: Services, key: str, visit: Appointment, branch: Branch) -> FollowUp:
    def says(reached: Reached) -> tuple[str, Sequence[Choice]]:
        language = reached.language
        day = wording.day(visit.start.astimezone(branch.zone).date(), language)
        text = words.told(words.NO_SHOW, reached, services.settings.clinic_name, day=day)
        place = {"service": visit.service, "branch": visit.branch}
        return text, [
            choice(ANOTHER_TIME[language], "book_appointment", **place),
            choice(words.NOT_NEEDED[language], "not_needed"),
            choice(PERSON[language], "talk_to_human"),
        ]

    return FollowUp("no_show", key, visit.id, visit.patient_id, branch, says)
