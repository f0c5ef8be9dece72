"""The responses of domain.yml: finding their wordings, and changing them byte by byte.

ruamel tells where a text stands; what is written are the file's own characters with that one text
replaced, so that comments, order, anchors and everybody else's lines stay as they are.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from clinic.languages import LANGUAGES, Language
from trainer.examples import BadFile

_FLOW: Final = re.compile(r"^ *# flow: (\w+) *$")
NO_FLOW: Final = "other"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Which wording is meant. channel: "" for every one that has none of its own. number: from 1,
    among those for the same language and channel, of which the engine takes one by chance. button:
    0 for the text, else which of its choices, from 1, has the title."""

    response: str
    language: Language
    channel: str = ""
    number: int = 1
    button: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    """A choice that the response brings along. aside: it comes after those of the action."""

    title: "Wording"
    payload: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said at a place. begin and end: where the text stands, in characters, half-open.

    own: whether it is written there (no alias) and by itself (no text with an anchor), and so can
    be changed. A list of choices with an anchor is changed for all that repeat it.
    """

    place: Place
    text: str
    begin: int
    end: int
    own: bool
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """A response with its texts, each with its choices, in the order of the file."""

    name: str
    flow: str
    wordings: tuple[Wording, ...]

    @property
    def titles(self) -> tuple[Wording, ...]:
        """Those of all choices."""
        return tuple(each.title for text in self.wordings for each in text.buttons)

    @property
    def all_said(self) -> tuple[Wording, ...]:
        """Each text, followed by the titles of its choices."""
        return tuple(
            one for text in self.wordings for one in (text, *(each.title for each in text.buttons))
        )

    def of(self, language: Language, channel: str = "") -> Wording | None:
        """What is said on that channel: its own wording, else the one for every channel."""
        for wanted in (channel, ""):
            for each in self.wordings:
                if each.place.language == language and each.place.channel == wanted:
                    return each
        return None


@lru_cache(maxsize=4)
def read_responses(domain: bytes) -> tuple[Response, ...]:
    """The responses in their order. Raises BadFile."""
    try:
        source = domain.decode("utf-8")
        root = YAML().compose(source)
        pairs = next(value for key, value in root.value if key.value == "responses").value
        flows = list(_flows(source))
        return tuple(_response(key, value, flows) for key, value in pairs)
    except (YAMLError, UnicodeDecodeError, StopIteration, AttributeError, TypeError, KeyError):
        raise BadFile("the responses of domain.yml cannot be read") from None


def wordings(domain: bytes) -> Mapping[Place, Wording]:
    """Every text and every title by its place. Raises BadFile."""
    return {one.place: one for each in read_responses(domain) for one in each.all_said}


def reword(domain: bytes, new: Mapping[Place, str]) -> bytes:
    """domain.yml with these texts in their places. Raises BadFile, also where one is not there."""
    if not new:
        return domain
    there = wordings(domain)
    source = domain.decode("utf-8")
    for place in sorted(new, key=lambda each: -there[each].begin if each in there else 0):
        found = there.get(place)
        if found is None or not found.own:
            raise BadFile(f"{place.response} has no such text of its own")
        written = source[found.begin : found.end]
        rest = written[len(written.rstrip()) :]  # the line ends of a text of many lines
        source = source[: found.begin] + quoted(new[place]) + rest + source[found.end :]
    made = source.encode("utf-8")
    changed = {there[place].begin: text for place, text in new.items()}
    expected = {place: changed.get(one.begin, one.text) for place, one in there.items()}
    if {place: one.text for place, one in wordings(made).items()} != expected:
        raise BadFile("domain.yml is written in a way that cannot be changed by itself")
    return made


def quoted(text: str) -> str:
    """The text as a double-quoted scalar in one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _flows(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.splitlines()):
        if found := _FLOW.match(line):
            yield number, found[1]


def _response(key: Any, value: Any, flows: list[tuple[int, str]]) -> Response:
    name, line = str(key.value), key.start_mark.line
    flow = next((flow for at, flow in reversed(flows) if at < line), NO_FLOW)
    counted: Counter[tuple[str, str]] = Counter()
    found: list[Wording] = []
    for node in value.value:
        fields = {field.value: (field, content) for field, content in node.value}
        if "text" not in fields:
            continue
        channel = str(fields["channel"][1].value) if "channel" in fields else ""
        for language in _languages(fields.get("condition")):
            counted[language, channel] += 1
            place = Place(name, language, channel, counted[language, channel])
            shared = node.start_mark.index < key.start_mark.index
            found.append(_wording(place, fields, shared=shared))
    return Response(name, flow, tuple(found))


def _languages(condition: Any) -> tuple[Language, ...]:
    """Those that the condition names, or all."""
    each = _plain(condition[1]) if condition else []
    named = {one.get("value") for one in each if one.get("name") == "language"}
    return tuple(one for one in LANGUAGES if one in named or not named)


def _wording(place: Place, fields: Mapping[str, Any], *, shared: bool) -> Wording:
    elsewhere = shared or len(_languages(fields.get("condition"))) > 1
    buttons: tuple[Button, ...] = ()
    if "buttons" in fields:
        field, content = fields["buttons"]
        common = elsewhere or _is_alias(content, field)
        buttons = tuple(
            _button(replace(place, button=number), node, shared=common)
            for number, node in enumerate(content.value, 1)
        )
    return _scalar(place, fields["text"], elsewhere, buttons)


def _button(place: Place, node: Any, *, shared: bool) -> Button:
    fields = {field.value: (field, content) for field, content in node.value}
    aside = "aside" in fields and fields["aside"][1].value == "true"
    title = _scalar(place, fields["title"], shared or bool(node.anchor))
    return Button(title, str(fields["payload"][1].value), aside)


def _scalar(
    place: Place, pair: tuple[Any, Any], shared: bool, buttons: tuple[Button, ...] = ()
) -> Wording:
    field, text = pair
    strange = text.anchor or text.tag != "tag:yaml.org,2002:str" or _is_alias(text, field)
    own = not (shared or strange)
    begin, end = text.start_mark.index, text.end_mark.index
    return Wording(place, str(text.value).strip(), begin, end, own, buttons)


def _is_alias(content: Any, field: Any) -> bool:
    """Whether it is written elsewhere, before its own key."""
    return bool(content.start_mark.index < field.start_mark.index)


def _plain(node: Any) -> Any:
    """A node's content, of texts alone."""
    if isinstance(node.value, str):
        return node.value
    if node.tag == "tag:yaml.org,2002:map":
        return {key.value: _plain(value) for key, value in node.value}
    return [_plain(each) for each in node.value]
