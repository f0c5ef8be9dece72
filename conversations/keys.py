"""To which conversation a message belongs, and what its number tells of country and language.

One patient's SMS, WhatsApp and calls are one conversation. An address that leads to nobody or to
several has its own; a call from such a number lives alone, since nobody knows who picked up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic.addresses import canonical, is_withheld
from clinic.languages import Language
from clinic.patients import Patient
from clinic.ports import Patients
from conversations.model import ConversationState, Inbound
from conversations.tables import ConversationRow

IDLE_OF_PATIENT = timedelta(hours=12)
IDLE_OF_ADDRESS = timedelta(hours=1)
MAX_TURNS = 40
"""After so many turns a new conversation begins as soon as no flow waits: a turn's cost at the
engine grows with the conversation."""
MOST_TURNS = 100
"""And after so many even if one does."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a message comes from: the key of its conversation, and who is surely there.

    call_id: the call in which it is said, if it is.
    """

    key: str
    address: str
    patient: Patient | None
    call_id: str | None = None

    @property
    def in_call_alone(self) -> bool:
        """Whether the conversation lives only as long as the call."""
        return self.key.startswith("call:")


def origin_of(sender: str, call_id: str | None, patients: Patients) -> Origin:
    """The origin of what `sender`, as the provider writes it, says (in the call `call_id`)."""
    address = canonical(sender)
    if call_id is not None and is_withheld(address):
        return Origin(f"call:{call_id}", address, None, call_id)
    people = patients.at_address(address)
    if len(people) == 1:
        return Origin(f"patient:{people[0].id}", address, people[0], call_id)
    key = f"call:{call_id}" if call_id else f"address:{address}"
    return Origin(key, address, None, call_id)


def origin_of_inbound(inbound: Inbound, patients: Patients) -> Origin:
    """The origin of a message."""
    return origin_of(inbound.sender, inbound.call_id, patients)


def is_over(row: ConversationRow, at: datetime) -> bool:
    """Whether the next message begins a new conversation; a person's is never cut."""
    if row.state == ConversationState.PERSON:
        return False
    return is_idle(row, at) or is_long(row)


def is_idle(row: ConversationRow, at: datetime) -> bool:
    """Whether nothing was said for so long that another talk begins."""
    limit = IDLE_OF_PATIENT if row.key.startswith("patient:") else IDLE_OF_ADDRESS
    return at - row.last_at > limit


def is_long(row: ConversationRow) -> bool:
    """Whether the conversation has become dear for the engine."""
    return row.turns >= MOST_TURNS or (row.turns >= MAX_TURNS and row.flow is None)


_COUNTRIES = {"52": "MX", "55": "BR", "1": "US"}
_SPANISH_IN_PLUS_ONE = ("1787", "1939", "1809", "1829", "1849")  # Puerto Rico, Dominican Republic
_ENGLISH = ("1", "44", "61", "64", "353")
_PORTUGUESE = ("55", "351", "244", "258")


def country_of(address: str) -> str | None:
    """The ISO country of a number or of an identity such as "BR.1502"; None when unknown to us."""
    if not address.startswith("+"):
        prefix = address.partition(".")[0]
        return prefix if prefix in _COUNTRIES.values() else None
    digits = address[1:]
    return next((name for code, name in _COUNTRIES.items() if digits.startswith(code)), None)


def language_of(address: str) -> Language:
    """The language in which to begin with an unknown number."""
    country = country_of(address)
    digits = address.removeprefix("+")
    if country == "BR" or (address.startswith("+") and digits.startswith(_PORTUGUESE)):
        return "pt"
    if digits.startswith(_SPANISH_IN_PLUS_ONE):
        return "es"
    if country == "US" or (address.startswith("+") and digits.startswith(_ENGLISH)):
        return "en"
    return "es"
