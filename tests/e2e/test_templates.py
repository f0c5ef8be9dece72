"""Whom free text does not reach on WhatsApp hears by an approved template and answers by a tap."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clinic.appointments import AppointmentStatus
from clinic.clock import system_clock
from integrations.database import Database, open_database
from integrations.scheduling import open_schedule
from outreach.templates import templates_of
from simulator.phone import Phone
from tests.e2e.instance import Instance, own_settings
from tests.e2e.people import People

pytestmark = pytest.mark.engine

OPAQUE = "BR.1502576394655843"
"""Somebody who hides their number: WhatsApp is the only way there."""


@pytest.fixture(scope="module")
def own(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """One in which the clinic's reminders disturb nobody else."""
    running = Instance(own_settings(tmp_path_factory.mktemp("templates") / "home"), trained_model)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def database(own: Instance) -> Iterator[Database]:
    opened = open_database(own.settings.database_url)
    yield opened
    opened.close()


def test_the_templates_are_approved_from_the_start(own: Instance) -> None:
    found = own.consulta("templates", "status", "--json")
    assert [row["name"] for row in found] == [each.name for each in templates_of("Clínica Aurora")]
    assert {row["status"] for row in found} == {"approved"}
    assert own.consulta("templates", "push", "--json") == found


def test_a_reminder_outside_the_window_arrives_as_a_template_and_its_button_confirms(
    own: Instance, database: Database
) -> None:
    visit = People(database).person("pt", phone=OPAQUE).visit
    schedule = open_schedule(database, system_clock)
    with Phone(own.url, OPAQUE, channel="whatsapp") as phone:
        eve = (visit.start - timedelta(hours=23)).isoformat()
        begun = own.consulta("outreach", "--now", eve, "--json")
        assert visit.id in [each["about"] for each in begun]
        reminder = phone.wait_for_reply(containing="Clínica Aurora lembra sua consulta: amanhã")
        assert reminder.titles == ("Confirmar", "Mudar a data", "Cancelar a consulta")
        assert reminder.text.endswith("Para não receber mais mensagens escreva PARAR.")
        assert schedule.appointment(visit.id).status is AppointmentStatus.BOOKED

        phone.tap("Confirmar", reminder)
        phone.wait_for_reply(containing="confirmada")
        assert schedule.appointment(visit.id).status is AppointmentStatus.CONFIRMED
        assert 63016 not in [code for code, _ in phone.alerts]
