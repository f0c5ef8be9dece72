"""Word that a document is ready: once, neutral, by day, and only to who wants to hear of us."""

from datetime import timedelta

import pytest

from clinic.results import ReleasePolicy, ReportStatus
from conversations.deliveries import Deliveries
from conversations.outgoing import TEXTING
from outreach.results import tell_results
from tests.outreach.world import DAY, World

PDF = b"%PDF-1.7"


def _add(world: World, policy: ReleasePolicy = ReleasePolicy.AUTO) -> str:
    results = world.services.results
    return results.add(world.ana.id, "blood-test", PDF, world.now[0], policy=policy).id


def _tell(world: World, hours: int, minutes: int = 0) -> list[dict[str, str]]:
    world.now[0] = world.at(DAY, hours, minutes)
    return tell_results(world.services, world.now[0])


def test_a_result_is_told_once_and_never_named(any_world: World) -> None:
    report = _add(any_world)
    begun = _tell(any_world, 10)
    assert [(each["kind"], each["about"]) for each in begun] == [("result", report)]
    assert not _tell(any_world, 10, 5)
    (message,) = any_world.told(any_world.ana)
    assert "/r/••••••" in message.text
    for word in ("blood", "sangre", "estudio", "resultado", "análisis"):
        assert word not in message.text.lower()


def test_the_thread_never_holds_the_link_and_forgets_it_once_it_is_sent(world: World) -> None:
    _add(world)
    _tell(world, 10)
    Deliveries(world.services.database, {TEXTING: world.post}, world.services.patients).send_due(
        world.now[0]
    )
    (sent,) = world.post.sent
    token = sent.text.split("/r/")[1].split()[0]
    assert world.services.result_links.find(token, world.now[0]) is not None
    with world.services.database.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT text, unmasked FROM messages").all()
    assert token not in str(kept)


def test_several_at_once_are_told_in_one_message(world: World) -> None:
    _add(world)
    _add(world)
    assert len(_tell(world, 10)) == 1
    assert not _tell(world, 11)
    assert len(world.told(world.ana)) == 1


def test_a_result_waits_for_the_morning(world: World) -> None:
    _add(world)
    assert not _tell(world, 23)
    assert not world.told(world.ana)
    world.now[0] = world.at(DAY + timedelta(days=1), 8)
    assert tell_results(world.services, world.now[0])


def test_what_is_not_for_a_link_is_told_to_nobody(world: World) -> None:
    manual = _add(world, ReleasePolicy.MANUAL)
    _add(world, ReleasePolicy.IN_PERSON)
    wrong = _add(world)
    world.services.results.replace(wrong, ReportStatus.ENTERED_IN_ERROR, world.now[0])
    assert not _tell(world, 10)
    world.services.results.release(manual, world.now[0])
    assert [each["about"] for each in _tell(world, 10)] == [manual]


def test_who_said_stop_is_told_by_the_staff_instead(world: World) -> None:
    _add(world)
    world.services.patients.set_consent(
        "+525500000001", given=False, channel="sms", words="ALTO", at=world.now[0]
    )
    assert not _tell(world, 10)
    assert len(world.services.results.untold()) == 1


def test_a_crash_after_the_words_tells_nothing_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(world)
    with monkeypatch.context() as patch:
        patch.setattr(world.services.results, "told", _crash)
        assert not _tell(world, 10)
    assert not _tell(world, 10, 1)
    assert len(world.told(world.ana)) == 1
    assert not world.services.results.untold()


def _crash(_report: object) -> None:
    raise RuntimeError("the worker dies here")
