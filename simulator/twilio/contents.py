"""Contents (templates): what Twilio checks when one is made, and how a phone shows it."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from simulator.twilio.errors import ApiError
from simulator.twilio.model import Approval, Item, Shown, StoredContent
from simulator.twilio.review import rejection
from simulator.twilio.state import State, new_sid

SESSION_BUTTONS: Final = 3
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_TEMPLATE_NAME = re.compile(r"^[a-z0-9_]{1,512}$")
_PREFERRED: Final = ("twilio/list-picker", "twilio/quick-reply", "twilio/location", "twilio/media")


def create_content(state: State, body: Mapping[str, Any]) -> StoredContent:
    """Makes a content from the request's JSON. Raises ApiError 20001."""
    types = body.get("types")
    if not isinstance(types, dict):
        raise ApiError(20001, "types is required")
    kept = {name: dict(value) for name, value in types.items() if isinstance(value, dict)}
    if not kept:
        raise ApiError(20001, "types must name at least one content type")
    if not body.get("language"):
        raise ApiError(20001, "language is required")
    for name, value in kept.items():
        _check_type(name, value)
    variables = body.get("variables") or {}
    content = StoredContent(
        sid=new_sid("HX"),
        friendly_name=str(body.get("friendly_name") or ""),
        language=str(body["language"]),
        variables={str(key): str(value) for key, value in dict(variables).items()},
        types=kept,
        created=state.clock(),
    )
    state.add_content(content)
    return content


def _check_type(name: str, value: Mapping[str, Any]) -> None:
    _limit(f"{name} body", value.get("body"), 640 if name == "twilio/call-to-action" else 1600)
    if name == "twilio/text" and not value.get("body"):
        raise ApiError(20001, "twilio/text needs a body")
    if name == "twilio/quick-reply":
        _limit("quick-reply body", value.get("body"), 1024, needed=True)
        _check_rows(name, value.get("actions"), {"title": (20, True), "id": (200, False)})
    if name == "twilio/list-picker":
        _limit("list-picker body", value.get("body"), 1024, needed=True)
        _limit("list-picker button", value.get("button"), 20, needed=True)
        fields = {"item": (24, True), "id": (200, True), "description": (72, False)}
        _check_rows(name, value.get("items"), fields)


def _check_rows(name: str, rows: Any, fields: Mapping[str, tuple[int, bool]]) -> None:
    if not isinstance(rows, list) or not 1 <= len(rows) <= 10:
        raise ApiError(20001, f"{name} takes 1 to 10 rows")
    for row in rows:
        for field, (most, needed) in fields.items():
            _limit(f"{name} {field}", row.get(field), most, needed=needed)
    ids = [row.get("id") for row in rows if row.get("id")]
    if len(ids) != len(set(ids)):
        raise ApiError(20001, f"{name} ids must differ")


def _limit(what: str, value: Any, most: int, *, needed: bool = False) -> None:
    if needed and not value:
        raise ApiError(20001, f"{what} is required")
    if value is not None and len(str(value)) > most:
        raise ApiError(20001, f"{what} is longer than {most} characters")


def submit_for_approval(state: State, content: StoredContent, body: Mapping[str, Any]) -> None:
    """Asks WhatsApp to approve the content as a template; see Behaviour.review for its answer."""
    name, category = str(body.get("name") or ""), str(body.get("category") or "")
    if not _TEMPLATE_NAME.match(name):
        raise ApiError(20001, "name takes lower case letters, digits and underscores")
    if category not in {"UTILITY", "MARKETING", "AUTHENTICATION"}:
        raise ApiError(20001, "category must be UTILITY, MARKETING or AUTHENTICATION")
    if content.approval != "unsubmitted":
        raise ApiError(20001, "the content was submitted before")
    with state.changed:
        others = [
            each
            for each in state.contents.values()
            if each.approval not in {"unsubmitted", "rejected"}
        ]
    submitted = replace(content, approval="received", category=category, name=name)
    state.add_content(submitted)
    if state.behaviour.review == "prompt":
        reason = rejection(content, others)
        decide(state, submitted, "rejected" if reason else "approved", reason)


def decide(state: State, content: StoredContent, approval: Approval, reason: str = "") -> None:
    """WhatsApp's word on a content; it may change its mind."""
    state.add_content(replace(content, approval=approval, reason=reason))


def read_variables(text: str) -> dict[str, str]:
    """The ContentVariables of a message. Raises ApiError 21656."""
    if not text:
        return {}
    try:
        read = json.loads(text)
    except ValueError as error:
        raise ApiError(21656) from error
    if not isinstance(read, dict):
        raise ApiError(21656)
    if any(not isinstance(value, str) or not value for value in read.values()):
        raise ApiError(21656)
    return {str(key): value for key, value in read.items()}


def show(content: StoredContent, variables: Mapping[str, str], channel: str) -> Shown:
    """The content as the phone of that channel shows it, variables filled in."""
    filled = {**content.variables, **variables}

    def fill(text: object) -> str:
        return _VARIABLE.sub(lambda found: filled.get(found[1], found[0]), str(text or ""))

    kind = _kind(content, channel)
    value: Mapping[str, Any] = content.types[kind]
    rows = value.get("actions") or value.get("items") or []
    items = tuple(
        Item(
            fill(row.get("title") or row.get("item")),
            fill(row.get("id")),
            fill(row.get("description")),
        )
        for row in rows
        if isinstance(row, dict)
    )
    body = fill(value.get("body") or value.get("label"))
    tappable = items if channel == "whatsapp" else ()
    return Shown(kind.partition("/")[2], body, fill(value.get("button")), tappable)


def _kind(content: StoredContent, channel: str) -> str:
    if channel == "sms" and "twilio/text" in content.types:
        return "twilio/text"
    return next((kind for kind in _PREFERRED if kind in content.types), next(iter(content.types)))
