"""`consulta templates`: what is submitted, what WhatsApp says of it, and what went wrong."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import cli
from outreach.templates import templates_of
from tests.channels.double import Trouble, Twilio

Run = Callable[..., Result]
ALL = templates_of("Clínica Aurora")


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with Twilio() as double:
        yield double


@pytest.fixture
def run(twilio: Twilio, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "1" * 32)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "token")
    monkeypatch.setenv("TWILIO_API_BASE_URL", twilio.url)
    return lambda *arguments: CliRunner().invoke(cli, ["templates", *arguments])


def rows(result: Result) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(result.stdout)
    return read


def test_before_anything_is_submitted_all_are_missing(run: Run) -> None:
    result = run("status", "--json")
    assert result.exit_code == 0
    assert {row["status"] for row in rows(result)} == {"missing"}
    assert [(row["name"], row["language"]) for row in rows(result)] == [
        (text.name, text.language) for text in ALL
    ]


def test_all_are_created_and_submitted_once(run: Run, twilio: Twilio) -> None:
    for _ in range(2):
        result = run("push", "--json")
        assert result.exit_code == 0, result.output
        assert {row["status"] for row in rows(result)} == {"received"}
    assert [content["friendly_name"] for content in twilio.contents] == [e.name for e in ALL]
    assert len(twilio.approvals) == len(ALL)


def test_a_rejection_is_told_with_its_reason_and_code_one(run: Run, twilio: Twilio) -> None:
    run("push")
    twilio.review("approved")
    assert run("status").exit_code == 0
    twilio.review("rejected", "INVALID_FORMAT: too short", ALL[0].name)
    result = run("status", "--json")
    assert result.exit_code == 1
    assert rows(result)[0] == {
        "name": ALL[0].name,
        "language": "es",
        "status": "rejected",
        "category": "UTILITY",
        "reason": "INVALID_FORMAT: too short",
    }
    assert "INVALID_FORMAT: too short" in run("status").stdout
    assert run("push").exit_code == 1


def test_what_twilio_refuses_is_named_and_the_others_go_on(run: Run, twilio: Twilio) -> None:
    twilio.fail("/ApprovalRequests/whatsapp", Trouble(429, 20429))
    result = run("push")
    assert result.exit_code == 1
    assert f"{ALL[0].name} was not submitted: Twilio's error 20429" in result.stderr
    assert len(twilio.approvals) == len(ALL) - 1
    assert run("push").exit_code == 0


def test_words_that_whatsapp_would_reject_are_not_submitted(
    run: Run, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINIC_NAME", "Clínica " + "Aurora " * 200)
    result = run("push")
    assert result.exit_code == 1
    assert "longer than 1024" in result.stderr
    assert twilio.contents == []


@pytest.mark.parametrize("command", ["push", "status"])
def test_a_twilio_that_does_not_answer_is_told_in_a_line(
    run: Run, twilio: Twilio, command: str
) -> None:
    twilio.fail("/ContentAndApprovals", Trouble(401, 20003))
    result = run(command)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: Twilio could not be asked: ")
    assert twilio.contents == []
