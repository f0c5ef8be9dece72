"""Where the staff begin campaigns, watch them and change their course."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from app.campaigns import CampaignDesk, Found, Preview, Result, Sample
from app.services import Services
from channels import sms
from channels.sms.gsm import cut
from clinic.campaigns import (
    Campaign,
    CampaignEvent,
    NewCampaign,
    Recipient,
    RecipientState,
    Span,
    Why,
)
from clinic.languages import Language
from conversations.keys import country_of
from conversations.model import Outbound
from outreach.campaigns import saying
from outreach.campaigns.audience import visits_in, who_wants_news
from outreach.campaigns.costs import lines_of, price_list
from outreach.campaigns.results import results_of
from outreach.reach import Destination

NEWEST: Final = 50


class Desk:
    """`app.campaigns.CampaignDesk` over an instance's services."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @property
    def _now(self) -> datetime:
        return self._services.clock()

    def find(self, span: Span) -> Sequence[Found]:
        """The visits of a span that may still be changed, the earliest first."""
        return visits_in(self._services, span, self._now)

    def audience(self, branch: str, service: str | None, months: int) -> Sequence[Recipient]:
        """Whom news may go to, and who is left out and why."""
        return who_wants_news(self._services, branch, service, months, self._now)

    def languages(self, recipients: Sequence[Recipient]) -> Counter[Language]:
        """In how many of each language those who are not left out are written to."""
        patient = self._services.patients.patient
        return Counter(
            patient(each.patient_id).language
            for each in recipients
            if each.state is RecipientState.WAITING
        )

    def preview(self, what: NewCampaign, recipients: Sequence[Recipient]) -> Preview:
        """What would be said now and what it would cost; changes nothing."""
        now = self._now
        offered = saying.offered_lately(self._services, now)
        left_out: Counter[Why] = Counter(each.why for each in recipients if each.why)
        samples: list[tuple[str, Sample]] = []
        for recipient in recipients:
            if recipient.state is not RecipientState.WAITING:
                continue
            found = self._sample(what, recipient, offered, now)
            if isinstance(found, Why):
                left_out[found] += 1
            else:
                samples.append(found)
        prices = price_list(self._services.settings)
        lines = lines_of(samples, prices)
        used = [prices.of(line.channel, line.country) for line in lines]
        first = {(one.language, one.channel): one for _, one in reversed(samples)}
        return Preview(
            lines,
            [first[place] for place in sorted(first)],
            left_out,
            min((price.as_of for price in used if price), default=None),
        )

    def _sample(
        self, what: NewCampaign, recipient: Recipient, offered: Counter[str], now: datetime
    ) -> tuple[str, Sample] | Why:
        services = self._services
        destination = saying.destination_for(services, what.kind, recipient.patient_id, now)
        if isinstance(destination, Why):
            return destination
        language = services.patients.patient(recipient.patient_id).language
        if recipient.visit is None:
            said = saying.news(services, what, language)
        else:
            visit = saying.visit_of(services, what, recipient, now)
            if isinstance(visit, Why):
                return visit
            said = saying.move(services, what, visit, destination, language, offered, now)
        country = country_of(destination.address) or ""
        return country, _as_sent(services, recipient, destination, language, said)

    def begun(self, key: str) -> Campaign | None:
        """The campaign that this form has begun, if it has."""
        return self._services.campaigns.with_key(key)

    def begin(self, what: NewCampaign, recipients: Sequence[Recipient], by: str) -> Campaign:
        """Begins it; see `clinic.ports.Campaigns.begin`."""
        return self._services.campaigns.begin(what, recipients, by, self._now)

    def campaign(self, campaign_id: str) -> Campaign:
        """Raises CampaignUnknown."""
        return self._services.campaigns.campaign(campaign_id)

    def newest(self) -> Sequence[tuple[Campaign, Mapping[str, int]]]:
        """The newest campaigns, each with how many of its recipients are in which state."""
        campaigns = self._services.campaigns
        return [
            (each, Counter(str(one.state) for one in campaigns.recipients(each.id)))
            for each in campaigns.campaigns(NEWEST)
        ]

    def results(self, campaign_id: str) -> Sequence[Result]:
        """How it went with every recipient."""
        return results_of(self._services, self.campaign(campaign_id))

    def events(self, campaign_id: str) -> Sequence[CampaignEvent]:
        """Who did what with it."""
        return self._services.campaigns.events(campaign_id)

    def change(self, campaign_id: str, step: str, by: str) -> None:
        """Takes a step with it. Raises CampaignUnknown, or ValueError for another step."""
        campaigns = self._services.campaigns
        steps: dict[str, Callable[[str, str, datetime], None]] = {
            "pause": campaigns.pause,
            "resume": campaigns.resume,
            "stop": campaigns.stop,
            "open": campaigns.open_span,
            "close": campaigns.close_rest,
        }
        if step not in steps:
            raise ValueError("there is no such step")
        steps[step](self.campaign(campaign_id).id, by, self._now)


def open_desk(services: Services) -> CampaignDesk:
    """What `app.rooms.CAMPAIGNS` announces."""
    return Desk(services)


def _as_sent(
    services: Services,
    recipient: Recipient,
    destination: Destination,
    language: Language,
    said: saying.Said,
) -> Sample:
    """A text message as it is written and cut; elsewhere the text, with its choices beside it."""
    post = destination.post
    outbound = Outbound("", post.channel, post.to, post.sender, said.text, language, said.choices)
    texts: tuple[str, ...] = (said.text,)
    choices = tuple(choice.title for choice in said.choices)
    if post.channel == sms.SmsChannel.name:
        texts = tuple(part for piece in sms.render(outbound) for part in cut(piece))
        choices = ()
    spoken = saying.spoken_at(services, destination)
    return Sample(recipient, language, post.channel, spoken, texts, choices)
