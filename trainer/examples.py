"""The examples of data/nlu.yml: finding their places, and changing lines without touching others.

ruamel tells where a block stands; what is written are the file's own bytes with lines put in or
taken out, so that comments, order and everybody else's lines stay as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError


class BadFile(Exception):
    """The file is not there or cannot be read as a Rasa project's; the text says what is wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """What a patient may say, and what it means."""

    intent: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """The examples of an intent in a language. first and end: their lines, half-open, from 0."""

    intent: str
    language: str
    first: int
    end: int
    texts: tuple[str, ...]


@lru_cache(maxsize=4)
def read_blocks(content: bytes) -> tuple[Block, ...]:
    """The blocks in their order. Raises BadFile."""
    lines = content.splitlines()
    try:
        found = YAML().load(content.decode("utf-8"))["nlu"]
        return tuple(_block(each, lines) for each in found if "intent" in each)
    except (YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadFile(f"the examples cannot be read: {type(error).__name__}") from None


def _block(node: Any, lines: Sequence[bytes]) -> Block:
    at, indent = node.lc.key("examples")
    if lines[at].strip().partition(b":")[0] != b"examples":
        raise BadFile(f"line {at + 1} was to begin a block of examples")
    end = last = at + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
        if lines[end - 1].strip():
            last = end
    texts = tuple(
        line.strip().removeprefix("-").strip() for line in str(node["examples"]).splitlines()
    )
    return Block(str(node["intent"]), str(node["metadata"]["language"]), at + 1, last, texts)


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))


def read_examples(content: bytes) -> list[Example]:
    """All examples. Raises BadFile."""
    return [
        Example(block.intent, block.language, text)
        for block in read_blocks(content)
        for text in block.texts
    ]


def insert(content: bytes, new: Iterable[Example]) -> bytes:
    """The file with the examples at the end of their blocks; blocks that are missing come last."""
    lines = content.splitlines(keepends=True)
    eol = b"\r\n" if lines and lines[0].endswith(b"\r\n") else b"\n"
    places = {(block.intent, block.language): block for block in read_blocks(content)}
    missing: list[Example] = []
    added: dict[int, list[bytes]] = {}
    for example in new:
        block = places.get((example.intent, example.language))
        if block is None:
            missing.append(example)
            continue
        indent = _indent(lines[block.end - 1]) if block.end > block.first else 6
        line = b" " * indent + f"- {example.text}".encode() + eol
        added.setdefault(block.end, []).append(line)
    for at in sorted(added, reverse=True):
        lines[at:at] = added[at]
        if not lines[at - 1].endswith(b"\n"):  # the file ended without a line's end, and still will
            lines[at - 1] += eol
            lines[at + len(added[at]) - 1] = lines[at + len(added[at]) - 1].removesuffix(eol)
    return b"".join(lines) + _new_blocks(missing, eol)


def _new_blocks(examples: Iterable[Example], eol: bytes) -> bytes:
    lines: list[str] = []
    ordered = sorted(examples, key=lambda each: (each.intent, each.language))
    for (intent, language), own in groupby(ordered, lambda each: (each.intent, each.language)):
        lines += ["", f"  - intent: {intent}", "    metadata:", f"      language: {language}"]
        lines += ["    examples: |", *(f"      - {each.text}" for each in own)]
    return b"".join(line.encode() + eol for line in lines)


def remove(content: bytes, gone: Iterable[Example]) -> bytes:
    """The file without one line for each of the examples; what is not there is passed over."""
    lines: list[bytes | None] = [*content.splitlines(keepends=True)]
    places = {(block.intent, block.language): block for block in read_blocks(content)}
    for example in gone:
        block = places.get((example.intent, example.language))
        wanted = f"- {example.text}".encode()
        for at in range(block.end - 1, block.first - 1, -1) if block else ():
            line = lines[at]
            if line is not None and line.strip() == wanted:
                lines[at] = None
                break
    return b"".join(line for line in lines if line is not None)


@lru_cache(maxsize=4)
def read_intents(domain: bytes) -> tuple[str, ...]:
    """The intents of domain.yml in their order. Raises BadFile."""
    try:
        found = YAML().load(domain.decode("utf-8"))["intents"]
        return tuple(each if isinstance(each, str) else next(iter(each)) for each in found)
    except (YAMLError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise BadFile(f"domain.yml cannot be read: {type(error).__name__}") from None


def add_intents(domain: bytes, new: Sequence[str]) -> bytes:
    """domain.yml with the intents at the end of its list. Raises BadFile."""
    if not new:
        return domain
    known = read_intents(domain)
    lines = domain.splitlines(keepends=True)
    item = f"- {known[-1]}".encode()
    at = next((n for n, line in enumerate(lines) if line.strip().startswith(item)), None)
    if at is None:
        raise BadFile("the list of intents in domain.yml is not written one a line")
    indent = b" " * _indent(lines[at])
    ending = b"\r\n" if lines[at].endswith(b"\r\n") else b"\n"
    lines[at + 1 : at + 1] = [
        indent + f"- {each}: {{use_entities: []}}".encode() + ending for each in new
    ]
    return b"".join(lines)
