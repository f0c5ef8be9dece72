"""The contract of a channel. The core asks `capabilities`, never the name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from conversations.model import Inbound, Outbound, Receipt


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can carry.

    max_chars: of one message. tappable: up to how many choices can be tapped (0: the patient
    answers with the digit). spoken: words are heard, not read. immediate: the answer belongs in
    the webhook's own response. service_window: how long after the patient's last message free
    text may be sent, None without limit.
    """

    max_chars: int
    tappable: int = 0
    spoken: bool = False
    immediate: bool = False
    service_window: timedelta | None = None


class Unreadable(Exception):
    """The request is not what this channel's provider sends; the text says what is wrong."""


class Channel(Protocol):
    """All that a new channel implements; `channels/<name>/__init__.py` offers it as `create`."""

    name: str
    capabilities: Capabilities

    def parse(self, form: Mapping[str, str], at: datetime) -> Inbound:
        """Reads a webhook's parameters. Raises Unreadable."""

    def receipt(self, form: Mapping[str, str]) -> Receipt | None:
        """Reads a status callback; None for a state that tells nothing. Raises Unreadable."""

    def send(self, message: Outbound) -> str:
        """Hands the message over; returns the provider's id.

        Raises conversations.ports.SendFailed.
        """


@dataclass(frozen=True, slots=True)
class Callback:
    """A provider's request to us, its signature already checked.

    form: what the provider says. args: what we ourselves had put into the address. at: UTC.
    """

    form: Mapping[str, str]
    args: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What the provider is answered."""

    body: str = ""
    status: int = 200
    mimetype: str = "text/xml"


Route = Callable[[Callback], Reply]


class Answerer(Protocol):
    """What a channel adds whose answer belongs in the webhook's own response."""

    def routes(self) -> Mapping[str, Route]:
        """Its routes by path below the channel's own; "" is the entry. They raise Unreadable."""
