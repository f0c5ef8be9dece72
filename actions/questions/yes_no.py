"""A question that is answered with yes or no."""

import re
from typing import Final

from actions import visits
from actions.flow import Question
from actions.questions.visit import chosen
from actions.turn import Turn
from understanding.words import bare

_DO_NOT: Final = re.compile(
    r"\b(?:no|nao|nunca|dont|don t|do not|not|never)"
    r"(?: (?:lo|la|le|me|se|a|o|to|mi|quiero|quero|want|need|the|wish))*?"
    r" (?:cancel|anul|desmar|borr|elimin)"
)
"""What a classifier overhears: "no, don't cancel it" is full of cancelling."""


class YesNo(Question):
    """Holds "yes" or "no" in its slot. The flow's own intent said again is a yes."""

    open_ended = False

    def __init__(self, slot: str, response: str, meaning_yes: str = "") -> None:
        self.slot = slot
        self._response = response
        self._meaning_yes = meaning_yes

    def prefill(self, turn: Turn) -> None:
        """Never taken from the message that began the flow."""

    def answered(self, turn: Turn) -> bool:
        """Whether it was answered, either way."""
        return turn.slot(self.slot) is not None

    def values(self, turn: Turn) -> dict[str, str | int]:  # noqa: ARG002 for subclasses
        """What the response of domain.yml is filled with."""
        return {}

    def ask(self, turn: Turn) -> None:
        """Says the response, which brings its yes and no along."""
        turn.say(self._response, **self.values(turn))

    def read(self, turn: Turn) -> bool:
        """A tapped or said yes or no."""
        if _DO_NOT.search(bare(turn.text)):
            turn.keep(**{self.slot: "no"})
            return True
        if turn.intent in {"affirm", self._meaning_yes} - {""}:
            turn.keep(**{self.slot: "yes"})
            return True
        if turn.intent == "deny":
            turn.keep(**{self.slot: "no"})
            return True
        return False


class VisitYesNo(YesNo):
    """A yes or no about the chosen visit, which the question names."""

    def values(self, turn: Turn) -> dict[str, str | int]:
        """The visit in words."""
        ref = chosen(turn)
        if ref is None:
            return {}
        visit = turn.services.schedule.appointment(ref.id)
        return {"visit": str(ref), **visits.in_words(turn, visit)}
