"""A month of a clinic, played with the real outreach on a database and a clock of its own."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event

from app.services import LOOKS_EVERY, Services, open_services, run_outreach
from app.settings import Settings
from clinic.clock import Clock
from clinic.offering import GROUP_EVERY
from clinic.quiet_hours import is_allowed
from conversations.deliveries import Deliveries
from integrations.demo import seed_places
from outreach.look import for_one_look
from outreach.simulation.answering import Answering
from outreach.simulation.desk import Desk
from outreach.simulation.diary import Diary
from outreach.simulation.lives import Lives
from outreach.simulation.phones import Phones, Sent
from outreach.simulation.population import draw_people, register_people
from outreach.simulation.rates import Rates
from outreach.simulation.timeline import Timeline
from outreach.simulation.world import World
from outreach.waitlist import offer_freed_slots

BEGINS: Final = datetime(2026, 3, 2, 6, tzinfo=UTC)
"""A Monday, midnight in Mexico City: every simulated month is the same one."""
_LONG_BEFORE: Final = timedelta(days=365)
_BOOKABLE: Final = 30
"""So many days after the month can be booked as well."""
_LOOKS_FOR_ALL_EVERY: Final = timedelta(hours=1)
_SENDS_AGAIN_AFTER: Final = timedelta(minutes=1)
_BEYOND: Final = timedelta(days=3)
"""So far beyond the month visits lie as well: its last days see reminders of them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be played."""

    days: int
    patients: int
    seed: int

    @property
    def ends(self) -> datetime:
        """The end of the month, UTC."""
        return BEGINS + timedelta(days=self.days)


@dataclass(frozen=True)
class Played:
    """A month that was played: what happened, what was sent, and the clinic as it was left."""

    desk: Desk
    diary: Diary
    sent: Sequence[Sent]
    services: Services


def open_clinic(home: Path, database: Path, clock: Clock) -> Services:
    """A clinic of its own, with the settings of this one for what it says and when.

    Nothing leaves it, and a power cut may lose it: it need not wait for the disk.
    """
    settings = Settings(
        consulta_home=home,
        database_url=f"sqlite:///{database}",
        redis_url="",
        twilio_account_sid="",
    )
    services = open_services(settings, clock)
    event.listen(services.database.engine, "connect", _hurry)
    return services


def _hurry(connection: Any, _entry: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


class Month:
    """The same patients, to be played with and without outreach."""

    def __init__(self, home: Path, wanted: Wanted, rates: Rates) -> None:
        self._home = home
        self._wanted = wanted
        self._rates = rates
        self._first_day = home / "first-day.db"
        with closing(open_clinic(home, self._first_day, lambda: BEGINS)) as services:
            services.database.migrate()
            seed_places(services.database, BEGINS, wanted.days + _BOOKABLE)
            span = BEGINS, wanted.ends + _BEYOND
            self._people = draw_people(services, self._rates, wanted.seed, wanted.patients, span)
            register_people(services.database, self._people)

    def play(self, *, outreach: bool) -> Played:
        """Plays it; the services are left open."""
        database = self._home / f"{'with' if outreach else 'without'}.db"
        shutil.copy(self._first_day, database)
        timeline = Timeline(BEGINS - _LONG_BEFORE)
        services = open_clinic(self._home, database, timeline)
        diary = Diary(services.catalogue.branches()[0].zone)
        looks = Looks(services, timeline, self._wanted.ends)
        desk = Desk(services, diary, self._wanted.ends, looks.soon if outreach else _nothing)
        world = World(services, timeline, diary, desk, self._rates, self._wanted.seed)
        lives = Lives(world)
        phones = Phones(timeline, Answering(world, lives, self._people).ring)
        for person in self._people:
            timeline.at(person.books_at, partial(lives.books, person))
        timeline.run(BEGINS)
        if outreach:
            senders = dict.fromkeys(services.channels, phones)
            looks.begin(Deliveries(services.database, senders, services.patients))
        timeline.run(self._wanted.ends)
        return Played(desk, diary, phones.sent, services)


def _nothing() -> None:
    """Nobody looks."""


class Looks:
    """When the clinic looks for what is due, as a worker would.

    For everything on the hour; for freed slots also when one comes free, and again as long as
    groups are asked. Never at night, when nothing may be begun.
    """

    def __init__(self, services: Services, timeline: Timeline, until: datetime) -> None:
        self._services = services
        self._timeline = timeline
        self._until = until
        self._zones = {branch.zone for branch in services.catalogue.branches()}
        self._deliveries: Deliveries | None = None
        self._coming: datetime | None = None

    def begin(self, deliveries: Deliveries) -> None:
        """From now on."""
        self._deliveries = deliveries
        at = self._timeline()
        while at < self._until:
            if self._is_day(at):
                self._timeline.at(at, self._for_everything)
            at += _LOOKS_FOR_ALL_EVERY

    def soon(self) -> None:
        """A slot has come free."""
        self._look_for_offers(self._timeline() + LOOKS_EVERY)

    def _for_everything(self) -> None:
        self._look_on(run_outreach(self._services, self._timeline()))

    def _for_offers(self) -> None:
        self._coming = None
        self._look_on(offer_freed_slots(for_one_look(self._services), self._timeline()))

    def _send(self) -> None:
        """What has to wait (for its turn, or to be tried again) goes out with a later sending."""
        if self._deliveries is not None and self._deliveries.send_due(self._timeline()):
            self._timeline.at(self._timeline() + _SENDS_AGAIN_AFTER, self._send)

    def _look_on(self, begun: Sequence[dict[str, str]]) -> None:
        self._send()
        if any(each["kind"] == "offer" for each in begun):
            self._look_for_offers(self._timeline() + GROUP_EVERY)

    def _look_for_offers(self, at: datetime) -> None:
        if self._deliveries is None or not self._is_day(at):
            return
        if self._coming is None or at < self._coming:
            self._coming = at
            self._timeline.at(at, self._for_offers)

    def _is_day(self, at: datetime) -> bool:
        return any(is_allowed(at, zone) for zone in self._zones)
