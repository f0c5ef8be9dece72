"""What the console asks of the house; `app.services.Services` has all of it."""

from collections.abc import Mapping
from typing import Protocol

from app.settings import Settings
from channels.base import Channel
from clinic.clock import Clock
from clinic.ports import (
    Catalogue,
    CatalogueEditor,
    Feedbacks,
    Patients,
    Prices,
    Results,
    Schedule,
    Waitlist,
)
from conversations.store import ConversationStore
from integrations.database import Database


class Needs(Protocol):
    """The services behind the console's pages, read only."""

    @property
    def settings(self) -> Settings:
        """The settings of this instance."""

    @property
    def clock(self) -> Clock:
        """The present moment, UTC."""

    @property
    def database(self) -> Database:
        """Where users and sessions are kept."""

    @property
    def catalogue(self) -> Catalogue:
        """Branches, services and practitioners."""

    @property
    def prices(self) -> Prices:
        """The price list, as patients are told it."""

    @property
    def editor(self) -> CatalogueEditor:
        """The catalogue and the price list as they are kept and changed."""

    @property
    def schedule(self) -> Schedule:
        """The visits."""

    @property
    def patients(self) -> Patients:
        """Who the patients are and where they are reached."""

    @property
    def results(self) -> Results:
        """The patients' reports."""

    @property
    def waitlist(self) -> Waitlist:
        """Who waits for a time, and what was offered."""

    @property
    def feedbacks(self) -> Feedbacks:
        """What patients said of their visits."""

    @property
    def channels(self) -> Mapping[str, Channel]:
        """How patients are reached, by name."""

    @property
    def conversations(self) -> ConversationStore:
        """What was said."""
