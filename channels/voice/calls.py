"""The course of a call: every answer asks on, connects, waits a bounded time, or says goodbye."""

import logging
import traceback
from collections.abc import Mapping
from dataclasses import replace

from twilio.twiml.voice_response import VoiceResponse

from channels.base import Callback, Channel, Reply, Route, Unreadable
from channels.voice import ENDED, lines, speech
from channels.voice.hearing import TO_PERSON, Heard, hear
from channels.voice.placed import MESSAGE, PlacedCalls
from channels.voice.ports import Apply, CallTurns, Log
from channels.voice.scenes import Scenes
from channels.voice.state import CallState
from conversations.model import Answer, ConversationState, Inbound

logger = logging.getLogger(__name__)

BUDGET = 8.0
"""Seconds for an answer: Twilio gives up after 15, and the caller sooner."""

MAX_STEPS = 40
MAX_WAITS = 4
_MACHINES = ("machine", "fax")
_HANDED = frozenset({ConversationState.WAITING, ConversationState.PERSON})


class VoiceCalls:
    """Answers the webhooks of calls."""

    def __init__(
        self,
        channel: Channel,
        turns: CallTurns,
        log: Log,
        placed: PlacedCalls,
        scenes: Scenes,
        budget: float = BUDGET,
    ) -> None:
        self._channel = channel
        self._turns = turns
        self._log = log
        self._placed = placed
        self._scenes = scenes
        self._budget = budget

    def routes(self) -> Mapping[str, Route]:
        """The call's routes by their path below the entry."""
        return {
            "": self._guarded("", self._enter),
            "turn": self._guarded("turn", self._turn),
            "wait": self._guarded("wait", self._wait),
            "dialled": self._guarded("dialled", self._dialled),
            "who": self._guarded("who", self._placed.who),
            "status": self._placed.note_end,
        }

    def _enter(self, callback: Callback) -> Reply:
        """A call comes in, or one that we made is picked up."""
        form = callback.form
        if form.get("CallStatus") in ENDED:
            return speech.reply(VoiceResponse())
        if MESSAGE in callback.args:
            return self._placed.enter(callback)
        inbound = self._inbound(callback, 0)
        self._log.note(inbound)
        if form.get("AnsweredBy", "").startswith(_MACHINES):
            return self._scenes.voicemail(CallState.read(callback.args))
        opened = CallState(f=CallState.read(callback.args).f, g=1)
        return self._answer(inbound, opened, opening="/greet")

    def _turn(self, callback: Callback) -> Reply:
        """The caller has said or pressed something, or nothing."""
        before = CallState.read(callback.args)
        state = replace(before, s=before.s + 1)
        inbound = self._inbound(callback, state.s)
        heard, inbound = hear(callback.form, inbound, state)
        if state.o:
            self._placed.note_heard(inbound)
        if state.s > MAX_STEPS:
            return self._scenes.to_person(inbound, state, lines.LONG_CALL, stay=False)
        if heard in {Heard.SILENCE, Heard.WRONG_KEY}:
            return self._scenes.missed(inbound, state, heard)
        if heard is Heard.REPEAT:
            return self._scenes.repeat(inbound, state)
        if heard is Heard.BY_TEXT:
            return self._scenes.by_text(inbound, state)
        if heard is Heard.LANGUAGE:
            return self._answer(inbound, state.heard())
        wants_person = inbound.payload == TO_PERSON
        return self._answer(inbound, replace(state.heard(), g=0, o=0), wants_person=wants_person)

    def _wait(self, callback: Callback) -> Reply:
        """The caller has heard the holding line; the turn may be done by now."""
        state = CallState.read(callback.args)
        inbound = self._inbound(callback, state.s)
        answer = self._turns.collect(callback.args.get("turn", ""), self._budget)
        # Of an opening turn only the first address has the language keys and no step.
        opens = state.s == 0
        return self._tell(inbound, replace(state, w=state.w + 1), answer, opens=opens)

    def _dialled(self, callback: Callback) -> Reply:
        """The connection with a person has ended or never came about."""
        state = CallState.read(callback.args)
        stay = callback.args.get("stay") != "0"
        inbound = self._inbound(callback, state.s)
        return self._scenes.after_dial(inbound, state, callback.form, stay=stay)

    def _inbound(self, callback: Callback, step: int) -> Inbound:
        inbound = self._channel.parse(callback.form, callback.at)
        return replace(inbound, provider_id=f"{inbound.call_id}:{step}")

    def _answer(
        self,
        inbound: Inbound,
        state: CallState,
        opening: str | None = None,
        *,
        wants_person: bool = False,
    ) -> Reply:
        meant = opening or inbound.payload
        said = replace(inbound, payload=None, text="") if meant else inbound
        answer = self._turns.answer_now(said, self._budget, meant)
        opens = opening is not None
        return self._tell(inbound, state, answer, opens=opens, wants_person=wants_person)

    def _tell(
        self,
        inbound: Inbound,
        state: CallState,
        answer: Answer,
        *,
        opens: bool = False,
        wants_person: bool = False,
    ) -> Reply:
        """The answer as TwiML: asking on, connecting, waiting or the end."""
        talk = answer.conversation
        known = replace(state, c=talk.id, l=talk.language)
        if not answer.finished:
            return self._hold(inbound, known, answer)
        if opens and answer.state is ConversationState.WAITING:
            known = replace(known, h=1)
        done = replace(known, w=0, f=0)
        if answer.state is ConversationState.CLOSED or self._scenes.is_farewell(inbound, answer):
            return self._scenes.goodbye(answer.utterances, done)
        if answer.state in _HANDED and self._to_be_connected(answer, done, wants_person):
            stay = answer.state is not ConversationState.PERSON
            handed = replace(done, h=1)
            return self._scenes.connect(inbound, handed, answer.utterances, stay=stay)
        return self._scenes.go_on(answer, done)

    @staticmethod
    def _to_be_connected(answer: Answer, state: CallState, wants_person: bool) -> bool:
        """Who was handed over now, who asks for it, and whom the bot must not answer."""
        return wants_person or not state.h or answer.state is ConversationState.PERSON

    def _hold(self, inbound: Inbound, state: CallState, answer: Answer) -> Reply:
        if state.w >= MAX_WAITS:
            return self._scenes.to_person(inbound, state, lines.TOO_SLOW, stay=False)
        return self._scenes.hold(state, answer.turn, answer.utterances)

    def _guarded(self, path: str, route: Route) -> Route:
        """A call must never hear Twilio's own error: once it is tried again, then we say so."""

        def handle(callback: Callback) -> Reply:
            try:
                return route(callback)
            except Unreadable:
                raise
            except Exception as error:  # noqa: BLE001  # whatever breaks, the caller is told
                places = "".join(traceback.format_tb(error.__traceback__))
                logger.error("a call failed with %s\n%s", type(error).__name__, places)
                state = CallState.read(callback.args)
                again = {MESSAGE: callback.args[MESSAGE]} if MESSAGE in callback.args else {}
                return self._scenes.broken(path, replace(state, f=state.f + 1), again)

        return handle


def open_calls(
    scenes: Scenes, *, channel: Channel, turns: CallTurns, log: Log, apply: Apply
) -> VoiceCalls:
    """The calls, joined with what they need.

    log, apply: keep how calls went, and how far the messages came that they were placed for.
    """
    return VoiceCalls(channel, turns, log, PlacedCalls(channel, log, apply, scenes), scenes)
