"""What is answered before the engine sees a message: opt-out words, emergencies, a person's talk.

After a STOP one sentence confirms it; what was still to be said or answered up to then is left
unsaid, and nothing is begun by the clinic until a START. Whoever writes later of their own accord
is answered: a question about a visit is no wish for silence, and an unanswered "cancel my visit"
would make a no-show.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from clinic.addresses import is_withheld
from clinic.consents import Purpose
from clinic.emergency import lines_of
from clinic.languages import Language
from clinic.ports import Patients
from conversations import fixed_words
from conversations.keys import country_of
from conversations.model import Conversation, ConversationState, Reception, Utterance
from conversations.turn import Outcome, Waiting
from understanding.emergencies import find_emergency
from understanding.no_calls import wants_no_more_calls
from understanding.opt_out import read_opt_out

logger = logging.getLogger(__name__)

STOP_CALLS = "/stop_calls"
"""What a message that asks for no more automatic calls is resolved to; a key of such a call."""

CountryOf = Callable[[str], str | None]
"""The ISO country of the branch that a patient (by id) comes to, if any."""


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates, in the order in which they stand."""

    patients: Patients
    detect: Callable[[str], Language | None]
    branch_country: CountryOf

    def urgent(self, waiting: Waiting, conversation: Conversation) -> Outcome | None:
        """What never waits behind other messages, nor for the engine: a STOP, an emergency."""
        return (
            self.obey_opt_out(waiting, conversation)
            or self.answer_emergency(waiting, conversation)
            or self.stop_calls(waiting, conversation)
        )

    def obey_opt_out(self, waiting: Waiting, conversation: Conversation) -> Outcome | None:
        """STOP and START, in the patient's words or already read and answered by the provider."""
        answered = (waiting.opt_out or "").lower()
        ours = read_opt_out(waiting.message.text)
        word = answered or ours
        if word == "stop":
            self._consent(waiting, given=False)
            said = () if answered else self._say(fixed_words.OPTED_OUT, waiting, conversation)
            # The provider takes "CANCEL" and "END" for a STOP: the patient may have meant a visit.
            doubt = () if ours == "stop" else (("alert", "doubt"),)
            return Outcome(utterances=said, raised=doubt, silences=True)
        # It takes "YES" for a START: to who never stopped, that is an answer to us.
        if word == "start" and (self._has_opted_out(waiting) or (answered and ours == "start")):
            self._consent(waiting, given=True)
            self._consent(waiting, Purpose.CALLS, given=True)
            return Outcome(
                utterances=()
                if answered
                else self._say(fixed_words.OPTED_IN, waiting, conversation)
            )
        return Outcome() if answered == "help" else None

    def stop_calls(self, waiting: Waiting, conversation: Conversation) -> Outcome | None:
        """No more automatic calls, by the key or in words; messages go on."""
        message = waiting.message
        asked = waiting.meant == STOP_CALLS or wants_no_more_calls(message.text)
        if not asked or is_withheld(message.address):
            return None
        self._consent(waiting, Purpose.CALLS, given=False)
        said = Utterance(fixed_words.NO_MORE_CALLS[conversation.language])
        return Outcome(utterances=(said,), meant=STOP_CALLS)

    def _has_opted_out(self, waiting: Waiting) -> bool:
        address = waiting.message.address
        return not is_withheld(address) and self.patients.opted_out(address, Purpose.CALLS)

    def _consent(
        self, waiting: Waiting, purpose: Purpose = Purpose.MESSAGES, *, given: bool
    ) -> None:
        message = waiting.message
        logger.info("consent_changed message=%s of=%s given=%s", message.id, purpose, given)
        if not is_withheld(message.address):
            self.patients.set_consent(
                message.address,
                given=given,
                channel=message.channel,
                words=message.text or (waiting.meant or ""),
                at=message.at,
                purpose=purpose,
            )

    def answer_emergency(self, waiting: Waiting, conversation: Conversation) -> Outcome | None:
        """The numbers to call, at once, and a person alerted; also while a person answers."""
        kind = find_emergency(waiting.message.text)
        if kind is None:
            return None
        logger.warning("emergency message=%s kind=%s", waiting.id, kind)
        language = self.detect(waiting.message.text) or conversation.language
        text = fixed_words.emergency_words(kind, lines_of(self._country(conversation)), language)
        return Outcome(utterances=(Utterance(text),), raised=(("handoff", "emergency"),))

    def _country(self, conversation: Conversation) -> str | None:
        """Where the patient is seen; else their number's country, else the clinic's number's."""
        patient = conversation.patient_id
        return (
            (self.branch_country(patient) if patient else None)
            or country_of(conversation.address)
            or country_of(conversation.recipient.partition(":")[2] or conversation.recipient)
        )

    def leave_to_staff(self, _waiting: Waiting, conversation: Conversation) -> Outcome | None:
        """While a person answers, the bot only listens."""
        if conversation.state is ConversationState.PERSON:
            return Outcome(state=Reception.WITH_STAFF)
        return None

    def _say(
        self, words: fixed_words.Words, waiting: Waiting, conversation: Conversation
    ) -> tuple[Utterance, ...]:
        language = self.detect(waiting.message.text) or conversation.language
        return (Utterance(words[language]),)
