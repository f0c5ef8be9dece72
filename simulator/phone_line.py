"""What a phone for tests shows, and its connection to the simulator's JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx


class PhoneError(AssertionError):
    """What the patient waited for did not come, or the simulator refused."""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice that can be tapped."""

    title: str
    id: str
    description: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message as the phone shows it. error: Twilio's code where the way failed."""

    sid: str
    channel: str
    mine: bool
    text: str
    status: str
    error: int | None
    notice: bool
    segments: int
    buttons: tuple[Button, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The choices' titles."""
        return tuple(button.title for button in self.buttons)


class Line:
    """The connection to the simulator's JSON."""

    def __init__(self, app_url: str) -> None:
        self._client = httpx.Client(
            base_url=f"{app_url.rstrip('/')}/simulator/api", timeout=40, trust_env=False
        )

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Raises PhoneError when the simulator refuses."""
        return _read(self._client.post(path, json=dict(body or {})))

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Raises PhoneError when the simulator refuses."""
        return _read(self._client.get(path, params=dict(params or {})))

    def close(self) -> None:
        """Closes the connection."""
        self._client.close()


def _read(response: httpx.Response) -> dict[str, Any]:
    if response.is_error:
        raise PhoneError(f"the simulator answered {response.status_code}: {response.text[:300]}")
    read: dict[str, Any] = response.json()
    return read


def read_text(message: Mapping[str, Any]) -> Text:
    """A message as the simulator writes it."""
    return Text(
        sid=message["sid"],
        channel=message["channel"],
        mine=message["mine"],
        text=message["text"],
        status=message["status"],
        error=message["error"],
        notice=message["notice"],
        segments=message["segments"],
        buttons=tuple(
            Button(item["title"], item["id"], item["description"]) for item in message["items"]
        ),
    )
