"""Whether a webhook was really signed by Twilio."""

from collections.abc import Mapping

from twilio.request_validator import RequestValidator


def signature_is_valid(
    auth_token: str, url: str, params: Mapping[str, str], signature: str | None
) -> bool:
    """Whether `signature` is the account's over the URL as Twilio wrote it and the form.

    url: scheme to query, still percent-encoded: a decoded one never matches. params may be a
    MultiDict. Without a token or a signature nothing is valid.
    """
    if not auth_token or not signature or not signature.isascii():
        return False
    return bool(RequestValidator(auth_token).validate(url, params, signature))
