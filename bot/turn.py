"""A turn in the engine: one message in, one wish or two served, what is said and understood out."""

from typing import Any, Dict, List, Optional, Text

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.processor import StrictProcessor
from bot.wishes import Wishes, seams, tell_apart

Answer = Dict[Text, Any]

# The wish that waits for the flow of another to end.
NEXT_WISH = "next_wish"


async def run_turn(
    processor: StrictProcessor, message: UserMessage, turn: Text, language: Text
) -> Answer:
    """Runs one turn and keeps it. Raises ActionFailed, and then nothing of it was kept."""
    output: OutputChannel = message.output_channel
    tracker = await processor.fetch_tracker_and_update_session(message.sender_id, output)
    if _users(tracker, turn):
        return _answer_of(tracker, turn)
    tracker.update(SlotSet("language", language), processor.domain)
    wishes = await _wishes(processor, message)
    if wishes is None:
        await processor.take(message, tracker)
    else:
        await processor.take(_saying(message, wishes.first), tracker)
        tracker.update(SlotSet(NEXT_WISH, wishes.second), processor.domain)
    waiting = tracker.get_slot(NEXT_WISH)
    asks_aside = wishes is not None and wishes.second_asks
    if waiting and (tracker.active_loop_name is None or asks_aside):
        tracker.update(SlotSet(NEXT_WISH, None), processor.domain)
        await processor.take(_saying(message, waiting), tracker)
    await processor.save_tracker(tracker)
    return _answer_of(tracker, turn)


async def _wishes(processor: StrictProcessor, message: UserMessage) -> Optional[Wishes]:
    """The two wishes of a message that holds two; a button is never two."""
    places = [] if message.parse_data else seams(message.text or "")
    readings = []
    for half in (half for seam in places for half in seam):
        intent = (await processor.parse_message(UserMessage(half))).get("intent") or {}
        readings.append((intent.get("name") or "", intent.get("confidence") or 0.0))
    return tell_apart(places, readings)


def _saying(message: UserMessage, text: Text) -> UserMessage:
    """The same message with a part of its words, or with those that waited."""
    return UserMessage(
        text,
        message.output_channel,
        message.sender_id,
        input_channel=message.input_channel,
        metadata=message.metadata,
    )


def _users(tracker: DialogueStateTracker, turn: Text) -> List[int]:
    """Where in the events the patient's words of that turn stand, if it is the last turn."""
    found: List[int] = []
    for at in range(len(tracker.events) - 1, -1, -1):
        event = tracker.events[at]
        if isinstance(event, UserUttered):
            if (event.metadata or {}).get("turn") != turn:
                break
            found.insert(0, at)
    return found


def _answer_of(tracker: DialogueStateTracker, turn: Text) -> Answer:
    """What was said to the words of the turn, and how the first of them were understood."""
    users = _users(tracker, turn)
    events = list(tracker.events)[users[0] :]
    parsed = events[0].parse_data
    intent = parsed.get("intent") or {}
    said = [_message(event) for event in events if isinstance(event, BotUttered)]
    return {
        "messages": _with_one_set_of_choices(_said_once(said)),
        "understood": {
            "intent": intent.get("name"),
            "confidence": intent.get("confidence"),
            "ranking": [
                {"name": each.get("name"), "confidence": each.get("confidence")}
                for each in parsed.get("intent_ranking", [])
            ],
            "entities": parsed.get("entities") or [],
        },
        "flow": tracker.active_loop_name,
        "model": (events[0].metadata or {}).get("model"),
    }


def _said_once(messages: List[Dict[Text, Any]]) -> List[Dict[Text, Any]]:
    """A question that is asked again after an aside in the same turn is asked there alone."""
    return [each for at, each in enumerate(messages) if each not in messages[at + 1 :]]


def _message(event: BotUttered) -> Dict[Text, Any]:
    """Choices that lead aside ("more times") come after those that answer the question."""
    buttons = (event.data or {}).get("buttons") or []
    ordered = sorted(buttons, key=lambda button: bool(button.get("aside")))
    fields = ("title", "payload", "description")
    kept = [{key: each[key] for key in fields if each.get(key)} for each in ordered]
    return {"text": (event.text or "").strip(), "buttons": kept}


def _with_one_set_of_choices(messages: List[Dict[Text, Any]]) -> List[Dict[Text, Any]]:
    """Only the last question of a turn can be answered by a digit: earlier choices are dropped."""
    last = max((i for i, each in enumerate(messages) if each["buttons"]), default=None)
    for index, each in enumerate(messages):
        if index != last:
            each["buttons"] = []
    return messages
