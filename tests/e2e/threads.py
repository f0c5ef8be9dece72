"""What `consulta messages` must show after any journey."""

from datetime import datetime

from tests.e2e.instance import Instance, Json, wait_until

FIELDS = ["at", "channel", "direction", "text", "intent", "confidence", "state"]
ARRIVED = {"sms": {"delivered"}, "whatsapp": {"read"}, "voice": {"spoken"}}
"""Where the messages of a channel end on a handset that is on; only WhatsApp tells of reading."""


def settled_thread(instance: Instance, phone: str) -> list[Json]:
    """The thread once all that was said has arrived, its order and shape checked."""
    thread: list[Json] = []

    def settled() -> bool:
        thread[:] = instance.messages(phone)
        return bool(thread) and all(
            each["state"] in ARRIVED[each["channel"]]
            for each in thread
            if each["direction"] == "out"
        )

    wait_until(settled, 20, f"not all has arrived: {[each['state'] for each in thread]}")
    check_shape(thread)
    return thread


def check_shape(thread: list[Json]) -> None:
    """Every field of every message, and the order."""
    assert all(list(each) == FIELDS for each in thread)
    times = [datetime.fromisoformat(each["at"]) for each in thread]
    assert all(at.utcoffset() is not None for at in times)
    assert times == sorted(times)
    assert thread[0]["direction"] == "in"
    for each in thread:
        assert each["direction"] in {"in", "out"}
        assert isinstance(each["text"], str)
        if each["direction"] == "out":
            assert each["text"]
            assert each["intent"] is None
            assert each["confidence"] is None
        else:
            assert each["state"] == "answered"
            assert each["intent"]
            assert 0 < each["confidence"] <= 1


def intents(thread: list[Json]) -> list[str]:
    """What was understood, in order."""
    return [each["intent"] for each in thread if each["direction"] == "in"]
