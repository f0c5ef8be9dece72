"""The waitlist and its offers, kept in the database."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, distinct, exists, func, select, update
from sqlalchemy.orm import Session

from clinic.appointments import AppointmentStatus
from clinic.waitlist import FillReport, FreedSlot, Offer, OfferOutcome
from integrations.database import be_alone
from integrations.tables import AppointmentRow, OfferRow, SlotRow
from integrations.waitlist.freeings import all_freed, still_free
from integrations.waitlist.queue import DatabaseQueue, take_off, who_was_seen

_OPEN = OfferRow.outcome == OfferOutcome.OPEN


class DatabaseWaitlist(DatabaseQueue):
    """`clinic.ports.Waitlist` over the clinic's own tables."""

    def freed(self, since: datetime, starting: datetime) -> Sequence[FreedSlot]:
        """Slots freed since an instant, free now, that begin at `starting` or later."""
        return self._freed(still_free(since, starting))

    def all_freed(self, since: datetime, until: datetime) -> Sequence[FreedSlot]:
        """Every slot freed in [since, until), the latest first, whatever became of it."""
        return self._freed(all_freed(since, until))

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

    def offers_of(self, freed: FreedSlot) -> Sequence[Offer]:
        """The offers made of a slot since it was freed, the oldest first."""
        return self._offers(OfferRow.freed == freed.change)

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
        Who was seen for what they wait for, since they began to, waits no longer.
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
            seen = who_was_seen(session)
        if not late and not gone and not seen:
            return
        with self._database.begin() as session:
            for offer, patient in gone:
                if patient == offer.patient_id:
                    _accept(session, offer, now)
                else:
                    _end(session, now, OfferOutcome.TAKEN, OfferRow.id == offer.id)
            _end(session, now, OfferOutcome.EXPIRED, OfferRow.expires_at <= now)
            for patient_id, service, branch in seen:
                take_off(session, patient_id, service, branch)

    def fill_report(
        self, since: datetime, until: datetime, branch: str | None = None
    ) -> FillReport:
        """What became of the slots freed in [since, until), at all branches or one."""
        freed = all_freed(since, until, branch).order_by(None).subquery()
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

    def _freed(self, query: Select[int, datetime, str, str, SlotRow]) -> list[FreedSlot]:
        with self._database.read() as session:
            return [
                FreedSlot(
                    change=change,
                    at=at,
                    slot_id=slot.id,
                    start=slot.start,
                    end=slot.end,
                    service=service,
                    branch=slot.branch,
                    practitioner=slot.practitioner,
                    left_by=left_by,
                )
                for change, at, service, left_by, slot in session.execute(query)
            ]

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
    take_off(session, offer.patient_id, offer.service, offer.branch)


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
