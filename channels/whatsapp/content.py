"""Taps on WhatsApp: Twilio's Content resources, one for each shape of message.

A Content must exist before it can be sent. Everything said stands in variables, so a shape
(language, kind, how many choices, which have a description, in how many variables the text goes)
is created once and used for every patient, and nothing about a patient is kept at Twilio's
Content. Limits:
https://www.twilio.com/docs/content/twilio-quick-reply
https://www.twilio.com/docs/content/twiliolist-picker
https://www.twilio.com/docs/content/using-variables-with-content-api
"""

import json
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList

from channels.texts import shorten, units
from clinic.languages import Language
from conversations.model import Choice

log = logging.getLogger(__name__)

MAX_QUICK_REPLIES = 3  # without WhatsApp's approval
MAX_ITEMS = 10
MAX_BODY = 1024
MAX_BUTTON_TITLE = 20
MAX_ITEM_TITLE = 24
MAX_DESCRIPTION = 72
MAX_ID = 200
MAX_VARIABLE = 250  # Twilio says 255 in one place and 256 in another

LIST_BUTTON: dict[Language, str] = {
    "es": "Ver opciones",
    "pt": "Ver opções",
    "en": "See options",
}
_VERSION = "1"
"""To be raised when what a shape looks like changes: the old ones are then left alone."""

Kind = Literal["quick-reply", "list-picker"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is fixed in a Content. described: per choice "1" with a description, else "0"."""

    kind: Kind
    language: Language
    described: str
    parts: int

    @property
    def friendly_name(self) -> str:
        """The name by which another process finds it again."""
        return f"consulta-{_VERSION}-{self.language}-{self.kind}-{self.described or 0}-{self.parts}"


def with_room(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The same choices; titles too long for their line stand whole in the description.

    Words with which all of them begin tell nothing apart and are left out of the title:
    "Química sanguínea de 6 elementos" and "… de 12 elementos" are "6 elementos", "12 elementos".
    """
    if all(units(choice.title) <= MAX_ITEM_TITLE for choice in choices):
        return tuple(choices)
    words = [choice.title.split() for choice in choices]
    alike = takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False))
    shared = len(list(alike)) if len(words) > 1 else 0
    return tuple(
        Choice(" ".join(own[shared:]) or choice.title, choice.payload, choice.title)
        for choice, own in zip(choices, words, strict=True)
    )


def fits(text: str, choices: Sequence[Choice]) -> bool:
    """Whether WhatsApp can show the choices to tap: titles and ids must tell them apart."""
    _, limit = _kind(choices)
    titles = {shorten(choice.title, limit) for choice in choices}
    return (
        1 <= len(choices) <= MAX_ITEMS
        and 0 < units(text.strip()) <= MAX_BODY
        and len(titles) == len(choices)
        and all(titles)
        and len({choice.payload for choice in choices}) == len(choices)
        and all(0 < units(choice.payload) <= MAX_ID for choice in choices)
    )


def compose(
    text: str, choices: Sequence[Choice], language: Language
) -> tuple[Shape, dict[str, str]]:
    """The shape that the message needs and the variables that fill it."""
    kind, limit = _kind(choices)
    parts = _variables(text.strip())
    filled = {f"b{number}": part for number, part in enumerate(parts, start=1)}
    for number, choice in enumerate(choices, start=1):
        filled[f"t{number}"] = shorten(choice.title, limit)
        filled[f"p{number}"] = choice.payload
        if choice.description:
            filled[f"d{number}"] = shorten(choice.description, MAX_DESCRIPTION)
    described = "".join("1" if choice.description else "0" for choice in choices)
    return Shape(kind, language, described, len(parts)), filled


def _kind(choices: Sequence[Choice]) -> tuple[Kind, int]:
    """How they are shown, and how long a title may be there."""
    # Buttons have no room for a description; with one, a list says more.
    if len(choices) <= MAX_QUICK_REPLIES and not any(choice.description for choice in choices):
        return "quick-reply", MAX_BUTTON_TITLE
    return "list-picker", MAX_ITEM_TITLE


def _variables(text: str) -> tuple[str, ...]:
    """The text in as few variables as hold it, whole again when put side by side."""
    pieces, start = [], 0
    while start < len(text):
        end = min(start + MAX_VARIABLE, len(text))
        while units(text[start:end]) > MAX_VARIABLE:
            end -= 1
        pieces.append(text[start:end])
        start = end
    return tuple(pieces)


class Contents:
    """The account's Content resources, looked up once and created when missing."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._sids: dict[str, str] | None = None
        self._lock = threading.Lock()

    def sid(self, shape: Shape) -> str:
        """The id of the shape's Content. Raises what the SDK raises."""
        with self._lock:
            if self._sids is None:
                self._sids = self._existing()
            name = shape.friendly_name
            if name not in self._sids:
                created = self._client.content.v1.contents.create(_request(shape))
                self._sids[name] = str(created.sid)
            return self._sids[name]

    def forget(self, shape: Shape) -> None:
        """Somebody deleted it at Twilio: the next use creates it again."""
        with self._lock:
            if self._sids is not None:
                self._sids.pop(shape.friendly_name, None)

    def _existing(self) -> dict[str, str]:
        """Ours by name. Without an answer we create them anew, which costs nothing."""
        try:
            contents = self._client.content.v1.contents.list(limit=1000, page_size=500)
        except Exception as error:  # noqa: BLE001  # the SDK and requests raise without a base
            log.warning("the Content resources cannot be listed: %s", type(error).__name__)
            return {}
        return {
            str(content.friendly_name): str(content.sid)
            for content in contents
            if str(content.friendly_name).startswith(f"consulta-{_VERSION}-")
        }


def variables(filled: dict[str, str]) -> str:
    """The variables as Twilio wants them: a JSON string."""
    return json.dumps(filled, ensure_ascii=False)


def _request(shape: Shape) -> ContentList.ContentCreateRequest:
    body = "".join(f"{{{{b{number}}}}}" for number in range(1, shape.parts + 1))
    numbers = range(1, len(shape.described) + 1)
    lines = [body, *(f"{number} {{{{t{number}}}}}" for number in numbers)]
    samples = {f"b{number}": "…" for number in range(1, shape.parts + 1)}
    for number in numbers:
        samples |= {f"t{number}": "…", f"p{number}": "/menu"}
        if shape.described[number - 1] == "1":
            samples[f"d{number}"] = "…"
    types = {
        f"twilio/{shape.kind}": _tappable(shape, body),
        "twilio/text": ContentList.TwilioText({"body": "\n".join(lines)}),
    }
    return ContentList.ContentCreateRequest(
        {
            "friendly_name": shape.friendly_name,
            "language": shape.language,
            "variables": samples,
            "types": ContentList.Types(types),
        }
    )


def _tappable(
    shape: Shape, body: str
) -> ContentList.TwilioQuickReply | ContentList.TwilioListPicker:
    numbers = range(1, len(shape.described) + 1)
    if shape.kind == "quick-reply":
        actions = [
            ContentList.QuickReplyAction(
                {
                    "type": "QUICK_REPLY",
                    "title": f"{{{{t{number}}}}}",
                    "id": f"{{{{p{number}}}}}",
                }
            )
            for number in numbers
        ]
        return ContentList.TwilioQuickReply({"body": body, "actions": actions})
    items = [
        ContentList.ListItem(
            {
                "id": f"{{{{p{number}}}}}",
                "item": f"{{{{t{number}}}}}",
                "description": f"{{{{d{number}}}}}" if flag == "1" else None,
            }
        )
        for number, flag in enumerate(shape.described, start=1)
    ]
    button = LIST_BUTTON[shape.language]
    return ContentList.TwilioListPicker({"body": body, "button": button, "items": items})
