"""The dialogue engine over HTTP: ``POST /webhooks/consulta/…`` with a bearer token."""

import logging
from collections.abc import Sequence
from http import HTTPStatus

import httpx
from pydantic import BaseModel, Field, ValidationError

from clinic.languages import Language
from integrations.engine.words import (
    Choice,
    EngineDown,
    EngineFailed,
    EngineReply,
    Understanding,
    Utterance,
)

logger = logging.getLogger(__name__)

_PATH = "/webhooks/consulta/turn"
_VECTORS = "/webhooks/consulta/vectors"
MOST_TEXTS = 32
"""So many texts it encodes at once."""
_OUT_OF_SERVICE = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
"""A wrong token is ours to mend, and until then the engine is as good as down."""
_CONNECT_SECONDS = 3.0
_READY_SECONDS = 3.0


class _Button(BaseModel):
    title: str = Field(min_length=1)
    payload: str = Field(pattern=r"^/[a-z_]+(\{.*\})?$")
    description: str = ""


class _Message(BaseModel):
    text: str = ""
    buttons: list[_Button] = []


class _Ranked(BaseModel):
    name: str
    confidence: float


class _Understood(BaseModel):
    intent: str | None = None
    confidence: float | None = None
    ranking: list[_Ranked] = []


class _Reply(BaseModel):
    messages: list[_Message]
    understood: _Understood
    flow: str | None = None
    model: str | None = None


class _Vectors(BaseModel):
    vectors: list[list[float]]


class HttpEngine:
    """Asks the engine for turns; safe for many threads, connections are reused.

    base_url: without a slash at the end. timeout: how long a turn may take, in seconds.
    """

    def __init__(self, base_url: str, token: str, timeout: float = 15.0) -> None:
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT_SECONDS)),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
            trust_env=False,
        )

    def turn(
        self,
        conversation_id: str,
        turn_id: str,
        *,
        text: str | None,
        payload: str | None,
        language: Language,
        channel: str,
    ) -> EngineReply:
        """Exactly one of text and payload is given. Raises EngineDown or EngineFailed."""
        if (text is None) == (payload is None):
            raise ValueError("exactly one of text and payload must be given")
        said = {"text": text} if payload is None else {"payload": payload}
        metadata = {"turn": turn_id, "language": language, "channel": channel}
        answer = self._post({"sender": conversation_id, **said, "metadata": metadata})
        if answer.status_code in _OUT_OF_SERVICE:
            logger.error("engine_out_of_service turn=%s status=%s", turn_id, answer.status_code)
            raise EngineDown(f"status {answer.status_code}")
        if answer.status_code != HTTPStatus.OK:
            logger.error("engine_failed turn=%s status=%s", turn_id, answer.status_code)
            raise EngineFailed(f"status {answer.status_code}")
        return _read(answer.content)

    def ready(self) -> bool:
        """Whether a turn would be taken now: the engine is up, its model loaded, the token right.

        An empty turn asks it: it is refused as a bad request only after all of that is in order.
        """
        try:
            answer = self._client.post(_PATH, json={}, timeout=_READY_SECONDS)
        except httpx.HTTPError:
            return False
        return answer.status_code == HTTPStatus.BAD_REQUEST

    def vectors(self, texts: Sequence[str], timeout: float) -> list[list[float]]:
        """A vector of length 1 for each of at most MOST_TEXTS texts: alike ones mean alike.

        timeout: seconds. Raises EngineDown or EngineFailed.
        """
        answer = self._post({"texts": list(texts)}, _VECTORS, timeout)
        if answer.status_code != HTTPStatus.OK:
            raise EngineFailed(f"status {answer.status_code}")
        try:
            found = _Vectors.model_validate_json(answer.content).vectors
        except ValidationError:
            raise EngineFailed("the answer is malformed") from None
        if len(found) != len(texts) or len({len(each) for each in found}) > 1:
            raise EngineFailed("the answer is not what was asked for")
        return found

    def close(self) -> None:
        """Gives back the connections."""
        self._client.close()

    def _post(
        self, body: dict[str, object], path: str = _PATH, timeout: float | None = None
    ) -> httpx.Response:
        limit = httpx.USE_CLIENT_DEFAULT if timeout is None else httpx.Timeout(timeout)
        try:
            return self._client.post(path, json=body, timeout=limit)
        except httpx.HTTPError as error:
            # The cause's name is enough: its text may hold the engine's address.
            raise EngineDown(type(error).__name__) from None


def _read(content: bytes) -> EngineReply:
    """Raises EngineFailed for what is no answer, or says nothing."""
    try:
        reply = _Reply.model_validate_json(content)
    except ValidationError:
        raise EngineFailed("the answer is malformed") from None
    utterances = tuple(
        Utterance(
            message.text,
            tuple(Choice(each.title, each.payload, each.description) for each in message.buttons),
        )
        for message in reply.messages
        if message.text.strip()
    )
    if not utterances:
        raise EngineFailed("the engine said nothing")
    read = reply.understood
    ranking = tuple((each.name, each.confidence) for each in read.ranking)
    understanding = Understanding(read.intent, read.confidence, ranking)
    return EngineReply(utterances, understanding, reply.flow, (reply.model or "")[:40] or None)
