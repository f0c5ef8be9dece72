"""Who comes to the clinic in a simulated month, when, and what will happen to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import insert

from app.services import Services
from clinic.catalogue import Slot
from clinic.languages import Language
from integrations.database import Database
from integrations.demo.cast import CAST
from integrations.tables import PatientAddressRow, PatientRow
from outreach.simulation.rates import Rates

_BORN = date(1950, 1, 1)
_MOBILES: dict[str, tuple[str, Language]] = {"MX": ("+5255", "es"), "BR": ("+55119", "pt")}
"""The beginnings of numbers by the branch's country; eight digits follow."""


class ClinicFull(ValueError):
    """The demo clinic has fewer times than patients; the text says how many."""


@dataclass(frozen=True, slots=True)
class Person:
    """A patient who wants the service at the slot, and books it at `books_at` (UTC).

    waits: also wants an earlier time. by_whatsapp: writes there first. dead: nothing reaches them.
    """

    number: int
    id: str
    name: str
    address: str
    language: Language
    slot: Slot
    books_at: datetime
    waits: bool
    by_whatsapp: bool
    dead: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """What comes of a visit unless somebody writes: the same with and without outreach.

    obstacle_before: so long before the visit something comes between, if anything does; the
    patient rings the clinic `tells_after` that (never, if None), and may book anew.
    """

    forgets: bool
    obstacle_before: timedelta | None
    tells_after: timedelta | None
    rebooks_after: timedelta | None


def draw_fate(rates: Rates, seed: int, person: Person, nth: int) -> Fate:
    """The fate of the patient's nth time: drawn for each alone, whatever happens to others."""
    rng, life = Random(f"{seed}:{person.number}:{nth}"), rates.life
    forgets, obstacle, tells, rebooks = (
        rng.random() < share
        for share in (life.forgets, life.obstacle, life.tells_unasked, life.rebooks)
    )
    before, hours, days = (
        rng.expovariate(1 / mean)
        for mean in (life.obstacle_days, life.tells_after_hours, life.rebooks_after_days)
    )
    return Fate(
        forgets,
        timedelta(days=before) if obstacle else None,
        timedelta(hours=hours) if tells else None,
        timedelta(days=days) if rebooks else None,
    )


def draw_people(
    services: Services, rates: Rates, seed: int, count: int, span: tuple[datetime, datetime]
) -> list[Person]:
    """So many patients, each with a time of their own in the span. Raises ClinicFull."""
    rng = Random(f"{seed}:people")
    slots = _slots(services, span, rng)
    if count > len(slots):
        raise ClinicFull(f"the demo clinic has {len(slots)} times in that span")
    people: list[Person] = []
    for number, slot in enumerate(rng.sample(slots, count)):
        people.append(_person(services, rates, rng, number, slot, people))
    return people


def _slots(services: Services, span: tuple[datetime, datetime], rng: Random) -> list[Slot]:
    """Every time in the span, each for one of the services that it can be booked for."""
    found: dict[str, list[Slot]] = {}
    for practitioner in services.catalogue.practitioners():
        for service in sorted(practitioner.services):
            for slot in services.schedule.free_slots(
                service, practitioner.branch, *span, practitioner=practitioner.code
            ):
                found.setdefault(f"{slot.practitioner} {slot.start}", []).append(slot)
    return [rng.choice(fitting) for _, fitting in sorted(found.items())]


def _person(
    services: Services,
    rates: Rates,
    rng: Random,
    number: int,
    slot: Slot,
    before: Sequence[Person],
) -> Person:
    phones = rates.phones
    prefix, language = _MOBILES[services.catalogue.branch(slot.branch).country]
    address = f"{prefix}{number:08d}"
    if before and rng.random() < phones.shared:
        address = before[-1].address
    return Person(
        number=number,
        id=uuid5(NAMESPACE_URL, f"simulated:{number}").hex,
        name=CAST[number % len(CAST)].name,
        address=address,
        language=language,
        slot=slot,
        books_at=slot.start - timedelta(days=0.25 + rng.expovariate(1 / rates.life.lead_days)),
        waits=rng.random() < rates.life.waits,
        by_whatsapp=rng.random() < phones.whatsapp,
        dead=rng.random() < phones.dead,
    )


def register_people(database: Database, people: Iterable[Person]) -> None:
    """All at once: one by one, thousands would take minutes."""
    patients, addresses = [], []
    for each in people:
        born = _BORN + timedelta(days=each.number)
        patients.append(
            {"id": each.id, "name": each.name, "birth_date": born, "language": each.language}
        )
        addresses.append({"patient_id": each.id, "address": each.address})
    with database.begin() as session:
        session.execute(insert(PatientRow), patients)
        session.execute(insert(PatientAddressRow), addresses)
