"""Whom free text does not reach is reached by an approved template, or as before."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from channels.base import takes_templates
from channels.whatsapp import WhatsAppChannel
from clinic.appointments import Appointment
from conversations.model import Inbound, Message
from integrations.demo.cast import BETO
from outreach.templates import templates_of
from tests.channels.double import Twilio
from tests.conftest import NOW
from tests.outreach.freed_slots import DERMATOLOGY, open_freed_slots
from tests.outreach.world import CLINIC, DAY, World, open_world, start_of

HOUR = timedelta(hours=1)
ANA = "+525500000001"
OPAQUE = "BR.1502576394655843"


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with Twilio() as double:
        yield double


@pytest.fixture
def world(tmp_path: Path, twilio: Twilio) -> Iterator[World]:
    """With an account at the double, where nothing is submitted yet."""
    with open_world(tmp_path, **_account(twilio)) as world:
        yield world


def _account(twilio: Twilio) -> dict[str, str]:
    return {
        "twilio_account_sid": "AC" + "1" * 32,
        "twilio_auth_token": "token",
        "twilio_api_base_url": twilio.url,
    }


def whatsapp(world: World) -> WhatsAppChannel:
    channel = world.services.channels["whatsapp"]
    assert isinstance(channel, WhatsAppChannel)
    return channel


def submit(world: World, twilio: Twilio, languages: str = "es pt en") -> None:
    wanted = [e for e in templates_of("Clínica Aurora") if e.language in languages.split()]
    assert whatsapp(world).templates.push(wanted) == {}
    twilio.review("approved")


def remind_outside(world: World, hours: int = 24) -> Appointment:
    """Ana wrote on WhatsApp four days before her visit, which is reminded of."""
    start = start_of(world)
    visit = world.visit(world.ana, start)
    world.hears(ANA, start - 96 * HOUR, "whatsapp")
    assert world.remind(start - hours * HOUR)
    return visit


def deliver(world: World) -> None:
    """As the sweep does, through the channel itself."""
    world.services.deliveries.send_due(world.now[0])


def sent(twilio: Twilio) -> tuple[str, str, dict[str, str]]:
    """Of the one message: to whom, the name of its content, and its variables by number."""
    (form,) = twilio.messages
    names = {each["sid"]: each["friendly_name"] for each in twilio.contents}
    return form["To"], names[form["ContentSid"]], json.loads(form["ContentVariables"])


def told(world: World) -> Message:
    return world.told(world.ana)[-1]


def test_outside_the_window_a_reminder_goes_on_whatsapp_as_its_template(
    world: World, twilio: Twilio
) -> None:
    submit(world, twilio)
    visit = remind_outside(world)
    deliver(world)
    to, name, variables = sent(twilio)
    assert to == f"whatsapp:{ANA}"
    assert name.startswith("consulta_reminder_es_")
    assert variables["1"] == "mañana, jueves 12 de marzo a las 4:00 p.m., sucursal Centro"
    carried = json.dumps({"visit": str(visit.ref)})
    assert [variables[number] for number in "234"] == [
        f"/confirm_appointment{carried}",
        f"/reschedule_appointment{carried}",
        f"/cancel_appointment{carried}",
    ]
    assert (told(world).channel, told(world).state) == ("whatsapp", "accepted")
    assert told(world).text.endswith("escriba ALTO.")


def test_within_the_window_the_same_reminder_goes_as_free_text(
    world: World, twilio: Twilio
) -> None:
    submit(world, twilio)
    start = start_of(world)
    world.visit(world.ana, start)
    world.hears(ANA, start - 30 * HOUR, "whatsapp")
    world.remind(start - 24 * HOUR)
    deliver(world)
    _, name, _ = sent(twilio)
    assert name.startswith("consulta-")
    assert "ALTO" not in told(world).text


def test_a_window_that_closes_while_the_message_waits_turns_it_into_a_template(
    world: World, twilio: Twilio
) -> None:
    submit(world, twilio)
    start = start_of(world)
    world.visit(world.ana, start)
    world.hears(ANA, start - 47 * HOUR, "whatsapp")
    world.remind(start - 24 * HOUR)  # after 23 hours
    world.now[0] = start - 22 * HOUR
    deliver(world)
    _, name, _ = sent(twilio)
    assert name.startswith("consulta_reminder_es_")


def test_who_writes_before_it_is_sent_gets_free_text(world: World, twilio: Twilio) -> None:
    submit(world, twilio)
    remind_outside(world)
    world.hears(ANA, world.now[0], "whatsapp")
    world.now[0] += timedelta(minutes=1)
    deliver(world)
    _, name, _ = sent(twilio)
    assert name.startswith("consulta-")


@pytest.mark.parametrize("status", ["pending", "rejected", "paused"])
def test_until_all_of_a_kind_are_approved_a_text_message_goes(
    world: World, twilio: Twilio, status: str
) -> None:
    submit(world, twilio)
    several = next(e for e in twilio.contents if "reminder_several_es" in e["friendly_name"])
    twilio.review(status, name=several["friendly_name"])
    remind_outside(world)
    deliver(world)
    (form,) = twilio.messages
    assert form["To"] == ANA
    assert "Para no recibir" not in form["Body"]


def test_another_language_that_is_approved_does_not_help(world: World, twilio: Twilio) -> None:
    submit(world, twilio, "pt en")
    remind_outside(world)
    assert told(world).channel == "sms"


def test_a_template_withdrawn_before_it_is_sent_goes_out_as_a_text_message(
    world: World, twilio: Twilio
) -> None:
    submit(world, twilio)
    remind_outside(world)
    twilio.review("paused")
    whatsapp(world).templates.forget()
    deliver(world)
    lost, instead = world.told(world.ana)
    assert (lost.state, lost.error_code) == ("failed", "63041")
    assert instead.channel == "sms"
    assert [form["To"] for form in twilio.messages] == [ANA.removeprefix("whatsapp:")]


@pytest.mark.parametrize("wrote", [True, False])
def test_whom_only_whatsapp_reaches_is_reached_by_template(
    world: World, twilio: Twilio, wrote: bool
) -> None:
    submit(world, twilio)
    joao = world.register("João Pereira", "pt", OPAQUE)
    start = start_of(world)
    world.visit(joao, start)
    if wrote:
        world.hears(OPAQUE, start - 96 * HOUR, "whatsapp")
    assert world.remind(start - 24 * HOUR)
    deliver(world)
    to, name, variables = sent(twilio)
    assert to == f"whatsapp:{OPAQUE}"
    assert name.startswith("consulta_reminder_pt_")
    assert variables["1"].startswith("amanhã, quinta-feira, 12 de março")


def test_visits_of_one_day_go_in_one_template(world: World, twilio: Twilio) -> None:
    submit(world, twilio)
    world.visit(world.ana, world.at(DAY, 15))
    world.visit(world.ana, world.at(DAY, 17), service="blood", by="centro-laboratory")
    world.hears(ANA, world.at(DAY, 15) - 96 * HOUR, "whatsapp")
    world.remind(world.at(DAY, 15) - 24 * HOUR)
    deliver(world)
    _, name, variables = sent(twilio)
    assert name.startswith("consulta_reminder_several_es_")
    assert "3:00 p.m., sucursal Centro; mañana" in variables["1"]
    assert variables["2"] == "/confirm_appointment"
    assert "iometr" not in variables["1"]


def test_on_a_shared_phone_the_template_says_whose_visit_it_is(
    world: World, twilio: Twilio
) -> None:
    submit(world, twilio)
    world.register("Lucía Rivas", "es", "+525500000006")
    mateo = world.register("Mateo Rivas", "es", "+525500000006")
    world.visit(mateo, start_of(world))
    world.hears("+525500000006", start_of(world) - 96 * HOUR, "whatsapp")
    world.remind(start_of(world) - 24 * HOUR)
    deliver(world)
    _, name, variables = sent(twilio)
    assert name.startswith("consulta_reminder_for_es_")
    assert variables["1"] == "Mateo"


# --- offers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("languages", ["es pt en", "pt en"])
def test_an_offer_is_made_by_template_or_where_that_is_not_approved_by_text_message(
    tmp_path: Path, twilio: Twilio, languages: str
) -> None:
    with open_freed_slots(tmp_path, **_account(twilio)) as clinic:
        channel = clinic.services.channels["whatsapp"]
        assert takes_templates(channel)
        wanted = [e for e in templates_of("Clínica Aurora") if e.language in languages.split()]
        channel.templates.push(wanted)
        twilio.review("approved")
        long_ago = Inbound(
            "whatsapp", "SM1", f"whatsapp:{BETO.phone}", CLINIC, "Hola", NOW - timedelta(days=3)
        )
        clinic.services.conversations.receive(long_ago, clinic.services.patients)
        clinic.cancel()
        assert clinic.sweep() == [BETO.id]
        clinic.services.deliveries.send_due(clinic.now[0])
        if languages == "pt en":
            assert twilio.messages[0]["To"] == BETO.phone
            return
        _, name, variables = sent(twilio)
        assert name.startswith("consulta_offer_es_")
        offer = json.dumps({"offer": clinic.offer().id})
        assert [variables["3"], variables["4"]] == [
            f"/accept_offer{offer}",
            f"/decline_offer{offer}",
        ]


def test_whom_only_whatsapp_reaches_is_not_asked_before_templates_are_approved(
    tmp_path: Path, twilio: Twilio
) -> None:
    with open_freed_slots(tmp_path, **_account(twilio)) as clinic:
        joao = clinic.services.patients.register("João Pereira", NOW.date(), "pt", OPAQUE)
        clinic.services.waitlist.join(joao.id, *DERMATOLOGY, NOW)
        clinic.cancel()
        assert clinic.sweep() == [BETO.id]
        assert clinic.services.waitlist.offers_to(joao.id) == []
