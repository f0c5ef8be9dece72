"""Pages are told when to look again."""

import time
from itertools import count

from flask.testing import FlaskClient

from console.live import MOST, Pulse, fingerprint
from conversations.answering import Answering
from tests.console.conftest import House


def test_what_is_said_delivered_or_handed_over_changes_the_fingerprint(house: House) -> None:
    seen = [fingerprint(house.database)]

    def changed() -> bool:
        seen.append(fingerprint(house.database))
        return seen[-1] != seen[-2]

    message = house.hear("+525500000001", "hola")
    assert changed()
    house.correct(message, state="answered")
    assert changed()
    house.conversations.hand_off(message.conversation_id, "wish", house.clock())
    assert changed()
    house.conversations.take_over(message.conversation_id, "eva", house.clock())
    assert changed()
    Answering(house.database).take(message.conversation_id, "sol", house.clock(), holder="eva")
    assert changed()
    house.conversations.give_back(message.conversation_id, house.clock())
    assert changed()
    assert not changed()


def test_who_listens_hears_of_a_change_and_the_looking_ends_with_the_last() -> None:
    numbers = count()
    pulse = Pulse(lambda: str(next(numbers)), every=0.01)
    assert pulse.join()
    events = pulse.events(lasts=5.0)
    assert next(events).startswith("retry:")
    assert any(event.startswith("event: changed") for event in events)
    pulse.leave()
    deadline = time.monotonic() + 5
    while pulse.is_looking() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not pulse.is_looking()


def test_too_many_listeners_are_sent_away_and_make_room_when_they_leave() -> None:
    pulse = Pulse(lambda: "same", every=0.01)
    assert sum(pulse.join() for _ in range(MOST + 3)) == MOST
    pulse.leave()
    assert pulse.join()
    for _ in range(MOST):
        pulse.leave()


def test_the_stream_is_for_who_is_signed_in(staff: FlaskClient) -> None:
    answer = staff.get("/console/live", buffered=False)
    assert answer.mimetype == "text/event-stream"
    assert next(iter(answer.response)) == b"retry: 2000\n\n"
    answer.close()
