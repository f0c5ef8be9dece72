"""A flow: questions in an order, each asked until it is answered, left aside for a side question.

In the engine a flow is a form. Its validating action reads the answer, asks the next question and
ends the form when nothing is left to ask; what the patient says besides is rejected, so that the
rules answer it, and the flow asks again afterwards.
"""

from collections.abc import Sequence
from typing import ClassVar, Final, Protocol

from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet

from actions.action import BotAction
from actions.turn import Turn
from understanding.medical_advice import asks_for_advice

REQUESTED: Final = "requested_slot"

# What a patient may ask in the middle of anything, to come back afterwards or to leave.
SIDE_QUESTIONS: Final = frozenset({
    "ask_price", "ask_preparation", "ask_hours", "ask_location", "ask_services", "ask_results",
    "ask_payment", "talk_to_human", "stop_messages", "change_language", "emergency",
    "check_appointment", "menu", "feedback_negative", "running_late", "cannot_read",
})  # fmt: skip
FLOWS: Final = frozenset({
    "confirm_appointment", "cancel_appointment", "reschedule_appointment", "book_appointment",
    "join_waitlist",
})  # fmt: skip
UNKNOWN: Final = frozenset({"out_of_scope", "nlu_fallback"})
SURE: Final = 0.55
VERY_SURE: Final = 0.8
PATIENCE: Final = 2


class FlowOver(Exception):
    """There is nothing left to ask: the flow ends here."""


class Question(Protocol):
    """Something a flow must know. `slot` is the dialogue slot that holds the answer."""

    slot: str
    open_ended: bool

    def prefill(self, turn: Turn) -> None:
        """Takes what the message that began the flow already tells."""

    def answered(self, turn: Turn) -> bool:
        """Whether it is known."""

    def ask(self, turn: Turn) -> None:
        """Asks. Raises FlowOver where there is nothing to choose from, and has said so."""

    def read(self, turn: Turn) -> bool:
        """Takes the patient's answer; False if it is none. Raises FlowOver to end the flow."""

    def claims(self, turn: Turn) -> bool:  # noqa: ARG002
        """Whether the words are an answer whatever else they may sound like."""
        return False


class Flow(BotAction):
    """A form's validating action."""

    form: ClassVar[str]
    intent: ClassVar[str]
    aside: ClassVar[bool] = False
    """Whether this flow answers a side question, after which the one before goes on."""

    questions: Sequence[Question] = ()
    slots: ClassVar[tuple[str, ...]] = ()

    def name(self) -> str:
        """The engine looks for this name when the form runs."""
        return f"validate_{self.form}"

    @property
    def action(self) -> str:  # type: ignore[override]
        """The same name, for logs."""
        return self.name()

    def act(self, turn: Turn) -> list[EventType]:
        """Begins, reads an answer or asks again; then asks what is still open."""
        active, before = _loops(turn, self.form)
        try:
            if not active or self._begins_anew(turn):
                self._begin(turn, before)
            elif not comes_back(turn):
                rejected = self._read(turn)
                if rejected:
                    return [*turn.events, *rejected]
            return self._ask_next(turn)
        except FlowOver:
            return [*turn.events, SlotSet(REQUESTED, None)]

    def _begins_anew(self, turn: Turn) -> bool:
        """Whether a button of this flow was tapped while it was waiting for something else."""
        return not turn.text and turn.intent == self.intent and not comes_back(turn)

    def _begin(self, turn: Turn, before: str | None) -> None:
        if turn.slot("paused_flow") == self.form:
            turn.keep(paused_flow=None, misses=0)
            return
        turn.keep(misses=0, paused_flow=before if self.aside else None, first_words=turn.text)
        turn.keep(**dict.fromkeys(self.slots))
        self.begin(turn)
        for question in self.questions:
            if not question.answered(turn):
                question.prefill(turn)

    def begin(self, turn: Turn) -> None:
        """What a flow does first; nothing by default."""

    def _read(self, turn: Turn) -> list[EventType]:
        """Takes the answer to the open question; returns a rejection if it is meant for others."""
        asked = turn.tracker.get_slot(REQUESTED)
        question = next((each for each in self.questions if each.slot == asked), None)
        if question is None:
            return []
        if turn.text and self._means_something_else(turn, question):
            return self._reject(turn)
        if (turn.text or turn.intent not in FLOWS) and question.read(turn):
            turn.keep(misses=0)
            return []
        if not turn.text or self._leads_elsewhere(turn):
            return self._reject(turn)
        self._missed(turn)
        return []

    def _means_something_else(self, turn: Turn, question: Question) -> bool:
        """A side question; or "cancel Thursday's", which is no answer that Thursday suits."""
        if question.claims(turn):
            return False
        if turn.intent == "emergency":  # asked about even in doubt: it cannot wait for an answer
            return True
        needed = VERY_SURE if question.open_ended else SURE
        if turn.intent in UNKNOWN and asks_for_advice(turn.text):
            return True
        if self.aside and turn.intent in FLOWS and turn.confidence >= VERY_SURE:
            return True  # a side question is left for what the patient came for
        if turn.intent == "cancel_appointment" and turn.confidence >= VERY_SURE:
            return not question.open_ended and "cancel" not in self.intent
        return turn.intent in SIDE_QUESTIONS - {self.intent} and turn.confidence >= needed

    def _leads_elsewhere(self, turn: Turn) -> bool:
        if turn.intent == self.intent:
            return False
        return (
            turn.intent in SIDE_QUESTIONS | FLOWS | {"goodbye", "thank_you"}
            and turn.confidence >= SURE
        )

    def _reject(self, turn: Turn) -> list[EventType]:
        turn.keep(misses=0)
        return [ActionExecutionRejected(self.form)]

    def _missed(self, turn: Turn) -> None:
        misses = int(turn.slot("misses") or 0) + 1
        turn.keep(misses=misses)
        turn.say(
            "utter_not_understood_offer_person" if misses >= PATIENCE else "utter_not_understood"
        )

    def _ask_next(self, turn: Turn) -> list[EventType]:
        for question in self.questions:
            if not question.answered(turn):
                question.ask(turn)
                if not question.answered(turn):
                    return [*turn.events, SlotSet(REQUESTED, question.slot)]
        turn.keep(first_words=None)
        return [*turn.events, SlotSet(REQUESTED, None)]


def _loops(turn: Turn, form: str) -> tuple[bool, str | None]:
    """Whether this flow was active before the patient spoke, and which other one was.

    The engine marks the form active before it validates for the first time, so only the order of
    events tells.
    """
    begun_now = False
    spoken = False
    for event in reversed(turn.tracker.events):
        spoken = spoken or event.get("event") == "user"
        if event.get("event") != "active_loop":
            continue
        if not spoken and event.get("name") == form:
            begun_now = True
            continue
        name = event.get("name")
        return (not begun_now, None if name == form else name)
    return (not begun_now, None)


def comes_back(turn: Turn) -> bool:
    """Whether a side question was answered since the patient spoke: the message is used up."""
    for event in reversed(turn.tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action_execution_rejected":
            return True
    return False
