"""Calls that the clinic places: who or what has taken one, and what may be said to it."""

from dataclasses import replace

from twilio.twiml.voice_response import VoiceResponse

from channels.base import Callback, Channel, Reply
from channels.voice import ENDED, speech
from channels.voice.hearing import Heard, hear
from channels.voice.ports import Apply, Log
from channels.voice.scenes import Scenes
from channels.voice.state import CallState
from conversations.model import Delivery, Inbound, Receipt

MESSAGE = "message"
"""Whose id the addresses of a call of ours carry until its words are said."""

_MACHINE, _FAX, _HUMAN = "machine", "fax", "human"


class PlacedCalls:
    """The first steps of a call that we placed, until it goes on as every call does."""

    def __init__(self, channel: Channel, log: Log, apply: Apply, scenes: Scenes) -> None:
        self._channel = channel
        self._log = log
        self._apply = apply
        self._scenes = scenes

    def enter(self, callback: Callback) -> Reply:
        """The call was taken: by whom decides what is said.

        A machine is left the clinic's name and how to call back. Where Twilio cannot tell, nothing
        is said but the name until a key is pressed or a word is said.
        """
        call = self._call(callback)
        answered_by = callback.form.get("AnsweredBy", "")
        if answered_by == _FAX:
            return self._leave_a_fax(callback, call)
        if answered_by.startswith(_MACHINE):
            return self._leave_word(callback, call)
        self._log.note(call, callback.args[MESSAGE])
        if answered_by == _HUMAN:
            return self._announce(callback, call)
        return self._scenes.ask_who(_state(callback), callback.args[MESSAGE])

    def who(self, callback: Callback) -> Reply:
        """Somebody has pressed a key or said something, or nobody has: then it is a machine."""
        call = self._call(callback)
        heard, _ = hear(callback.form, call, _state(callback))
        if heard is Heard.SILENCE:
            return self._leave_word(callback, call)
        return self._announce(callback, call)

    def note_end(self, callback: Callback) -> Reply:
        """Twilio tells how a call goes on: kept with its message, and with the call."""
        call = self._call(callback)
        message_id = callback.args.get(MESSAGE)
        if message_id:
            receipt = self._channel.receipt({**callback.args, **callback.form})
            if receipt is not None:
                self._apply(receipt)
        self._log.note(call, message_id, over=callback.form.get("CallStatus") in ENDED)
        return Reply(status=204)

    def note_heard(self, call: Inbound) -> None:
        """The patient has reacted to the words of a call of ours: they were said."""
        self._apply(Receipt(str(call.call_id), Delivery.SPOKEN))

    def _call(self, callback: Callback) -> Inbound:
        call = self._channel.parse(callback.form, callback.at)
        return replace(call, text="", provider_id=f"{call.call_id}:0")

    def _announce(self, callback: Callback, call: Inbound) -> Reply:
        message_id = callback.args[MESSAGE]
        answer = self._log.take(message_id, call)
        state = _state(callback)
        if answer is None:
            return self._scenes.goodbye((), state)
        self._apply(Receipt(str(call.call_id), Delivery.ANSWERED, message_id))
        offers = int(len(speech.offered(answer.utterances)) < speech.ONE_KEY)
        state = replace(state, c=answer.conversation.id, o=offers)
        return self._scenes.announce(answer, state)

    def _leave_word(self, callback: Callback, call: Inbound) -> Reply:
        message_id = callback.args[MESSAGE]
        self._apply(Receipt(str(call.call_id), Delivery.VOICEMAIL, message_id))
        return self._scenes.voicemail(_state(callback))

    def _leave_a_fax(self, callback: Callback, call: Inbound) -> Reply:
        message_id = callback.args[MESSAGE]
        self._apply(Receipt(str(call.call_id), Delivery.UNDELIVERED, message_id, _FAX))
        response = VoiceResponse()
        response.hangup()
        return speech.reply(response)


def _state(callback: Callback) -> CallState:
    return CallState.read(callback.args)
