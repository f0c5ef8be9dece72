"""Twilio's REST API on this machine: `/api`, `/content` and `/messaging` under one base."""

import hmac
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException

from simulator.twilio import calls, contents, resources, sending
from simulator.twilio.errors import ApiError
from simulator.twilio.local import LocalTwilio
from simulator.twilio.model import CallRecord, StoredContent, StoredMessage

_Answer = tuple[Response, int]


def create_blueprint(twilio: LocalTwilio) -> Blueprint:
    """The blueprint to mount; TWILIO_API_BASE_URL is its address."""
    blueprint = Blueprint("local_twilio", __name__, url_prefix="/simulator/twilio")

    @blueprint.before_request
    def check_access() -> None:
        given = request.authorization
        known = (twilio.setup.account_sid, twilio.setup.auth_token)
        pair = (given.username or "", given.password or "") if given else ("", "")
        if not all(hmac.compare_digest(*both) for both in zip(pair, known, strict=True)):
            raise ApiError(20003)
        if (account := (request.view_args or {}).get("account")) not in {None, known[0]}:
            raise ApiError(20404, f"/Accounts/{account}")
        if twilio.state.behaviour.refuse:
            raise ApiError(twilio.state.behaviour.refuse.pop(0))

    @blueprint.errorhandler(ApiError)
    def refused(error: ApiError) -> _Answer:
        return jsonify(error.as_json()), error.status

    @blueprint.errorhandler(HTTPException)
    def unknown(error: HTTPException) -> _Answer:
        code = 20404 if error.code == 404 else 20001
        return jsonify(ApiError(code, request.path).as_json()), error.code or 400

    _Messages(twilio).mount(blueprint)
    _Calls(twilio).mount(blueprint)
    _Contents(twilio).mount(blueprint)
    _Services(twilio).mount(blueprint)
    return blueprint


def _args() -> dict[str, str]:
    return {str(key): value for key, value in request.args.items()}


def _add(
    blueprint: Blueprint, rule: str, view: Callable[..., Any], methods: tuple[str, ...]
) -> None:
    name = f"{getattr(view, '__qualname__', rule)}".replace(".", "_")
    blueprint.add_url_rule(rule, name, view, methods=list(methods))


class _Messages:
    """/2010-04-01/Accounts/{account}/Messages"""

    def __init__(self, twilio: LocalTwilio) -> None:
        self._twilio, self._account = twilio, twilio.setup.account_sid

    def mount(self, blueprint: Blueprint) -> None:
        root = "/api/2010-04-01/Accounts/<account>/Messages"
        _add(blueprint, f"{root}.json", self.create, ("POST",))
        _add(blueprint, f"{root}.json", self.listing, ("GET",))
        _add(blueprint, f"{root}/<sid>.json", self.fetch, ("GET",))
        _add(blueprint, f"{root}/<sid>.json", self.update, ("POST",))
        _add(blueprint, f"{root}/<sid>.json", self.delete, ("DELETE",))

    def create(self, account: str) -> _Answer:
        twilio = self._twilio
        message = sending.create_message(twilio.setup, twilio.state, twilio.carrier, request.form)
        if twilio.state.behaviour.lose:
            twilio.state.behaviour.lose -= 1
            abort(504)  # as something between Twilio and the app would say
        return jsonify(resources.message_json(account, message)), 201

    def listing(self, account: str) -> Response:
        state, args = self._twilio.state, _args()
        with state.changed:
            kept = list(reversed(state.messages.values()))
        known = state.clock() - timedelta(seconds=state.behaviour.listed_after)
        kept = [
            message
            for message in kept
            if not message.notice and message.created <= known and _wanted(message, args)
        ]
        path = f"/2010-04-01/Accounts/{account}/Messages.json"
        write = lambda message: resources.message_json(account, message)  # noqa: E731
        return jsonify(resources.api_page(path, "messages", kept, write, args))

    def fetch(self, account: str, sid: str) -> Response:
        return jsonify(resources.message_json(account, self._known(sid)))

    def update(self, account: str, sid: str) -> Response:
        message = self._known(sid)
        sending.update_message(self._twilio.state, message, request.form)
        return jsonify(resources.message_json(account, message))

    def delete(self, sid: str, **_account: str) -> tuple[str, int]:
        self._known(sid)
        with self._twilio.state.changing():
            del self._twilio.state.messages[sid]
        return "", 204

    def _known(self, sid: str) -> StoredMessage:
        message = self._twilio.state.messages.get(sid)
        if message is None or message.notice:
            raise ApiError(20404, request.path)
        return message


def _wanted(message: StoredMessage, args: dict[str, str]) -> bool:
    if args.get("To") not in {None, message.recipient}:
        return False
    if args.get("From") not in {None, message.sender}:
        return False
    return _within(message.sent, "DateSent", args)


def _within(at: datetime | None, name: str, args: dict[str, str]) -> bool:
    """Whether the day (UTC) of `at` is one that is asked for; what has none is never."""
    given = {sign: _day(args[name + sign], name) for sign in ("", "<", ">") if name + sign in args}
    if not given or at is None:
        return not given
    day = at.date()
    return given.get("", day) == day and given.get(">", day) <= day <= given.get("<", day)


def _day(text: str, name: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise ApiError(20001, f"{name} is a date") from error


class _Calls:
    """/2010-04-01/Accounts/{account}/Calls"""

    def __init__(self, twilio: LocalTwilio) -> None:
        self._twilio = twilio

    def mount(self, blueprint: Blueprint) -> None:
        root = "/api/2010-04-01/Accounts/<account>/Calls"
        _add(blueprint, f"{root}.json", self.create, ("POST",))
        _add(blueprint, f"{root}.json", self.listing, ("GET",))
        _add(blueprint, f"{root}/<sid>.json", self.fetch, ("GET",))
        _add(blueprint, f"{root}/<sid>.json", self.update, ("POST",))

    def create(self, account: str) -> _Answer:
        events = [
            word for value in request.form.getlist("StatusCallbackEvent") for word in value.split()
        ]
        call = calls.start_outbound(self._twilio, request.form.to_dict(), events)
        return jsonify(resources.call_json(account, call)), 201

    def listing(self, account: str) -> Response:
        state, args = self._twilio.state, _args()
        names = {"To": "called", "From": "caller", "Status": "status"}
        wanted = {names[name]: value for name, value in args.items() if name in names}
        with state.changed:
            kept = [
                call
                for call in reversed(state.calls.values())
                if all(getattr(call, name) == value for name, value in wanted.items())
                and _within(call.started, "StartTime", args)
                and _within(call.finished, "EndTime", args)
            ]
        path = f"/2010-04-01/Accounts/{account}/Calls.json"
        write = lambda call: resources.call_json(account, call)  # noqa: E731
        return jsonify(resources.api_page(path, "calls", kept, write, args))

    def fetch(self, account: str, sid: str) -> Response:
        return jsonify(resources.call_json(account, self._known(sid)))

    def update(self, account: str, sid: str) -> Response:
        call = self._known(sid)
        calls.update_call(self._twilio, call, request.form)
        return jsonify(resources.call_json(account, call))

    def _known(self, sid: str) -> CallRecord:
        call = self._twilio.state.calls.get(sid)
        if call is None:
            raise ApiError(20404, request.path)
        return call


class _Contents:
    """/v1/Content"""

    def __init__(self, twilio: LocalTwilio) -> None:
        self._twilio, self._account = twilio, twilio.setup.account_sid

    def mount(self, blueprint: Blueprint) -> None:
        root = "/content/v1/Content"
        _add(blueprint, root, self.create, ("POST",))
        _add(blueprint, root, self.listing, ("GET",))
        _add(blueprint, f"{root}AndApprovals", self.listing_with_approvals, ("GET",))
        _add(blueprint, f"{root}/<sid>", self.fetch, ("GET",))
        _add(blueprint, f"{root}/<sid>", self.delete, ("DELETE",))
        _add(blueprint, f"{root}/<sid>/ApprovalRequests", self.approval, ("GET",))
        _add(blueprint, f"{root}/<sid>/ApprovalRequests/whatsapp", self.submit, ("POST",))

    def create(self) -> _Answer:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise ApiError(20001, "the body is not a JSON object")
        content = contents.create_content(self._twilio.state, body)
        return jsonify(resources.content_json(self._account, content)), 201

    def listing(self) -> Response:
        return jsonify(resources.content_page(self._account, self._kept(), _args()))

    def listing_with_approvals(self) -> Response:
        page = resources.content_page(self._account, self._kept(), _args(), approvals=True)
        return jsonify(page)

    def fetch(self, sid: str) -> Response:
        return jsonify(resources.content_json(self._account, self._known(sid)))

    def delete(self, sid: str) -> tuple[str, int]:
        self._known(sid)
        with self._twilio.state.changing():
            del self._twilio.state.contents[sid]
        return "", 204

    def submit(self, sid: str) -> _Answer:
        body = request.get_json(silent=True) or {}
        contents.submit_for_approval(self._twilio.state, self._known(sid), body)
        written = resources.approval_json(self._known(sid)) | {"status": "received"}
        return jsonify(written), 201

    def approval(self, sid: str) -> Response:
        content = self._known(sid)
        written: dict[str, object] = {
            "sid": sid,
            "account_sid": self._account,
            "whatsapp": resources.approval_json(content),
            "url": f"https://content.twilio.com/v1/Content/{sid}/ApprovalRequests",
        }
        return jsonify(written)

    def _kept(self) -> list[StoredContent]:
        with self._twilio.state.changed:
            return list(self._twilio.state.contents.values())

    def _known(self, sid: str) -> StoredContent:
        content = self._twilio.state.contents.get(sid)
        if content is None:
            raise ApiError(20404, request.path)
        return content


class _Services:
    """/messaging: the one messaging service of the account, and the typing indicator."""

    def __init__(self, twilio: LocalTwilio) -> None:
        self._twilio = twilio

    def mount(self, blueprint: Blueprint) -> None:
        _add(blueprint, "/messaging/v1/Services/<sid>", self.fetch, ("GET",))
        _add(blueprint, "/messaging/v2/Indicators/Typing.json", self.typing, ("POST",))

    def fetch(self, sid: str) -> Response:
        setup = self._twilio.setup
        if not setup.messaging_service_sid or sid != setup.messaging_service_sid:
            raise ApiError(20404, request.path)
        url = f"{setup.public_base_url}/twilio/sms"
        name = "Consulta"
        return jsonify(
            sid=sid,
            account_sid=setup.account_sid,
            friendly_name=name,
            inbound_request_url=url,
            inbound_method="POST",
            use_inbound_webhook_on_number=False,
            url=f"https://messaging.twilio.com/v1/Services/{sid}",
        )

    def typing(self) -> _Answer:
        message = self._twilio.state.messages.get(request.form.get("messageId", ""))
        if message is None or message.direction != "inbound":
            raise ApiError(20404, "messageId")
        return jsonify(success=True), 200
