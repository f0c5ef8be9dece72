"""What the bot answers about a service: which response of domain.yml, with which values.

The actions say these answers; the console shows them beside the catalogue. Nothing is read but the
clinic's catalogue and prices of this moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from clinic.catalogue import NoPrice, Quote, Service, ServiceNotAtBranch
from clinic.languages import Language
from clinic.ports import Catalogue, Prices
from conversations import wording
from conversations.meaning import payload_of
from conversations.model import Choice

NOT_OFFERED: Final = "utter_service_unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of domain.yml, its values, and choices besides its own. quote: what is told."""

    response: str
    values: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers in one language, to be heard or read."""

    catalogue: Catalogue
    prices: Prices
    language: Language
    spoken: bool = False

    def price(self, service: str, branch: str, plan: str, at: datetime) -> Answer:
        """What it costs there; that it is not done there; or that there is no price.

        Raises UnknownService, UnknownBranch or UnknownPlan.
        """
        try:
            quote = self.prices.quote(service, branch, plan, at)
        except ServiceNotAtBranch:
            return self.elsewhere(service, branch)
        except NoPrice:
            return Answer("utter_no_price")
        return self._quoted(quote)

    def elsewhere(self, service_code: str, branch_code: str) -> Answer:
        """Not done at that branch, but at these; or at none any more."""
        service, here = self.catalogue.service(service_code), self.catalogue.branch(branch_code)
        choices = tuple(
            Choice(
                each.name,
                payload_of("ask_price", service=service_code, branch=each.code),
                each.city,
            )
            for each in self.catalogue.branches()
            if each.code in service.branches
        )
        if not choices:
            return Answer(NOT_OFFERED)
        values = {"service": service.name(self.language), "branch": here.name}
        return Answer("utter_not_at_branch", values, choices)

    def preparation(self, service_code: str) -> Answer:
        """How to prepare for it, or that nothing is needed. Raises UnknownService."""
        service = self.catalogue.service(service_code)
        values, text = {"service": service.name(self.language)}, self._prepared(service)
        if not text:
            return Answer("utter_no_preparation", values)
        return Answer("utter_preparation", {**values, "preparation": text})

    def _prepared(self, service: Service) -> str:
        return service.preparation.text(self.language) if service.preparation else ""

    def _quoted(self, quote: Quote) -> Answer:
        service = self.catalogue.service(quote.service)
        plan = next(each for each in self.catalogue.plans() if each.code == quote.plan)
        values = {
            "service": service.name(self.language),
            "branch": self.catalogue.branch(quote.branch).name,
            "total": wording.money(quote.total, quote.currency, self.language, spoken=self.spoken),
            "plan": plan.name(self.language),
            "preparation": self._prepared(service),
            "service_code": quote.service,
            "branch_code": quote.branch,
        }
        if quote.valid_until is None:
            return Answer("utter_price", values, quote=quote)
        until = wording.day(quote.valid_until, self.language)
        return Answer("utter_price_until", {**values, "until": until}, quote=quote)
