"""The pipeline of a turn: lock, gates, meaning, engine, record. Sending comes after, elsewhere."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic.clock import Clock
from clinic.languages import Language
from clinic.ports import Patients
from conversations import fixed_words
from conversations.calls import Calls
from conversations.gates import CountryOf, Gates
from conversations.meaning import Meaning, Said, read_meaning
from conversations.model import Answer, Conversation, Inbound, Message, Reception, Utterance
from conversations.offers import Offers
from conversations.ports import Engine, EngineDown, EngineFailed, Locks
from conversations.spoken import Spoken
from conversations.store import ConversationStore
from conversations.turn import Outcome, Waiting
from conversations.turn_records import TurnRecords

logger = logging.getLogger(__name__)

MAX_FAILURES = 20
"""After so many errors of the engine on one message it is handed to the staff."""


def _no_country(_patient_id: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class TurnParts:
    """What turns are made of.

    wake: called with a conversation's id when something is to be done there: a job runs its turns
    and sends what is queued. immediate: the channels answered in the webhook itself.
    branch_country: the ISO country of the branch where a patient (by id) is seen.
    """

    store: ConversationStore
    engine: Engine
    patients: Patients
    locks: Locks
    clock: Clock
    wake: Callable[[str], None]
    immediate: Collection[str]
    branch_country: CountryOf = _no_country


class Turns:
    """Answers messages, in order, one worker at a time for a conversation."""

    def __init__(self, parts: TurnParts) -> None:
        self._parts = parts
        self._records = TurnRecords(parts.store.database, frozenset(parts.immediate))
        self._offers = Offers(parts.store.database)
        self._gates = Gates(parts.patients, parts.store.detect, parts.branch_country)
        self._spoken = Spoken(parts.store.database)
        self._calls = Calls(parts.store, self._spoken, self._run_call)

    def receive(self, inbound: Inbound) -> Message | None:
        """Stores a message and wakes a worker; None for a provider's repeat."""
        message = self._parts.store.receive(inbound, self._parts.patients)
        if message is not None:
            logger.info("received message=%s channel=%s", message.id, message.channel)
            self._parts.wake(message.conversation_id)
        return message

    def run(self, conversation_id: str) -> bool:
        """Answers what waits in the conversation; whether anything was recorded.

        Returns at once when another worker is at it. That worker may already have looked for the
        last time, so whoever held the lock looks again after letting go of it.
        """
        recorded = False
        seen = -1
        while (newest := self._records.newest_waiting(conversation_id)) > seen:
            seen = newest
            with self._parts.locks.hold(f"conversation:{conversation_id}") as got:
                if not got:
                    return recorded
                while self._step(conversation_id):
                    recorded = True
        return recorded

    def answer_now(self, inbound: Inbound, budget: float, opening: str | None = None) -> Answer:
        """Answers a message of an immediate channel within `budget` seconds.

        opening: a payload of ours that begins the call, as a turn of its own; the message follows
        if it says anything. Unfinished answers go on; `collect` gets them. A repeat by the
        provider is answered with the same words.
        """
        return self._calls.answer(inbound, self._parts.patients, budget, opening)

    def collect(self, turn_id: str, budget: float) -> Answer:
        """What is said to a turn that was not finished, waiting up to `budget` seconds for it."""
        return self._calls.collect(turn_id, budget)

    def sweep(self, now: datetime) -> None:
        """Picks up what was stored and not finished, and ends what nobody goes on with."""
        for conversation_id in self._records.conversations_due(now):
            self._parts.wake(conversation_id)
        self._spoken.fail_unheard(now)
        self._records.close_idle(now)

    def close(self) -> None:
        """Waits for what calls have under way."""
        self._calls.close()

    def _run_call(self, conversation_id: str) -> None:
        """A call's own thread; the conversation's text messages are then sent by a worker."""
        if self.run(conversation_id):
            self._parts.wake(conversation_id)

    def _step(self, conversation_id: str) -> bool:
        """Takes one message through the pipeline; whether there may be another."""
        messages = self._records.waiting(conversation_id)
        if not messages:
            return False
        conversation = self._parts.store.conversation(conversation_id)
        for waiting in messages:
            urgent = self._gates.urgent(waiting, conversation)
            if urgent is not None:
                return self._record(waiting, urgent)
        following = self._next(messages)
        if following is None:
            return False
        outcome = self._answer(following, conversation)
        return outcome is not None and self._record(following, outcome)

    def _next(self, messages: Sequence[Waiting]) -> Waiting | None:
        """The oldest, if it is due; a caller does not wait behind what waits for the engine."""
        if messages[0].due_at <= self._parts.clock():
            return messages[0]
        return next((each for each in messages if self._is_immediate(each)), None)

    def _is_immediate(self, waiting: Waiting) -> bool:
        return waiting.message.channel in self._parts.immediate

    def _answer(self, waiting: Waiting, conversation: Conversation) -> Outcome | None:
        """The steps of an ordinary turn; the first that comes to something ends it."""
        try:
            for step in (self._gates.leave_to_staff, self._repeat, self._ask):
                outcome = step(waiting, conversation)
                if outcome is not None:
                    return outcome
        except EngineDown:
            return self._without_engine(waiting, conversation, failed=False)
        except EngineFailed:
            return self._without_engine(waiting, conversation, failed=True)
        except Exception as error:  # noqa: BLE001  (one message must never block its conversation)
            logger.error("turn_broke message=%s error=%s", waiting.id, type(error).__name__)
            return self._without_engine(waiting, conversation, failed=True)
        raise AssertionError("the last step always answers or raises")

    def _record(self, waiting: Waiting, outcome: Outcome) -> bool:
        recorded = self._records.record(waiting, outcome, self._parts.clock())
        logger.info("turn_recorded message=%s state=%s new=%s", waiting.id, outcome.state, recorded)
        return True

    def _repeat(self, waiting: Waiting, _conversation: Conversation) -> Outcome | None:
        """In a call the star key asks to hear it again."""
        if not (waiting.in_call and waiting.message.text.strip() == "*"):
            return None
        said = self._offers.last_said(waiting)
        return Outcome(utterances=said, author="bot") if said else None

    def _ask(self, waiting: Waiting, conversation: Conversation) -> Outcome:
        """The engine's answer; it gets the same turn id however often it is asked."""
        language = self._language(waiting, conversation)
        meaning = self._mean(waiting, language)
        reply = self._parts.engine.turn(
            conversation.id,
            waiting.id,
            text=meaning.text,
            payload=meaning.payload,
            language=language,
            channel=waiting.message.channel,
        )
        if not reply.utterances:
            raise EngineFailed("the engine said nothing")
        return Outcome(
            utterances=reply.utterances,
            author="bot",
            meant=meaning.payload,
            understanding=reply.understanding,
            by_engine=True,
            flow=reply.flow,
            model=reply.model,
        )

    def _language(self, waiting: Waiting, conversation: Conversation) -> Language:
        """The conversation's, after what this message shows of another; the patient keeps it."""
        detected = self._parts.store.detect(waiting.message.text)
        if detected is None:
            return conversation.language
        language = self._records.notice_language(waiting, detected)
        if conversation.patient_id and language != conversation.language:
            self._parts.patients.set_language(conversation.patient_id, language)
        return language

    def _mean(self, waiting: Waiting, language: Language) -> Meaning:
        if waiting.meant is not None:
            return Meaning(payload=waiting.meant)
        payload = waiting.raw_payload
        believed = payload if payload and self._offers.was_offered(waiting, payload) else None
        message = waiting.message
        said = Said(message.text, believed, message.media, message.location, waiting.in_call)
        return read_meaning(said, self._offers.offered(waiting), language)

    def _without_engine(
        self, waiting: Waiting, conversation: Conversation, *, failed: bool
    ) -> Outcome | None:
        """A caller is told at once and the staff take it up; a text waits, with one honest line."""
        logger.warning("engine_unavailable message=%s failed=%s", waiting.id, failed)
        words = fixed_words.CALL_TROUBLE if self._is_immediate(waiting) else fixed_words.GIVEN_UP
        if self._is_immediate(waiting) or (failed and waiting.failures + 1 >= MAX_FAILURES):
            return Outcome(
                utterances=(Utterance(words[conversation.language]),),
                state=Reception.GIVEN_UP,
                raised=(("handoff", "failure"),),
            )
        line = Utterance(fixed_words.ENGINE_DOWN[conversation.language])
        self._records.postpone(waiting, line, self._parts.clock(), failed=failed)
        return None
