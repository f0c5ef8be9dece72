"""The commands that read the clinic's store."""

from datetime import UTC, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

from app.cli.clinic import (
    Clinic,
    opened,
    read_branch,
    read_instant,
    read_phone,
    read_service,
)
from app.cli.output import as_json, iso, show_json, show_rows
from clinic.appointments import Appointment
from clinic.catalogue import CatalogueError, NoPrice, Quote, ServiceNotAtBranch, Slot
from conversations.model import Message
from conversations.store import ConversationStore
from integrations.patients import open_patients
from integrations.pricing import open_prices
from integrations.scheduling import open_schedule


@click.command()
@click.option("--phone", required=True, help="The number, E.164.")
@as_json
def appointments(phone: str, json_wanted: bool) -> None:
    """All visits of everybody who is reached at a number, earliest first.

    Branch, service and practitioner are codes; times are the branch's, with offset.
    """
    with opened() as clinic:
        patients = open_patients(clinic.database).at_address(read_phone(phone))
        schedule = open_schedule(clinic.database, clinic.clock)
        found = [(visit, each) for each in patients for visit in schedule.appointments(each.id)]
        found.sort(key=lambda pair: (pair[0].start, pair[0].id))
        rows = [_appointment(clinic, visit, patient.name) for visit, patient in found]
    show_rows(rows, json_wanted=json_wanted)


def _appointment(clinic: Clinic, visit: Appointment, patient: str) -> dict[str, Any]:
    zone = clinic.catalogue.branch(visit.branch).zone
    return {
        "id": visit.id,
        "version": visit.version,
        "status": visit.status.value,
        "start": iso(visit.start, zone),
        "end": iso(visit.end, zone),
        "branch": visit.branch,
        "service": visit.service,
        "practitioner": visit.practitioner,
        "patient": patient,
    }


@click.command()
@click.option("--branch", "branch_text", required=True, help="The branch's code.")
@click.option("--service", "service_text", required=True, help="The service's code.")
@click.option("--from", "from_text", help="ISO; without an offset the branch's time. Default: now.")
@click.option("--to", "to_text", help="ISO, exclusive; a date alone is included. Default: 7 days.")
@as_json
def slots(
    branch_text: str,
    service_text: str,
    from_text: str | None,
    to_text: str | None,
    json_wanted: bool,
) -> None:
    """The free slots of a service at a branch, earliest first."""
    with opened() as clinic:
        branch = read_branch(clinic.catalogue, branch_text)
        service = read_service(clinic.catalogue, service_text)
        start = clinic.clock()
        if from_text:
            start = read_instant(from_text, branch.zone, option="--from")
        end = start + timedelta(days=7)
        if to_text:
            end = read_instant(to_text, branch.zone, option="--to", whole_day=True)
        if end < start:
            raise click.BadParameter("is before --from", param_hint="--to")
        schedule = open_schedule(clinic.database, clinic.clock)
        found = schedule.free_slots(service.code, branch.code, start, end)
    show_rows([_slot(each, branch.zone) for each in found], json_wanted=json_wanted)


def _slot(slot: Slot, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "start": iso(slot.start, zone),
        "end": iso(slot.end, zone),
        "branch": slot.branch,
        "service": slot.service,
        "practitioner": slot.practitioner,
    }


@click.command()
@click.option("--phone", required=True, help="The number, E.164.")
@as_json
def messages(phone: str, json_wanted: bool) -> None:
    """The whole thread with a number on every channel, oldest first; times in UTC."""
    with opened() as clinic:
        thread = ConversationStore(clinic.database).thread(read_phone(phone))
    show_rows([_message(each) for each in thread], json_wanted=json_wanted)


def _message(message: Message) -> dict[str, Any]:
    return {
        "at": message.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "channel": message.channel,
        "direction": message.direction,
        "text": message.text,
        "intent": message.intent,
        "confidence": message.confidence,
        "state": str(message.state),
    }


@click.command()
@click.option("--service", "service_text", required=True, help="The service's code.")
@click.option("--branch", "branch_text", required=True, help="The branch's code.")
@click.option("--plan", default="public", show_default=True, help="The plan's code.")
@as_json
def quote(service_text: str, branch_text: str, plan: str, json_wanted: bool) -> None:
    """The price in force now; total and tax in minor units (centavos), taxes included."""
    with opened() as clinic:
        service = read_service(clinic.catalogue, service_text)
        branch = read_branch(clinic.catalogue, branch_text)
        prices = open_prices(clinic.database)
        try:
            row = _quote(prices.quote(service.code, branch.code, plan, clinic.clock()))
        except ServiceNotAtBranch:
            raise click.UsageError(f"{service.code} is not done at {branch.code}") from None
        except NoPrice:
            raise click.UsageError("no price is in force") from None
        except CatalogueError:
            known = ", ".join(each.code for each in clinic.catalogue.plans())
            raise click.BadParameter(f"there are: {known}", param_hint="--plan") from None
    if json_wanted:
        show_json(row)
    else:
        show_rows([row], json_wanted=False)


def _quote(found: Quote) -> dict[str, Any]:
    return {
        "service": found.service,
        "branch": found.branch,
        "plan": found.plan,
        "total": found.total,
        "tax": found.tax,
        "currency": found.currency,
        "valid_until": found.valid_until.isoformat() if found.valid_until else None,
        "price_id": found.price_id,
        "version": found.version,
    }
