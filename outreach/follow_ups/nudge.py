"""A journey that was left half-way: one question, whether to go on."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.services import Services
from clinic.hours import local_day
from clinic.quiet_hours import is_allowed
from conversations.keys import country_of
from conversations.model import Conversation, ConversationState, Message
from conversations.rows import conversation_of
from conversations.tables import ConversationRow
from integrations.database import Database
from outreach.apart import apart
from outreach.follow_ups import words
from outreach.follow_ups.round import choice
from outreach.reach import destination_at, reach, say_once
from outreach.words import PERSON

AFTER: Final = timedelta(minutes=20)
TOO_LATE: Final = timedelta(minutes=30)
"""How long the patient has been silent: later the question would come out of nowhere."""
JOURNEYS: Final = ("book_form", "reschedule_form", "cancel_form")


def nudge_silent(services: Services, now: datetime) -> list[dict[str, str]]:
    """Asks who went silent in the middle of a journey; see `outreach.run_due`."""
    begun = []
    for talk in _silent(services.database, now):
        with apart("nudge", talk.id):
            begun += _nudge(services, talk, now)
    return begun


def _silent(database: Database, now: datetime) -> list[Conversation]:
    """Where a journey waits for its patient and no person has the thread."""
    query = select(ConversationRow).where(
        ConversationRow.state == ConversationState.BOT,
        ConversationRow.flow.in_(JOURNEYS),
        ConversationRow.last_at > now - TOO_LATE,
        ConversationRow.last_at <= now - AFTER,
        ConversationRow.key.not_like("call:%"),  # nobody knows who would read it
    )
    with database.read() as session:
        return [conversation_of(row) for row in session.scalars(query)]


def _nudge(services: Services, talk: Conversation, now: datetime) -> list[dict[str, str]]:
    last = services.conversations.messages(talk.id)[-1]
    if not _may_be_asked(services, talk, last, now):
        return []
    destination = destination_at(services, talk.address, now)
    if destination is None:
        return []
    reached = reach(services, destination, now)
    if reached.conversation.id != talk.id:
        return []
    language = reached.language
    choices = [
        choice(words.GO_ON[language], "go_on", talk=talk.id),
        choice(words.LEAVE_IT[language], "leave_it", talk=talk.id),
        choice(PERSON[language], "talk_to_human"),
    ]
    text = words.told(words.NUDGE, reached, services.settings.clinic_name)
    if say_once(services, reached, text, choices, f"nudge:{talk.id}", now) is None:
        return []
    to, at = talk.patient_id or "", now.isoformat()
    return [{"kind": "nudge", "to": to, "about": talk.id, "at": at}]


def _may_be_asked(services: Services, talk: Conversation, last: Message, now: datetime) -> bool:
    """Whether it is our question that waits, today, by day, and nothing was done meanwhile."""
    asks = last.author == "bot" and (bool(last.choices) or "?" in last.text)
    if not asks or not _still_today(last.at, now, _zone(services, talk)):
        return False
    return not _changed_since(services, talk.patient_id, last.at)


def _still_today(at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether it may be written now, on the day of `at`."""
    return is_allowed(now, zone) and local_day(at, zone) == local_day(now, zone)


def _changed_since(services: Services, patient_id: str | None, since: datetime) -> bool:
    """Whether a visit of the patient was booked, moved or cancelled after that."""
    if patient_id is None:
        return False
    schedule = services.schedule
    return any(
        entry.change.at >= since
        for visit in schedule.appointments(patient_id)
        for entry in schedule.history(visit.id)
    )


def _zone(services: Services, talk: Conversation) -> ZoneInfo:
    """That of the patient's last branch, else of one in the number's country."""
    visits = services.schedule.appointments(talk.patient_id) if talk.patient_id else ()
    if visits:
        return services.catalogue.branch(visits[-1].branch).zone
    branches = services.catalogue.branches()
    country = country_of(talk.address)
    return next((each for each in branches if each.country == country), branches[0]).zone
