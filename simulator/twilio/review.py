"""WhatsApp's review of a template: what Meta rejects, read from the Content as Twilio keeps it.

https://developers.facebook.com/docs/whatsapp/message-templates/guidelines
https://www.twilio.com/docs/api/errors/63040
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from simulator.twilio.model import StoredContent

_LANGUAGES: Final = frozenset({"en", "en_GB", "en_US", "es", "es_AR", "es_ES", "es_MX", "pt_BR"})
_APPROVABLE: Final = frozenset({"twilio/text", "twilio/media", "twilio/quick-reply"})
_ANY: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_ENDS: Final = re.compile(r"^\W*\{\{|\}\}\W*$")
_SIDE_BY_SIDE: Final = re.compile(r"\}\}\W*\{\{")


def rejection(content: StoredContent, others: Iterable[StoredContent]) -> str:
    """Why it is rejected, "" where it is approved. others: under review or approved before."""
    return next(_reasons(content, others), "")


def _reasons(content: StoredContent, others: Iterable[StoredContent]) -> Iterator[str]:
    if not _APPROVABLE.issuperset(content.types):
        yield "INVALID_FORMAT: this type of content cannot be a template"
        return
    if content.language not in _LANGUAGES:
        yield "INVALID_FORMAT: the language is not supported"
    body = _body(content)
    names = _ANY.findall(body)
    if _ENDS.search(body):
        yield "INVALID_FORMAT: variables can't be at the start or end of the template"
    if _SIDE_BY_SIDE.search(body):
        yield "INVALID_FORMAT: variables must not stand side by side"
    if names != [str(number) for number in range(1, len(names) + 1)]:
        yield "INVALID_FORMAT: variables must be sequential"
    if len(_ANY.sub(" ", body).split()) < 2 * len(names) + 1:
        yield "INVALID_FORMAT: too many variables for the length of the message"
    if len(body) > 1024 or "\n\n\n" in body:
        yield "INVALID_FORMAT: the body is too long"
    buttons = _buttons(content)
    used = {*names, *(name for button in buttons for name in _ANY.findall(button["id"]))}
    if not used <= {name for name, sample in content.variables.items() if sample.strip()}:
        yield "INVALID_FORMAT: variables need samples"
    if any(_ANY.search(button["title"]) for button in buttons):
        yield "INVALID_FORMAT: a button's title takes no variable"
    if any(each.language == content.language and _body(each) == body for each in others):
        yield "INVALID_FORMAT: there is a template with the same content"


def _body(content: StoredContent) -> str:
    return next((str(kind["body"]) for kind in content.types.values() if kind.get("body")), "")


def _buttons(content: StoredContent) -> list[dict[str, str]]:
    actions: Any = content.types.get("twilio/quick-reply", {}).get("actions") or []
    return [{name: str(row.get(name) or "") for name in ("title", "id")} for row in actions]
