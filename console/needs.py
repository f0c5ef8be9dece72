"""What the console asks of the house; `app.services.Services` has all of it."""

from typing import Protocol

from app.settings import Settings
from clinic.clock import Clock
from clinic.ports import Catalogue, Patients, Schedule
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
    def schedule(self) -> Schedule:
        """The visits."""

    @property
    def patients(self) -> Patients:
        """Who the patients are and where they are reached."""

    @property
    def conversations(self) -> ConversationStore:
        """What was said."""
