"""The same on PostgreSQL and Redis: a journey on each channel."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from integrations.database import open_database
from simulator.phone import Phone
from tests import postgresql as server
from tests.e2e.instance import Instance, own_settings
from tests.e2e.people import People
from tests.e2e.said import KEY_CANCEL, SAID
from tests.e2e.threads import settled_thread

pytestmark = pytest.mark.engine

REDIS = "redis://127.0.0.1:6379/15"
ES, PT, EN = SAID["es"], SAID["pt"], SAID["en"]


def absent(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} does not answer")
    pytest.skip(f"{what} does not answer")


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """A database of this module alone."""
    with server.empty() as url:
        yield url


@pytest.fixture(scope="module")
def redis_url() -> str:
    url = os.environ.get("TEST_REDIS_URL", REDIS)
    try:
        with redis.Redis.from_url(url) as client:
            client.ping()
    except redis.RedisError:
        absent("Redis")
    return url


@pytest.fixture(scope="module")
def grown(
    postgresql: str,
    redis_url: str,
    trained_model: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Instance]:
    services = {"DATABASE_URL": postgresql, "REDIS_URL": redis_url}
    home = tmp_path_factory.mktemp("grown") / "home"
    settings = own_settings(home, **{name.lower(): value for name, value in services.items()})
    running = Instance(settings, trained_model, services)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def people(grown: Instance) -> Iterator[People]:
    database = open_database(grown.settings.database_url)
    yield People(database)
    database.close()


def test_nothing_of_the_clinic_is_in_a_file(grown: Instance) -> None:
    assert not (grown.settings.consulta_home / "consulta.db").exists()
    assert grown.appointments("+525500000001")


def test_a_patient_cancels_by_text(grown: Instance, people: People) -> None:
    person = people.person("pt")
    with Phone(grown.url, person.phone) as phone:
        phone.text(PT.cancel)
        phone.wait_for_reply(containing=PT.hear_sure)
        phone.text(PT.yes)
        phone.wait_for_reply(containing=PT.hear_cancelled)
    assert grown.appointments(person.phone)[0]["status"] == "cancelled"
    assert settled_thread(grown, person.phone)


def test_a_patient_confirms_on_whatsapp(grown: Instance, people: People) -> None:
    person = people.person("en")
    with Phone(grown.url, person.phone, channel="whatsapp") as phone:
        phone.text(EN.hello)
        phone.tap(EN.menu_confirm, phone.wait_for_reply())
        phone.wait_for_reply(containing=EN.hear_confirmed)
    assert grown.appointments(person.phone)[0]["status"] == "confirmed"
    assert settled_thread(grown, person.phone)


def test_a_patient_cancels_and_books_again_in_a_call(grown: Instance, people: People) -> None:
    person = people.person("es")
    with Phone(grown.url, person.phone) as phone:
        call = phone.call()
        assert ES.hear_sure in call.press(KEY_CANCEL).heard_last
        assert ES.hear_cancelled in call.press("1").heard_last
        assert ES.hear_times in call.press("1").heard_last
        assert ES.hear_booked in call.press("1").heard_last
        call.hang_up()
    statuses = sorted(each["status"] for each in grown.appointments(person.phone))
    assert statuses == ["booked", "cancelled"]
    assert settled_thread(grown, person.phone)
