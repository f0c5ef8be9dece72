"""Logs: one line an event. Personal data is never given to a logger; if it were, it stops here."""

import logging
import re
import sys
import time

# A number in international form, or ten digits and more written as a telephone number is.
_PHONE = re.compile(
    r"\+\d(?:[ ().-]{0,2}\d){6,14}|(?<![\w.:-])\d(?:[ ()-]{0,2}\d){9,14}(?![\w.:-])"
)
_QUIET = ("httpx", "httpcore", "twilio.http_client", "urllib3", "huey", "alembic", "werkzeug")


def redact(text: str) -> str:
    """The text without anything that looks like a telephone number."""
    return _PHONE.sub("[number]", text)


class LineFormatter(logging.Formatter):
    """``time level logger message``, an exception's lines joined to it, numbers taken out."""

    def __init__(self) -> None:
        super().__init__("%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, its time in UTC."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        head = f"{at}.{int(record.msecs):03d}Z {record.levelname} {record.name}"
        return f"{head} {redact(super().format(record)).replace(chr(10), ' | ')}"


def set_up_logs(level: int = logging.INFO) -> None:
    """Sends every logger of this process to standard error, one line an event."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:  # they write addresses, bodies or a line for nothing
        logging.getLogger(name).setLevel(logging.WARNING)
