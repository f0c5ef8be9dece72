"""What the bot would say of a service: its own answers, words and renderers, nothing copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from channels.base import Channel
from channels.sms import render
from channels.sms.gsm import segments
from channels.texts import numbered, split
from channels.voice.speech import script
from channels.whatsapp.content import fits, with_room
from clinic.languages import Language
from console.needs import Needs
from conversations.answers import Answer, Answers
from conversations.model import Choice, Outbound, Utterance
from conversations.responses import NoResponses, responses_at
from understanding.services import match_services

_LONGEST: Final = 500
"""Of what is tried in the box: longer than any patient writes."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they arrive: pieces one after the other, then what can be tapped.

    segments: what a text message is billed as, 0 elsewhere. silent: why it cannot be shown.
    """

    pieces: Sequence[str] = ()
    taps: Sequence[Choice] = ()
    segments: int = 0
    silent: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the bot takes words for. outcome: found, which, near, other or nothing."""

    outcome: str
    candidates: Sequence[tuple[str, str, float]]


class Bot:
    """What it answers of one service, in one language, on one channel."""

    def __init__(self, needs: Needs, speaks: Language, channel: str) -> None:
        self._needs, self._language = needs, speaks
        self._channel = needs.channels[channel]
        spoken = self._channel.capabilities.spoken
        self._answers = Answers(needs.catalogue, needs.prices, speaks, spoken)

    def price(self, service: str, branch: str, plan: str) -> tuple[Answer, Said]:
        """The answer to what it costs there."""
        answer = self._answers.price(service, branch, plan, self._needs.clock())
        return answer, self._said(answer)

    def preparation(self, service: str) -> tuple[Answer, Said]:
        """The answer to how one prepares for it."""
        answer = self._answers.preparation(service)
        return answer, self._said(answer)

    def _said(self, answer: Answer) -> Said:
        try:
            responses = responses_at(self._needs.settings.training_data / "domain.yml")
            said = responses.say(answer, self._language, self._channel.name)
        except NoResponses as error:
            return Said(silent=str(error))
        return rendered(said, self._channel, self._language)


def rendered(said: Utterance, channel: Channel, speaks: Language) -> Said:
    """As the channel gives it to the patient."""
    if channel.capabilities.spoken:
        return Said([" ".join(script([said], speaks))])
    if channel.capabilities.tappable:
        taps = with_room(said.choices)
        fit = bool(taps) and fits(said.text, taps)
        text = said.text if fit else numbered(said.text, said.choices)
        return Said(split(text, channel.capabilities.max_chars), taps if fit else ())
    pieces = render(_message(said, channel, speaks))
    return Said(pieces, segments=sum(map(segments, pieces)))


def _message(said: Utterance, channel: Channel, speaks: Language) -> Outbound:
    return Outbound(
        id="",
        channel=channel.name,
        to="",
        sender="",
        text=said.text,
        language=speaks,
        choices=said.choices,
    )


def heard(needs: Needs, service: str, text: str, speaks: Language) -> Heard:
    """What the bot takes a patient's words for, among all that is offered now."""
    match = match_services(text[:_LONGEST], speaks, needs.catalogue.services())
    found = [(each.code, each.name, each.score) for each in match.candidates]
    if not found:
        return Heard("nothing", ())
    if match.near:
        return Heard("near", found)
    if match.ambiguous:
        return Heard("which", found)
    return Heard("found" if found[0][0] == service else "other", found)
