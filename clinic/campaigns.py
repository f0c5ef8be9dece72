"""Campaigns: one thing told to many patients, begun by the staff. Instants are UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from clinic.appointments import UPCOMING, Appointment, VisitRef
from clinic.languages import Language


class CampaignKind(StrEnum):
    """What is told."""

    MOVE = "move"  # that the clinic must move a visit, with new times to choose from
    NEWS = "news"  # the clinic's news, to those who asked for them


class MoveReason(StrEnum):
    """Why visits must be moved; never anything medical."""

    PRACTITIONER = "practitioner"  # who would see the patients is away
    BRANCH = "branch"  # the branch is closed
    EQUIPMENT = "equipment"  # something that is needed does not work


class CampaignState(StrEnum):
    """Whether it goes on."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class RecipientState(StrEnum):
    """How far the campaign itself came with a recipient."""

    WAITING = "waiting"  # not told yet
    TOLD = "told"  # the message is stored; its delivery state says how far it came
    UNREACHABLE = "unreachable"
    LEFT_OUT = "left_out"
    STOPPED = "stopped"  # the campaign was stopped before
    CLOSED = "closed"  # did not answer: the clinic has cancelled the visit and told so


class Why(StrEnum):
    """Why somebody is not told."""

    OPTED_OUT = "opted_out"
    NO_NUMBER = "no_number"
    NO_CONSENT = "no_consent"  # never asked for news, or wants no more
    CHANGED = "changed"  # the visit was moved or cancelled before
    PAST = "past"  # the visit has begun


@dataclass(frozen=True, slots=True)
class Span:
    """The times that are given up at a branch, half-open: of one practitioner, or of all."""

    branch: str
    start: datetime
    end: datetime
    practitioner: str | None = None

    def holds(self, branch: str, start: datetime, practitioner: str) -> bool:
        """Whether a slot lies in it."""
        return (
            branch == self.branch
            and self.start <= start < self.end
            and self.practitioner in (None, practitioner)
        )

    def keeps(self, visit: Appointment) -> bool:
        """Whether the visit still stands in times that are given up."""
        return visit.status in UPCOMING and self.holds(
            visit.branch, visit.start, visit.practitioner
        )


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told, of which visit as it stood (None for news), and why not, if not."""

    patient_id: str
    visit: VisitRef | None = None
    state: RecipientState = RecipientState.WAITING
    why: Why | None = None

    @property
    def about(self) -> str:
        """What the message is said for, within its campaign."""
        return self.visit.id if self.visit else self.patient_id


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What the staff begin.

    key: the form's own, so that the same form sent twice begins one campaign. span and reason:
    where visits are moved; closed: nobody may book in the span meanwhile. branch: whose hours of
    the day hold. texts: the news in each language.
    """

    key: str
    kind: CampaignKind
    branch: str
    span: Span | None = None
    reason: MoveReason | None = None
    texts: Mapping[Language, str] | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign that was begun; closed: its span is still closed to new visits."""

    id: str
    what: NewCampaign
    state: CampaignState
    begun_by: str
    begun_at: datetime
    closed: bool
    closing: bool
    """Whether the visits of those who did not answer are being cancelled."""


@dataclass(frozen=True, slots=True)
class CampaignEvent:
    """begun, paused, resumed, stopped, opened or closing; by: the member of the staff."""

    event: str
    by: str
    at: datetime


class CampaignUnknown(LookupError):
    """No campaign has this id."""


def key_of(campaign_id: str, recipient: Recipient) -> str:
    """What a message of a campaign is said for."""
    return f"campaign:{campaign_id}:{recipient.about}"
