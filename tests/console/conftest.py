"""A console over the clinic's real stores, in a SQLite file of the test's own, at a moved time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from app.settings import Settings
from channels import open_channels
from channels.base import Channel
from clinic.appointments import Appointment, Change
from clinic.clock import Clock
from clinic.patients import Patient
from clinic.ports import (
    Campaigns,
    Catalogue,
    CatalogueEditor,
    Feedbacks,
    Patients,
    Prices,
    Results,
    Schedule,
    Waitlist,
)
from console.access import users
from console.access.users import add_user
from console.web import create_blueprints
from conversations.model import Inbound, Message
from conversations.store import ConversationStore
from conversations.tables import MessageRow
from integrations.campaigns import open_campaigns
from integrations.database import Database, open_database
from integrations.editing import open_editor
from integrations.feedback import open_feedbacks
from integrations.patients import open_patients
from integrations.pricing import open_prices
from integrations.results import open_results
from integrations.scheduling import open_catalogue, open_schedule
from integrations.tables import (
    BranchHoursRow,
    BranchRow,
    PractitionerRow,
    PractitionerServiceRow,
    ServiceBranchRow,
    ServiceRow,
    SlotRow,
)
from integrations.twilio import TwilioAccount
from integrations.waitlist import open_waitlist
from tests import databases

NOW = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)  # 10:00 in Mexico City, 13:00 in São Paulo
PASSWORD = "a calm aurora morning"
CLINIC = "+525550000100"


@dataclass
class Time:
    """A clock that tests move."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: int) -> None:
        self.now += timedelta(**span)


@dataclass
class House:
    """What `console.needs.Needs` asks for, and hands to fill it."""

    settings: Settings
    clock: Clock
    time: Time
    database: Database
    catalogue: Catalogue
    schedule: Schedule
    patients: Patients
    results: Results
    conversations: ConversationStore
    feedbacks: Feedbacks
    waitlist: Waitlist
    campaigns: Campaigns
    channels: Mapping[str, Channel]
    prices: Prices
    editor: CatalogueEditor

    def app(self) -> Flask:
        app = Flask("console_tests", root_path=".")
        app.secret_key = "for these tests alone"
        app.config["TESTING"] = True
        for blueprint in create_blueprints(self):
            app.register_blueprint(blueprint)
        return app

    def patient(self, name: str, address: str, birth: date = date(1988, 3, 14)) -> Patient:
        return self.patients.register(name, birth, "es", address)

    def slot(self, branch: str, start: datetime) -> str:
        identifier = f"{branch}-{start.isoformat()}"
        row = SlotRow(
            id=identifier,
            practitioner=f"derma-{branch}",
            branch=branch,
            start=start,
            end=start + timedelta(minutes=30),
            minutes=30,
        )
        with self.database.begin() as session:
            session.add(row)
        return identifier

    def visit(self, patient: Patient, branch: str, start: datetime) -> Appointment:
        slot = self.slot(branch, start)
        return self.schedule.book(slot, "derma", patient.id, self.change(slot))

    def change(self, key: str) -> Change:
        return Change("patient", "sms", key, self.time.now)

    def hear(self, address: str, text: str, channel: str = "sms", **more: object) -> Message:
        number = f"{channel}-{self.time.now.isoformat()}-{text[:12]}"
        inbound = Inbound(channel, number, address, CLINIC, text, self.time.now, **more)  # type: ignore[arg-type]
        message = self.conversations.receive(inbound, self.patients)
        assert message is not None
        return message

    def correct(self, message: Message, **values: object) -> None:
        """Sets what only the engine or the provider would."""
        with self.database.begin() as session:
            session.query(MessageRow).filter_by(id=message.id).update(values)  # type: ignore[arg-type]


def channels_at(url: str) -> Mapping[str, Channel]:
    """The clinic's channels, over an account at a double of Twilio."""
    account = TwilioAccount("AC" + "1" * 32, "token", url, CLINIC, CLINIC)
    return open_channels(account)


@pytest.fixture(autouse=True)
def _no_engine_is_near(monkeypatch: pytest.MonkeyPatch, free_port: Callable[[], int]) -> None:
    """Whoever runs Consulta beside the tests has an engine on the port that is meant by default."""
    monkeypatch.setenv("ENGINE_PORT", str(free_port()))


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 as it is, with less of the work that makes guessing dear."""
    monkeypatch.setattr(users, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64))
    users._nobody.cache_clear()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with databases.fresh("sqlite", tmp_path, places) as url:
        yield from open_house(tmp_path, url)


@pytest.fixture(params=databases.KINDS)
def any_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """The same test on both kinds of database."""
    with databases.fresh(request.param, tmp_path, places) as url:
        yield from open_house(tmp_path, url)


def open_house(tmp_path: Path, url: str) -> Iterator[House]:
    """The house over a database with its places, closed at the end."""
    database = open_database(url)
    clock = Time()
    settings = Settings(consulta_home=tmp_path)
    yield House(
        settings,
        clock,
        clock,
        database,
        open_catalogue(database),
        open_schedule(database, clock),
        open_patients(database),
        open_results(database),
        ConversationStore(database),
        open_feedbacks(database),
        open_waitlist(database),
        open_campaigns(database),
        channels_at("http://127.0.0.1:9"),  # nobody answers there
        open_prices(database),
        open_editor(database),
    )
    database.close()


@pytest.fixture
def client(house: House) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return house.app().test_client()


@pytest.fixture(scope="session")
def sign_in() -> Callable[[FlaskClient, str, str], str]:
    """Signs in as a person would: the form, then its answer. Returns the page's text."""

    def enter(client: FlaskClient, name: str = "reception", password: str = PASSWORD) -> str:
        page = client.get("/console/sign-in").text
        form = {"csrf_token": token_of(page), "name": name, "password": password}
        return client.post("/console/sign-in", data=form, follow_redirects=True).text

    return enter


@pytest.fixture
def staff(house: House, client: FlaskClient, sign_in: Callable[[FlaskClient], str]) -> FlaskClient:
    """A browser in which the reception is at work."""
    add_user(house.database, "reception", PASSWORD, "reception", clock=house.clock)
    sign_in(client)
    return client


@pytest.fixture
def shop(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house with plans, an ultrasound at Roma and its price; domain.yml is where we are."""
    from tests.console.stocked import ROOT, stock  # noqa: PLC0415 it stands on this module

    monkeypatch.chdir(ROOT)
    return stock(house)


@pytest.fixture
def manager(shop: House, sign_in: Callable[..., str]) -> FlaskClient:
    """A browser in which a manager of all branches is at work in the shop."""
    from tests.console.stocked import enter_as  # noqa: PLC0415

    return enter_as(shop, sign_in, "manager")


def token_of(page: str) -> str:
    """The CSRF token of the first form of a page."""
    return page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


def places(database: Database) -> None:
    """Two branches in two countries, and the dermatologist of each."""
    database.migrate()
    with database.begin() as session:
        for code, name, city, country, zone in (
            ("roma", "Roma", "Ciudad de México", "MX", "America/Mexico_City"),
            ("paulista", "Paulista", "São Paulo", "BR", "America/Sao_Paulo"),
        ):
            session.add(_branch(code, name, city, country, zone))
        session.add(_service())
        session.flush()
        for code in ("roma", "paulista"):
            session.add(_practitioner(code))
            session.flush()
            session.add(PractitionerServiceRow(practitioner=f"derma-{code}", service="derma"))
            session.add(ServiceBranchRow(service="derma", branch=code))
            session.add_all(
                BranchHoursRow(branch=code, weekday=day, opens=time(8), closes=time(20))
                for day in range(7)
            )


def _branch(code: str, name: str, city: str, country: str, zone: str) -> BranchRow:
    return BranchRow(
        code=code,
        name=name,
        city=city,
        district=name,
        address="Calle 1",
        country=country,
        currency="MXN" if country == "MX" else "BRL",
        zone=zone,
        phone=CLINIC,
        aliases=[],
    )


def _service() -> ServiceRow:
    return ServiceRow(
        code="derma",
        kind="consult",
        minutes=30,
        names={
            "es": "Consulta de dermatología",
            "pt": "Consulta de dermatologia",
            "en": "Dermatology consult",
        },
        synonyms={},
        preparation={},
        fasting_hours=0,
        preparation_version=1,
    )


def _practitioner(branch: str) -> PractitionerRow:
    return PractitionerRow(
        code=f"derma-{branch}",
        name="Unidad de dermatología",
        title="",
        branch=branch,
        slot_minutes=30,
    )
