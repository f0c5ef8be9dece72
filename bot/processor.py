"""Rasa's message processor, for which a failed action is a failed turn.

Rasa 3.6 logs the exception of an action and goes on with the next step of the rule, so that a
patient may read "cancelled" when nothing was cancelled. Here the turn ends, and as the tracker is
saved only at the end of a turn, nothing of it remains.
"""

import copy
from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecutionRejected
from rasa.shared.core.trackers import DialogueStateTracker


class ActionFailed(Exception):
    """An action did not do what it should; the text is its name."""


class StrictProcessor(MessageProcessor):
    """Runs turns in which every action succeeds, or none counts."""

    async def take(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        """Understands a message and acts; the tracker is not saved. Raises ActionFailed."""
        await self._handle_message_with_tracker(message, tracker)
        tracker = await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)
        if tracker.latest_action_name != ACTION_LISTEN_NAME:
            raise ActionFailed(f"{tracker.latest_action_name} (the turn did not come to an end)")

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        attempt = tracker.copy()
        attempt.update_with_events(prediction.events, self.domain)
        try:
            events = await action.run(output_channel, nlg, attempt, self.domain)
        except ActionExecutionRejection:
            tracker.update(
                ActionExecutionRejected(
                    action.name(), prediction.policy_name, prediction.max_confidence
                )
            )
            return self.should_predict_another_action(action.name())
        except Exception:  # noqa: BLE001 whatever failed, the turn did
            # The cause may carry the patient's words: its name is enough.
            raise ActionFailed(action.name()) from None
        self._log_action_on_tracker(tracker, action, events, prediction)
        await self.execute_side_effects(events, tracker, output_channel)
        return self.should_predict_another_action(action.name())


def strict(processor: Any) -> StrictProcessor:
    """The same processor, model and stores, strict about failing actions."""
    twin = copy.copy(processor)
    twin.__class__ = StrictProcessor
    return twin
