"""One look at what is due: what the clinic does and where is read once for all of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from app.services import Services
from clinic.catalogue import Branch, Plan, Practitioner, Service
from clinic.ports import Catalogue


def for_one_look(services: Services) -> Services:
    """The services with a catalogue that reads each branch and service once; not to be kept."""
    return replace(services, catalogue=_ReadOnce(services.catalogue))


class _ReadOnce:
    """`clinic.ports.Catalogue`: a look that begins hundreds of messages asks for the same again."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._branch = cache(catalogue.branch)
        self._service = cache(catalogue.service)

    def branches(self) -> Sequence[Branch]:
        """All branches, by name."""
        return self._catalogue.branches()

    def branch(self, code: str) -> Branch:
        """Raises UnknownBranch."""
        return self._branch(code)

    def services(self) -> Sequence[Service]:
        """All services that are offered anywhere, by code."""
        return self._catalogue.services()

    def service(self, code: str) -> Service:
        """Raises UnknownService."""
        return self._service(code)

    def practitioners(self, branch: str | None = None) -> Sequence[Practitioner]:
        """All practitioners, or those of one branch."""
        return self._catalogue.practitioners(branch)

    def practitioner(self, code: str) -> Practitioner:
        """Raises CatalogueError."""
        return self._catalogue.practitioner(code)

    def plans(self) -> Sequence[Plan]:
        """All plans, the public one among them."""
        return self._catalogue.plans()
