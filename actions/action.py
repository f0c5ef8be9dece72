"""What every action shares: a turn in, events out, failures that tell nothing of patients."""

import asyncio
import logging
from typing import ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.turn import Turn
from app.services import Services

logger = logging.getLogger(__name__)


class ActionCrashed(Exception):
    """An action failed: the turn must not go on. The text is the action's name alone."""


class BotAction(Action):  # type: ignore[misc]  # the SDK is untyped
    """An action of the bot. Subclasses say their name and write `act`."""

    action: ClassVar[str]

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        """The name under which domain.yml knows it."""
        return self.action

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,  # noqa: ARG002 the wire's own signature
    ) -> list[EventType]:
        """Runs in a thread of its own, because the clinic's store blocks."""
        turn = Turn(tracker, dispatcher, self.services)
        try:
            return await asyncio.to_thread(self.act, turn)
        except Exception as error:
            # The text of an error may hold a patient's words: only its kind is told.
            logger.error("action_failed action=%s error=%s", self.action, type(error).__name__)
            logger.debug("action_failed", exc_info=True)
            raise ActionCrashed(self.action) from None

    def act(self, turn: Turn) -> list[EventType]:
        """Does it and returns the events."""
        raise NotImplementedError


def back_to_flow(turn: Turn) -> list[EventType]:
    """After a side question: the flow that was waiting asks again."""
    waiting = turn.slot("paused_flow") or (turn.tracker.active_loop or {}).get("name")
    return [FollowupAction(waiting)] if waiting else []
