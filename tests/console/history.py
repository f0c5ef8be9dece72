"""What happened at a small clinic, written into its tables as it would have been left there."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from console.insights.asked import Filters, Period
from conversations.model import Delivery, Reception
from conversations.tables import ConversationRow, HandoffRow, MessageRow
from integrations.database import Base, Database
from integrations.tables import (
    AppointmentChangeRow,
    AppointmentRow,
    OfferRow,
    PatientRow,
    SlotRow,
)

MEXICO, BRAZIL = ZoneInfo("America/Mexico_City"), ZoneInfo("America/Sao_Paulo")
EVERYWHERE = Filters({"roma": MEXICO, "paulista": BRAZIL}, everywhere=True)
ROMA = Filters({"roma": MEXICO}, everywhere=False)
MARCH = Period(date(2026, 3, 2), date(2026, 3, 15), datetime(2026, 4, 1, tzinfo=UTC))


def at(day: int, hour: int, minute: int = 0, zone: ZoneInfo = MEXICO) -> datetime:
    """A moment in March 2026, in wall time."""
    return datetime(2026, 3, day, hour, minute, tzinfo=zone)


@dataclass
class History:
    """Adds to the past of the clinic of tests/console/conftest.py."""

    database: Database
    numbers: "count[int]" = field(default_factory=count)

    def _id(self, kind: str) -> str:
        return f"{kind}{next(self.numbers)}"

    def _add(self, *rows: Base) -> None:
        with Session(self.database.engine, expire_on_commit=False) as session, session.begin():
            for row in rows:
                session.add(row)
                session.flush()

    def patient(self, language: str = "es") -> str:
        row = PatientRow(
            id=self._id("p"), name="Ana Torres", birth_date=date(1988, 3, 14), language=language
        )
        self._add(row)
        return row.id

    def visit(
        self,
        start: datetime,
        status: str = "booked",
        *,
        branch: str = "roma",
        patient: str = "",
        channel: str = "sms",
    ) -> tuple[str, str]:
        """Returns the visit and its slot."""
        patient = patient or self.patient()
        slot = SlotRow(
            id=self._id("s"),
            practitioner=f"derma-{branch}",
            branch=branch,
            start=start,
            end=start + timedelta(minutes=30),
            minutes=30,
        )
        visit = AppointmentRow(
            id=self._id("v"),
            version=1,
            status=status,
            slot_id=slot.id,
            service="derma",
            patient_id=patient,
        )
        self._add(slot, visit)
        self.change((visit.id, slot.id), "booked", start - timedelta(days=20), channel=channel)
        return visit.id, slot.id

    def take(self, slot: str) -> None:
        """Somebody has a slot that another visit left."""
        self._add(
            AppointmentRow(
                id=self._id("v"),
                version=1,
                status="booked",
                slot_id=slot,
                service="derma",
                patient_id=self.patient(),
            )
        )

    def change(
        self,
        visit: tuple[str, str],
        event: str,
        when: datetime,
        *,
        channel: str = "sms",
        actor: str = "patient",
    ) -> int:
        row = AppointmentChangeRow(
            appointment_id=visit[0],
            version=1,
            event=event,
            status=event,
            slot_id=visit[1],
            actor=actor,
            channel=channel,
            at=when,
            reason=None,
            key=self._id("c"),
            request={},
        )
        self._add(row)
        return row.id

    def talk(
        self,
        when: datetime,
        address: str = "+525500000001",
        *,
        channel: str = "sms",
        **more: object,
    ) -> str:
        values: dict[str, object] = {
            "patient_id": None,
            "language": "es",
            "state": "closed",
            "flow": None,
            "taken_by": None,
            "last_at": when,
            **more,
        }
        identifier = self._id("t")
        self._add(
            ConversationRow(
                id=identifier,
                key=identifier,
                channel=channel,
                address=address,
                reply_to=address,
                recipient="+525550000100",
                opened_at=when,
                **values,
            )
        )
        return identifier

    def hear(self, talk: str, when: datetime, intent: str | None = None, **more: str) -> None:
        self._message(talk, when, "in", state=Reception.ANSWERED, intent=intent, **more)

    def say(self, talk: str, when: datetime, **more: str | None) -> None:
        self._message(talk, when, "out", **{"state": Delivery.DELIVERED, "author": "bot", **more})

    def remind(self, talk: str, visit: tuple[str, str], when: datetime, **more: str) -> None:
        hours = more.pop("hours", "24")
        key = f"reminder:{visit[0]}:{visit[1]}:{hours}"
        self.say(talk, when, author="outreach", key=key, **more)

    def handoff(self, talk: str, opened: datetime, **more: object) -> None:
        values = {"kind": "handoff", "reason": "wish", **more}
        self._add(HandoffRow(id=self._id("h"), conversation_id=talk, opened_at=opened, **values))

    def offer(self, change: int, slot: str, when: datetime, outcome: str) -> None:
        self._add(
            OfferRow(
                id=self._id("o"),
                freed=change,
                slot_id=slot,
                patient_id=self.patient(),
                service="derma",
                branch="roma",
                at=when,
                expires_at=when,
                outcome=outcome,
            )
        )

    def _message(self, talk: str, when: datetime, direction: str, **more: str | None) -> None:
        with self.database.begin() as session:
            row = session.query(ConversationRow).filter_by(id=talk).one()
            values = {"channel": row.channel, "author": "patient", **more}
            identifier = self._id("m")
            session.add(
                MessageRow(
                    id=identifier,
                    provider_id=identifier,
                    conversation_id=talk,
                    at=when,
                    direction=direction,
                    address=row.address,
                    reply_to=row.address,
                    recipient=row.recipient,
                    text="",
                    **values,
                )
            )
