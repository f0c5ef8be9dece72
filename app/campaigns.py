"""What the room that tells patients offers to the one where staff begin it: a desk."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from clinic.appointments import Appointment
from clinic.campaigns import (
    Campaign,
    CampaignEvent,
    NewCampaign,
    Recipient,
    Span,
    Why,
)
from clinic.languages import Language
from conversations.model import Message


@dataclass(frozen=True, slots=True)
class Found:
    """A visit in a span. why: what keeps its patient from being reached now, if anything.

    campaign: the one that is about the visit as it stands already.
    """

    visit: Appointment
    why: Why | None
    campaign: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """So many messages in one language, on one channel, to one country.

    units: segments, messages or minutes, as `unit` says; None where the price list has no price.
    cost: US dollars, by the list.
    """

    language: Language
    channel: str
    country: str
    messages: int
    unit: str | None
    units: int
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Sample:
    """A message as one patient will get it: in pieces as the channel cuts it."""

    recipient: Recipient
    language: Language
    channel: str
    spoken: bool
    texts: tuple[str, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a campaign would say and cost now. as_of: the oldest month of the prices used."""

    lines: Sequence[Line]
    samples: Sequence[Sample]
    left_out: Counter[Why]
    as_of: str | None

    @property
    def messages(self) -> int:
        """How many would be told."""
        return sum(line.messages for line in self.lines)

    @property
    def cost(self) -> Decimal:
        """US dollars, of those lines that have a price."""
        return sum((line.cost for line in self.lines if line.cost is not None), Decimal(0))

    @property
    def priced(self) -> bool:
        """Whether every line has a price."""
        return all(line.cost is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class Result:
    """A recipient and how it went, from what is known now.

    word: waiting, told, delivered, answered, moved, cancelled, person, unreachable, left_out,
    stopped or closed. message: what was said, with its delivery state. visit: as it stands now.
    """

    recipient: Recipient
    word: str
    message: Message | None = None
    visit: Appointment | None = None


class CampaignDesk(Protocol):
    """Everything the console asks about campaigns."""

    def find(self, span: Span) -> Sequence[Found]:
        """The visits of a span that may still be changed, the earliest first."""

    def audience(self, branch: str, service: str | None, months: int) -> Sequence[Recipient]:
        """Whom news may go to, and who is left out and why.

        Who had a visit there within the last `months` or has one to come.
        """

    def languages(self, recipients: Sequence[Recipient]) -> Counter[Language]:
        """In how many of each language those who are not left out are written to."""

    def preview(self, what: NewCampaign, recipients: Sequence[Recipient]) -> Preview:
        """What would be said now and what it would cost; changes nothing."""

    def begun(self, key: str) -> Campaign | None:
        """The campaign that this form has begun, if it has."""

    def begin(self, what: NewCampaign, recipients: Sequence[Recipient], by: str) -> Campaign:
        """Begins it; see `clinic.ports.Campaigns.begin`."""

    def campaign(self, campaign_id: str) -> Campaign:
        """Raises CampaignUnknown."""

    def newest(self) -> Sequence[tuple[Campaign, Mapping[str, int]]]:
        """The newest campaigns, each with how many of its recipients are in which state."""

    def results(self, campaign_id: str) -> Sequence[Result]:
        """How it went with every recipient."""

    def events(self, campaign_id: str) -> Sequence[CampaignEvent]:
        """Who did what with it."""

    def change(self, campaign_id: str, step: str, by: str) -> None:
        """pause, resume, stop, open (its times) or close (the visits without an answer).

        Raises CampaignUnknown, or ValueError for another step.
        """
