"""What the clinic starts: its rules, campaigns, and what comes of follow-ups."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from clinic.appointments import Appointment
from clinic.campaigns import Campaign, CampaignEvent, NewCampaign, Recipient, RecipientState, Why
from clinic.feedback import Feedback
from clinic.outreach_rules import RuleBook


class OutreachRules(Protocol):
    """The clinic's own rules for what it starts."""

    def read(self) -> RuleBook:
        """All rules as they stand now."""


class Campaigns(Protocol):
    """What the staff tell to many patients. Every change keeps who made it and when."""

    def begin(
        self, what: NewCampaign, recipients: Sequence[Recipient], by: str, at: datetime
    ) -> Campaign:
        """Keeps a campaign and whom it is for; the same key again returns the one there is.

        A visit that another campaign has given up (`given_up`) stays with that one; where this
        leaves nobody, that campaign is returned. Raises ValueError where there is nobody at all.
        """

    def campaign(self, campaign_id: str) -> Campaign:
        """Raises CampaignUnknown."""

    def with_key(self, key: str) -> Campaign | None:
        """The one that was begun with this key, if any."""

    def campaigns(self, limit: int) -> Sequence[Campaign]:
        """The newest first."""

    def at_work(self) -> Sequence[Campaign]:
        """Those that have somebody to tell now, or visits to cancel; the oldest first."""

    def recipients(self, campaign_id: str, *states: RecipientState) -> Sequence[Recipient]:
        """All of a campaign, or those in one of the states, in the order in which they came."""

    def note(
        self, campaign_id: str, recipient: Recipient, state: RecipientState, why: Why | None = None
    ) -> None:
        """How far it has come with a recipient."""

    def pause(self, campaign_id: str, by: str, at: datetime) -> None:
        """Nobody more is told until it is resumed. Nothing happens to one that is not running."""

    def resume(self, campaign_id: str, by: str, at: datetime) -> None:
        """Goes on with a paused one."""

    def stop(self, campaign_id: str, by: str, at: datetime) -> None:
        """Ends it: who was not told yet never is."""

    def open_span(self, campaign_id: str, by: str, at: datetime) -> None:
        """Lets its times be booked again."""

    def close_rest(self, campaign_id: str, by: str, at: datetime) -> None:
        """From now on the visits of those who were told and did not answer are cancelled."""

    def rest_closed(self, campaign_id: str) -> None:
        """There are none left."""

    def given_up(self, since: datetime) -> Mapping[str, str]:
        """The visits that stand in times which a campaign about them has closed, with its id.

        Only times that end after `since`.
        """

    def events(self, campaign_id: str) -> Sequence[CampaignEvent]:
        """Who did what with it, the oldest first."""


class Feedbacks(Protocol):
    """What patients said of their visits: one answer for each visit."""

    def keep(self, feedback: Feedback) -> bool:
        """Keeps a score; in the conversation that gave one before it is corrected.

        The words kept before stay. False where another conversation has answered for the visit:
        nothing was changed.
        """

    def add_words(self, visit_id: str, words: str) -> None:
        """Keeps the patient's own words with the score of the visit."""

    def of_visit(self, visit_id: str) -> Feedback | None:
        """What was said of the visit, if anything was."""

    def of_patient(self, patient_id: str) -> Sequence[Feedback]:
        """All that the patient ever said, the oldest first."""


class Recalls(Protocol):
    """Who is told that a visit for a service is due again."""

    def due(
        self, service: str, branch: str, before: datetime, now: datetime, limit: int
    ) -> Sequence[Appointment]:
        """Completed visits for the service at the branch that began before an instant.

        Only a patient's last for that service, with none to come, and where the recall is not put
        off beyond `now`; the oldest first.
        """

    def put_off(self, patient_id: str, service: str, until: datetime | None) -> None:
        """The patient is not recalled for the service until then; None: never again.

        A "never" stays.
        """
