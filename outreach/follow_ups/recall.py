"""A visit that is due again, so many months after the last (docs/outreach-rules.md)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.services import Services
from clinic.appointments import Appointment
from clinic.catalogue import Branch
from clinic.hours import instant, local_day
from conversations.model import Choice
from outreach.follow_ups import words
from outreach.follow_ups.begun import count_since, keys_since
from outreach.follow_ups.round import FollowUp, begin, choice
from outreach.reach import Reached
from understanding.times.calendar import add_months

FROM: Final = time(10)
UNTIL: Final = time(10, 10)
"""At this time of the branch's day alone: such a look costs more than others, and can wait."""
A_MONTH: Final = timedelta(days=31)
"""When who cannot be reached is looked at again."""
_AT_A_LOOK: Final = 200


def recall_patients(services: Services, now: datetime) -> list[dict[str, str]]:
    """Tells the patients whose visit is longest due, so many a day; see `outreach.run_due`."""
    branches = [
        branch
        for branch in services.catalogue.branches()
        if FROM <= now.astimezone(branch.zone).time() < UNTIL
    ]
    if not branches:
        return []
    today = min(_midnight(now, branch.zone) for branch in branches)
    left = services.settings.recalls_a_day - count_since(services.database, "recall", today)
    return begin(services, now, _due(services, branches, now), most=left) if left > 0 else []


def _due(services: Services, branches: Sequence[Branch], now: datetime) -> Iterable[FollowUp]:
    """The longest due first. A recall counts as told before it is said, and is said once."""
    due = _visits(services, branches, now)
    told = keys_since(services.database, "recall", now - A_MONTH) if due else set()
    reachable = services.patients.reachable({visit.patient_id for visit, _, _ in due})
    for visit, branch, months in sorted(due, key=lambda each: each[0].start):
        key = f"recall:{visit.patient_id}:{visit.service}:{now:%Y-%m}"
        if key in told:
            again = add_months(local_day(now, branch.zone), months)
            until = instant(again, time(), branch.zone)
            services.recalls.put_off(visit.patient_id, visit.service, until)
        elif visit.patient_id not in reachable:
            services.recalls.put_off(visit.patient_id, visit.service, now + A_MONTH)
        else:
            yield _recall(services, key, visit, branch)


def _visits(
    services: Services, branches: Sequence[Branch], now: datetime
) -> list[tuple[Appointment, Branch, int]]:
    """Visits that are due again, each with its branch and after how many months."""
    rules = services.outreach_rules.read()
    found = []
    for service in rules.recalled():
        for branch in branches:
            months = rules.recall_months(service, branch.code)
            if months is None:
                continue
            day = add_months(local_day(now, branch.zone), -months)
            before = instant(day, time(), branch.zone)
            visits = services.recalls.due(service, branch.code, before, now, _AT_A_LOOK)
            found += [(visit, branch, months) for visit in visits]
    return found


def _recall(services: Services, key: str, visit: Appointment, branch: Branch) -> FollowUp:
    def says(reached: Reached) -> tuple[str, Sequence[Choice]]:
        language, ref = reached.language, str(visit.ref)
        text = words.told(words.RECALL, reached, services.settings.clinic_name)
        place = {"service": visit.service, "branch": visit.branch}
        return text, [
            choice(words.BOOK[language], "book_appointment", **place),
            choice(words.LATER[language], "recall_later", visit=ref),
            choice(words.NO_MORE[language], "no_more_recalls", visit=ref),
        ]

    return FollowUp("recall", key, visit.id, visit.patient_id, branch, says)


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    return instant(local_day(now, zone), time(), zone)
