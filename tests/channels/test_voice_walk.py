from hypothesis import given, settings
from hypothesis import strategies as st

from channels.voice.calls import MAX_STEPS, MAX_WAITS
from conversations.model import (
    Choice,
    ConversationState,
    Utterance,
)
from tests.channels import payloads
from tests.channels.telephone import DESK, MENU, Call, Talk

SAYINGS: tuple[tuple[Utterance, ...], ...] = (
    (MENU,),
    (Utterance("¿Cuál es su fecha de nacimiento?"),),
    (),
    (
        Utterance("Listo."),
        Utterance("¿Algo más?", (Choice("Sí", "/affirm"), Choice("No", "/deny"))),
    ),
    (Utterance("palabra " * 900),),
    (Utterance("Elija", tuple(Choice(f"Opción {n}", f"/o{n}") for n in range(12))),),
)
MOVES = st.sampled_from(
    ["silence", "0", "*", "#", "1", "3", "7", "8", "14031988", "words", "repetir", "…", "slow",
     "break", "waiting", "person", "bot", "pt"]
)  # fmt: skip


def _move(call: Call, talk: Talk, move: str) -> None:
    """One thing that happens, and what Twilio then asks for."""
    match move:
        case "slow":
            talk.slow = 3
        case "break":
            talk.breaks = 1
        case "waiting":
            talk.state = ConversationState.WAITING
        case "person":
            talk.state = ConversationState.PERSON
        case "bot":
            talk.state = ConversationState.BOT
        case "pt":
            talk.language = "pt"
    if call.root.find("Dial") is not None:
        call.dialled("no-answer" if move != "1" else "completed")
    elif call.root.find("Gather") is None:
        call.follow()
    elif move in {"0", "*", "#", "1", "3", "7", "8", "14031988"}:
        call.press(move)
    elif move in {"words", "repetir", "…"}:
        call.speak(move)
    else:
        call.be_silent()


@settings(max_examples=60, deadline=None)
@given(
    moves=st.lists(MOVES, min_size=40, max_size=40),
    says=st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=5),
    caller=st.sampled_from([payloads.PATIENT, "+266696687", ""]),
    desk=st.sampled_from([None, DESK]),
)
def test_no_call_ever_meets_a_dead_end_or_an_endless_wait(
    moves: list[str], says: list[tuple[Utterance, ...]], caller: str, desk: str | None
) -> None:
    talk = Talk(patient=None)
    talk.says = lambda _: says[len(talk.heard) % len(says)]
    call = Call(talk, desk=desk)
    call.caller = caller
    call.enter(From=caller)
    redirects = 0
    for move in moves:
        if call.ends:
            break
        asks = call.root.find("Gather") is not None or call.root.find("Dial") is not None
        assert asks or call.root.find("Redirect") is not None
        redirects = 0 if asks else redirects + 1
        assert redirects <= MAX_WAITS + 2
        _move(call, talk, move)


def test_even_a_call_that_never_stops_answering_comes_to_an_end() -> None:
    call = Call(Talk())
    call.enter()
    for _ in range(MAX_STEPS):
        call.press("1")
        assert not call.ends
    call.press("1")
    assert call.ends
    assert call.talk.handed == ["failure", "call_back"]
