"""The engine's door: one turn in, what is said and what was understood out.

Rasa's REST channel answers ``200 []`` when a turn fails, asks for no token and takes a patient's
"/cancel" for a command. Here a turn that fails is an error and leaves no trace, so that it can be
asked again; a turn asked again after it was done is answered from the conversation itself.
"""

import hmac
import json
import logging
from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.processor import ActionFailed, strict
from bot.swap import NoModel, name_of, swap
from bot.turn import run_turn
from bot.vectors import BadTexts, read_texts, vectors_of

logger = logging.getLogger(__name__)


class BadTurn(ValueError):
    """The request is not a turn; the text says what is wrong with it."""


class TurnRequest:
    """A turn as it arrives: ``{sender, text | payload, metadata: {turn, language, channel}}``."""

    def __init__(self, body: Any) -> None:
        if not isinstance(body, dict):
            raise BadTurn("the body must be a JSON object")
        self.sender = _text(body, "sender")
        self.payload = _text(body, "payload") if "payload" in body else None
        self.words = _text(body, "text", empty=True) if "text" in body else None
        if (self.payload is None) == (self.words is None):
            raise BadTurn("exactly one of text and payload must be given")
        metadata = body.get("metadata") or {}
        if not isinstance(metadata, dict):
            raise BadTurn("metadata must be an object")
        self.turn = _text(metadata, "turn")
        self.language = _text(metadata, "language")
        self.channel = _text(metadata, "channel")
        self.parsed = _parse_payload(self.payload) if self.payload is not None else None

    def message(self, output: CollectingOutputChannel, model: Text) -> UserMessage:
        """The turn as the engine takes it. A patient's text never begins with a slash.

        model: the name of the one that answers, which stays with the turn.
        """
        return UserMessage(
            self.payload or (self.words or "").lstrip("/ "),
            output,
            self.sender,
            parse_data=self.parsed,
            input_channel=self.channel,
            metadata={"turn": self.turn, "model": model},
        )


def _text(body: Dict[Text, Any], key: Text, empty: bool = False) -> Text:
    value = body.get(key)
    if not isinstance(value, str) or not (value or empty):
        raise BadTurn(f"{key} must be a text")
    return value


def _parse_payload(payload: Text) -> Dict[Text, Any]:
    """Reads ``/intent{"entity": "value"}`` into what the engine would have understood."""
    name, brace, rest = payload.partition("{")
    if not name.startswith("/") or not name[1:].isidentifier():
        raise BadTurn("payload must be /intent or /intent{...}")
    try:
        entities = json.loads(brace + rest) if brace else {}
    except ValueError as error:
        raise BadTurn("payload must hold a JSON object") from error
    intent = {"name": name[1:], "confidence": 1.0}
    return {
        "text": payload,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [{"entity": key, "value": value} for key, value in entities.items()],
    }


class SpeakingChannel(CollectingOutputChannel):
    """Collects what is said, under the name of the patient's channel: wording may differ."""

    def __init__(self, channel: Text) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> Text:  # type: ignore[override]
        """The patient's channel, by which responses of domain.yml may differ."""
        return self._channel


class ConsultaInput(InputChannel):
    """``POST /webhooks/consulta/turn`` for the gateway, and ``/vectors`` for the trainers."""

    def __init__(self, token: Text) -> None:
        if not token:
            raise ValueError("the engine's channel needs a token (ENGINE_TOKEN)")
        self._token = token

    @classmethod
    def name(cls) -> Text:
        """What stands in the address."""
        return "consulta"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> InputChannel:
        """Reads the token of credentials.yml."""
        return cls(str((credentials or {}).get("token") or ""))

    def blueprint(
        self,
        on_new_message: Callable[[UserMessage], Awaitable[None]],  # noqa: ARG002 Rasa's signature
    ) -> Blueprint:
        """The routes; the engine's own way of taking messages is not used."""
        webhook = Blueprint("consulta_webhook")

        @webhook.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._answer(request)

        @webhook.get("/model")
        async def model(request: Request) -> HTTPResponse:
            return self._refuse(request) or response.json({"model": name_of(_agent(request))})

        @webhook.put("/model")
        async def swap_model(request: Request) -> HTTPResponse:
            return self._refuse(request) or await _swap(request)

        @webhook.post("/vectors")
        async def vectors(request: Request) -> HTTPResponse:
            return self._refuse(request) or await _encode(request)

        return webhook

    def _refuse(self, request: Request) -> Optional[HTTPResponse]:
        """What is said to who has no token, and while no model is loaded."""
        expected = f"Bearer {self._token}".encode()
        given = request.headers.get("Authorization", "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, expected):
            return response.json({"error": "the token is missing or wrong"}, status=401)
        if not _agent(request) or not _agent(request).is_ready():
            return response.json({"error": "no model is loaded"}, status=503)
        return None

    async def _answer(self, request: Request) -> HTTPResponse:
        refused = self._refuse(request)
        if refused is not None:
            return refused
        try:
            asked = TurnRequest(request.json)
            async with _agent(request).lock_store.lock(asked.sender):
                agent = _agent(request)  # which may be another one after the wait
                message = asked.message(SpeakingChannel(asked.channel), name_of(agent))
                processor = strict(agent.processor)
                return response.json(await run_turn(processor, message, asked.turn, asked.language))
        except BadTurn as error:
            return response.json({"error": str(error)}, status=400)
        except ActionFailed as error:
            logger.warning("turn_failed action=%s", error)
            return response.json({"error": f"action {error} failed"}, status=409)


def _agent(request: Request) -> Any:
    """What answers now, with its model."""
    return request.app.ctx.agent


async def _encode(request: Request) -> HTTPResponse:
    """``{texts: [...]}``: their vectors. Says nothing to anybody and keeps nothing."""
    try:
        return response.json({"vectors": await vectors_of(read_texts(request.json))})
    except BadTexts as error:
        return response.json({"error": str(error)}, status=400)


async def _swap(request: Request) -> HTTPResponse:
    """``{file: path of an archive}``: its model answers from now on."""
    body = request.json
    archive = body.get("file") if isinstance(body, dict) else None
    if not isinstance(archive, str):
        return response.json({"error": "file must be a text"}, status=400)
    try:
        return response.json({"model": await swap(request.app, archive)})
    except NoModel as error:
        return response.json({"error": str(error)}, status=422)
