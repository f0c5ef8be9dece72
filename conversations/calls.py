"""Answers for channels that need them at once: a time budget, and the rest when it is ready."""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

from clinic.ports import Patients
from conversations.model import Answer, Inbound, Message, Reception
from conversations.spoken import Spoken
from conversations.store import ConversationStore

logger = logging.getLogger(__name__)

_THREADS = 32
_LOOK_AGAIN_SECONDS = 0.05
_LONGEST_SECONDS = 60.0


class Calls:
    """Runs turns beside the webhook that waits for them."""

    def __init__(
        self, store: ConversationStore, spoken: Spoken, run: Callable[[str], None]
    ) -> None:
        self._store = store
        self._spoken = spoken
        self._run = run
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="call")

    def answer(
        self, inbound: Inbound, patients: Patients, budget: float, opening: str | None
    ) -> Answer:
        """Stores what is said (once) and answers it within `budget` seconds."""
        until = time.monotonic() + budget
        messages = []
        speaks = bool(inbound.text or inbound.payload)
        if opening is not None:
            silent = replace(inbound, text="", payload=None)
            if speaks:  # two turns need two ids
                silent = replace(silent, provider_id=f"{inbound.provider_id}/opening")
            messages.append(self._store_once(silent, patients, opening))
        if opening is None or speaks:
            messages.append(self._store_once(inbound, patients, None))
        return self._hear(messages, until)

    def collect(self, turn: str, budget: float) -> Answer:
        """What is said to turns that were not finished."""
        until = time.monotonic() + budget
        return self._hear([self._spoken.message(each) for each in turn.split("-")], until)

    def close(self) -> None:
        """Waits for the turns under way."""
        self._threads.shutdown()

    def _store_once(self, inbound: Inbound, patients: Patients, meant: str | None) -> Message:
        stored = self._store.receive(inbound, patients, meant)
        return stored or self._spoken.known(inbound.channel, inbound.provider_id)

    def _hear(self, messages: Sequence[Message], until: float) -> Answer:
        under_way = self._threads.submit(self._drive, messages)
        wait([under_way], timeout=max(0.0, until - time.monotonic()))
        finished = self._finished(messages)
        utterances = tuple(
            utterance
            for message in messages
            if finished
            for utterance in self._spoken.hear(message.id)
        )
        conversation = self._store.conversation(messages[-1].conversation_id)
        turn = "-".join(message.id for message in messages)
        return Answer(utterances, finished, conversation, conversation.state, turn)

    def _drive(self, messages: Sequence[Message]) -> None:
        """Runs the turns, or waits for the worker who already does."""
        until = time.monotonic() + _LONGEST_SECONDS
        try:
            while not self._finished(messages) and time.monotonic() < until:
                for conversation_id in dict.fromkeys(each.conversation_id for each in messages):
                    self._run(conversation_id)
                if not self._finished(messages):
                    time.sleep(_LOOK_AGAIN_SECONDS)
        except Exception as error:  # noqa: BLE001  (nobody reads the future; the sweeper goes on)
            logger.error("call_turn_broke error=%s", type(error).__name__)

    def _finished(self, messages: Sequence[Message]) -> bool:
        return all(self._spoken.state_of(each.id) != Reception.WAITING for each in messages)
