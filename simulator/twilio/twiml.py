"""Reads TwiML and says what Twilio's debugger would: the grammar is the installed SDK's own."""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal
from xml.etree import ElementTree as ET

from twilio.twiml import TwiML
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse

MOST_BYTES: Final = 64 * 1024
_XML_TYPES: Final = ("text/xml", "application/xml", "text/html")
_INTEGERS: Final = {
    "Gather": ("timeout", "numDigits", "maxSpeechTime"),
    "Pause": ("length",),
    "Record": ("timeout", "maxLength"),
    "Dial": ("timeout", "timeLimit"),
    "Say": ("loop",),
    "Play": ("loop",),
}
_BOOLEANS: Final = {
    "Gather": ("actionOnEmptyResult", "profanityFilter", "bargeIn", "debug"),
    "Record": ("playBeep", "transcribe"),
    "Dial": ("hangupOnStar", "answerOnBridge", "sequential"),
}
_VALUES: Final = {
    ("Gather", "input"): {"dtmf", "speech", "dtmf speech", "speech dtmf"},
    ("Reject", "reason"): {"busy", "rejected"},
    ("Record", "trim"): {"trim-silence", "do-not-trim"},
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the debugger would say. A fatal one ends the call with "application error"."""

    code: int
    text: str

    @property
    def fatal(self) -> bool:
        """Whether Twilio cannot go on."""
        return self.code != 12200 and self.code != 13335


@dataclass(frozen=True, slots=True)
class Element:
    """A TwiML element: its attributes, and the elements it may hold by their tags."""

    attributes: frozenset[str]
    children: Mapping[str, type[TwiML]]


class BadTwiml(Exception):
    """The document cannot be used. code: 12100, 12102, 12300 or 11750."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


Kind = Literal["voice", "messaging"]


def read_twiml(text: str, content_type: str, kind: Kind) -> tuple[ET.Element, list[Problem]]:
    """The document's root and the warnings about it. Raises BadTwiml."""
    if content_type.partition(";")[0].strip().lower() not in _XML_TYPES:
        raise BadTwiml(12300, f"the content type {content_type or '(none)'} is not XML")
    if len(text.encode()) > MOST_BYTES:
        raise BadTwiml(11750, "the document is larger than 64 KB")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadTwiml(12100, "a document type is not allowed")
    try:
        root = ET.fromstring(text.strip())  # noqa: S314 - our own app's words, entities refused
    except ET.ParseError as error:
        raise BadTwiml(12100, f"the document is not XML: {error}") from error
    if root.tag != "Response":
        raise BadTwiml(12102, "the root element is not Response")
    return root, list(_check_children(root, grammar(kind)[_ROOTS[kind]], kind))


_ROOTS: Final[dict[Kind, type[TwiML]]] = {"voice": VoiceResponse, "messaging": MessagingResponse}


def _check_children(parent: ET.Element, known: Element, kind: Kind) -> Iterator[Problem]:
    for node in parent:
        child = known.children.get(str(node.tag))
        if child is None:
            yield Problem(12200, f"<{node.tag}> may not stand in <{parent.tag}>")
            continue
        element = grammar(kind)[child]
        for name, value in node.attrib.items():
            if _plain(name) not in element.attributes:
                yield Problem(12200, f'<{node.tag}> has no attribute "{_plain(name)}"')
            elif wrong := _wrong_value(str(node.tag), name, value):
                yield Problem(12200, wrong)
        yield from _check_verb(node)
        yield from _check_children(node, element, kind)


def _check_verb(node: ET.Element) -> Iterator[Problem]:
    if node.tag == "Gather" and node.get("speechModel") and node.get("speechTimeout") == "auto":
        yield Problem(13335, "speechModel needs a number of seconds as speechTimeout")
    if node.tag == "Say" and not "".join(node.itertext()).strip():
        yield Problem(12200, "<Say> has nothing to say")
    if node.tag == "Say" and len("".join(node.itertext())) > 4096:
        yield Problem(12200, "<Say> is longer than 4096 characters")


def _wrong_value(tag: str, name: str, value: str) -> str | None:
    allowed = _VALUES.get((tag, name))
    if name.lower().endswith("method"):
        allowed = {"GET", "POST"}
    elif name in _BOOLEANS.get(tag, ()):
        allowed = {"true", "false"}
    if allowed is not None and value not in allowed:
        return f'<{tag}> {name}="{value}" is not one of {", ".join(sorted(allowed))}'
    if name in _INTEGERS.get(tag, ()) and not (value.isascii() and value.isdigit()):
        return f'<{tag}> {name}="{value}" is not a number'
    return None


def _plain(name: str) -> str:
    return name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")


@cache
def grammar(kind: Kind) -> dict[type[TwiML], Element]:
    """Every element under the root, read off the SDK's classes.

    Each method of a class that makes a child is called once with every parameter set: what
    becomes an attribute of the child is an attribute, the rest is its text.
    """
    root = _ROOTS[kind]
    attributes: dict[type[TwiML], set[str]] = {root: set()}
    children: dict[type[TwiML], dict[str, type[TwiML]]] = {}
    waiting: list[TwiML] = [root()]
    while waiting:
        parent = waiting.pop()
        if type(parent) in children:
            continue
        children[type(parent)] = found = {}
        for child in _children_of(parent):
            found[child.name] = type(child)
            attributes.setdefault(type(child), set()).update(child.attrs)
            waiting.append(child)
    return {made: Element(frozenset(attributes[made]), children[made]) for made in children}


def _children_of(parent: TwiML) -> Iterator[TwiML]:
    for name, method in inspect.getmembers(type(parent), inspect.isfunction):
        if name.startswith("_") or name not in type(parent).__dict__:
            continue
        wanted = [
            parameter
            for parameter in inspect.signature(method).parameters
            if parameter not in {"self", "kwargs"}
        ]
        child: Any = method(parent, **dict.fromkeys(wanted, "x"))
        if isinstance(child, TwiML):
            yield child


def speech_of(node: ET.Element) -> str:
    """What a Say element sounds like: its text with the SSML children's words, spaces tidied."""
    return " ".join("".join(node.itertext()).split())
