"""Campaigns, kept in the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from clinic.appointments import AppointmentStatus, VisitRef
from clinic.campaigns import (
    Campaign,
    CampaignEvent,
    CampaignKind,
    CampaignState,
    CampaignUnknown,
    MoveReason,
    NewCampaign,
    Recipient,
    RecipientState,
    Span,
    Why,
)
from integrations.campaigns.closing import closes_slot
from integrations.campaigns.tables import CampaignEventRow, CampaignRecipientRow, CampaignRow
from integrations.database import Database, be_alone
from integrations.tables import AppointmentRow, SlotRow


class DatabaseCampaigns:
    """`clinic.ports.Campaigns` over tables of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self, what: NewCampaign, recipients: Sequence[Recipient], by: str, at: datetime
    ) -> Campaign:
        """Keeps a campaign; one begun by the same form, or about the same visits, holds."""
        with self._database.begin() as session:
            be_alone(session, "campaigns")
            if known := session.scalar(select(CampaignRow).where(CampaignRow.key == what.key)):
                return _campaign(known)
            others = _given_up(session, at)
            mine = [each for each in recipients if each.about not in others]
            if not mine:
                if not recipients:
                    raise ValueError("a campaign needs somebody to tell")
                return _campaign(session.get_one(CampaignRow, others[recipients[0].about]))
            row = _new_row(what, by, at)
            session.add(row)
            session.flush()
            session.add_all(_recipient_row(row.id, each) for each in mine)
            _keep_event(session, row.id, "begun", by, at)
            return _campaign(row)

    def campaign(self, campaign_id: str) -> Campaign:
        """Raises CampaignUnknown."""
        with self._database.read() as session:
            row = session.get(CampaignRow, campaign_id)
            if row is None:
                raise CampaignUnknown
            return _campaign(row)

    def with_key(self, key: str) -> Campaign | None:
        """The one that was begun with this key, if any."""
        with self._database.read() as session:
            row = session.scalar(select(CampaignRow).where(CampaignRow.key == key))
            return _campaign(row) if row else None

    def campaigns(self, limit: int) -> Sequence[Campaign]:
        """The newest first."""
        newest = select(CampaignRow).order_by(CampaignRow.begun_at.desc(), CampaignRow.id)
        with self._database.read() as session:
            return [_campaign(row) for row in session.scalars(newest.limit(limit))]

    def at_work(self) -> Sequence[Campaign]:
        """Those that have somebody to tell now, or visits to cancel; the oldest first."""
        waits = exists().where(
            CampaignRecipientRow.campaign_id == CampaignRow.id,
            CampaignRecipientRow.state == RecipientState.WAITING,
        )
        query = (
            select(CampaignRow)
            .where(or_(CampaignRow.closing, (CampaignRow.state == CampaignState.RUNNING) & waits))
            .order_by(CampaignRow.begun_at, CampaignRow.id)
        )
        with self._database.read() as session:
            return [_campaign(row) for row in session.scalars(query)]

    def recipients(self, campaign_id: str, *states: RecipientState) -> Sequence[Recipient]:
        """All of a campaign, or those in one of the states, in the order in which they came."""
        query = select(CampaignRecipientRow).where(CampaignRecipientRow.campaign_id == campaign_id)
        if states:
            query = query.where(CampaignRecipientRow.state.in_(states))
        with self._database.read() as session:
            return [
                _recipient(row) for row in session.scalars(query.order_by(CampaignRecipientRow.id))
            ]

    def note(
        self, campaign_id: str, recipient: Recipient, state: RecipientState, why: Why | None = None
    ) -> None:
        """How far it has come with a recipient."""
        row = CampaignRecipientRow
        visit = recipient.visit.id if recipient.visit else None
        noting = update(row).where(
            row.campaign_id == campaign_id,
            row.patient_id == recipient.patient_id,
            row.visit_id.is_(None) if visit is None else row.visit_id == visit,
        )
        with self._database.begin() as session:
            session.execute(noting.values(state=state, why=why))

    def pause(self, campaign_id: str, by: str, at: datetime) -> None:
        """Nobody more is told until it is resumed."""
        with self._database.begin() as session:
            row = _locked(session, campaign_id)
            if row.state == CampaignState.RUNNING:
                row.state = CampaignState.PAUSED
                _keep_event(session, campaign_id, "paused", by, at)

    def resume(self, campaign_id: str, by: str, at: datetime) -> None:
        """Goes on with a paused one."""
        with self._database.begin() as session:
            row = _locked(session, campaign_id)
            if row.state == CampaignState.PAUSED:
                row.state = CampaignState.RUNNING
                _keep_event(session, campaign_id, "resumed", by, at)

    def stop(self, campaign_id: str, by: str, at: datetime) -> None:
        """Ends it: who was not told yet never is."""
        waiting = update(CampaignRecipientRow).where(
            CampaignRecipientRow.campaign_id == campaign_id,
            CampaignRecipientRow.state == RecipientState.WAITING,
        )
        with self._database.begin() as session:
            row = _locked(session, campaign_id)
            if row.state != CampaignState.STOPPED:
                row.state, row.closing = CampaignState.STOPPED, False
                session.execute(waiting.values(state=RecipientState.STOPPED))
                _keep_event(session, campaign_id, "stopped", by, at)

    def open_span(self, campaign_id: str, by: str, at: datetime) -> None:
        """Lets its times be booked again."""
        with self._database.begin() as session:
            row = _locked(session, campaign_id)
            if row.closed:
                row.closed = False
                _keep_event(session, campaign_id, "opened", by, at)

    def close_rest(self, campaign_id: str, by: str, at: datetime) -> None:
        """From now on the visits of those who were told and did not answer are cancelled."""
        with self._database.begin() as session:
            row = _locked(session, campaign_id)
            if row.kind == CampaignKind.MOVE and not row.closing:
                row.closing = True
                _keep_event(session, campaign_id, "closing", by, at)

    def rest_closed(self, campaign_id: str) -> None:
        """There are none left."""
        with self._database.begin() as session:
            _locked(session, campaign_id).closing = False

    def given_up(self, since: datetime) -> Mapping[str, str]:
        """The visits that stand in times which a campaign about them has closed, with its id."""
        with self._database.read() as session:
            return _given_up(session, since)

    def events(self, campaign_id: str) -> Sequence[CampaignEvent]:
        """Who did what with it, the oldest first."""
        query = select(CampaignEventRow).where(CampaignEventRow.campaign_id == campaign_id)
        with self._database.read() as session:
            return [
                CampaignEvent(row.event, row.by, row.at)
                for row in session.scalars(query.order_by(CampaignEventRow.id))
            ]


def _given_up(session: Session, since: datetime) -> dict[str, str]:
    row = CampaignRecipientRow
    query = (
        select(row.visit_id, row.campaign_id)
        .join(CampaignRow, CampaignRow.id == row.campaign_id)
        .join(AppointmentRow, AppointmentRow.id == row.visit_id)
        .join(SlotRow, SlotRow.id == AppointmentRow.slot_id)
        .where(
            row.state != RecipientState.STOPPED,
            AppointmentRow.status != AppointmentStatus.CANCELLED,
            CampaignRow.end > since,
            closes_slot(),
        )
        .order_by(row.id)
    )
    return {str(visit): campaign for visit, campaign in session.execute(query)}


def _locked(session: Session, campaign_id: str) -> CampaignRow:
    row = session.get(CampaignRow, campaign_id, with_for_update=True)
    if row is None:
        raise CampaignUnknown
    return row


def _keep_event(session: Session, campaign_id: str, event: str, by: str, at: datetime) -> None:
    session.add(CampaignEventRow(campaign_id=campaign_id, event=event, by=by, at=at))


def _new_row(what: NewCampaign, by: str, at: datetime) -> CampaignRow:
    span = what.span
    return CampaignRow(
        id=uuid4().hex,
        key=what.key,
        kind=what.kind,
        branch=what.branch,
        practitioner=span.practitioner if span else None,
        start=span.start if span else None,
        end=span.end if span else None,
        reason=what.reason,
        texts=dict(what.texts) if what.texts else None,
        state=CampaignState.RUNNING,
        closed=span is not None,
        closing=False,
        begun_by=by,
        begun_at=at,
    )


def _recipient_row(campaign_id: str, recipient: Recipient) -> CampaignRecipientRow:
    visit = recipient.visit
    return CampaignRecipientRow(
        campaign_id=campaign_id,
        patient_id=recipient.patient_id,
        visit_id=visit.id if visit else None,
        version=visit.version if visit else None,
        state=recipient.state,
        why=recipient.why,
    )


def _recipient(row: CampaignRecipientRow) -> Recipient:
    return Recipient(
        row.patient_id,
        VisitRef(row.visit_id, row.version or 0) if row.visit_id else None,
        RecipientState(row.state),
        Why(row.why) if row.why else None,
    )


def _campaign(row: CampaignRow) -> Campaign:
    span = Span(row.branch, row.start, row.end, row.practitioner) if row.start and row.end else None
    what = NewCampaign(
        row.key,
        CampaignKind(row.kind),
        row.branch,
        span,
        MoveReason(row.reason) if row.reason else None,
        row.texts,
    )
    return Campaign(
        row.id,
        what,
        CampaignState(row.state),
        row.begun_by,
        row.begun_at,
        row.closed,
        row.closing,
    )
