"""Changing what the clinic does and what it costs."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from clinic.definitions import ServiceDefinition
from clinic.editing import (
    By,
    Changed,
    Difference,
    FilePreview,
    PriceEdit,
    PricePreview,
    ServiceEntry,
    Usage,
)
from clinic.price_list import ListedPrice


class CatalogueEditor(Protocol):
    """The catalogue as it is kept, to be read whole and changed. All of a change is made or none.

    What is changed is kept for good with what it was before. Nothing that visits or told prices
    refer to is ever deleted: a service without places is no longer offered.
    """

    def entries(self) -> Sequence[ServiceEntry]:
        """All services by code, those no longer offered too."""

    def entry(self, code: str) -> ServiceEntry:
        """Raises UnknownService."""

    def define(
        self, definition: ServiceDefinition, version: int | None, by: By
    ) -> Sequence[Difference]:
        """Adds the service (version None) or changes the one of that version.

        Raises EditRefused, EditStale or UnknownService.
        """

    def place(
        self, service: str, places: Mapping[str, Collection[str]], version: int, by: By
    ) -> Sequence[Difference]:
        """From now on it is done at these branches, by these practitioners, and nowhere else.

        Visits that are booked elsewhere stay. Raises EditRefused, EditStale or UnknownService.
        """

    def usage(self, service: str, at: datetime) -> Mapping[str, Usage]:
        """What hangs on it after `at`, by branch."""

    def slot_minutes(self) -> Mapping[str, int]:
        """How long the slots of each practitioner are: nothing longer can be done in them."""

    def prices(self, service: str | None = None) -> Sequence[ListedPrice]:
        """The prices of a service, or all: by service, branch, plan and first day.

        To how many each was told is counted only for those of one service.
        """

    def preview_price(self, edit: PriceEdit, at: datetime) -> PricePreview:
        """What the edit would do at that instant. A price that has begun is not taken back.

        Raises EditRefused, EditStale, UnknownService or UnknownPlan.
        """

    def change_price(self, edit: PriceEdit, token: str, by: By) -> Sequence[Difference]:
        """Does what was previewed under the token.

        Raises EditStale where the list is another by now, EditRefused also where a told price
        would change without a reason.
        """

    def preview_file(self, content: bytes) -> FilePreview:
        """What a catalogue file would change. Raises FaultyFile."""

    def take_file(self, content: bytes, token: str, by: By) -> FilePreview:
        """Does what was previewed under the token. Raises what preview and change_price raise."""

    def export(self) -> str:
        """The catalogue as a file that changes nothing when it is read again."""

    def history(self, service: str, limit: int = 50) -> Sequence[Changed]:
        """What was changed of the service, the newest first."""
