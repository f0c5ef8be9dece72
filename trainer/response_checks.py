"""What speaks against a text that patients would be told."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from channels.sms.gsm import segments, to_gsm
from channels.texts import units
from channels.twilio_messages import MAX_CHARS
from channels.whatsapp.content import (
    MAX_BODY,
    MAX_BUTTON_TITLE,
    MAX_DESCRIPTION,
    MAX_ITEM_TITLE,
    MAX_QUICK_REPLIES,
)
from integrations.twilio.keywords import read_keyword
from trainer.responses import Response, Wording
from understanding.opt_out import read_opt_out
from understanding.words import fold

ProblemKind = Literal[
    "empty", "long", "hidden", "markup", "braces", "unknown", "keyword",
    "missing", "dear", "untappable", "twice", "clipped",
]  # fmt: skip
DEAR: Final = 3
"""More segments than these of one text message are pointed out."""
_STOPS: Final = frozenset(
    {"empty", "long", "hidden", "markup", "braces", "unknown", "keyword", "twice"}
)
_VALUE: Final = re.compile(r"\{(\w+)\}")
_MARKUP: Final = re.compile(r"</?[A-Za-z!][^<>]*>|\[[^\]]+\]\([^)]+\)|&[A-Za-z#]\w+;")
_LOUD: Final = re.compile(r"\b[A-Z]{3,}\b")
_QUOTED: Final = re.compile(r"[«“\"']([^«»“”\"']{2,30})[»”\"']")
_ASKED: Final = re.compile(  # on the folded text
    r"\b(?:reply|text|write|send|type|say|answer"
    r"|respond[ae]|contest[ae]|escrib[ae]|envi[ae]|mand[ae]|dig[ae]|escreva)\b"
    r"(?: (?:with|back|con|com|la palabra|a palavra|the word))? ([a-z]{2,20})"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text. about: the value, the words or the number that it is about.

    unknown: a value that nothing fills in here; keyword: it asks for a word that stops or starts
    messages; braces: one that belongs to no value; dear: so many text messages are paid;
    untappable: too long for WhatsApp to show its choices as buttons; missing: a value that the
    other languages tell; twice: the title of another choice beside it; clipped: of a title WhatsApp
    shows so many letters.
    """

    kind: ProblemKind
    about: str = ""

    @property
    def stops(self) -> bool:
        """Whether the text is not kept."""
        return self.kind in _STOPS


def tidy(text: str) -> str:
    """The text with plain spaces and line ends, and none at its end."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    plain = ("".join(" " if _is_space(each) else each for each in line) for line in lines)
    return "\n".join(line.rstrip() for line in plain).strip()


def _is_space(character: str) -> bool:
    return character == "\t" or unicodedata.category(character) == "Zs"


def problems(response: Response, wording: Wording, text: str) -> Sequence[Problem]:
    """Those of a text, tidied, in the place of the wording: what is said, or a choice's title."""
    if wording.place.button:
        return [*_plain_problems(text, MAX_DESCRIPTION), *_title_problems(response, wording, text)]
    return (
        [
            *_plain_problems(text.replace("\n", " "), MAX_CHARS),
            *_value_problems(response, wording, text),
        ]
        + [Problem("keyword", each) for each in sorted(_keywords_of(text) - _allowed(response))]
        + list(_length_problems(wording, text))
    )


def _plain_problems(text: str, most: int) -> Iterator[Problem]:
    if not text:
        yield Problem("empty")
    if units(text) > most:
        yield Problem("long", str(most))
    if not text.isprintable():
        yield Problem("hidden")
    if found := _MARKUP.search(text):
        yield Problem("markup", found[0][:40])
    if set("{}") & set(_VALUE.sub("", text)):
        yield Problem("braces")


def _value_problems(response: Response, wording: Wording, text: str) -> Iterator[Problem]:
    told, here = values_of(text), wording.place
    for value in sorted(told - known_values(response)):
        yield Problem("unknown", value)
    others: set[str] = set()
    for each in response.wordings:
        if each.place.channel == here.channel and each.place != here:
            others |= values_of(each.text)
    for value in sorted((others or values_of(wording.text)) - told):
        yield Problem("missing", value)


def _title_problems(response: Response, title: Wording, text: str) -> Iterator[Problem]:
    told = values_of(text)
    yield from (Problem("unknown", value) for value in sorted(told - known_values(response)))
    yield from (Problem("missing", value) for value in sorted(values_of(title.text) - told))
    titles = {fold(each.text) for each in response.titles}
    if text and _opts(text) and fold(text) not in titles:  # "Yes" is a title here and there
        yield Problem("keyword", text)
    choices = ([each.title for each in one.buttons] for one in response.wordings)
    beside = next(each for each in choices if title in each)
    if fold(text) in {fold(each.text) for each in beside if each != title}:
        yield Problem("twice", text)
    if len(beside) <= MAX_QUICK_REPLIES and MAX_BUTTON_TITLE < units(text) <= MAX_ITEM_TITLE:
        yield Problem("clipped", str(MAX_BUTTON_TITLE))


def _length_problems(wording: Wording, text: str) -> Iterator[Problem]:
    channel = wording.place.channel
    if channel in {"", "sms"} and (count := segments(to_gsm(text))) > DEAR:
        yield Problem("dear", str(count))
    if channel in {"", "whatsapp"} and wording.buttons and units(text) > MAX_BODY:
        yield Problem("untappable", str(MAX_BODY))


def values_of(text: str) -> frozenset[str]:
    """The values in braces that a text tells."""
    return frozenset(_VALUE.findall(text))


def known_values(response: Response) -> frozenset[str]:
    """Those that the response's action fills in: what any of its texts and titles tells today."""
    return frozenset(value for each in response.all_said for value in values_of(each.text))


def _allowed(response: Response) -> set[str]:
    """Such words that it asks for already: how to come back after a STOP must be said."""
    return {word for each in response.wordings for word in _keywords_of(each.text)}


def _keywords_of(text: str) -> set[str]:
    """The words which it asks for and which the provider or the gateway takes for opting out or in.

    Asked for is what stands in capitals, in quotes, or after "write" and the like.
    """
    asked: Iterable[str] = [
        *_LOUD.findall(text),
        *_QUOTED.findall(text),
        *_ASKED.findall(fold(text)),
    ]
    return {word.upper() for word in asked if _opts(word)}


def _opts(word: str) -> bool:
    return read_keyword(word) in {"STOP", "START"} or read_opt_out(word) in {"stop", "start"}
