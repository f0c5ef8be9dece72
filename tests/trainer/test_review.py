"""What trainers are shown: the messages that teach most, masked, alike ones together."""

from typing import Any

import pytest

from tests.console.conftest import House
from tests.trainer.said import ANA, hear
from trainer.desk import BadDecision, Choice, Desk
from trainer.labels import AlreadyDecided, Decided

SURE = (("confirm_appointment", 0.97), ("affirm", 0.01))


def _open(desk: Desk, clinic: House) -> dict[str, str]:
    return {each.id: each.reason for each in desk.review().open(clinic.time.now)}


def test_the_least_sure_comes_first_then_what_was_put_right_then_what_a_person_took_over(
    clinic: House, desk: Desk
) -> None:
    handed = hear(clinic, "quiero lo de siempre", *SURE, address="+525500000002")
    talk = clinic.conversations.conversation_of_message(handed)
    assert talk is not None
    clinic.conversations.hand_off(talk.id, "doubt", clinic.time.now)
    corrected = hear(clinic, "lo del jueves mejor ya no", *SURE)
    hear(clinic, "me equivoqué", ("deny", 0.98))
    low = hear(clinic, "se puede a las tres", ("ask_hours", 0.6), ("affirm", 0.1))
    tie = hear(clinic, "lo dejo para luego", ("deny", 0.45), ("cancel_appointment", 0.44))
    fallback = hear(clinic, "asdf qwer", ("out_of_scope", 0.2), ("greet", 0.1))
    assert list(_open(desk, clinic).items()) == [
        (fallback, "fallback"),
        (tie, "tie"),
        (low, "low"),
        (corrected, "corrected"),
        (handed, "handed_off"),
    ]


@pytest.mark.parametrize(
    "more", [{"meant": "/affirm"}, {"payload": "/affirm"}, {"confidence": None}]
)
def test_what_was_no_wish_in_words_is_not_shown(
    clinic: House, desk: Desk, more: dict[str, Any]
) -> None:
    hear(clinic, "uno que otro", ("affirm", 0.3), **more)
    assert _open(desk, clinic) == {}


def test_a_bare_name_or_birth_date_is_not_shown(clinic: House, desk: Desk) -> None:
    clinic.patient("Ana Torres", ANA)
    hear(clinic, "ana torres 14/03/1988", ("greet", 0.3))
    assert _open(desk, clinic) == {}


def test_messages_written_alike_are_decided_together(clinic: House, desk: Desk) -> None:
    for text in ("ya no voy a poder ir", "Ya no voy a poder ir!", "cuánto sale la limpieza"):
        hear(clinic, text, ("deny", 0.3))
    groups, _ = desk.review().groups(clinic.time.now)
    assert sorted(len(group) for group in groups) == [1, 2]


def test_the_patient_s_name_is_kept_nowhere(clinic: House, desk: Desk) -> None:
    clinic.patient("Luz Peña", ANA)
    message = hear(clinic, "soy luz peña y ya no voy", ("deny", 0.3))
    desk.decide([Choice(message)], "cancel_appointment", "eva", clinic.time.now)
    assert [each.example.text for each in desk.labels.to_write()] == ["soy NOMBRE y ya no voy"]


def test_a_decided_message_is_off_the_list_until_it_is_undone(clinic: House, desk: Desk) -> None:
    message = hear(clinic, "ya mejor no", ("deny", 0.3))
    batch = desk.decide([Choice(message)], "", "eva", clinic.time.now)
    assert _open(desk, clinic) == {}
    assert desk.labels.undo(batch, "eva", clinic.time.now) == 1
    assert desk.labels.undo(batch, "eva", clinic.time.now) == 0
    assert list(_open(desk, clinic)) == [message]
    desk.decide([Choice(message)], "deny", "eva", clinic.time.now)


def test_of_two_who_decide_at_once_one_is_told(clinic: House, desk: Desk) -> None:
    one = Decided(hear(clinic, "ya mejor no", ("deny", 0.3)), "es", "ya mejor no")
    desk.labels.decide([one], "deny", "eva", clinic.time.now)
    with pytest.raises(AlreadyDecided):
        desk.labels.decide([one], "cancel_appointment", "leo", clinic.time.now)
    assert [each.by for each in desk.labels.to_write()] == ["eva"]


@pytest.mark.parametrize(
    ("intent", "new", "text", "why"),
    [
        ("nonsense", False, None, "unknown"),
        ("choose", False, None, "unknown"),
        ("deny", True, None, "known"),
        ("Ask Parking", True, None, "name"),
        ("x: {}\n- y", True, None, "name"),
        ("deny", False, "\u202e[](/ )", "empty"),
    ],
)
def test_what_cannot_be_kept_says_why(
    clinic: House, desk: Desk, intent: str, new: bool, text: str | None, why: str
) -> None:
    message = hear(clinic, "ya mejor no", ("deny", 0.3))
    with pytest.raises(BadDecision) as problem:
        desk.decide([Choice(message, text)], intent, "eva", clinic.time.now, new=new)
    assert problem.value.key == why
    assert desk.labels.to_write() == []


def test_a_forged_message_is_refused(clinic: House, desk: Desk) -> None:
    sure = hear(clinic, "confirmo", *SURE)
    for identifier in (sure, "x", "' OR 1=1"):
        with pytest.raises(BadDecision):
            desk.decide([Choice(identifier)], "deny", "eva", clinic.time.now)
