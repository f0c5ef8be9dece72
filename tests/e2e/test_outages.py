"""Parts of an instance die in the middle of a talk: an honest line, and nothing lost or doubled."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.start import prepare_database
from integrations.database import open_database
from simulator.phone import Phone
from tests.e2e.instance import Instance, own_settings, wait_until
from tests.e2e.people import People
from tests.e2e.said import KEY_CONFIRM, SAID
from tests.e2e.threads import intents, settled_thread

pytestmark = pytest.mark.engine

ES = SAID["es"]
OUR_FAULT = "falla nuestra"
PARTS = ("engine", "actions", "web")


@dataclass
class Parts:
    """An instance whose processes are started one by one, so that one may end alone."""

    instance: Instance
    people: People
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, *names: str) -> None:
        """Starts them and waits until all is ready."""
        for name in names:
            self.running[name] = self.instance.start_part(name)
        self.instance.wait_until_ready(self.running[names[-1]])

    def kill(self, name: str) -> None:
        """SIGKILL: it gets no chance to finish anything."""
        self.running[name].kill()
        self.running.pop(name).wait(10)

    def stop(self) -> None:
        """Ends what runs."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(30)


@pytest.fixture(scope="module")
def parts(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    instance = Instance(own_settings(tmp_path_factory.mktemp("parts") / "home"), trained_model)
    prepare_database(instance.settings)
    database = open_database(instance.settings.database_url)
    started = Parts(instance, People(database))
    try:
        started.start(*PARTS)
        yield started
    finally:
        started.stop()
        database.close()


def test_a_message_to_a_dead_engine_is_answered_when_it_is_back(parts: Parts) -> None:
    person = parts.people.person("es")
    with Phone(parts.instance.url, person.phone) as phone:
        parts.kill("engine")
        assert not parts.instance.is_ready()
        phone.text(ES.confirm)
        assert OUR_FAULT in phone.wait_for_reply().text
        assert phone.stays_quiet(2)
        (visit,) = parts.instance.appointments(person.phone)
        assert visit["status"] == "booked"
        (waiting, _line) = parts.instance.messages(person.phone)
        assert waiting["state"] == "waiting"

        parts.start("engine")
        assert ES.hear_confirmed in phone.wait_for_reply(90).text
        assert phone.stays_quiet(2)
    (visit,) = parts.instance.appointments(person.phone)
    assert visit["status"] == "confirmed"
    assert intents(settled_thread(parts.instance, person.phone)) == ["confirm_appointment"]


def test_a_caller_hears_of_a_dead_engine_and_is_left_with_nobody_by_mistake(parts: Parts) -> None:
    person = parts.people.person("es")
    with Phone(parts.instance.url, person.phone) as phone:
        call = phone.call()
        parts.kill("engine")
        try:
            said = call.press(KEY_CONFIRM).heard_last
            assert OUR_FAULT in said
            assert ES.hear_confirmed not in said
        finally:
            parts.start("engine")
        if not call.ended:
            call.hang_up()
        assert [code for code, _ in phone.alerts if code in {11200, 11205, 12100}] == []
    (visit,) = parts.instance.appointments(person.phone)
    assert visit["status"] == "booked"


def test_a_dead_action_server_delays_a_cancellation_and_never_doubles_it(parts: Parts) -> None:
    person = parts.people.person("es")
    (before,) = parts.instance.appointments(person.phone)
    with Phone(parts.instance.url, person.phone) as phone:
        phone.text(ES.cancel)
        phone.wait_for_reply(containing=ES.hear_sure)
        parts.kill("actions")
        phone.text(ES.yes)
        assert OUR_FAULT in phone.wait_for_reply().text
        assert parts.instance.appointments(person.phone) == [before]

        parts.start("actions")
        phone.wait_for_reply(90, containing=ES.hear_cancelled)
        assert phone.stays_quiet(0.5) or phone.wait_for_reply()
        assert phone.stays_quiet(3)
    (after,) = parts.instance.appointments(person.phone)
    assert after == {**before, "status": "cancelled", "version": before["version"] + 1}
    thread = settled_thread(parts.instance, person.phone)
    assert sum(ES.hear_cancelled in each["text"] for each in thread) == 1


def test_a_web_process_that_dies_loses_no_message(parts: Parts) -> None:
    person = parts.people.person("es")
    with Phone(parts.instance.url, person.phone) as phone:
        phone.text(ES.confirm)
        parts.kill("web")
    parts.start("web")

    def said() -> list[str]:
        thread = parts.instance.messages(person.phone)
        answers = [each["text"] for each in thread if each["direction"] == "out"]
        return [each for each in answers if ES.hear_confirmed in each]

    wait_until(said, 60)  # the visit is confirmed a moment before that is said
    assert parts.instance.appointments(person.phone)[0]["status"] == "confirmed"
    assert len(said()) == 1
