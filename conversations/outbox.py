"""The rows of the outbox. Each method is one transaction."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import ColumnElement, and_, case, exists, or_, select, tuple_, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session, aliased

from clinic.languages import Language
from conversations.again import follow_up
from conversations.call_log import LONGEST
from conversations.handoffs import open_handoff
from conversations.model import Delivery, Elsewhere, Outbound, Receipt
from conversations.rows import choices_of, template_of
from conversations.tables import CallRow, MessageRow
from integrations.database import Database

MAX_ATTEMPTS = 6
FIRST_WAIT = timedelta(seconds=5)

Line = tuple[str, str]
"""Channel and sender of a message: what goes out there shares its pace."""

_LOST: Final = frozenset({Delivery.FAILED, Delivery.UNDELIVERED})
_ARRIVED: Final = frozenset({Delivery.DELIVERED, Delivery.READ})

_RANK: Final = {
    Delivery.QUEUED: 0,
    Delivery.SENDING: 0,
    Delivery.ACCEPTED: 1,
    Delivery.SENT: 2,
    Delivery.ANSWERED: 2,
    Delivery.FAILED: 3,
    Delivery.UNDELIVERED: 3,
    Delivery.WITHHELD: 3,
    Delivery.BUSY: 3,
    Delivery.NO_ANSWER: 3,
    Delivery.VOICEMAIL: 4,
    Delivery.DELIVERED: 4,
    Delivery.READ: 5,
    Delivery.SPOKEN: 6,
}
"""A receipt changes a message only towards a higher rank, so that their order does not matter."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """An outbound message in the hands of a worker."""

    id: str
    conversation_id: str
    author: str
    address: str
    at: datetime
    outbound: Outbound
    claimed_at: datetime | None = None
    attempts: int = 0
    instead_of: str | None = None

    @property
    def line(self) -> Line:
        """What shares its pace."""
        return self.outbound.channel, self.outbound.sender

    @property
    def answers(self) -> bool:
        """Whether it answers a patient; the clinic has begun what does not."""
        return self.author != "outreach"


class Outbox:
    """Outbound messages on their way.

    may_text: whether an address (canonical) has not stopped us.
    """

    def __init__(self, database: Database, may_text: Callable[[str], bool]) -> None:
        self._database = database
        self._may_text = may_text

    def due(
        self,
        now: datetime,
        conversation_id: str | None,
        limit: int,
        without: Collection[Line] = (),
    ) -> Sequence[Claimed]:
        """Of every conversation, on each channel, the first that is to go out, if it is due.

        Answers to patients come before what the clinic begins, then the oldest. What is said again
        later holds nothing back, and a call that waits for the morning no answer in writing.
        without: the senders that must wait.
        """
        earlier = aliased(MessageRow)
        held = exists().where(
            earlier.conversation_id == MessageRow.conversation_id,
            earlier.channel == MessageRow.channel,
            earlier.direction == "out",
            earlier.number < MessageRow.number,
            or_(
                and_(
                    earlier.state == Delivery.QUEUED,
                    earlier.next_attempt_at.is_not(None),
                    or_(earlier.instead_of.is_(None), earlier.next_attempt_at <= now),
                ),
                and_(earlier.state == Delivery.SENDING, earlier.uncertain.is_(False)),
            ),
        )
        query = select(MessageRow).where(
            MessageRow.direction == "out",
            MessageRow.state == Delivery.QUEUED,
            MessageRow.next_attempt_at <= now,
            ~held,
        )
        if conversation_id is not None:
            query = query.where(MessageRow.conversation_id == conversation_id)
        if without:
            line = tuple_(MessageRow.channel, MessageRow.recipient)
            query = query.where(line.not_in(list(without)))
        begun = case((MessageRow.author == "outreach", 1), else_=0)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(begun, MessageRow.number).limit(limit)).all()
            return [claimed(row, _silence(session, row, now)) for row in rows]

    def claim(self, message_id: str, now: datetime) -> bool:
        """Takes a queued message that is due; False when another worker has or had it."""
        return self._change(
            message_id,
            MessageRow.state == Delivery.QUEUED,
            MessageRow.next_attempt_at <= now,
            state=Delivery.SENDING,
            claimed_at=now,
            uncertain=False,
            next_attempt_at=None,
            attempts=MessageRow.attempts + 1,
        )

    def accept(self, message_id: str, provider_id: str) -> None:
        """The provider has it. A receipt may have come before and told more."""
        with self._database.begin() as session:
            change(session, message_id, MessageRow.provider_id.is_(None), provider_id=provider_id)
            change(
                session,
                message_id,
                MessageRow.state == Delivery.SENDING,
                state=Delivery.ACCEPTED,
                uncertain=False,
                error_code=None,
                unmasked=FORGOTTEN,
            )

    def retry(self, message_id: str, code: str, now: datetime) -> bool:
        """Queues it again for later; False when that was its last attempt."""
        with self._database.begin() as session:
            row = _row(session, message_id)
            if row.state != Delivery.SENDING:
                return True  # a receipt has come: the provider has it after all
            if row.attempts >= MAX_ATTEMPTS:
                return False
            row.state, row.error_code = Delivery.QUEUED, code
            row.next_attempt_at = now + FIRST_WAIT * 2 ** (row.attempts - 1)
            return True

    def put_back(self, message_id: str, until: datetime, code: str | None = None) -> None:
        """It was not tried: the sender must wait. A code says what the provider complained of."""
        self._change(
            message_id,
            MessageRow.state == Delivery.SENDING,
            state=Delivery.QUEUED,
            claimed_at=None,
            next_attempt_at=until,
            attempts=MessageRow.attempts - 1,
            **({"error_code": code} if code else {}),
        )

    def is_on_the_phone(self, address: str, message_id: str, now: datetime) -> bool:
        """Whether another call with the address rings or is under way."""
        rings = exists().where(
            MessageRow.address == address,
            MessageRow.id != message_id,
            MessageRow.direction == "out",
            MessageRow.channel
            == select(MessageRow.channel).where(MessageRow.id == message_id).scalar_subquery(),
            MessageRow.state.in_((Delivery.SENDING, Delivery.ACCEPTED)),
            MessageRow.claimed_at > now - LONGEST,
        )
        talks = exists().where(
            CallRow.address == address, CallRow.at > now - LONGEST, CallRow.ended_at.is_(None)
        )
        with self._database.read() as session:
            return bool(session.scalar(select(or_(rings, talks))))

    def withhold(self, message_id: str, code: str) -> None:
        """It was not sent: the address wants nothing more."""
        sending = MessageRow.state == Delivery.SENDING
        self._change(
            message_id, sending, state=Delivery.WITHHELD, error_code=code, unmasked=FORGOTTEN
        )

    def mark_uncertain(self, message_id: str, code: str, look_at: datetime) -> None:
        """Whether the provider took it is not known; when to ask for it."""
        self._change(
            message_id,
            MessageRow.state == Delivery.SENDING,
            uncertain=True,
            error_code=code,
            next_attempt_at=look_at,
        )

    def fail(
        self,
        message_id: str,
        code: str,
        now: datetime,
        *,
        alert: bool = False,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """It was not sent, and follows `elsewhere` where it can.

        alert: the fault is ours and the staff are told.
        """
        with self._database.begin() as session:
            row = _row(session, message_id)
            if row.state != Delivery.SENDING:
                return
            row.state, row.error_code = Delivery.FAILED, code
            row.uncertain, row.next_attempt_at = False, None
            _forget(row)
            why = Receipt("", Delivery.FAILED, error_code=code, elsewhere=elsewhere)
            follow_up(session, row, why, now, self._may_text)
            if alert:
                open_handoff(session, row.conversation_id, "alert", "delivery", now)

    def arrived(self, message_id: str) -> bool:
        """Whether the patient has it after all."""
        with self._database.read() as session:
            state = select(MessageRow.state).where(MessageRow.id == message_id)
            return session.scalar(state) in _ARRIVED

    def apply(self, receipt: Receipt, now: datetime) -> Claimed | None:
        """Keeps a receipt; the message it is about, or None. What did not arrive is followed up."""
        with self._database.begin() as session:
            row = _meant_by(session, receipt)
            if row is None:
                return None
            row.provider_id = row.provider_id or receipt.provider_id
            known = 0 if row.uncertain else _RANK[Delivery(row.state)]
            if _RANK[receipt.state] > known:
                row.state = Delivery.WITHHELD if receipt.opted_out else receipt.state
                row.error_code = receipt.error_code
                row.uncertain, row.next_attempt_at = False, None
                _forget(row)
                if row.state in _LOST:
                    follow_up(session, row, receipt, now, self._may_text)
            return claimed(row)

    def _change(self, message_id: str, *conditions: ColumnElement[bool], **values: object) -> bool:
        with self._database.begin() as session:
            return change(session, message_id, *conditions, **values)


def change(
    session: Session, message_id: str, *conditions: ColumnElement[bool], **values: object
) -> bool:
    """Changes a message where the conditions still hold; whether they did."""
    changing = update(MessageRow).where(MessageRow.id == message_id, *conditions)
    result = session.execute(changing.values(**values))
    return cast("CursorResult[object]", result).rowcount == 1


def _meant_by(session: Session, receipt: Receipt) -> MessageRow | None:
    """Our own id, where the callback carries it, else the provider's."""
    query = select(MessageRow).where(MessageRow.direction == "out").with_for_update()
    if receipt.message_id is not None:
        return session.scalars(query.where(MessageRow.id == receipt.message_id)).first()
    return session.scalars(query.where(MessageRow.provider_id == receipt.provider_id)).first()


def _row(session: Session, message_id: str) -> MessageRow:
    return session.scalars(
        select(MessageRow).where(MessageRow.id == message_id).with_for_update()
    ).one()


FORGOTTEN: Final = case((MessageRow.unmasked.is_not(None), ""))
"""What is left of a secret that was sent: that there was one, so that nobody says it again."""


def _forget(row: MessageRow) -> None:
    if row.unmasked is not None:
        row.unmasked = ""


def _silence(session: Session, row: MessageRow, now: datetime) -> timedelta | None:
    """See Outbound.silence; asked when it is sent, since a message may wait past the window."""
    if row.template is None:
        return None
    heard_at = session.scalar(
        select(MessageRow.at)
        .where(
            MessageRow.address == row.address,
            MessageRow.channel == row.channel,
            MessageRow.direction == "in",
            MessageRow.call_id.is_(None),
        )
        .order_by(MessageRow.number.desc())
        .limit(1)
    )
    return None if heard_at is None else now - heard_at


def claimed(row: MessageRow, silence: timedelta | None = None) -> Claimed:
    """The message as a worker takes it in hand; silence: see Outbound."""
    return Claimed(
        id=row.id,
        conversation_id=row.conversation_id,
        author=row.author,
        address=row.address,
        at=row.at,
        outbound=Outbound(
            id=row.id,
            channel=row.channel,
            to=row.reply_to,
            sender=row.recipient,
            text=row.unmasked or row.text,
            language=cast("Language", row.language or "es"),
            choices=choices_of(row.choices),
            template=template_of(row),
            silence=silence,
        ),
        claimed_at=row.claimed_at,
        attempts=row.attempts,
        instead_of=row.instead_of,
    )
