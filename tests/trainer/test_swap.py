"""Another model in the running engine: no turn is lost, none is answered twice, and talks go on."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from app.secrets import engine_token
from integrations.engine.control import EngineControl, SwapFailed
from integrations.engine.models import Model
from simulator.phone import Phone
from tests.e2e.said import SAID
from tests.trainer.world import World
from trainer.models.publishing import NotPublished, open_press

pytestmark = pytest.mark.engine

ES = SAID["es"]
WRITERS = 4
AFTER = 2
"""So many messages each of them still writes once the model was changed."""
MOST = 200


@pytest.fixture
def other(world: World, trained_model: Path) -> Iterator[Model]:
    """A model that does not answer yet; afterwards the one that did answers again."""
    before = world.models.published()
    assert before is not None
    yield world.another_model(trained_model)
    press = open_press(world.instance.settings, world.database)
    press.publish(before, "eva", datetime.now(UTC))


def _publish(world: World, model: Model) -> None:
    press = open_press(world.instance.settings, world.database)
    press.publish(model, "eva", datetime.now(UTC))


def _models_in(world: World, address: str) -> list[tuple[str, str, str | None]]:
    thread = world.thread(address)
    return [(each.direction, each.state, each.model) for each in thread]


def test_a_stream_of_turns_is_answered_once_each_while_the_model_changes(
    world: World, other: Model
) -> None:
    before = world.models.published()
    assert before is not None
    people = [world.people.person("es") for _ in range(WRITERS)]
    swapped, failed = threading.Event(), []

    def write(address: str) -> None:
        with Phone(world.instance.url, address) as phone:
            after = 0
            for _ in range(MOST):
                phone.text("¿a qué hora abren?")
                if not phone.wait_for_reply(60).text:
                    failed.append(address)
                after += swapped.is_set()
                if after == AFTER:
                    return

    writers = [threading.Thread(target=write, args=(each.phone,)) for each in people]
    for each in writers:
        each.start()
    _publish(world, other)
    swapped.set()
    for each in writers:
        each.join(120)
        assert not each.is_alive()
    assert failed == []
    answered: set[str | None] = set()
    for person in people:
        thread = world.thread(person.phone)
        heard = [each for each in thread if each.direction == "in"]
        replies = [each.in_reply_to for each in thread if each.direction == "out"]
        assert {each.state for each in heard} == {"answered"}
        assert sorted(str(each) for each in replies) == sorted(each.id for each in heard)
        models = [each.model for each in heard]
        assert models == sorted(models, key=lambda name: name == f"consulta-{other.id}")
        answered |= set(models)
    assert answered == {f"consulta-{before.id}", f"consulta-{other.id}"}


def test_a_talk_in_the_middle_of_a_form_goes_on_with_the_new_model(
    world: World, other: Model
) -> None:
    before = world.models.published()
    person = world.people.person("es")
    with Phone(world.instance.url, person.phone) as phone:
        phone.text(ES.cancel)
        phone.wait_for_reply(60, containing=ES.hear_sure)
        _publish(world, other)
        phone.text(ES.yes)
        phone.wait_for_reply(60, containing=ES.hear_cancelled)
    (visit,) = world.instance.appointments(person.phone)
    assert visit["status"] == "cancelled"
    heard = [model for way, _, model in _models_in(world, person.phone) if way == "in"]
    assert before is not None
    assert heard == [f"consulta-{before.id}", f"consulta-{other.id}"]


def test_an_archive_that_is_no_model_changes_nothing(world: World, tmp_path: Path) -> None:
    before = world.models.published()
    assert before is not None
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no archive at all")
    settings = world.instance.settings
    engines = EngineControl(settings.engine_urls, engine_token(settings))
    with pytest.raises(SwapFailed, match="cannot be loaded"):
        engines.swap(engines.urls[0], broken)
    with pytest.raises(SwapFailed, match="no such file"):
        engines.swap(engines.urls[0], tmp_path / "nothing.tar.gz")
    assert engines.loaded() == [f"consulta-{before.id}"]
    model = world.another_model(broken)
    press = open_press(settings, world.database)
    with pytest.raises(NotPublished):
        press.publish(model, "eva", datetime.now(UTC))
    assert press.models.published() == before


def test_after_a_restart_the_published_model_answers(world: World, other: Model) -> None:
    _publish(world, other)
    world.instance.stop()
    world.instance.start()
    settings = world.instance.settings
    engines = EngineControl(settings.engine_urls, engine_token(settings))
    assert engines.loaded() == [f"consulta-{other.id}"]
    assert world.models.published() == other


def test_the_engine_swaps_for_nobody_without_its_token(world: World) -> None:
    url = f"{world.instance.settings.engine_url}/webhooks/consulta/model"
    with httpx.Client(trust_env=False) as client:
        for token in ("", "Bearer wrong", "Bearer señal"):
            headers = [(b"Authorization", token.encode())]
            assert client.put(url, json={"file": "x"}, headers=headers).status_code == 401
            assert client.get(url, headers=headers).status_code == 401
