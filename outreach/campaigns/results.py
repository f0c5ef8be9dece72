"""How a campaign went, read from the schedule and from what was said since: no copy is kept."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app.campaigns import Result
from app.services import Services
from clinic.appointments import UPCOMING, Appointment, AppointmentStatus
from clinic.campaigns import Campaign, RecipientState, key_of
from conversations.model import Delivery, Message
from conversations.rows import message_of
from conversations.tables import ConversationRow, HandoffRow, MessageRow
from integrations.database import Database

_ARRIVED: Final = {
    Delivery.DELIVERED: "delivered",
    Delivery.READ: "delivered",
    Delivery.FAILED: "unreachable",
    Delivery.UNDELIVERED: "unreachable",
    Delivery.WITHHELD: "unreachable",
}
"""What a delivery state tells of who has not answered: never more than is known."""


def results_of(services: Services, campaign: Campaign) -> Sequence[Result]:
    """All recipients, in the order in which they came."""
    said = _said(services.database, campaign)
    heard = _answered(services.database, campaign)
    persons = _asked_for_a_person(services.database, campaign)
    found = []
    for recipient in services.campaigns.recipients(campaign.id):
        key = key_of(campaign.id, recipient)
        visit = services.schedule.appointment(recipient.visit.id) if recipient.visit else None
        message = said.get(key)
        word = str(recipient.state)
        if recipient.state is RecipientState.TOLD:
            word = (
                _decided(campaign, visit)
                or ("person" if key in persons else "")
                or ("answered" if key in heard else "")
                or (_ARRIVED.get(Delivery(message.state), "told") if message else "told")
            )
        found.append(Result(recipient, word, message, visit))
    return found


def _decided(campaign: Campaign, visit: Appointment | None) -> str:
    """What became of the visit, whoever did it; "" while it stands where it stood."""
    span = campaign.what.span
    if visit is None or span is None:
        return ""
    if visit.status is AppointmentStatus.CANCELLED:
        return "cancelled"
    return "moved" if visit.status in UPCOMING and not span.keeps(visit) else ""


def _of(campaign: Campaign) -> tuple[ColumnElement[bool], ...]:
    """Its messages; the time leads to them by the index on when outreach wrote."""
    return (
        MessageRow.key.is_not(None),
        MessageRow.at >= campaign.begun_at,
        MessageRow.key.startswith(f"campaign:{campaign.id}:"),
    )


def _said(database: Database, campaign: Campaign) -> Mapping[str, Message]:
    """What was said, by its key."""
    query = select(MessageRow).where(*_of(campaign))
    with database.read() as session:
        return {str(row.key): message_of(row) for row in session.scalars(query)}


def _answered(database: Database, campaign: Campaign) -> frozenset[str]:
    """The keys of what was followed by a message from the same address."""
    heard = aliased(MessageRow)
    query = (
        select(MessageRow.key)
        .join(heard, heard.address == MessageRow.address)
        .where(
            *_of(campaign),
            heard.direction == "in",
            heard.number > MessageRow.number,
        )
    )
    with database.read() as session:
        return frozenset(map(str, session.scalars(query.distinct())))


def _asked_for_a_person(database: Database, campaign: Campaign) -> frozenset[str]:
    """The keys of what was followed, at the same address, by waiting for a person."""
    query = (
        select(MessageRow.key)
        .join(ConversationRow, ConversationRow.address == MessageRow.address)
        .join(HandoffRow, HandoffRow.conversation_id == ConversationRow.id)
        .where(
            *_of(campaign),
            HandoffRow.kind == "handoff",
            HandoffRow.opened_at >= MessageRow.at,
        )
    )
    with database.read() as session:
        return frozenset(map(str, session.scalars(query.distinct())))
