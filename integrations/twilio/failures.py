"""Reading an exception of the SDK: was the request refused, never sent, or perhaps obeyed?"""

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.response import Response
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from integrations.twilio.errors import Failure, rule_for
from integrations.twilio.http import ForeignHost

_PASSED_ON = frozenset({408, 502, 504})
"""Answers of something between Twilio and us: what became of the request nobody knows."""


def read_failure(error: Exception) -> Failure:
    """What an exception of the SDK or of requests says.

    Twilio has no idempotency keys for messages: what may have been written is `unknown`, never
    retryable, or a patient gets the same message twice.
    """
    if isinstance(error, TwilioRestException):
        return _refused(error)
    if isinstance(error, ForeignHost):
        return Failure("foreign-host", ours=True)
    if isinstance(error, requests.exceptions.RequestException):
        if _never_written(error):
            return Failure("connection", retryable=True)
        late = isinstance(error, requests.exceptions.Timeout)
        return Failure("timeout" if late else "connection-lost", unknown=True)
    if isinstance(error, TwilioException):
        return _no_page(error) or Failure("no-account", ours=True)
    return Failure("unreadable-answer", unknown=True)


def _refused(error: TwilioRestException) -> Failure:
    status = int(error.status)
    if status in _PASSED_ON:
        return Failure(str(status), unknown=True)
    code = int(error.code or status)
    rule = rule_for(code, status)
    too_many = status == requests.codes.too_many_requests
    return Failure(
        str(code),
        retryable=rule.retryable or too_many,
        opted_out=rule.opted_out,
        ours=rule.ours,
        slow=rule.slow or too_many,
        elsewhere=rule.elsewhere,
    )


def _no_page(error: TwilioException) -> Failure | None:
    """How the SDK tells that a page of a list was refused: with the answer, unread."""
    answer = next((each for each in error.args if isinstance(each, Response)), None)
    if answer is None:
        return None
    status = int(answer.status_code)
    rule = rule_for(status, status)
    return Failure(str(status), retryable=rule.retryable or status in _PASSED_ON, ours=rule.ours)


def _never_written(error: requests.exceptions.RequestException) -> bool:
    """Whether no connection stood yet, so that nothing can have been sent."""
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.SSLError):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else None
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)
