"""The phones' JSON: what the page in the browser and the Python phone of the tests speak."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from flask import Blueprint, Response, abort, jsonify, request

from clinic.addresses import is_withheld
from simulator.phones import PhoneInHand, Phones, call_json, message_json
from simulator.twilio import calls, contents, inbound
from simulator.twilio.errors import ApiError
from simulator.twilio.inbound import Letter
from simulator.twilio.local import LocalTwilio
from simulator.twilio.model import (
    Approval,
    CallRecord,
    Condition,
    Delivery,
    Speech,
    StoredContent,
    Transfer,
)

_ADDRESS: Final = re.compile(r"^(\+\d{6,15}|[A-Z]{2}\.[A-Za-z0-9]{1,128})$")
_Created = tuple[Response, int]


def mount(blueprint: Blueprint, twilio: LocalTwilio, phones: Phones) -> None:
    """Adds the routes under /api."""
    views = _Views(twilio, phones)
    routes: dict[str, Callable[..., Any]] = {
        "POST /api/phones": views.take,
        "GET /api/phones/<phone>/updates": views.updates,
        "POST /api/phones/<phone>/messages": views.send,
        "POST /api/phones/<phone>/messages/<sid>/again": views.send_again,
        "POST /api/phones/<phone>/calls": views.call,
        "POST /api/phones/<phone>/condition": views.set_condition,
        "POST /api/calls/<sid>/<act>": views.act,
        "POST /api/behaviour": views.behave,
        "GET /api/templates": views.templates,
        "POST /api/templates/<name>": views.review,
    }
    for rule, view in routes.items():
        method, path = rule.split()
        blueprint.add_url_rule(path, f"api_{view.__name__}", view, methods=[method])


def _body() -> Mapping[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(400, "the body must be a JSON object")
    return body


def _text(body: Mapping[str, Any], name: str, most: int = 1600) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        abort(400, f"{name} must be a text of at most {most} characters")
    return value


class _Views:
    def __init__(self, twilio: LocalTwilio, phones: Phones) -> None:
        self._twilio, self._phones = twilio, phones

    def take(self) -> _Created:
        body = _body()
        number, name = _text(body, "number", 140).strip(), _text(body, "name", 80)
        if not _ADDRESS.match(number) or (is_withheld(number) and not body.get("withheld")):
            abort(400, "number must be E.164, such as +525500000001")
        phone = self._phones.take(number, name)
        return jsonify(id=phone.id, number=phone.number, name=phone.name), 201

    def updates(self, phone: str) -> Response:
        after = request.args.get("after", 0, type=int)
        wait = request.args.get("wait", 0.0, type=float)
        return jsonify(self._phones.updates(self._known(phone), after, wait))

    def send(self, phone: str) -> _Created:
        holder, body = self._known(phone), _body()
        channel = body.get("channel")
        if channel not in {"sms", "whatsapp"}:
            abort(400, "channel must be sms or whatsapp")
        message = self._twilio.send(str(channel), holder.number, _letter(holder, body))
        return jsonify(message_json(holder, message)), 201

    def send_again(self, phone: str, sid: str) -> Response:
        """The webhook of a message once more, as a provider repeats it."""
        holder = self._known(phone)
        message = self._twilio.state.messages.get(sid)
        if message is None or message.direction != "inbound":
            abort(404, "there is no such message")
        letter = _letter(holder, _body())
        params = inbound.inbound_params(self._twilio.setup, message, letter)
        inbound.again(self._twilio, message, params)
        return jsonify(message_json(holder, message))

    def call(self, phone: str) -> _Created:
        pace = _body().get("pace", "page")
        if pace not in {"page", "instant"}:
            abort(400, "pace must be page or instant")
        try:
            call = self._twilio.call(self._known(phone).number, pace)
        except ApiError as error:
            abort(error.status, error.message)
        return jsonify(call_json(call)), 201

    def set_condition(self, phone: str) -> Response:
        holder, condition = self._known(phone), _body().get("condition", "")
        if condition not in get_args(Condition):
            abort(400, f"condition must be one of {', '.join(get_args(Condition))}")
        with self._twilio.state.changing():
            self._twilio.state.conditions[holder.number] = condition
        return jsonify(condition=condition)

    def act(self, sid: str, act: str) -> Response:
        call = self._twilio.state.calls.get(sid)
        if call is None:
            abort(404, "there is no such call")
        acts: dict[str, Callable[[CallRecord, Mapping[str, Any]], None]] = {
            "press": self._press,
            "say": self._say,
            "silence": lambda call, _: calls.stay_silent(self._twilio.state, call),
            "hang-up": lambda call, _: calls.hang_up(self._twilio.state, call),
            "answer": self._answer,
            "heard": self._heard,
            "transfer": self._transfer,
        }
        if act not in acts:
            abort(404, "there is no such act")
        acts[act](call, _body())
        return jsonify(call_json(call))

    def behave(self) -> Response:
        """Sets how Twilio and the carriers behave; see simulator.twilio.model.Behaviour."""
        behaviour, body = self._twilio.state.behaviour, _body()
        kinds: dict[str, tuple[type, ...]] = {
            "sent_after": (int, float),
            "delivered_after": (int, float),
            "read_after": (int, float, type(None)),
            "late_by": (int, float),
            "webhook_timeout": (int, float),
            "advanced_opt_out": (bool,),
            "refuse": (list,),
            "delivery": (str,),
            "review": (str,),
        }
        for name, value in body.items():
            if name not in kinds or not isinstance(value, kinds[name]):
                abort(400, f"{name} cannot be set so")
        if body.get("delivery", "prompt") not in get_args(Delivery):
            abort(400, f"delivery must be one of {', '.join(get_args(Delivery))}")
        if body.get("review", "prompt") not in {"prompt", "by_hand"}:
            abort(400, "review must be prompt or by_hand")
        with self._twilio.state.changing():
            for name, value in body.items():
                setattr(behaviour, name, value)
        return jsonify({name: getattr(behaviour, name) for name in kinds})

    def templates(self) -> Response:
        """The templates that were submitted, and WhatsApp's word on each."""
        return jsonify([_template_json(each) for each in self._submitted().values()])

    def review(self, name: str) -> Response:
        """WhatsApp decides on a template, or changes its mind."""
        body, content = _body(), self._submitted().get(name)
        if content is None:
            abort(404, "there is no such template")
        if body.get("status") not in get_args(Approval):
            abort(400, f"status must be one of {', '.join(get_args(Approval))}")
        contents.decide(self._twilio.state, content, body["status"], _text(body, "reason"))
        return jsonify(_template_json(self._submitted()[name]))

    def _submitted(self) -> dict[str, StoredContent]:
        with self._twilio.state.changed:
            return {each.name: each for each in self._twilio.state.contents.values() if each.name}

    def _press(self, call: CallRecord, body: Mapping[str, Any]) -> None:
        digits = _text(body, "digits", 40)
        if not re.fullmatch(r"[0-9*#]+", digits):
            abort(400, "digits are 0 to 9, * and #")
        calls.press(self._twilio.state, call, digits)

    def _say(self, call: CallRecord, body: Mapping[str, Any]) -> None:
        confidence = body.get("confidence", 0.9)
        text = _text(body, "text", 600).strip()
        if not text:
            abort(400, "text must say something")
        calls.say(self._twilio.state, call, Speech(text, confidence))

    def _answer(self, call: CallRecord, body: Mapping[str, Any]) -> None:
        by, pace = body.get("by", "human"), body.get("pace", "page")
        if by not in {"human", "machine", "fax", "unknown"} or pace not in {"page", "instant"}:
            abort(400, "by must be human, machine, fax or unknown, pace page or instant")
        with self._twilio.state.touching(call):
            call.pace, call.answer = pace, by

    def _heard(self, call: CallRecord, body: Mapping[str, Any]) -> None:
        index = body.get("index")
        if not isinstance(index, int):
            abort(400, "index must be the number of a line")
        with self._twilio.state.touching(call):
            call.heard = max(call.heard, index)

    def _transfer(self, call: CallRecord, body: Mapping[str, Any]) -> None:
        outcome = body.get("outcome")
        with self._twilio.state.touching(call):
            if outcome == "over":
                call.transfer_over, call.phase = True, "talking"
            elif outcome in get_args(Transfer):
                call.transfer, call.phase = outcome, "talking"
            else:
                abort(400, f"outcome must be over or one of {', '.join(get_args(Transfer))}")

    def _known(self, identifier: str) -> PhoneInHand:
        phone = self._phones.phone(identifier)
        if phone is None:
            abort(404, "there is no such phone")
        return phone


def _template_json(content: StoredContent) -> dict[str, str]:
    return {
        "name": content.name,
        "language": content.language,
        "status": content.approval,
        "reason": content.reason,
    }


def _letter(phone: PhoneInHand, body: Mapping[str, Any]) -> Letter:
    location = body.get("location")
    media = body.get("media") or []
    try:
        return Letter(
            text=_text(body, "text"),
            payload=body.get("payload"),
            title=body.get("title"),
            media=tuple((str(item["url"]), str(item["content_type"])) for item in media),
            location=(float(location[0]), float(location[1])) if location else None,
            label=_text(body, "label", 120),
            name=phone.name,
            extra={str(key): str(value) for key, value in (body.get("extra") or {}).items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        abort(400, "the message cannot be read")
