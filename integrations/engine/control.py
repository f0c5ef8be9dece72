"""Which model the engines have loaded, and having them load another one."""

from http import HTTPStatus
from pathlib import Path
from typing import Final

import httpx

_PATH: Final = "/webhooks/consulta/model"
_LOADS_WITHIN: Final = 120.0  # seconds
_ANSWERS_WITHIN: Final = 3.0


class SwapFailed(Exception):
    """An engine did not take the model and answers with the one before; the text says why."""


class EngineControl:
    """All engines of the instance, by their addresses."""

    def __init__(self, urls: str, token: str) -> None:
        """urls: with commas between them."""
        self.urls = [url for url in urls.split(",") if url]
        self._headers = {"Authorization": f"Bearer {token}"}

    def loaded(self) -> list[str | None]:
        """The name of each engine's model, in their order; None for one that does not answer."""
        found: list[str | None] = []
        with self._client() as client:
            for url in self.urls:
                try:
                    answer = client.get(url + _PATH, timeout=_ANSWERS_WITHIN)
                    found.append(str(answer.json()["model"]))
                except (httpx.HTTPError, ValueError, KeyError, TypeError):
                    found.append(None)
        return found

    def swap(self, url: str, archive: Path) -> None:
        """Has the engine at that address load the archive, while it goes on answering.

        Raises SwapFailed.
        """
        try:
            with self._client() as client:
                answer = client.put(url + _PATH, json={"file": str(archive)}, timeout=_LOADS_WITHIN)
        except httpx.HTTPError as error:
            raise SwapFailed(f"the engine does not answer ({type(error).__name__})") from None
        if answer.status_code != HTTPStatus.OK:
            raise SwapFailed(_why(answer))

    def _client(self) -> httpx.Client:
        return httpx.Client(headers=self._headers, trust_env=False)


def _why(answer: httpx.Response) -> str:
    try:
        said = str(answer.json()["error"])[:200]
    except (ValueError, KeyError, TypeError):
        said = "no reason given"
    return f"the engine refused it: {said} ({answer.status_code})"
