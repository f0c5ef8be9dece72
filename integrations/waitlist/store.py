"""The waitlist and its offers, kept in the database."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, distinct, exists, func, select, update
from sqlalchemy.orm import Session

from clinic.appointments import AppointmentStatus
from clinic.waitlist import FillReport, FreedSlot, Offer, OfferOutcome, Waiting
from integrations.database import Database, be_alone
from integrations.tables import AppointmentRow, OfferRow, SlotRow, WaitlistRow
from integrations.waitlist.freeings import asked, freeings, still_free

_OPEN = OfferRow.outcome == OfferOutcome.OPEN


class DatabaseWaitlist:
    """`clinic.ports.Waitlist` over the clinic's own tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def freed(self, since: datetime, starting: datetime) -> Sequence[FreedSlot]:
        """Slots freed since an instant, free now, that begin at `starting` or later."""
        with self._database.read() as session:
            return [
                FreedSlot(
                    change=change,
                    slot_id=slot.id,
                    start=slot.start,
                    end=slot.end,
                    service=service,
                    branch=slot.branch,
                    practitioner=slot.practitioner,
                    left_by=left_by,
                )
                for change, service, left_by, slot in session.execute(still_free(since, starting))
            ]

    def waiting(self, freed: FreedSlot) -> Sequence[Waiting]:
        """Who waits for that service and branch, was not asked for it yet and has no open offer."""
        to_them = OfferRow.patient_id == WaitlistRow.patient_id
        last_asked = select(func.max(OfferRow.at)).where(to_them).scalar_subquery()
        query = select(WaitlistRow, last_asked).where(
            WaitlistRow.service == freed.service,
            WaitlistRow.branch == freed.branch,
            WaitlistRow.patient_id != freed.left_by,
            ~asked(freed.change),
            ~exists().where(to_them, _OPEN),
        )
        with self._database.read() as session:
            return [
                Waiting(row.patient_id, row.at, row.practitioner, row.notice_hours, last)
                for row, last in session.execute(query)
            ]

    def last_group(self, freed: FreedSlot) -> datetime | None:
        """When the slot was last offered since it was freed."""
        with self._database.read() as session:
            return _last_group(session, freed)

    def offer(
        self,
        freed: FreedSlot,
        patients: Sequence[str],
        at: datetime,
        expires_at: datetime,
        last_group: datetime | None,
    ) -> Sequence[Offer]:
        """Records offers to a group; none where another worker has offered the slot meanwhile."""
        with self._database.begin() as session:
            be_alone(session, "offers")
            if _last_group(session, freed) != last_group:
                return []
            busy = set(session.scalars(select(OfferRow.patient_id).where(_OPEN)))
            rows = [
                OfferRow(
                    id=uuid4().hex,
                    freed=freed.change,
                    slot_id=freed.slot_id,
                    patient_id=patient,
                    service=freed.service,
                    branch=freed.branch,
                    at=at,
                    expires_at=expires_at,
                    told=False,
                    outcome=OfferOutcome.OPEN,
                )
                for patient in patients
                if patient not in busy
            ]
            session.add_all(rows)
            session.flush()
            return [_offer(row, freed.start) for row in rows]

    def untold(self) -> Sequence[Offer]:
        """Open offers whose message is not stored yet, the oldest first."""
        return self._offers(_OPEN, OfferRow.told.is_(False))

    def told(self, offer_id: str) -> bool:
        """The offer's message is stored; False where another worker has noted that."""
        untold = update(OfferRow).where(OfferRow.id == offer_id, OfferRow.told.is_(False))
        with self._database.begin() as session:
            noted = session.scalars(untold.values(told=True).returning(OfferRow.id))
            return noted.first() is not None

    def offer_of(self, offer_id: str) -> Offer | None:
        """The offer, if there is one."""
        return next(iter(self._offers(OfferRow.id == offer_id)), None)

    def offers_to(self, patient_id: str) -> Sequence[Offer]:
        """All offers that were ever made to the patient, the oldest first."""
        return self._offers(OfferRow.patient_id == patient_id)

    def close(self, offer_id: str, outcome: OfferOutcome, at: datetime) -> None:
        """Ends an offer that is still open; an ended one keeps its outcome."""
        with self._database.begin() as session:
            _end(session, at, outcome, OfferRow.id == offer_id)

    def accepted(self, offer: Offer, at: datetime) -> None:
        """The slot is the patient's: off that waitlist, and the slot's other offers are taken."""
        with self._database.begin() as session:
            _accept(session, offer, at)

    def settle(self, now: datetime) -> None:
        """Ends the open offers that have expired, and those whose slot is somebody's by now.

        Who has the slot by an offer and was interrupted before that was noted has accepted it.
        """
        holder = AppointmentRow.patient_id
        holds = (AppointmentRow.slot_id == OfferRow.slot_id) & (
            AppointmentRow.status != AppointmentStatus.CANCELLED
        )
        with self._database.read() as session:
            late = session.scalar(select(exists().where(_OPEN, OfferRow.expires_at <= now)))
            held = session.execute(
                select(OfferRow, SlotRow.start, holder)
                .join(AppointmentRow, holds)
                .join(SlotRow, SlotRow.id == OfferRow.slot_id)
                .where(_OPEN)
            )
            gone = [(_offer(row, start), patient) for row, start, patient in held]
        if not late and not gone:
            return
        with self._database.begin() as session:
            for offer, patient in gone:
                if patient == offer.patient_id:
                    _accept(session, offer, now)
                else:
                    _end(session, now, OfferOutcome.TAKEN, OfferRow.id == offer.id)
            _end(session, now, OfferOutcome.EXPIRED, OfferRow.expires_at <= now)

    def fill_report(self, since: datetime, until: datetime) -> FillReport:
        """What became of the slots freed in [since, until)."""
        freed = freeings(since, until)
        made = OfferRow.freed.in_(select(freed.c.change))
        counts = select(OfferRow.outcome, func.count()).where(made).group_by(OfferRow.outcome)
        slots = select(func.count(distinct(OfferRow.freed))).where(made)
        with self._database.read() as session:
            by = {OfferOutcome(outcome): count for outcome, count in session.execute(counts)}
            return FillReport(
                freed=session.scalar(select(func.count()).select_from(freed)) or 0,
                offered=session.scalar(slots) or 0,
                filled=session.scalar(slots.where(OfferRow.outcome == OfferOutcome.ACCEPTED)) or 0,
                offers=sum(by.values()),
                accepted=by.get(OfferOutcome.ACCEPTED, 0),
                declined=by.get(OfferOutcome.DECLINED, 0),
                taken=by.get(OfferOutcome.TAKEN, 0),
                expired=by.get(OfferOutcome.EXPIRED, 0),
                open=by.get(OfferOutcome.OPEN, 0),
            )

    def _offers(self, *conditions: ColumnElement[bool]) -> list[Offer]:
        query = (
            select(OfferRow, SlotRow.start)
            .join(SlotRow, SlotRow.id == OfferRow.slot_id)
            .where(*conditions)
            .order_by(OfferRow.at, OfferRow.id)
        )
        with self._database.read() as session:
            return [_offer(row, start) for row, start in session.execute(query)]


def _last_group(session: Session, freed: FreedSlot) -> datetime | None:
    newest = (
        select(OfferRow.at)
        .where(OfferRow.freed == freed.change)
        .order_by(OfferRow.at.desc())
        .limit(1)
    )
    return session.scalar(newest)


def _accept(session: Session, offer: Offer, at: datetime) -> None:
    session.execute(
        update(OfferRow)
        .where(OfferRow.id == offer.id, OfferRow.outcome != OfferOutcome.ACCEPTED)
        .values(outcome=OfferOutcome.ACCEPTED, outcome_at=at)
    )
    _end(session, at, OfferOutcome.TAKEN, OfferRow.slot_id == offer.slot_id)
    session.execute(
        delete(WaitlistRow).where(
            WaitlistRow.patient_id == offer.patient_id,
            WaitlistRow.service == offer.service,
            WaitlistRow.branch == offer.branch,
        )
    )


def _end(
    session: Session, at: datetime, outcome: OfferOutcome, *which: ColumnElement[bool]
) -> None:
    session.execute(update(OfferRow).where(_OPEN, *which).values(outcome=outcome, outcome_at=at))


def _offer(row: OfferRow, start: datetime) -> Offer:
    return Offer(
        id=row.id,
        freed=row.freed,
        slot_id=row.slot_id,
        patient_id=row.patient_id,
        service=row.service,
        branch=row.branch,
        start=start,
        at=row.at,
        expires_at=row.expires_at,
        outcome=OfferOutcome(row.outcome),
        outcome_at=row.outcome_at,
    )
