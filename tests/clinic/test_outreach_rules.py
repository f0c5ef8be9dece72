"""The clinic's rules for what it starts: what they may say, and which of several holds."""

from datetime import timedelta

import pytest

from clinic.outreach_rules import (
    Cadence,
    Escalation,
    Rule,
    RuleBook,
    RuleKind,
    check_rule,
)


def reminders(value: str, service: str | None = None, branch: str | None = None) -> Rule:
    return Rule(RuleKind.REMINDERS, service, branch, value)


def test_the_most_specific_rule_holds() -> None:
    rules = [
        reminders("1"),
        reminders("2", branch="roma"),
        reminders("3", service="blood"),
        reminders("4", "blood", "roma"),
    ]
    held = [
        ("blood", "roma", 4),
        ("blood", "centro", 3),
        ("consult", "roma", 2),
        ("consult", "centro", 1),
    ]
    book = RuleBook(rules)
    for service, branch, hours in held:
        assert book.cadence(service, branch) == Cadence((hours,)), (service, branch)
    assert RuleBook().cadence("blood", "roma") is None


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("72,24,2", Cadence((72, 24, 2))),
        ("2, 24 72", Cadence((72, 24, 2))),
        ("48 2 all", Cadence((48, 2), also_confirmed=True)),
        ("off", Cadence(())),
    ],
)
def test_a_cadence_is_read(text: str, cadence: Cadence) -> None:
    assert Cadence.parse(text) == cadence


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("sms 4, voice 6", (("sms", 4), ("voice", 6))),
        ("sms 4", (("sms", 4),)),
        ("voice 4", (("voice", 4),)),
        ("off", ()),
    ],
)
def test_an_escalation_is_read(text: str, steps: tuple[tuple[str, int], ...]) -> None:
    assert Escalation.parse(text).steps == tuple(
        (channel, timedelta(hours=hours)) for channel, hours in steps
    )


def test_a_ladder_is_only_climbed() -> None:
    both, calls = Escalation.parse("sms 4, voice 6"), Escalation.parse("voice 6")
    after = {channel: both.after(channel) for channel in ("whatsapp", "sms", "voice", "web")}
    assert after == {
        "whatsapp": ("sms", timedelta(hours=4)),
        "sms": ("voice", timedelta(hours=6)),
        "voice": None,
        "web": None,
    }
    assert calls.after("whatsapp") == ("voice", timedelta(hours=6))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("reminders", ""),
        ("reminders", "all"),
        ("reminders", "72,soon"),
        ("reminders", "0"),
        ("reminders", "1.5"),
        ("reminders", "off 2"),
        ("escalation", "voice 4, sms 4"),
        ("escalation", "whatsapp 4"),
        ("escalation", "sms"),
        ("escalation", "sms soon"),
        ("preparation", "two"),
        ("recall", "0"),
        ("feedback", "yes"),
    ],
)
def test_a_value_that_means_nothing_is_refused(kind: str, value: str) -> None:
    with pytest.raises(ValueError, match="must"):
        check_rule(Rule(RuleKind(kind), "blood", None, value))


def test_a_recall_names_a_service() -> None:
    with pytest.raises(ValueError, match="for a service"):
        check_rule(Rule(RuleKind.RECALL, None, "roma", "12"))


def test_what_others_ask_of_the_rules() -> None:
    book = RuleBook(
        [
            Rule(RuleKind.RECALL, "blood", None, "12"),
            Rule(RuleKind.RECALL, "blood", "roma", "off"),
            Rule(RuleKind.RECALL, "scan", None, "off"),
            Rule(RuleKind.FEEDBACK, None, "roma", "off"),
            Rule(RuleKind.FEEDBACK, None, None, "on"),
            Rule(RuleKind.PREPARATION, "scan", None, "48"),
            Rule(RuleKind.PREPARATION, "blood", None, "off"),
        ]
    )
    assert book.recalled() == {"blood"}
    assert book.recall_months("blood", "centro") == 12
    assert book.recall_months("blood", "roma") is None
    assert (book.asks_feedback("blood", "centro"), book.asks_feedback("blood", "roma")) == (
        True,
        False,
    )
    assert RuleBook().asks_feedback("blood", "roma") is None
    hours = [book.preparation_hours(each, "roma") for each in ("scan", "blood", "consult")]
    assert hours == [48, 0, None]
