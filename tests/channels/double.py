"""A tiny Twilio on the loopback: keeps what it is sent, answers what a test wants."""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_UNSUBMITTED = {
    "name": "",
    "category": "",
    "content_type": "",
    "status": "unsubmitted",
    "rejection_reason": "",
    "allow_category_change": True,
}
CONTENT_SID = "HX" + "0" * 32


@dataclass
class Request:
    method: str
    path: str
    form: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)


@dataclass
class Trouble:
    """status 0 drops the connection without an answer; delay is in seconds.

    after: so many requests succeed before.
    """

    status: int = 400
    code: int | None = None
    delay: float = 0.0
    after: int = 0


class Twilio:
    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.troubles: dict[str, list[Trouble]] = {}
        self.contents: list[dict[str, Any]] = []
        self.approvals: dict[str, dict[str, Any]] = {}
        self.released = threading.Event()
        double = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

            def do_GET(self) -> None:
                double._answer(self, "GET")

            def do_POST(self) -> None:
                double._answer(self, "POST")

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def messages(self) -> list[dict[str, str]]:
        return [r.form for r in self.requests if r.path.endswith("/Messages.json")]

    def review(self, status: str, reason: str = "", name: str = "") -> None:
        """WhatsApp's word on all that was submitted, or on the template of that name."""
        for content in self.contents:
            if name in {"", content["friendly_name"]} and content["sid"] in self.approvals:
                self.approvals[content["sid"]] |= {"status": status, "rejection_reason": reason}

    def fail(self, path: str, *troubles: Trouble) -> None:
        """The next requests whose path ends so meet these troubles, one each."""
        self.troubles.setdefault(path, []).extend(troubles)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def _answer(self, handler: BaseHTTPRequestHandler, method: str) -> None:
        length = int(handler.headers.get("Content-Length", 0))
        raw = handler.rfile.read(length).decode()
        request = Request(method, urlsplit(handler.path).path)
        if handler.headers.get("Content-Type", "").startswith("application/json"):
            request.body = json.loads(raw)
        else:
            form = parse_qs(raw, keep_blank_values=True)
            request.form = {name: values[0] for name, values in form.items()}
        self.requests.append(request)
        trouble = self._trouble(method, request.path)
        if trouble is None:
            self._send(handler, *self._succeed(request))
            return
        if trouble.delay:
            self.released.wait(trouble.delay)
        if trouble.status == 0:
            handler.close_connection = True
            handler.connection.close()
            return
        body = {"code": trouble.code, "message": "no", "status": trouble.status}
        self._send(handler, trouble.status, body if trouble.code else {})

    def _trouble(self, method: str, path: str) -> Trouble | None:
        for key, troubles in self.troubles.items():
            wanted, _, end = key.rpartition(" ")
            if path.endswith(end) and wanted in {"", method} and troubles:
                if troubles[0].after == 0:
                    return troubles.pop(0)
                troubles[0].after -= 1
        return None

    def _succeed(self, request: Request) -> tuple[int, dict[str, Any]]:
        if request.path.endswith("/Messages.json"):
            number = len(self.messages)
            return 201, {"sid": f"SM{number:032x}", "status": "queued", "num_segments": "0"}
        if request.path.endswith("/Calls.json"):
            return 201, {"sid": f"CA{len(self.requests):032x}", "status": "queued"}
        if request.path.endswith("/ApprovalRequests/whatsapp"):
            sid = request.path.split("/")[-3]
            self.approvals[sid] = {**_UNSUBMITTED, **request.body, "status": "received"}
            return 201, self.approvals[sid]
        if request.path.endswith("/ContentAndApprovals"):
            contents = [
                {**each, "approval_requests": self.approvals.get(each["sid"], _UNSUBMITTED)}
                for each in self.contents
            ]
            return 200, {"contents": contents, "meta": {"key": "contents", "page_size": 500}}
        if request.method == "POST":
            content = {**request.body, "sid": f"HX{len(self.contents):032x}"}
            self.contents.append(content)
            return 201, content
        return 200, {"contents": self.contents, "meta": {"key": "contents", "page_size": 500}}

    @staticmethod
    def _send(handler: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(raw)))
            handler.end_headers()
            handler.wfile.write(raw)
        except (BrokenPipeError, ConnectionResetError):  # the client had lost its patience
            pass


def openapi_folder() -> Path | None:
    folder = os.environ.get("TWILIO_OPENAPI_DIR")
    return Path(folder) if folder else None


def form_problems(folder: Path, form: Mapping[str, Any], what: str = "Messages") -> list[str]:
    """What Twilio's own description says against the form of a message, or of a call."""
    spec = json.loads((folder / "api_v2010.json").read_text())
    path = f"/2010-04-01/Accounts/{{AccountSid}}/{what}.json"
    content = spec["paths"][path]["post"]["requestBody"]["content"]
    schema = content["application/x-www-form-urlencoded"]["schema"]
    unknown = [f"{name} is no parameter" for name in form if name not in schema["properties"]]
    return unknown + _problems(spec, {**schema, "additionalProperties": True}, form)


def content_problems(folder: Path, body: dict[str, Any]) -> list[str]:
    """What Twilio's own description says against the body of a Content."""
    spec = json.loads((folder / "content_v1.json").read_text())
    return _problems(spec, {"$ref": "#/components/schemas/ContentCreateRequest"}, body)


def _problems(spec: dict[str, Any], schema: dict[str, Any], instance: object) -> list[str]:
    components = _nullable(spec["components"])
    root = {"components": components, **schema}
    registry: Registry[Any] = Registry().with_resource(
        "urn:spec", Resource.from_contents(root, default_specification=DRAFT202012)
    )
    validator = jsonschema.Draft202012Validator(root, registry=registry)
    return [error.message for error in validator.iter_errors(instance)]


def _nullable(node: Any) -> Any:
    """OpenAPI 3.0's `nullable` in the words of JSON Schema; a $ref has no siblings there."""
    if isinstance(node, list):
        return [_nullable(item) for item in node]
    if not isinstance(node, dict):
        return node
    plain = {name: _nullable(value) for name, value in node.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if node.get("nullable") is True else plain
