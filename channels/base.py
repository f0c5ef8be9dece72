"""The contract of a channel. The core asks `capabilities`, never the name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol, TypeGuard

from clinic.languages import Language
from conversations.model import Inbound, Outbound, Receipt

_MARGIN: Final = timedelta(minutes=10)
"""A window that closes while the message is on its way would lose it."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can carry.

    max_chars: of one message. tappable: up to how many choices can be tapped (0: the patient
    answers with the digit). spoken: words are heard, not read. immediate: the answer belongs in
    the webhook's own response. service_window: how long after the patient's last message free
    text may be sent, None without limit. templates: outside that window approved words may be
    sent; such a channel is a TemplateChannel.
    """

    max_chars: int
    tappable: int = 0
    spoken: bool = False
    immediate: bool = False
    service_window: timedelta | None = None
    templates: bool = False

    def takes_free_text(self, silence: timedelta | None) -> bool:
        """Whether free text may go to who last wrote there so long ago (None: never)."""
        window = self.service_window
        return window is None or (silence is not None and silence < window - _MARGIN)


class Unreadable(Exception):
    """The request is not what this channel's provider sends; the text says what is wrong."""


class Channel(Protocol):
    """All that a new channel implements; `channels/<name>/__init__.py` offers it as `create`.

    It may also be a Finder and Paced (`conversations.ports`), where its provider can be asked what
    it took and has a rate.
    """

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
class TemplateText:
    """Words put before a provider for approval.

    name: unique for these very words. body: with {{1}}, {{2}}, ... where values go. samples: a
    value for each of them. buttons: their titles; what they carry are the variables that follow.
    """

    name: str
    language: Language
    body: str
    samples: tuple[str, ...]
    buttons: tuple[str, ...] = ()
    category: Literal["UTILITY", "MARKETING"] = "UTILITY"


@dataclass(frozen=True, slots=True)
class Approval:
    """A provider's word on a template; status in its own words, reason where it was rejected."""

    status: str
    category: str = ""
    reason: str = ""

    @property
    def given(self) -> bool:
        """Whether the template may be sent."""
        return self.status == "approved"


class Templates(Protocol):
    """The clinic's templates at a provider."""

    def approved(self, name: str) -> bool:
        """Whether the template may be sent, as last heard; False where the provider is away."""

    def approvals(self) -> Mapping[str, Approval]:
        """The provider's word on each of ours, by name, asked now. Raises SendFailed."""

    def push(self, texts: Sequence[TemplateText]) -> Mapping[str, str]:
        """Submits those that never were; why not, by name, where that failed. Raises SendFailed."""

    def problems(self, text: TemplateText) -> Sequence[str]:
        """What in the words the provider would reject."""


class TemplateChannel(Channel, Protocol):
    """What a channel adds that takes approved words outside its window."""

    @property
    def templates(self) -> Templates:
        """Ours there."""


def takes_templates(channel: Channel) -> TypeGuard[TemplateChannel]:
    """Whether it does."""
    return channel.capabilities.templates


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
