"""What a call says at each of its turns, as TwiML."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from twilio.twiml.voice_response import VoiceResponse

from channels.base import Reply
from channels.voice import lines, speech
from channels.voice.hearing import Heard
from channels.voice.ports import CallStore, Desk, MayText
from channels.voice.said import heard_as, meant_as, said_in_call
from channels.voice.state import CallState
from clinic.addresses import canonical, is_withheld
from clinic.clock import Clock
from conversations.gates import STOP_CALLS
from conversations.model import Answer, Inbound, Utterance

log = logging.getLogger(__name__)

MAX_MISSES = 2
MAX_DIALS = 2
_MAX_FAILURES = 1
_TALKED = frozenset({"completed", "answered"})
_MOST_LANGUAGE_CHOICES = 7
"""With more choices than these, the language keys would be theirs."""
_MANY_CHOICES = 3
"""So many are hard to keep in mind."""


@dataclass(frozen=True, slots=True)
class Scenes:
    """The scenes of a call.

    public_base_url: what Twilio calls us by, for the absolute addresses of TwiML. clinic_name: who
    calls; on voicemail nothing else may be said. desk: who can be rung now (`desk.desk_of`).
    may_text: whether an address may be written to after a call, a STOP kept.
    """

    store: CallStore
    public_base_url: str
    clock: Clock
    desk: Desk
    may_text: MayText
    clinic_name: str

    def go_on(self, answer: Answer, state: CallState) -> Reply:
        """Says the answer and listens on."""
        utterances = answer.utterances
        texts = self._script(utterances, state, answer.conversation.address)
        choices = speech.offered(utterances)
        if not texts or not (choices or answer.conversation.flow):
            texts.append(lines.ANYTHING_ELSE[state.l])
        menu = bool(state.g) and len(choices) <= _MOST_LANGUAGE_CHOICES and state.s == 0
        if menu and not answer.conversation.patient_id:
            texts += [
                lines.LANGUAGE_KEY[other].format(key=key)
                for key, other in lines.OTHER_LANGUAGES[state.l]
            ]
        else:
            state = replace(state, g=0)
        return self._ask(texts, utterances, state)

    def repeat(self, inbound: Inbound, state: CallState) -> Reply:
        """Says again what was said last in this very call, and nothing of before."""
        utterances = said_in_call(self.store, state.c, inbound.call_id)
        return self._ask(self._words(utterances, state, inbound.sender), utterances, state)

    def announce(self, answer: Answer, state: CallState) -> Reply:
        """What a call of ours was placed to say: who calls, the words, and every key."""
        utterances = answer.utterances
        texts = self._words(utterances, state, answer.conversation.address)
        if not any(self.clinic_name in text for text in texts):
            texts = [lines.CALLING[state.l].format(clinic=self.clinic_name), *texts]
        return self._ask(texts, utterances, state)

    def ask_who(self, state: CallState, message_id: str) -> Reply:
        """Who or what has taken our call is not known: only the clinic's name, and a key."""
        texts = [lines.CALLING[state.l].format(clinic=self.clinic_name), lines.IS_IT_YOU[state.l]]
        question = speech.Question(self._address("who", state, message=message_id), keys=1)
        response = VoiceResponse()
        speech.ask(response, texts, question, state.l)
        return speech.reply(response)

    def by_text(self, inbound: Inbound, state: CallState) -> Reply:
        """The caller would rather read the choices: they go out, and only then it is said so."""
        if self._text_choices(inbound, state, lines.BY_TEXT):
            return _end([lines.TEXTED[state.l], lines.GOODBYE[state.l]], state)
        return self.repeat(inbound, state)

    def missed(self, inbound: Inbound, state: CallState, heard: Heard) -> Reply:
        """Nothing or nothing useful came: said differently, then a person, then goodbye."""
        counted = replace(state, m=state.m + 1)
        if counted.m > MAX_MISSES:
            return self._give_up(inbound, counted)
        utterances = said_in_call(self.store, state.c, inbound.call_id)
        if counted.m == MAX_MISSES:
            return self._ask([lines.HOW_TO_GO_ON[state.l]], utterances, counted)
        first = lines.WRONG_KEY if heard is Heard.WRONG_KEY else lines.STILL_THERE
        again = self._words(utterances, counted, inbound.sender)
        return self._ask([first[state.l], *again], utterances, counted)

    def _words(self, utterances: Sequence[Utterance], state: CallState, sender: str) -> list[str]:
        """The words again, or at first, with the keys that only a call of ours has."""
        texts = self._script(utterances, state, sender) or [lines.ANYTHING_ELSE[state.l]]
        if state.o:
            texts += [lines.FOR_A_PERSON[state.l], lines.NO_MORE_CALLS[state.l]]
        return texts

    def _script(self, utterances: Sequence[Utterance], state: CallState, sender: str) -> list[str]:
        """The texts and choices; many choices are better read, where that is possible."""
        texts = list(speech.script(utterances, state.l))
        if len(speech.offered(utterances)) >= _MANY_CHOICES and self._may_read(sender):
            texts.append(lines.OR_READ_IT[state.l])
        return texts

    def _may_read(self, sender: str) -> bool:
        address = canonical(sender)
        return not is_withheld(address) and self.may_text(address)

    def _give_up(self, inbound: Inbound, state: CallState) -> Reply:
        """The choices go on in writing where that is possible; the call ends either way."""
        texts = [lines.GOODBYE[state.l]]
        if self._text_choices(inbound, state, lines.TEXT):
            texts.insert(0, lines.TEXTED[state.l])
        return _end(texts, state)

    def _text_choices(self, inbound: Inbound, state: CallState, why: lines.Line) -> bool:
        """Queues the choices in writing, once a call; False where that may not be.

        What a call of ours was placed to say goes with them; what else was said does not, since
        it may be private.
        """
        utterances = said_in_call(self.store, state.c, inbound.call_id)
        choices = speech.offered(utterances)
        if not choices or not self._may_read(inbound.sender):
            return False
        text = "\n".join([why[state.l], *(each.text for each in utterances if state.o)])
        key = f"call:{inbound.call_id}:text"
        self.store.say(state.c, text, author="bot", at=self.clock(), choices=choices, key=key)
        return True

    def connect(
        self,
        inbound: Inbound,
        state: CallState,
        utterances: Sequence[Utterance],
        *,
        stay: bool,
    ) -> Reply:
        """Rings a person where one is there; else tells what will happen.

        stay: the bot goes on afterwards; otherwise the call ends.
        """
        texts = list(speech.script(utterances, state.l))
        phone = self.desk(canonical(inbound.sender), self.clock())
        if phone is None or state.d >= MAX_DIALS:
            return self._promise(inbound, state, texts, utterances, stay=stay)
        response = VoiceResponse()
        speech.say(response, [*texts, lines.CONNECTING[state.l]], state.l)
        hidden = is_withheld(canonical(inbound.sender))
        rung = replace(state, d=state.d + 1)
        action = self._address("dialled", rung, stay=str(int(stay)))
        speech.dial(response, phone, action, inbound.recipient if hidden else None)
        return speech.reply(response)

    def to_person(
        self, inbound: Inbound, state: CallState, why: lines.Line, *, stay: bool
    ) -> Reply:
        """The bot cannot go on: a person is asked for, and only then promised."""
        if not state.c:
            return _end([lines.CALL_AGAIN[state.l]], state)
        self.store.hand_off(state.c, "failure", self.clock())
        said = (Utterance(why[state.l]),)
        return self.connect(inbound, replace(state, h=1), said, stay=stay)

    def after_dial(
        self, inbound: Inbound, state: CallState, form: Mapping[str, str], *, stay: bool
    ) -> Reply:
        """Somebody has talked with the patient, or nobody answered."""
        bridged = form.get("DialBridged", "true").lower() != "false"
        if form.get("DialCallStatus") in _TALKED and bridged:
            response = VoiceResponse()
            response.hangup()
            return speech.reply(response)
        texts = [lines.NOBODY_ANSWERED[state.l]]
        return self._promise(inbound, state, texts, (), stay=stay)

    def _promise(
        self,
        inbound: Inbound,
        state: CallState,
        texts: Sequence[str],
        utterances: Sequence[Utterance],
        *,
        stay: bool,
    ) -> Reply:
        """Whoever can be called back is told so, once it stands on record."""
        told = lines.NUMBER_HIDDEN[state.l]
        if not is_withheld(canonical(inbound.sender)):
            self.store.hand_off(state.c, "call_back", self.clock())
            told = lines.NOTED[state.l]
        if not stay:
            return _end([*texts, told, lines.GOODBYE[state.l]], state)
        return self._ask([*texts, told, lines.ANYTHING_ELSE[state.l]], utterances, state)

    def hold(self, state: CallState, turn: str, utterances: Sequence[Utterance]) -> Reply:
        """Asks the caller to wait and comes back for the answer."""
        line = lines.STILL_HOLDING if state.w else lines.HOLDING
        texts = speech.script(utterances, state.l) or (line[state.l],)
        response = VoiceResponse()
        speech.say(response, texts, state.l)
        response.redirect(self._address("wait", state, turn=turn), method="POST")
        return speech.reply(response)

    def goodbye(self, utterances: Sequence[Utterance], state: CallState) -> Reply:
        """Says the last words and ends the call."""
        texts = [speech.clear(utterance.text) for utterance in utterances]
        return _end(list(filter(None, texts)) or [lines.GOODBYE[state.l]], state)

    def is_farewell(self, inbound: Inbound, answer: Answer) -> bool:
        """Whether the patient wants no more calls, or has said goodbye and nothing is left open."""
        talk = answer.conversation
        if meant_as(self.store, talk.id, inbound.provider_id) == STOP_CALLS:
            return True
        if talk.flow is not None or speech.offered(answer.utterances):
            return False
        return heard_as(self.store, talk.id, inbound.provider_id) == "goodbye"

    def voicemail(self, state: CallState) -> Reply:
        """A machine answered: the clinic's name and how to call back, nothing more."""
        return _end([lines.VOICEMAIL[state.l].format(clinic=self.clinic_name)], state)

    def broken(self, path: str, state: CallState, more: Mapping[str, str]) -> Reply:
        """Something of ours failed: the same step once more, then honestly the end."""
        if state.f > _MAX_FAILURES:
            return _end([lines.CALL_AGAIN[state.l]], state)
        response = VoiceResponse()
        speech.say(response, [lines.SORRY[state.l]], state.l)
        response.redirect(self._address(path, state, **more), method="POST")
        return speech.reply(response)

    def _ask(
        self, texts: Sequence[str], utterances: Sequence[Utterance], state: CallState
    ) -> Reply:
        choices = speech.offered(utterances)
        counted = replace(state, n=len(choices))
        question = speech.Question(self._address("turn", counted), choices)
        response = VoiceResponse()
        speech.ask(response, texts, question, state.l)
        return speech.reply(response)

    def _address(self, path: str, state: CallState, **more: str) -> str:
        query = state.query(**more)
        place = "/".join(filter(None, [self.public_base_url, "twilio/voice", path]))
        return f"{place}?{query}" if query else place


def _end(texts: Sequence[str], state: CallState) -> Reply:
    response = VoiceResponse()
    speech.say(response, texts, state.l)
    response.hangup()
    return speech.reply(response)
