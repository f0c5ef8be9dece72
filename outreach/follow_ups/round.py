"""How every follow-up of a visit is begun: to whom may hear it now, once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.services import Services
from clinic.catalogue import Branch
from clinic.quiet_hours import is_allowed
from conversations.meaning import payload_of
from conversations.model import Choice, ConversationState
from outreach.apart import apart
from outreach.follow_ups.begun import may_hear
from outreach.reach import Destination, Reached, destination_of, reach, say_once
from understanding.phone_zones import zone_of


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What may be said to a patient now. about: the visit, by id; says: its text and choices."""

    kind: str
    key: str
    about: str
    patient_id: str
    branch: Branch
    says: Callable[[Reached], tuple[str, Sequence[Choice]]]


def choice(title: str, intent: str, **carried: str) -> Choice:
    """A choice whose payload carries those values."""
    return Choice(title, payload_of(intent, **carried))


def begin(
    services: Services, now: datetime, follow_ups: Iterable[FollowUp], most: int | None = None
) -> list[dict[str, str]]:
    """Says what may be said now, `most` of it; one that fails keeps none of the others.

    Returns what was begun, as `outreach.run_due` tells it.
    """
    if not any(is_allowed(now, branch.zone) for branch in services.catalogue.branches()):
        return []  # at night nothing is even looked for
    waiting = [each for each in follow_ups if is_allowed(now, each.branch.zone)]
    reachable = services.patients.reachable({each.patient_id for each in waiting})
    begun: list[dict[str, str]] = []
    for each in waiting:
        if most is not None and len(begun) >= most:
            break
        if each.patient_id not in reachable:
            continue
        with apart("follow_up", each.about):
            begun += _begin(services, now, each)
    return begun


def _begin(services: Services, now: datetime, follow_up: FollowUp) -> list[dict[str, str]]:
    destination = destination_of(services, follow_up.patient_id, now)
    if destination is None or not _may_be_begun(services, now, follow_up, destination):
        return []
    reached = reach(services, destination, now)
    talk = reached.conversation
    if talk.flow is not None or talk.state is not ConversationState.BOT:
        return []  # a question of ours is open there, or a person answers or is waited for
    text, choices = follow_up.says(reached)
    if say_once(services, reached, text, choices, follow_up.key, now) is None:
        return []
    return [
        {
            "kind": follow_up.kind,
            "to": follow_up.patient_id,
            "about": follow_up.about,
            "at": now.isoformat(),
        }
    ]


def _may_be_begun(
    services: Services, now: datetime, follow_up: FollowUp, destination: Destination
) -> bool:
    if destination.is_mid_talk(now):
        return False
    zone = zone_of(destination.address, follow_up.branch)
    return is_allowed(now, zone) and may_hear(services.database, destination.address, now, zone)
