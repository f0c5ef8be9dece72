"""Logs are one line an event and never hold a telephone number."""

import logging
import sys

import pytest

from app.logs import LineFormatter, redact


def record(message: str, *args: object, error: bool = False) -> logging.LogRecord:
    return logging.LogRecord(
        "a.logger", logging.INFO, __file__, 1, message, args, sys.exc_info() if error else None
    )


@pytest.mark.parametrize(
    "number",
    [
        "+525500000001",
        "whatsapp:+5511900000001",
        "+52 55 0000 0001",
        "5500000001",
        "(55) 0000-0001 9",
    ],
)
def test_a_telephone_number_never_reaches_the_log(number: str) -> None:
    line = LineFormatter().format(record("sent to=%s now", number))
    assert "0000" not in line
    assert "[number]" in line


@pytest.mark.parametrize(
    "text",
    [
        "conversation=550e8400-e29b-41d4-a716-446655440000",
        "message=ee15530fb79246f9b856e861314f3d71",
        "message=12345678901234567890123456789012",
        "at=2026-03-10T15:00:00+00:00",
        "at 2026-03-10 15:00:00",
        "took=1234567 ms on 127.0.0.1:8000",
        "peer=192.168.100.200",
    ],
)
def test_ids_and_times_stay_readable(text: str) -> None:
    assert redact(text) == text


def test_an_exception_is_part_of_the_one_line() -> None:
    try:
        raise ValueError("no such +525500000001")
    except ValueError:
        line = LineFormatter().format(record("failed", error=True))
    assert "\n" not in line
    assert "ValueError: no such [number]" in line
    assert line.partition(" ")[0].endswith("Z")
