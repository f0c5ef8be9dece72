"""One honest line to who waits for a person and has not been answered."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from clinic.catalogue import Branch
from clinic.hours import open_for
from clinic.ports import Patients
from conversations import fixed_words
from conversations.handoffs import STAFF_BEGAN
from conversations.model import Handoff
from conversations.store import ConversationStore

_HANDED_OVER: Final = timedelta(hours=23)
"""Later no free text may go by every channel, and the line would come out of nowhere."""
_OTHERWISE_TOLD: Final = frozenset({"emergency", "late", STAFF_BEGAN})
"""Who was sent to the emergency number, who only let us know something, who asked for nobody."""


class Patience:
    """Tells patients once that they are not forgotten.

    after: how long, in opening hours, nobody may have answered. branches: all there are now.
    """

    def __init__(
        self,
        store: ConversationStore,
        patients: Patients,
        branches: Callable[[], Sequence[Branch]],
        after: timedelta,
    ) -> None:
        self._store = store
        self._patients = patients
        self._branches = branches
        self._after = after

    def __call__(self, now: datetime) -> None:
        """Looks who waits, and tells those who have not been told."""
        waiting = [each for each in self._store.open_handoffs() if _waits(each, now)]
        branches = self._branches() if waiting else ()
        for handoff in waiting:
            if open_for(branches, handoff.opened_at, now) >= self._after:
                self._tell(handoff.conversation_id, now)

    def _tell(self, conversation_id: str, now: datetime) -> None:
        key = f"patience:{conversation_id}"
        talk = self._store.conversation(conversation_id)
        if self._store.said_for(key) or self._patients.opted_out(talk.address):
            return
        line = fixed_words.NOT_FORGOTTEN[talk.language]
        self._store.say(conversation_id, line, author="system", at=now, key=key)


def _waits(handoff: Handoff, now: datetime) -> bool:
    return (
        handoff.kind == "handoff"
        and handoff.answered_at is None
        and handoff.reason not in _OTHERWISE_TOLD
        and now - handoff.opened_at < _HANDED_OVER
    )
