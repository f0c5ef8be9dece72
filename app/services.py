"""Everything that is wired once and then shared: what actions, pages and commands work with."""

import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from huey import Huey

from app.account import resolve_account
from app.calling import Calling
from app.jobs import Jobs, Workers, open_queue
from app.rooms import OUTREACH, announced
from app.secrets import engine_token, secret_key
from app.settings import Settings
from channels import open_channels
from channels.base import Channel
from clinic.appointments import UPCOMING
from clinic.clock import Clock, system_clock
from clinic.ports import (
    Campaigns,
    Catalogue,
    CatalogueEditor,
    Feedbacks,
    OutreachRules,
    Patients,
    Prices,
    Recalls,
    Results,
    Schedule,
    Waitlist,
)
from conversations.call_log import CallLog
from conversations.deliveries import Deliveries
from conversations.locks import InProcessLocks, RedisLocks
from conversations.pace import InProcessPace, RedisPace
from conversations.patience import Patience
from conversations.ports import Locks, Pace
from conversations.still_true import StillTrue
from conversations.store import ConversationStore
from conversations.turns import TurnParts, Turns
from integrations.campaigns import open_campaigns
from integrations.database import Database, open_database
from integrations.editing import open_editor
from integrations.engine import HttpEngine
from integrations.feedback import open_feedbacks
from integrations.outreach_rules import open_outreach_rules
from integrations.patients import open_patients
from integrations.pricing import open_prices
from integrations.recalls import open_recalls
from integrations.results import ResultLinks, open_results
from integrations.scheduling import open_catalogue, open_schedule
from integrations.scheduling.slots import top_up_slots
from integrations.twilio import TwilioAccount
from integrations.waitlist import open_waitlist

log = logging.getLogger(__name__)

LOOKS_EVERY = timedelta(seconds=15)
"""How often a worker looks for what to begin: a freed slot is offered within a minute."""


@dataclass(frozen=True)
class Services:
    """One instance's parts. Whoever opened them closes them.

    jobs and queue: how this process has work done, here or by others.
    """

    settings: Settings
    clock: Clock
    database: Database
    catalogue: Catalogue
    prices: Prices
    editor: CatalogueEditor
    schedule: Schedule
    patients: Patients
    waitlist: Waitlist
    results: Results
    result_links: ResultLinks
    feedbacks: Feedbacks
    recalls: Recalls
    outreach_rules: OutreachRules
    campaigns: Campaigns
    conversations: ConversationStore
    turns: Turns
    deliveries: Deliveries
    channels: Mapping[str, Channel]
    calls: CallLog
    calling: Calling
    account: TwilioAccount
    jobs: Jobs
    queue: Huey
    connections: ExitStack

    def close(self) -> None:
        """Waits for what calls have under way and gives back every connection."""
        self.turns.close()
        self.connections.close()
        self.database.close()


def open_services(settings: Settings, clock: Clock = system_clock) -> Services:
    """Wires an instance; connections are opened when they are first used."""
    database = open_database(settings.database_url)
    account = resolve_account(settings)
    channels = open_channels(account)
    conversations = ConversationStore(database)
    patients, catalogue = open_patients(database), open_catalogue(database)
    schedule = open_schedule(database, clock)
    queue = open_queue(settings.redis_url)
    jobs = Jobs(queue)
    connections = ExitStack()
    engine = HttpEngine(settings.engine_url, engine_token(settings), settings.engine_timeout)
    connections.callback(engine.close)
    turns = Turns(
        TurnParts(
            store=conversations,
            engine=engine,
            patients=patients,
            locks=_open_locks(settings.redis_url, connections),
            clock=clock,
            wake=jobs.wake,
            immediate=_immediate(channels),
            branch_country=BranchCountry(schedule, catalogue),
        )
    )
    waitlist = open_waitlist(database)
    calling = Calling(schedule, catalogue, patients)
    pace = _open_pace(settings.redis_url, clock, connections)
    deliveries = _open_deliveries(database, channels, calling, waitlist, pace, clock)
    jobs.bind(Work(database, turns, deliveries, clock))
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        catalogue=catalogue,
        prices=open_prices(database),
        editor=open_editor(database),
        schedule=schedule,
        patients=patients,
        waitlist=waitlist,
        results=open_results(database),
        result_links=ResultLinks(database, secret_key(settings)),
        feedbacks=open_feedbacks(database),
        recalls=open_recalls(database),
        outreach_rules=open_outreach_rules(database),
        campaigns=open_campaigns(database),
        conversations=conversations,
        turns=turns,
        deliveries=deliveries,
        channels=channels,
        calls=CallLog(database, patients),
        calling=calling,
        account=account,
        jobs=jobs,
        queue=queue,
        connections=connections,
    )


def _immediate(channels: Mapping[str, Channel]) -> list[str]:
    """The channels whose answer belongs in the webhook itself, and whose messages are calls."""
    return [name for name, each in channels.items() if each.capabilities.immediate]


def _open_deliveries(
    database: Database,
    channels: Mapping[str, Channel],
    calling: Calling,
    waitlist: Waitlist,
    pace: Pace,
    clock: Clock,
) -> Deliveries:
    return Deliveries(
        database,
        channels,
        calling.patients,
        pace=pace,
        still_true=StillTrue(calling.schedule, waitlist),
        spoken=_immediate(channels),
        when_to_call=calling,
        clock=clock,
    )


def _open_locks(redis_url: str, connections: ExitStack) -> Locks:
    if not redis_url:
        return InProcessLocks()
    locks = RedisLocks(redis_url)
    connections.callback(locks.close)
    return locks


def _open_pace(redis_url: str, clock: Clock, connections: ExitStack) -> Pace:
    if not redis_url:
        return InProcessPace(clock)
    pace = RedisPace(redis_url, clock)
    connections.callback(pace.close)
    return pace


def run_outreach(services: Services, now: datetime) -> list[dict[str, str]]:
    """Begins what the clinic has to begin at `now` (UTC); returns what was said or offered."""
    begun: list[dict[str, str]] = []
    for begin in announced(OUTREACH).values():
        begun += begin(services, now)
    return begun


class Outreach:
    """Begins what the clinic has to begin, looking for it a few times a minute at most.

    What goes wrong there keeps no sweep from answering and sending.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._next_look = datetime.min.replace(tzinfo=UTC)

    def __call__(self, now: datetime) -> None:
        """Looks, unless it did so a moment ago."""
        if now < self._next_look:
            return
        self._next_look = now + LOOKS_EVERY
        try:
            run_outreach(self._services, now)
        except Exception as error:  # noqa: BLE001  (its text may hold a patient's words)
            log.error("outreach_failed error=%s", type(error).__name__)


def _begin_nothing(_now: datetime) -> None:
    return None


def open_workers(services: Services) -> Workers:
    """The threads that do this instance's work, not started yet."""
    work = Work(
        services.database,
        services.turns,
        services.deliveries,
        services.clock,
        Outreach(services) if services.settings.outreach else _begin_nothing,
        Patience(
            services.conversations,
            services.patients,
            services.catalogue.branches,
            timedelta(minutes=services.settings.staff_silent_minutes),
        ),
    )
    return Workers(services.queue, work, services.settings.sweep_seconds)


@dataclass(frozen=True)
class Work:
    """What a worker does when it is woken; see `app.jobs.Runner`."""

    database: Database
    turns: Turns
    deliveries: Deliveries
    clock: Clock
    outreach: Callable[[datetime], None] = _begin_nothing
    patience: Callable[[datetime], None] = _begin_nothing

    def run_turns(self, conversation_id: str) -> None:
        """Answers what waits in the conversation and sends what came of it."""
        self.turns.run(conversation_id)
        self.deliveries.send_due(self.clock(), conversation_id)

    def sweep(self) -> None:
        """Wakes what was left, begins and sends what is due, settles what is in doubt."""
        self.turns.sweep(self.clock())
        self.outreach(self.clock())
        self.patience(self.clock())
        self.deliveries.send_due(self.clock())
        self.deliveries.reconcile(self.clock())

    def lengthen_schedule(self) -> None:
        """Several workers may do it at once: the later ones find nothing missing."""
        top_up_slots(self.database, self.clock())


@dataclass(frozen=True)
class BranchCountry:
    """The country of the branch where a patient (by id) is seen next, or was seen last."""

    schedule: Schedule
    catalogue: Catalogue

    def __call__(self, patient_id: str) -> str | None:
        """ISO 3166 alpha-2; None for somebody without visits."""
        visits = self.schedule.appointments(patient_id)
        upcoming = [visit for visit in visits if visit.status in UPCOMING]
        if not visits:
            return None
        visit = upcoming[0] if upcoming else visits[-1]
        return self.catalogue.branch(visit.branch).country
