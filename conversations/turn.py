"""A turn: the message that waits, and what it comes to."""

from dataclasses import dataclass
from datetime import datetime

from conversations.model import Message, Reception, Understanding, Utterance
from conversations.rows import message_of
from conversations.tables import MessageRow

Raised = tuple[str, str]
"""What a person must see to: (kind, reason)."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An inbound message that waits, as its turn needs it."""

    message: Message
    number: int
    reply_to: str
    recipient: str
    call_id: str | None
    raw_payload: str | None
    meant: str | None
    opt_out: str | None
    failures: int
    due_at: datetime

    @property
    def id(self) -> str:
        """The message's id, which is the turn's id."""
        return self.message.id

    @property
    def in_call(self) -> bool:
        """Whether the answer is spoken."""
        return self.call_id is not None


def waiting_of(row: MessageRow) -> Waiting:
    """The waiting message that a row keeps."""
    return Waiting(
        message=message_of(row),
        number=row.number,
        reply_to=row.reply_to,
        recipient=row.recipient,
        call_id=row.call_id,
        raw_payload=row.payload,
        meant=row.meant,
        opt_out=row.opt_out,
        failures=row.failures,
        due_at=row.next_attempt_at or row.at,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn comes to: said, understood, and raised for a person.

    by_engine: `flow` is news. model: the name of the engine's model that answered. silences: a
    STOP, which withholds what else would still go out.
    """

    utterances: tuple[Utterance, ...] = ()
    state: Reception = Reception.ANSWERED
    author: str = "system"
    meant: str | None = None
    understanding: Understanding | None = None
    by_engine: bool = False
    flow: str | None = None
    model: str | None = None
    raised: tuple[Raised, ...] = ()
    silences: bool = False
