"""A turn as an action sees it: what was said, who says it, and what may be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from app.services import Services
from clinic.appointments import Change
from clinic.languages import LANGUAGES, Language
from clinic.patients import Patient
from conversations.answers import Answers
from conversations.meaning import carried_by
from conversations.model import Choice, Conversation

Values = Mapping[str, str | int]


@dataclass(slots=False)
class Turn:
    """The patient's message, the dialogue slots, and the voice of the bot."""

    tracker: Tracker
    dispatcher: CollectingDispatcher
    services: Services
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What the patient wrote or said; empty where a button was tapped."""
        text = str(self.tracker.latest_message.get("text") or "")
        return "" if text.startswith("/") else text

    @property
    def intent(self) -> str:
        """What the engine read."""
        return str((self.tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def confidence(self) -> float:
        """How sure the engine is, 0 to 1; 1 for a button."""
        return float((self.tracker.latest_message.get("intent") or {}).get("confidence") or 0)

    @property
    def ranking(self) -> list[tuple[str, float]]:
        """What the engine might have read, likeliest first."""
        ranked = self.tracker.latest_message.get("intent_ranking") or []
        names = [(str(each["name"]), float(each["confidence"])) for each in ranked]
        return [each for each in names if each[0] != "nlu_fallback"]

    @cached_property
    def tapped(self) -> Mapping[str, str]:
        """What the tapped button carries; nothing for free text."""
        entities = self.tracker.latest_message.get("entities") or []
        return {} if self.text else {each["entity"]: str(each["value"]) for each in entities}

    @property
    def offered(self) -> Sequence[Mapping[str, object]]:
        """What each choice of the bot's last message carries, in their order."""
        for event in reversed(self.tracker.events):
            if event.get("event") == "bot":
                buttons = (event.get("data") or {}).get("buttons") or []
                return [carried_by(str(each.get("payload"))) for each in buttons]
        return []

    @cached_property
    def conversation(self) -> Conversation:
        """Which conversation this is; read once a turn."""
        return self.services.conversations.conversation(self.tracker.sender_id)

    @property
    def language(self) -> Language:
        """The language in which this turn is answered."""
        language = self.tracker.get_slot("language")
        return cast("Language", language) if language in LANGUAGES else self.conversation.language

    @property
    def spoken(self) -> bool:
        """Whether the answer is heard rather than read."""
        channel = self.services.channels.get(self.conversation.channel)
        return channel is not None and channel.capabilities.spoken

    @property
    def answers(self) -> Answers:
        """What is answered about services, in this turn's language and for its channel."""
        services = self.services
        return Answers(services.catalogue, services.prices, self.language, self.spoken)

    @cached_property
    def now(self) -> datetime:
        """The instant of this turn, UTC."""
        return self.services.clock()

    @property
    def patient(self) -> Patient | None:
        """Who speaks, once that is known."""
        known = self.conversation.patient_id
        return self.services.patients.patient(known) if known else None

    def identify(self, patient: Patient) -> None:
        """From now on this conversation is with that patient."""
        self.services.conversations.identify(self.tracker.sender_id, patient.id)
        self.__dict__.pop("conversation", None)

    def change(self, step: str, reason: str | None = None) -> Change:
        """The patient's change of a visit, done once however often this turn is tried."""
        key = f"{self.turn_id}:{step}"
        return Change("patient", self.conversation.channel, key, self.now, reason)

    @property
    def turn_id(self) -> str:
        """The inbound message that this turn answers."""
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                return str((event.get("metadata") or {}).get("turn") or "")
        return ""

    @property
    def words(self) -> str:
        """The message that this turn answers as the patient sent it; a tap's title for a tap."""
        messages = self.services.conversations.messages(self.tracker.sender_id)
        return next((each.text for each in messages if each.id == self.turn_id), "")

    def slot(self, name: str) -> Any:
        """A dialogue slot, as this turn has left it so far."""
        return self.changes.get(name, self.tracker.get_slot(name))

    def keep(self, **slots: Any) -> None:
        """Sets dialogue slots."""
        self.changes.update(slots)

    @property
    def events(self) -> list[EventType]:
        """The dialogue slots that this turn sets."""
        return [SlotSet(name, value) for name, value in self.changes.items()]

    def say(self, response: str, choices: Sequence[Choice] = (), /, **values: str | int) -> None:
        """Says a response of domain.yml, with choices before those that it brings along."""
        buttons = [
            {"title": each.title, "payload": each.payload, "description": each.description}
            for each in choices
        ]
        self.dispatcher.utter_message(response=response, buttons=buttons, **values)
