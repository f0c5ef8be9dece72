"""Erasing a person: what says who it was goes, what the clinic counts stays without a name.

The visits stay with their times, services and states, the scores given to them, the offers with
their outcomes, the calls and messages
with their hour, channel and intent; the audit log holds ids alone and cannot be altered.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast
from uuid import uuid4

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from clinic.appointments import UPCOMING, Appointment, Change, VisitError
from clinic.patients import Patient
from console.inbox import written
from console.needs import Needs
from console.patients.personal_data import conversations_of, own_addresses
from conversations.model import ConversationState, Delivery, Reception
from conversations.tables import CallRow, ConversationRow, HandoffRow, MessageRow
from integrations.database import threads
from integrations.results.tables import (
    ReportFileRow,
    ReportOpenedRow,
    ReportRow,
    ResultLinkRow,
)
from integrations.tables import (
    AppointmentChangeRow,
    AppointmentRow,
    ConsentRow,
    FeedbackRow,
    PatientAddressRow,
    PatientMergeRow,
    PatientRow,
    RecallRow,
    WaitlistRow,
)
from trainer.models.runs import forget
from trainer.tables import LabelRow

ERASED: Final = "—"
"""Stands where a name or an address was."""
_NO_BIRTH_DATE: Final = date(1900, 1, 1)


class VisitsToCome(Exception):
    """The patient is expected; `visits` says when."""

    def __init__(self, visits: list[Appointment]) -> None:
        super().__init__("the patient has visits to come")
        self.visits = visits


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was taken away."""

    messages: int
    visits_cancelled: int


def is_erased(patient: Patient) -> bool:
    """Whether nobody can be recognised any more."""
    return patient.name == ERASED


def erase(needs: Needs, patient: Patient, actor: str, *, cancel_visits: bool = False) -> Erased:
    """Takes away all that says who the patient was; again, it finds nothing more to take.

    actor: as in a visit's Change. cancel_visits: what is still to come is cancelled first, and its
    time offered on. Raises VisitsToCome otherwise, and then nothing was changed.
    """
    coming = _coming(needs, patient.id)
    if coming and not cancel_visits:
        raise VisitsToCome(coming)
    for visit in coming:
        _cancel(needs, visit, actor)
    with needs.database.begin() as session:
        talks = list(conversations_of(session, patient.id))
        written.erase(session, patient.id, talks)
        erased = _erase_talks(session, needs, talks)
        threads.forget(session.connection())
        _erase_reports(session, patient.id)
        _erase_person(session, patient.id)
    return Erased(erased, len(coming))


def _coming(needs: Needs, patient_id: str) -> list[Appointment]:
    now = needs.clock()
    visits = needs.schedule.appointments(patient_id)
    return [each for each in visits if each.status in UPCOMING and each.start > now]


def _cancel(needs: Needs, visit: Appointment, actor: str) -> None:
    made = Change(actor, "console", f"erase:{uuid4().hex}", needs.clock())
    try:
        needs.schedule.cancel(visit.ref, made)
    except VisitError:  # it has changed since: whoever asked looks again
        raise VisitsToCome([needs.schedule.appointment(visit.id)]) from None


def _erase_talks(session: Session, needs: Needs, talks: list[str]) -> int:
    """Nothing of it is sent any more, and a conversation under way is over."""
    theirs = select(ConversationRow).where(ConversationRow.id.in_(talks)).with_for_update()
    for row in session.scalars(theirs):
        # A trigger takes what has such a key out of its thread (integrations.database.threads).
        row.key, row.address, row.reply_to = f"erased:{row.id}", ERASED, ""
        row.state, row.closed_at = ConversationState.CLOSED, row.closed_at or needs.clock()
        row.identified, row.call_id, row.flow = False, None, None
    session.execute(
        update(HandoffRow)
        .where(HandoffRow.conversation_id.in_(talks), HandoffRow.closed_at.is_(None))
        .values(closed_at=needs.clock())
    )
    said = MessageRow.conversation_id.in_(talks)
    theirs_said = select(MessageRow.id).where(said)
    forget(session, set(session.scalars(theirs_said)))
    session.execute(delete(LabelRow).where(LabelRow.message_id.in_(theirs_said)))
    for states, ended in (
        ((Delivery.QUEUED, Delivery.SENDING), Delivery.WITHHELD),
        ((Reception.WAITING,), Reception.OVERTAKEN),
    ):
        those = update(MessageRow).where(said, MessageRow.state.in_(states))
        session.execute(those.values(state=ended))
    blank: dict[str, Any] = {"address": ERASED, "reply_to": "", "choices": [], "media": []}
    blank |= dict.fromkeys(("payload", "meant", "location", "provider_id", "template"), None)
    blank |= dict.fromkeys(("unmasked", "call_id", "next_attempt_at"), None)
    blank |= {"seen_to_at": needs.clock(), "seen_to_by": "erasure"}
    left = session.execute(update(MessageRow).where(said, MessageRow.text != "").values(text=""))
    session.execute(update(MessageRow).where(said).values(**blank))
    return int(cast("CursorResult[Any]", left).rowcount)


def _erase_reports(session: Session, patient_id: str) -> None:
    reports = select(ReportRow.id).where(ReportRow.patient_id == patient_id)
    session.execute(delete(ReportOpenedRow).where(ReportOpenedRow.report_id.in_(reports)))
    session.execute(delete(ReportFileRow).where(ReportFileRow.report_id.in_(reports)))
    session.execute(delete(ResultLinkRow).where(ResultLinkRow.patient_id == patient_id))
    session.execute(delete(ReportRow).where(ReportRow.patient_id == patient_id))


def _erase_person(session: Session, patient_id: str) -> None:
    """The person, their addresses with what was agreed there, their waits, and their own words."""
    own = own_addresses(session, patient_id)
    session.execute(update(CallRow).where(CallRow.address.in_(own)).values(address=ERASED))
    session.execute(delete(ConsentRow).where(ConsentRow.address.in_(own)))
    theirs = PatientAddressRow.patient_id == patient_id
    session.execute(delete(PatientAddressRow).where(theirs))
    session.execute(delete(WaitlistRow).where(WaitlistRow.patient_id == patient_id))
    session.execute(delete(RecallRow).where(RecallRow.patient_id == patient_id))
    session.execute(
        update(FeedbackRow).where(FeedbackRow.patient_id == patient_id).values(words="")
    )
    visits = select(AppointmentRow.id).where(AppointmentRow.patient_id == patient_id)
    session.execute(
        update(AppointmentChangeRow)
        .where(AppointmentChangeRow.appointment_id.in_(visits))
        .values(reason=None)
    )
    session.execute(delete(PatientMergeRow).where(PatientMergeRow.kept_id == patient_id))
    person = session.get_one(PatientRow, patient_id)
    person.name, person.birth_date = ERASED, _NO_BIRTH_DATE
