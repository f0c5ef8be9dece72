"""The one door to Twilio: a double stands for every product, and no other host is reached."""

import re
from urllib.parse import urlsplit

from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

_PRODUCT = re.compile(r"([a-z]+)\.twilio\.com")


class ForeignHost(TwilioException):  # type: ignore[misc]  # the SDK has no types
    """A request was meant for a host that is not one of Twilio's products."""


class MappedHttpClient(TwilioHttpClient):  # type: ignore[misc]  # the SDK has no types
    """Sends ``https://<product>.twilio.com/x`` to ``<api_base_url>/<product>/x``.

    With a double, neither a proxy nor a netrc of the environment is used: nothing leaves it.
    """

    def __init__(self, api_base_url: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._base = api_base_url.rstrip("/")
        if self._base and self.session is not None:
            self.session.trust_env = False

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Makes the request where it belongs. Raises ForeignHost."""
        return super().request(
            method, self.place(url), params, data, headers, auth, timeout, allow_redirects
        )

    def place(self, url: str) -> str:
        """Where a request for `url` really goes. Raises ForeignHost."""
        parts = urlsplit(url)
        product = _PRODUCT.fullmatch(parts.hostname or "")
        if product is None or parts.scheme != "https":
            raise ForeignHost(f"not a host of Twilio: {parts.hostname}")
        if not self._base:
            return url
        query = f"?{parts.query}" if parts.query else ""
        return f"{self._base}/{product[1]}{parts.path}{query}"

    def log_request(self, kwargs: dict[str, object]) -> None:
        """Nothing: a request carries a patient's number and words."""

    def log_response(self, status_code: int, response: object) -> None:
        """Nothing, for the same reason."""
