"""What the clinic does, and what it costs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from clinic.catalogue import Branch, Plan, Practitioner, Quote, Service


class Catalogue(Protocol):
    """What the clinic does and where, read at the moment of asking."""

    def branches(self) -> Sequence[Branch]:
        """All branches, by name."""

    def branch(self, code: str) -> Branch:
        """Raises UnknownBranch."""

    def services(self) -> Sequence[Service]:
        """All services that are offered anywhere, by code."""

    def service(self, code: str) -> Service:
        """Raises UnknownService."""

    def practitioners(self, branch: str | None = None) -> Sequence[Practitioner]:
        """All practitioners, or those of one branch."""

    def practitioner(self, code: str) -> Practitioner:
        """Raises CatalogueError."""

    def plans(self) -> Sequence[Plan]:
        """All plans, the public one among them."""


class Prices(Protocol):
    """The price list."""

    def quote(self, service: str, branch: str, plan: str, at: datetime) -> Quote:
        """The price in force at the instant `at`.

        Raises UnknownService, UnknownBranch, UnknownPlan, ServiceNotAtBranch or NoPrice.
        """

    def keep(self, quote: Quote, conversation_id: str, at: datetime) -> str:
        """Records that this price was told in that conversation; returns the record's id."""
