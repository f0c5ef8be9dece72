"""Greetings, the menu, languages, and what the bot did not understand."""

from rasa_sdk.events import EventType, FollowupAction

from actions.action import BotAction, back_to_flow
from actions.ask_price import asks_price_there
from actions.flow import PATIENCE
from actions.talk_to_human import hand_off, leave_flow
from actions.turn import Turn
from actions.wording import choices_of
from clinic.languages import LANGUAGES
from conversations.model import Choice
from understanding.medical_advice import asks_for_advice
from understanding.named import language_named

READINGS = 2
WORTH_OFFERING = 0.1  # less likely ones only confuse


class Greet(BotAction):
    """Says hello and what can be done."""

    action = "action_greet"

    def act(self, turn: Turn) -> list[EventType]:
        """In the middle of a flow a greeting is answered shortly."""
        if (turn.tracker.active_loop or {}).get("name"):
            turn.say("utter_hello")
            return back_to_flow(turn)
        turn.say("utter_greet")
        return []


class Menu(BotAction):
    """The menu, always one step away."""

    action = "action_menu"

    def act(self, turn: Turn) -> list[EventType]:
        """Leaves whatever was being asked. Also said after other words, where no rule goes on."""
        turn.say("utter_menu")
        return [*leave_flow(), FollowupAction("action_listen")]


class Farewell(BotAction):
    """The end of the talk: nothing is asked any more."""

    action = "action_farewell"

    def act(self, turn: Turn) -> list[EventType]:
        """Thanks or a goodbye."""
        thanks = turn.intent == "thank_you"
        turn.say("utter_welcome" if thanks else "utter_goodbye")
        return leave_flow()


class OldChoice(BotAction):
    """A button whose question is no longer open explains itself and does nothing."""

    action = "action_old_choice"

    def act(self, turn: Turn) -> list[EventType]:
        """Says so, and asks again what is open now."""
        turn.say("utter_old_choice")
        return back_to_flow(turn) or [FollowupAction("action_menu")]


class ChangeLanguage(BotAction):
    """Goes on in the language that the patient asks for."""

    action = "action_change_language"

    def act(self, turn: Turn) -> list[EventType]:
        """Kept for the conversation and the patient; asks which one where none is named."""
        wanted = turn.tapped.get("language") or language_named(turn.text)
        if wanted not in LANGUAGES:
            turn.say("utter_which_language")
            return []
        turn.services.conversations.set_language(turn.conversation.id, wanted)
        if turn.patient:
            turn.services.patients.set_language(turn.patient.id, wanted)
        turn.keep(language=wanted)
        return [*turn.events, FollowupAction("action_language_changed")]


class LanguageChanged(BotAction):
    """The first words in the new language."""

    action = "action_language_changed"

    def act(self, turn: Turn) -> list[EventType]:
        """Confirms it and goes on."""
        turn.say("utter_language_changed")
        return back_to_flow(turn) or [FollowupAction("action_menu")]


class NotUnderstood(BotAction):
    """What the bot cannot make out: its two best readings, and then a person, are offered."""

    action = "action_not_understood"

    def act(self, turn: Turn) -> list[EventType]:
        """The second time in a row a person is one tap away."""
        if asks_for_advice(turn.text):  # a doctor must answer that, never a bot
            hand_off(turn, "advice", "utter_no_advice")
            return back_to_flow(turn) or [FollowupAction("action_listen")]
        if waiting := back_to_flow(turn):
            turn.say("utter_old_choice")
            return waiting
        if asks_price_there(turn):
            return [FollowupAction("price_form")]
        misses = int(turn.slot("misses") or 0) + 1
        turn.keep(misses=0 if misses >= PATIENCE else misses)
        readings = self._readings(turn) if misses < PATIENCE else []
        if turn.intent == "out_of_scope":
            turn.say("utter_out_of_scope")
        elif turn.intent in {"affirm", "deny"}:
            turn.say("utter_what_next")
        elif misses >= PATIENCE:
            turn.say("utter_not_understood_person")
        elif readings:
            turn.say("utter_two_readings", readings)
        else:
            turn.say("utter_not_understood_menu")
        # The engine's own fallback would ask for this action again and again.
        return [*turn.events, FollowupAction("action_listen")]

    def _readings(self, turn: Turn) -> list[Choice]:
        """The two best readings as choices, in the words that domain.yml has for each."""
        known = choices_of("utter_readings", turn.language)
        titles = {each["payload"]: each["title"] for each in known}
        best = [f"/{name}" for name, sure in turn.ranking[:READINGS] if sure >= WORTH_OFFERING]
        return [Choice(titles[payload], payload) for payload in best if payload in titles]


class CannotRead(BotAction):
    """Photos, voice notes and the like, answered for what they are."""

    action = "action_cannot_read"

    def act(self, turn: Turn) -> list[EventType]:
        """One response a kind; a flow that waits asks again."""
        kind = turn.tapped.get("kind", "")
        known = {"image", "audio", "video", "document", "empty", "emoji", "long"}
        turn.say(f"utter_cannot_read_{kind if kind in known else 'document'}")
        return back_to_flow(turn)
