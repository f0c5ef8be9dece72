"""What the clinic's own rows say against a change: codes it does not have, slots too short."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.definitions import Wrong
from clinic.editing import ServiceEntry
from integrations.tables import BranchRow, PlanRow, PractitionerRow


@dataclass(frozen=True, slots=True)
class House:
    """What the clinic has. working: who works where; lengths: their slots in minutes."""

    currencies: Mapping[str, str]
    plans: frozenset[str]
    working: Mapping[str, str]
    lengths: Mapping[str, int]

    def check_list(self, branch: str, plan: str, currency: str) -> list[Wrong]:
        """What keeps the clinic from having a price in that currency there, under that plan."""
        wrong = []
        if branch not in self.currencies:
            wrong.append(Wrong("branch", "no_branch"))
        elif currency != self.currencies[branch]:
            known = {"currency": self.currencies[branch]}
            wrong.append(Wrong("currency", "other_currency", known))
        if plan not in self.plans:
            wrong.append(Wrong("plan", "no_plan"))
        return wrong

    def check_place(self, branch: str, who: Iterable[str], minutes: int) -> list[Wrong]:
        """Everything that keeps them from beginning to do there what takes so long."""
        if branch not in self.currencies:
            return [Wrong("branch", "no_branch")]
        return [each for code in who for each in self._check_who(code, branch, minutes)]

    def _check_who(self, code: str, branch: str, minutes: int) -> list[Wrong]:
        if self.working.get(code) != branch:
            return [Wrong("practitioners", "not_at_branch", {"who": code})]
        if self.lengths[code] < minutes:
            return [Wrong("practitioners", "slots_too_short", {"who": code})]
        return []

    def check_minutes(self, entry: ServiceEntry, minutes: int) -> list[Wrong]:
        """Whether who does the service has slots for it when it takes so long from now on."""
        if minutes == entry.definition.minutes:
            return []
        who = set().union(*entry.places.values())
        short = sorted(code for code in who if self.lengths[code] < minutes)
        return [Wrong("minutes", "slots_too_short", {"who": ", ".join(short)})] if short else []


def read_house(session: Session) -> House:
    """As the rows stand."""
    people = list(session.scalars(select(PractitionerRow)))
    return House(
        currencies={row.code: row.currency for row in session.scalars(select(BranchRow))},
        plans=frozenset(session.scalars(select(PlanRow.code))),
        working={row.code: row.branch for row in people},
        lengths={row.code: row.slot_minutes for row in people},
    )
