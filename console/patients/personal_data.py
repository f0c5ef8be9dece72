"""All that is held on a patient, section by section, in plain words: what an export contains."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from clinic.patients import Patient
from console.inbox import written
from console.needs import Needs
from console.schedule.visits import VisitReader
from console.tables import AuditRow
from conversations.tables import CallRow, ConversationRow, MessageRow
from integrations.tables import KeptQuoteRow, PatientAddressRow, RecallRow

Line = Mapping[str, str]
Sections = Mapping[str, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class KeptQuote:
    """A price as it was told: codes, and minor units with taxes. at: UTC."""

    at: datetime
    service: str
    branch: str
    total: int
    currency: str


def collect(needs: Needs, patient: Patient) -> Sections:
    """The patient's data by section; instants are ISO, UTC. Names are in the patient's language.

    Of a shared phone only what is surely the patient's: talk in which nobody said who they are may
    be somebody else's of the family.
    """
    reader = VisitReader(needs, patient.language)
    addresses = needs.patients.addresses(patient.id)
    with needs.database.read() as session:
        talks = conversations_of(session, patient.id)
        spoken = _messages(session, talks)
        quotes = quotes_told(session, talks)
        looks = _looks(session, needs, patient.id)
        calls = _calls(session, patient.id)
        recalls = _recalls(session, patient.id, reader)
        noted, tags = written.of(session, patient.id, talks)
    return {
        "person": [
            _line(name=patient.name, birth_date=patient.birth_date, language=patient.language)
        ],
        "addresses": [_line(address=each) for each in addresses],
        "consents": [
            _line(**asdict(each)) for one in addresses for each in needs.patients.consents(one)
        ],
        "visits": _visits(needs, patient.id, reader),
        "visit_changes": _changes(needs, patient.id),
        "waitlist": _waits(needs, patient.id, reader),
        "offers": _offers(needs, patient.id, reader),
        "recalls": recalls,
        "feedback": _feedback(needs, patient.id, reader),
        "calls": calls,
        "messages": spoken,
        "notes": [
            _line(at=each.at, text=each.text) for each in noted if each.taken_back_by is None
        ],
        "tags": [_line(text=each) for each in tags],
        "quotes": [
            _line(
                at=each.at,
                service=reader.service(each.service),
                branch=reader.branch(each.branch),
                total_minor=each.total,
                currency=each.currency,
            )
            for each in quotes
        ],
        "reports": [
            _line(at=each.at, service=reader.service(each.service), status=each.status)
            for each in needs.results.reports(patient.id)
        ],
        "looks": looks,
    }


def conversations_of(session: Session, patient_id: str) -> Sequence[str]:
    """The ids of the patient's conversations, and of those at an address that is theirs alone."""
    query = select(ConversationRow.id).where(
        or_(
            ConversationRow.patient_id == patient_id,
            ConversationRow.patient_id.is_(None)
            & ConversationRow.address.in_(own_addresses(session, patient_id)),
        )
    )
    return session.scalars(query).all()


def own_addresses(session: Session, patient_id: str) -> Sequence[str]:
    """The patient's addresses that nobody shares."""
    others = select(PatientAddressRow.address).where(PatientAddressRow.patient_id != patient_id)
    query = select(PatientAddressRow.address).where(
        PatientAddressRow.patient_id == patient_id, PatientAddressRow.address.not_in(others)
    )
    return session.scalars(query).all()


def _visits(needs: Needs, patient_id: str, reader: VisitReader) -> list[Line]:
    shown = [reader.read(each) for each in needs.schedule.appointments(patient_id)]
    return [
        _line(
            start=each.start,
            service=each.service,
            practitioner=each.practitioner,
            branch=each.branch.name,
            status=each.status,
        )
        for each in shown
    ]


def _waits(needs: Needs, patient_id: str, reader: VisitReader) -> list[Line]:
    return [
        _line(
            service=reader.service(each.service), branch=reader.branch(each.branch), at=each.since
        )
        for each in needs.waitlist.waits_of(patient_id)
    ]


def _feedback(needs: Needs, patient_id: str, reader: VisitReader) -> list[Line]:
    return [
        _line(
            at=each.at,
            service=reader.service(each.service),
            branch=reader.branch(each.branch),
            score=each.score,
            words=each.words,
        )
        for each in needs.feedbacks.of_patient(patient_id)
    ]


def _offers(needs: Needs, patient_id: str, reader: VisitReader) -> list[Line]:
    return [
        _line(
            at=each.at,
            service=reader.service(each.service),
            branch=reader.branch(each.branch),
            start=each.start,
            status=each.outcome,
        )
        for each in needs.waitlist.offers_to(patient_id)
    ]


def _changes(needs: Needs, patient_id: str) -> list[Line]:
    """By whom of the staff is not the patient's data."""
    return [
        _line(
            start=visit.start,
            at=entry.change.at,
            event=entry.event,
            actor=entry.change.actor.partition(":")[0],
            channel=entry.change.channel,
            reason=entry.change.reason,
        )
        for visit in needs.schedule.appointments(patient_id)
        for entry in needs.schedule.history(visit.id)
    ]


def _messages(session: Session, talks: Sequence[str]) -> list[Line]:
    query = (
        select(MessageRow)
        .where(MessageRow.conversation_id.in_(talks))
        .order_by(MessageRow.at, MessageRow.number)
    )
    return [
        _line(
            at=row.at,
            channel=row.channel,
            direction=row.direction,
            address=row.address,
            text=row.text,
            intent=row.intent,
            status=row.state,
        )
        for row in session.scalars(query)
    ]


def quotes_told(session: Session, talks: Sequence[str]) -> Sequence[KeptQuote]:
    """The prices that were told in those conversations, the oldest first."""
    query = select(KeptQuoteRow).where(KeptQuoteRow.conversation_id.in_(talks))
    return [
        KeptQuote(row.at, row.service, row.branch, row.total, row.currency)
        for row in session.scalars(query.order_by(KeptQuoteRow.at, KeptQuoteRow.id))
    ]


def _looks(session: Session, needs: Needs, patient_id: str) -> list[Line]:
    visits = [each.id for each in needs.schedule.appointments(patient_id)]
    query = (
        select(AuditRow)
        .where(
            or_(
                (AuditRow.subject == "patient") & (AuditRow.subject_id == patient_id),
                (AuditRow.subject == "visit") & AuditRow.subject_id.in_(visits),
            )
        )
        .order_by(AuditRow.id)
    )
    return [_line(at=row.at, role=row.role, event=row.action) for row in session.scalars(query)]


def _calls(session: Session, patient_id: str) -> list[Line]:
    theirs = CallRow.address.in_(own_addresses(session, patient_id))
    query = select(CallRow).where(theirs).order_by(CallRow.at, CallRow.id)
    return [
        _line(at=row.at, direction="in" if row.message_id is None else "out", address=row.address)
        for row in session.scalars(query)
    ]


def _recalls(session: Session, patient_id: str, reader: VisitReader) -> list[Line]:
    """Of what the patient does not want to be reminded; no day means never again."""
    query = select(RecallRow).filter_by(patient_id=patient_id).order_by(RecallRow.service)
    return [
        _line(service=reader.service(row.service), put_off_until=row.put_off_until)
        for row in session.scalars(query)
    ]


def _line(**values: Any) -> Line:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)
