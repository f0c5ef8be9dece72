"""The engine out of reach or failing; workers that die anywhere."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from conversations import turns as turns_module
from conversations.model import ConversationState, Delivery, EngineReply, Reception, Understanding
from conversations.ports import EngineFailed
from tests.conversations_core.world import ANA, ANA_WHATSAPP, AnyLocks, World, waits_for


class Killed(BaseException):
    """The worker dies here."""


def test_without_the_engine_one_honest_line_goes_out_and_the_message_waits(world: World) -> None:
    world.down()
    world.says("hola")
    world.says("¿hay alguien?")
    world.later(minutes=3)
    world.sweep()
    assert len(world.provider.sent) == 1
    assert "falla nuestra" in world.provider.texts[0]
    assert world.alerts() == [("alert", "engine_down")]
    states = [each.state for each in world.store.thread(ANA) if each.direction == "in"]
    assert states == [Reception.WAITING, Reception.WAITING]


def test_what_waited_is_answered_in_order_when_the_engine_is_back(world: World) -> None:
    world.down()
    world.says("hola")
    world.says("¿hay alguien?")
    world.up()
    world.later(minutes=3)
    world.sweep()
    assert world.provider.texts[1:] == ["answer to hola", "answer to ¿hay alguien?"]
    assert world.alerts() == []


def test_the_next_outage_gets_its_own_honest_line(world: World) -> None:
    for _ in range(2):
        world.down()
        world.says("hola")
        world.up()
        world.later(minutes=3)
        world.sweep()
    assert sum("falla nuestra" in text for text in world.provider.texts) == 2


def test_the_waits_grow_to_a_minute(world: World) -> None:
    world.down()
    world.says("hola")
    tried = []
    for second in range(600):
        world.later(seconds=1)
        before = len(world.engine.asked)
        world.sweep()
        if len(world.engine.asked) > before:
            tried.append(second + 1)
    gaps = [after - before for before, after in zip([0, *tried], tried, strict=False)]
    assert gaps[:6] == [2, 4, 8, 16, 32, 60]
    assert set(gaps[6:]) == {60}


def test_a_message_on_which_the_engine_always_fails_is_handed_to_the_staff(world: World) -> None:
    world.engine.trouble = EngineFailed("status 409")
    message = world.arrives("hola")
    for _ in range(30):
        world.work()
        world.later(minutes=2)
        world.sweep()
    assert len(world.engine.asked) == turns_module.MAX_FAILURES
    first = world.store.thread(ANA)[0]
    assert first.state == Reception.GIVEN_UP
    talk = world.store.conversation(message.conversation_id)
    assert talk.state is ConversationState.WAITING
    assert ("handoff", "failure") in world.alerts()
    assert "Una persona de la clínica" in world.provider.texts[-1]
    world.up()
    world.says("otra cosa")
    assert world.provider.texts[-1] == "answer to otra cosa"


def test_an_outage_never_uses_up_a_messages_chances(world: World) -> None:
    world.down()
    world.says("hola")
    for _ in range(40):
        world.later(minutes=2)
        world.sweep()
    world.up()
    world.later(minutes=2)
    world.sweep()
    assert world.provider.texts[-1] == "answer to hola"


def test_silence_of_the_engine_is_a_failure(world: World) -> None:
    world.engine.replies["hola"] = EngineReply((), Understanding(None, None))
    world.says("hola")
    assert world.store.thread(ANA)[0].state == Reception.WAITING
    assert "falla nuestra" in world.provider.texts[0]


def test_a_broken_step_blocks_nobody(world: World) -> None:
    world.engine.trouble = KeyError("unforeseen")
    world.says("hola")
    assert world.store.thread(ANA)[0].state == Reception.WAITING
    world.up()
    world.later(minutes=2)
    world.sweep()
    assert world.provider.texts[-1] == "answer to hola"


def test_a_message_whose_worker_was_never_woken_is_swept_up(world: World) -> None:
    world.arrives("hola")
    world.woken.clear()  # the queue was lost
    world.sweep()
    assert world.provider.texts == ["answer to hola"]


def test_a_waiting_message_is_never_cut_off_by_a_new_conversation(world: World) -> None:
    world.down()
    first = world.says("hola")
    world.later(hours=20)
    assert world.says("¿siguen?").id == first.id
    world.up()
    world.later(minutes=2)
    world.sweep()
    assert world.provider.texts[-2:] == ["answer to hola", "answer to ¿siguen?"]


def _die_at_commit(world: World, number: int) -> Callable[[], None]:
    """Lets the worker die right before (even) or after (odd) a commit of what it has written."""
    commits = 0

    def before(session: Session) -> None:
        nonlocal commits
        if session.bind is not world.database.engine:  # it only reads
            return
        if commits == number:
            commits += 1
            raise Killed
        commits += 1

    def after(_session: Session) -> None:
        before(_session)

    event.listen(Session, "before_commit", before)
    event.listen(Session, "after_commit", after)

    def remove() -> None:
        event.remove(Session, "before_commit", before)
        event.remove(Session, "after_commit", after)

    return remove


@pytest.mark.parametrize("point", range(28))
def test_a_worker_that_dies_at_any_commit_loses_nothing_and_doubles_nothing(
    world: World, point: int
) -> None:
    world.arrives("hola")
    world.arrives("STOP", ANA_WHATSAPP, "whatsapp")
    world.arrives("me duele el pecho")
    world.arrives("gracias por la ayuda")
    remove = _die_at_commit(world, point)
    try:
        world.work()
    except Killed:
        pass
    finally:
        remove()
    world.woken.clear()
    for _ in range(3):
        world.later(hours=1)
        world.sweep()
        world.deliveries.reconcile(world.now)
    thread = world.store.thread(ANA)
    states = [each.state for each in thread if each.direction == "in"]
    assert states == [Reception.OVERTAKEN, *[Reception.ANSWERED] * 3]
    answers = [each for each in thread if each.direction == "out"]
    assert sorted(each.text[:12] for each in answers) == [
        "Listo: no le",
        "Si es una em",
        "answer to gr",
    ]
    settled = {Delivery.ACCEPTED, Delivery.FAILED}  # failed: died while the provider had it
    assert {each.state for each in answers} <= settled
    assert sum(each.state == Delivery.FAILED for each in answers) <= 1
    assert len({each.id for each in world.provider.sent}) == len(world.provider.sent)
    assert world.patients.opted_out(ANA)


def test_a_worker_that_dies_while_the_engine_answers_is_answered_the_same(world: World) -> None:
    message = world.arrives("hola")

    def die() -> None:
        world.engine.before = lambda: None
        raise Killed

    world.engine.before = die
    with pytest.raises(Killed):
        world.work()
    world.woken.clear()
    world.sweep()
    assert [each.turn for each in world.engine.asked] == [message.id, message.id]
    assert world.provider.texts == ["answer to hola"]


def test_two_workers_never_answer_one_conversation_at_once(any_world: World) -> None:
    world = any_world
    for number in range(6):
        world.arrives(f"mensaje {number}")
    conversation = world.woken[0]
    inside = []

    def enter() -> None:
        inside.append(1)
        assert len(inside) == 1
        inside.pop()

    world.engine.before = enter
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(world.turns.run, [conversation] * 4))
    assert world.engine.heard == [f"mensaje {number}" for number in range(6)]


def test_even_without_a_lock_nothing_is_answered_twice(any_world: World) -> None:
    world = any_world
    message = world.arrives("hola")
    workers = [world.another_worker(AnyLocks()) for _ in range(4)]
    together = Barrier(4)
    world.engine.before = waits_for(together)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda each: each.run(message.conversation_id), workers))
    for worker in workers:
        worker.close()
    assert len(world.engine.asked) == 4
    assert [each.text for each in world.store.thread(ANA)] == ["hola", "answer to hola"]


def test_two_workers_never_send_one_message_twice(any_world: World) -> None:
    world = any_world
    for number in range(5):
        message = world.arrives(f"mensaje {number}")
    world.turns.run(message.conversation_id)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: world.deliveries.send_due(world.now), range(4)))
    world.deliveries.send_due(world.now)
    assert world.provider.texts == [f"answer to mensaje {number}" for number in range(5)]
