"""A small clinic for the pipeline: a scripted engine, a provider that remembers, a clock."""

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Event, Lock
from typing import Any

from clinic.languages import Language
from conversations.deliveries import Deliveries
from conversations.locks import InProcessLocks
from conversations.model import (
    Answer,
    Choice,
    Conversation,
    EngineReply,
    Inbound,
    Message,
    Outbound,
    Understanding,
    Utterance,
)
from conversations.ports import EngineDown, SendFailed
from conversations.store import ConversationStore
from conversations.turns import TurnParts, Turns
from integrations.database import Database
from integrations.patients import open_patients
from understanding.languages import detect_language

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
ANA = "+525500000001"
ANA_WHATSAPP = "whatsapp:+5215500000001"
JOAO = "+5511900000001"
EMMA = "+12025550143"
FAMILY = "+525500000006"
STRANGER = "+525599990000"
CLINIC = "+525550000100"
IMMEDIATE = frozenset({"voice"})


@dataclass(frozen=True)
class Asked:
    """A turn as the engine saw it."""

    conversation: str
    turn: str
    text: str | None
    payload: str | None
    language: Language
    channel: str


def says(text: str, *choices: Choice, flow: str | None = None, intent: str = "ask") -> EngineReply:
    """A reply of one utterance."""
    understanding = Understanding(intent, 0.9, ((intent, 0.9), ("out_of_scope", 0.1)))
    return EngineReply((Utterance(text, choices),), understanding, flow)


def waits_for(something: Event | Barrier) -> Callable[[], None]:
    """An engine that answers only after something has happened."""

    def wait() -> None:
        something.wait(10)

    return wait


class ScriptedEngine:
    """Answers by what it is told to; once done, a turn is answered the same for ever."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.replies: dict[str, EngineReply] = {}
        self.trouble: Exception | None = None
        self.before: Callable[[], None] = lambda: None
        self._done: dict[str, EngineReply] = {}
        self._lock = Lock()

    def turn(
        self,
        conversation_id: str,
        turn_id: str,
        *,
        text: str | None,
        payload: str | None,
        language: Language,
        channel: str,
    ) -> EngineReply:
        asked = Asked(conversation_id, turn_id, text, payload, language, channel)
        with self._lock:
            self.asked.append(asked)
        self.before()
        if self.trouble is not None:
            raise self.trouble
        said = text or payload or ""
        return self._done.setdefault(turn_id, self.replies.get(said, says(f"answer to {said}")))

    @property
    def heard(self) -> list[str]:
        """What was asked, in order."""
        return [each.text or each.payload or "" for each in self.asked]


class Provider:
    """Takes messages, or fails as told."""

    def __init__(self) -> None:
        self.sent: list[Outbound] = []
        self.failures: list[SendFailed | Exception] = []
        self._numbers = itertools.count(1)

    def send(self, message: Outbound) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)
        return f"SM{next(self._numbers):032d}"

    @property
    def texts(self) -> list[str]:
        """What went out, in order."""
        return [message.text for message in self.sent]


@dataclass
class World:
    """Everything joined."""

    database: Database
    engine: ScriptedEngine = field(default_factory=ScriptedEngine)
    provider: Provider = field(default_factory=Provider)
    woken: list[str] = field(default_factory=list)
    now: datetime = NOW
    country: str | None = None
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.store = ConversationStore(self.database, detect_language)
        self.patients = open_patients(self.database)
        self.turns = self.another_worker(InProcessLocks())
        senders = {"sms": self.provider, "whatsapp": self.provider}
        self.deliveries = Deliveries(self.database, senders, self.patients, clock=lambda: self.now)

    def another_worker(self, locks: "InProcessLocks | AnyLocks") -> Turns:
        """Turns with other locks: as another process would have them."""
        return Turns(
            TurnParts(
                store=self.store,
                engine=self.engine,
                patients=self.patients,
                locks=locks,
                clock=lambda: self.now,
                wake=self.woken.append,
                immediate=IMMEDIATE,
                branch_country=lambda _patient: self.country,
            )
        )

    def add_cast(self) -> None:
        register = self.patients.register
        self.ana = register("Ana Torres", date(1988, 3, 14), "es", ANA)
        self.joao = register("João Pereira", date(1979, 7, 2), "pt", JOAO)
        self.emma = register("Emma Clark", date(1992, 11, 30), "en", EMMA)
        self.lucia = register("Lucía Rivas", date(1985, 1, 1), "es", FAMILY)
        self.mateo = register("Mateo Rivas", date(2015, 1, 1), "es", FAMILY)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def inbound(self, text: str, sender: str = ANA, channel: str = "sms", **more: Any) -> Inbound:
        base = Inbound(channel, f"in{next(self._numbers)}", sender, CLINIC, text, self.now)
        return replace(base, **more)

    def arrives(self, text: str, sender: str = ANA, channel: str = "sms", **more: Any) -> Message:
        """Stored, not answered yet."""
        message = self.turns.receive(self.inbound(text, sender, channel, **more))
        assert message is not None
        return message

    def work(self) -> None:
        """What the workers do with all that was woken."""
        while self.woken:
            conversation_id = self.woken.pop(0)
            self.turns.run(conversation_id)
            self.deliveries.send_due(self.now, conversation_id)

    def says(self, text: str, sender: str = ANA, channel: str = "sms", **more: Any) -> Conversation:
        """A message, answered and sent."""
        message = self.arrives(text, sender, channel, **more)
        self.work()
        return self.store.conversation(message.conversation_id)

    def calls(self, text: str, call: str = "CA1", sender: str = ANA, **more: Any) -> Answer:
        opening = more.pop("opening", None)
        inbound = self.inbound(text, sender, "voice", call_id=call, **more)
        return self.turns.answer_now(inbound, 30.0, opening=opening)

    def sweep(self) -> None:
        self.turns.sweep(self.now)
        self.work()
        self.deliveries.send_due(self.now)

    def down(self) -> None:
        self.engine.trouble = EngineDown("no connection")

    def up(self) -> None:
        self.engine.trouble = None

    def alerts(self) -> list[tuple[str, str]]:
        return [(each.kind, each.reason) for each in self.store.open_handoffs()]


class AnyLocks:
    """No lock at all: what two processes without a common lock store would do."""

    def hold(self, name: str) -> AbstractContextManager[bool]:
        return InProcessLocks().hold(name)
