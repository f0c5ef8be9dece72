from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from channels.voice.calls import MAX_WAITS
from channels.voice.desk import open_phone
from clinic.catalogue import Branch, OpenHours
from conversations.model import (
    ConversationState,
)
from tests.channels import payloads
from tests.channels.telephone import DESK, Call, Talk


def test_a_slow_answer_is_bridged_by_a_holding_line() -> None:
    call = Call(Talk(slow=2))
    assert "Un momento" in call.enter()
    assert "Sigo en ello" in call.follow()
    assert call.follow().startswith("¿Qué desea hacer?")
    assert len(call.talk.heard) == 1


def test_waiting_has_an_end_and_a_person_is_asked_for() -> None:
    call = Call(Talk(slow=99))
    call.enter()
    for _ in range(MAX_WAITS):
        call.follow()
    assert call.ends
    assert call.talk.handed == ["failure", "call_back"]
    assert "no puedo darle una respuesta segura" in call.said
    assert "le llamará" in call.said


def test_our_failure_is_tried_once_more_and_then_admitted() -> None:
    call = Call(Talk(breaks=1))
    assert "Disculpe" in call.enter()
    assert call.follow().startswith("¿Qué desea hacer?")
    call = Call(Talk(breaks=2))
    call.enter()
    assert "vuelva a llamar" in call.follow()
    assert call.ends


def test_handed_over_in_opening_hours_a_person_is_rung() -> None:
    talk = Talk()
    call = Call(talk, desk=DESK)
    call.enter()
    talk.state = ConversationState.WAITING
    assert "Le comunico" in call.press("0")
    dial = call.root.find("Dial")
    assert dial is not None
    number = dial.find("Number")
    assert number is not None
    assert number.text == DESK
    assert "callerId" not in dial.attrib
    call.dialled("completed", DialBridged="true")
    assert call.ends


@pytest.mark.parametrize(
    ("status", "more"),
    [("no-answer", {}), ("busy", {}), ("failed", {}), ("completed", {"DialBridged": "false"})],
)
def test_when_nobody_answers_a_call_back_is_promised_and_the_call_goes_on(
    status: str, more: dict[str, str]
) -> None:
    talk = Talk()
    call = Call(talk, desk=DESK)
    call.enter()
    talk.state = ConversationState.WAITING
    call.press("0")
    said = call.dialled(status, **more)
    assert "nadie pudo contestar" in said
    assert "le llamará" in said
    call.speak("a qué hora abren")
    assert call.talk.heard[-1] == ("a qué hora abren", None)
    assert call.root.find("Dial") is None


def test_outside_opening_hours_a_call_back_is_promised() -> None:
    talk = Talk()
    call = Call(talk)
    call.enter()
    talk.state = ConversationState.WAITING
    said = call.press("0")
    assert "quedó anotada" in said
    assert talk.handed == ["call_back"]
    assert not call.ends


def test_a_hidden_number_is_not_promised_a_call_back() -> None:
    talk = Talk()
    call = Call(talk)
    call.caller = "+266696687"
    call.enter(From=call.caller)
    talk.state = ConversationState.WAITING
    said = call.press("0")
    assert "Su número está oculto" in said
    assert "le llamará" not in said
    assert talk.handed == []


def test_a_hidden_caller_is_put_through_with_the_clinics_number() -> None:
    talk = Talk()
    call = Call(talk, desk=DESK)
    call.caller = "+266696687"
    call.enter(From=call.caller)
    talk.state = ConversationState.WAITING
    call.press("0")
    dial = call.root.find("Dial")
    assert dial is not None
    assert dial.attrib["callerId"] == payloads.CLINIC


def test_who_waits_for_a_person_already_is_still_served() -> None:
    call = Call(Talk(state=ConversationState.WAITING), desk=DESK)
    call.enter()
    assert call.root.find("Dial") is None
    call.press("1")
    assert call.root.find("Dial") is None


def test_a_conversation_with_a_person_is_put_through() -> None:
    silent = Talk(state=ConversationState.PERSON, says=lambda _: ())
    call = Call(silent, desk=DESK)
    call.enter()
    assert call.root.find("Dial") is not None
    call = Call(silent)
    call.enter()
    assert call.ends


def _branch(code: str, country: str, zone: str, phone: str) -> Branch:
    hours = tuple(OpenHours(day, time(8), time(18)) for day in range(5))
    return Branch(code, code, "", "", "", country, "", ZoneInfo(zone), phone, hours)


BRANCHES = (
    _branch("roma", "MX", "America/Mexico_City", "55 5000 0111"),
    _branch("paulista", "BR", "America/Sao_Paulo", "+55 11 4000-0111"),
    _branch("mute", "MX", "America/Mexico_City", ""),
)


@pytest.mark.parametrize(
    ("caller", "at", "phone"),
    [
        ("+525500000001", datetime(2026, 11, 23, 16, tzinfo=UTC), "+525550000111"),
        ("+5511900000001", datetime(2026, 11, 23, 16, tzinfo=UTC), "+551140000111"),
        ("+12025550143", datetime(2026, 11, 23, 16, tzinfo=UTC), "+525550000111"),
        ("anonymous", datetime(2026, 11, 23, 12, tzinfo=UTC), "+551140000111"),
        ("+525500000001", datetime(2026, 11, 23, 2, tzinfo=UTC), None),
        ("+525500000001", datetime(2026, 11, 22, 16, tzinfo=UTC), None),
    ],
)
def test_the_desk_is_an_open_branch_in_the_callers_country(
    caller: str, at: datetime, phone: str | None
) -> None:
    assert open_phone(BRANCHES, caller, at) == phone
