"""What an address agreed to or refused, purpose by purpose."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What the clinic begins of its own accord. The first two hold until somebody says no."""

    MESSAGES = "messages"  # that the clinic writes or calls at all; a STOP withdraws this
    CALLS = "calls"  # automatic calls
    NEWS = "news"  # what is not about the patient's own visits: only for who asked for it


@dataclass(frozen=True, slots=True)
class Consent:
    """A yes or no, with the words that were used and the channel they came by. `at` is UTC."""

    address: str
    purpose: Purpose
    given: bool
    channel: str
    words: str
    at: datetime
