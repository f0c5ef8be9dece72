"""What must be true at the end of a story, in the clinic's store and in ours."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from clinic.appointments import UPCOMING, Appointment
from clinic.consents import Purpose
from clinic.patients import Patient
from clinic.waitlist import Wishes
from integrations.tables import KeptQuoteRow, RecallRow
from tests.conversations.stage import Stage
from tests.conversations.story import Story


def check_outcome(
    stage: Stage,
    people: Sequence[Patient],
    visits: Sequence[Appointment],
    conversation: str,
    story: Story,
    address: str,
) -> None:
    """Compares each line of the story's `then`."""
    schedule, patients = stage.services.schedule, stage.services.patients
    everybody = {each.id: each for each in [*people, *patients.at_address(address)]}
    all_visits = [visit for each in everybody for visit in schedule.appointments(each)]
    live = [visit for visit in all_visits if visit.status in UPCOMING]
    present = [schedule.appointment(visit.id) for visit in visits]
    talk = stage.services.conversations.conversation(conversation)
    first = visits[0] if visits else None
    history = list(schedule.history(first.id)) if first else []
    waits = [w for person in everybody for w in stage.services.waitlist.waits_of(person)]
    told = [entry.change.reason for entry in history if entry.event == "reason"]
    facts: dict[str, Any] = {
        "visits": [str(visit.status) for visit in present],
        "upcoming": len(live),
        "service": live[-1].service if live else None,
        "freed": bool(first and stage.is_free(first.slot_id)),
        "moved": bool(first and _moved(stage, first, present[0])),
        "history": [entry.event for entry in history],
        "effects": len([entry for entry in history if entry.change.actor == "patient"]),
        "reason": told[-1] if told else None,
        "handoffs": sorted(_open(stage, conversation, "handoff")),
        "no_handoffs": not _open(stage, conversation, "handoff"),
        "language": talk.language,
        "flow": talk.flow,
        "opted_out": patients.opted_out(address),
        "links": _links(stage, [address, *(a for p in people for a in patients.addresses(p.id))]),
        "opted_out_of_calls": patients.opted_out(address, Purpose.CALLS),
        "news": patients.agreed(address, Purpose.NEWS),
        "news_words": [
            each.words for each in patients.consents(address) if each.purpose is Purpose.NEWS
        ],
        "waiting": [[each.service, each.branch] for each in waits],
        "wishes": [_wished(each.wishes) for each in waits],
        "quotes": _quotes(stage, conversation),
        "feedback": _feedback(stage, first),
        "alerts": sorted(_open(stage, conversation, "alert")),
        "recall": _recall(stage, first),
        "registered": len(patients.at_address(address)),
    }
    expected = {key: story.in_language(value) for key, value in story.then.items()}
    found = {key: facts[key] for key in expected}
    assert found == expected, f"in the end: {found}, expected: {expected}"


def _wished(wishes: Wishes) -> list[Any]:
    """As a story writes it: practitioner, times as "weekdays since-until", hours of notice."""
    times = [
        f"{''.join(map(str, each.weekdays))} {each.since:%H:%M}-"
        + (f"{each.until:%H:%M}" if each.until else "")
        for each in wishes.times
    ]
    return [wishes.practitioner, times, wishes.notice_hours]


def _feedback(stage: Stage, visit: Appointment | None) -> list[Any] | None:
    """Score and words that were kept of the visit."""
    said = stage.services.feedbacks.of_visit(visit.id) if visit else None
    return [said.score, said.words] if said else None


def _recall(stage: Stage, visit: Appointment | None) -> str | None:
    """Whether the recall of that service was put off, or for good."""
    if visit is None:
        return None
    with stage.services.database.read() as session:
        row = session.get(RecallRow, (visit.patient_id, visit.service))
        return None if row is None else "later" if row.put_off_until else "never"


def _moved(stage: Stage, before: Appointment, after: Appointment) -> bool:
    same = (before.service, before.branch) == (after.service, after.branch)
    return same and before.slot_id != after.slot_id and stage.is_free(before.slot_id)


def _open(stage: Stage, conversation: str, kind: str) -> list[str]:
    found = stage.services.conversations.open_handoffs()
    return [
        each.reason for each in found if each.conversation_id == conversation and each.kind == kind
    ]


def _quotes(stage: Stage, conversation: str) -> int:
    with stage.services.database.read() as session:
        query = select(func.count()).select_from(KeptQuoteRow)
        return int(session.scalar(query.where(KeptQuoteRow.conversation_id == conversation)) or 0)


def _links(stage: Stage, addresses: Sequence[str]) -> int:
    """How many links to results were sent to those addresses."""
    threads = map(stage.services.conversations.thread, dict.fromkeys(addresses))
    return sum("/r/" in message.text for thread in threads for message in thread)
