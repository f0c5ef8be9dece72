"""What must be true at the end of a story, in the clinic's store and in ours."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from clinic.appointments import UPCOMING, Appointment
from clinic.patients import Patient
from integrations.tables import KeptQuoteRow
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
        "waiting": [list(each) for person in everybody for each in patients.waiting(person)],
        "quotes": _quotes(stage, conversation),
        "registered": len(patients.at_address(address)),
    }
    expected = {key: story.in_language(value) for key, value in story.then.items()}
    found = {key: facts[key] for key in expected}
    assert found == expected, f"in the end: {found}, expected: {expected}"


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
