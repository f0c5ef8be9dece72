"""Utterances for the ear, as TwiML: every choice by key and by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from channels.base import Reply
from channels.texts import split
from channels.voice import lines
from channels.voice.voices import VOICES
from clinic.languages import Language
from conversations.model import Choice, Utterance

MAX_SAY = 2500
"""Characters of one Say: Polly takes 3000."""

ONE_KEY = 9
"""Up to how many choices one key is enough."""

_ANSWER_SECONDS = 6
_PAUSE_SECONDS = 2  # numeric: with a speech model "auto" is an error (13335)
_DIAL_SECONDS = 25
_MAX_HINTS = 100

_INFINITIVE = re.compile(r"^[^\W\d_]+(?:ar|er|ir)(?:se|me|lo|la)?\b")
_ENGLISH_VERBS = frozenset({
    "confirm", "cancel", "change", "move", "reschedule", "book", "keep", "see", "hear", "talk",
    "choose", "check", "ask", "pay", "go", "join", "leave", "pick", "try", "find", "make", "start",
})  # fmt: skip
_UNSPOKEN = re.compile(r"[*_~`#|<>{}\[\]\\]|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]")


@dataclass(frozen=True, slots=True)
class Question:
    """How the answer is awaited. action: the absolute address where it goes.

    choices: those among which a key chooses, none where the patient answers freely. keys: how many
    keys are awaited where the choices do not say it, 0 for any number.
    """

    action: str
    choices: tuple[Choice, ...] = ()
    keys: int = 0


def clear(text: str) -> str:
    """The text without what a voice would stumble over: emoji, asterisks, lines."""
    return " ".join(_UNSPOKEN.sub(" ", text).split())


def spoken_choice(number: int, choice: Choice, language: Language) -> str:
    """ "Para confirmar, marque 1." Its words are understood as well: `script` says so once."""
    form, what = lines.CHOICE, clear(choice.title)
    if _is_verb(what, language):
        form, what = lines.CHOICE_DO, _lowered(what)
    if choice.description:
        what = f"{what}, {clear(choice.description)}"
    return form[language].format(what=what, key=number)


def _is_verb(title: str, language: Language) -> bool:
    first = title.lower().partition(" ")[0]
    if language == "en":
        return first in _ENGLISH_VERBS
    return bool(_INFINITIVE.match(first))


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def offered(utterances: Sequence[Utterance]) -> tuple[Choice, ...]:
    """The choices that a key now answers: those of the last utterance that has any."""
    for utterance in reversed(utterances):
        if utterance.choices:
            return utterance.choices
    return ()


def script(utterances: Sequence[Utterance], language: Language) -> tuple[str, ...]:
    """What is said, piece by piece: the texts, then the choices with their keys."""
    said = [clear(utterance.text) for utterance in utterances]
    choices = offered(utterances)
    said += [spoken_choice(number, choice, language) for number, choice in enumerate(choices, 1)]
    if choices:
        said.append(lines.OR_SAY_IT[language])
    return tuple(piece for piece in said if piece)


def say(parent: VoiceResponse | Gather, texts: Sequence[str], language: Language) -> None:
    """Adds the texts in the language's voice; the SDK escapes them."""
    voice = VOICES[language]
    for piece in split(" ".join(texts), MAX_SAY):
        if piece:
            parent.say(piece, voice=voice.name, language=voice.locale)


def ask(
    response: VoiceResponse, texts: Sequence[str], question: Question, language: Language
) -> None:
    """Says the texts and listens, to keys and words, while they are said and after.

    A redirect follows, so that even a Gather that never comes back is no dead end.
    """
    voice = VOICES[language]
    options: dict[str, object] = {
        "input": "dtmf speech",
        "action": question.action,
        "method": "POST",
        "action_on_empty_result": True,
        "language": voice.locale,
        "hints": _hints(question.choices, language),
        "timeout": _ANSWER_SECONDS,
        "speech_timeout": _PAUSE_SECONDS,
    }
    if voice.speech_model:
        options["speech_model"] = voice.speech_model
    if question.keys or 0 < len(question.choices) <= ONE_KEY:
        options |= {"num_digits": question.keys or 1, "finish_on_key": ""}
    else:
        options["finish_on_key"] = "#"
    gather = Gather(**options)
    say(gather, texts, language)
    response.append(gather)
    response.redirect(question.action, method="POST")


def _hints(choices: Sequence[Choice], language: Language) -> str:
    words = [clear(choice.title).replace(",", " ") for choice in choices]
    return ", ".join([*words, *lines.HINTS[language]][:_MAX_HINTS])


def dial(response: VoiceResponse, phone: str, action: str, caller_id: str | None) -> None:
    """Connects with a person; `action` hears how that went. caller_id: None shows the caller's."""
    options: dict[str, object] = {
        "action": action,
        "method": "POST",
        "timeout": _DIAL_SECONDS,
        "answer_on_bridge": True,
    }
    if caller_id:
        options["caller_id"] = caller_id
    connection = Dial(**options)
    connection.number(phone)
    response.append(connection)


def reply(response: VoiceResponse) -> Reply:
    """The TwiML as a webhook's answer."""
    return Reply(str(response))
