"""With a Twilio account that is set, everything goes through its API and nothing is simulated."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from integrations.database import open_database
from tests.channels.double import Twilio
from tests.e2e.instance import Instance, own_settings, wait_until
from tests.e2e.people import People
from tests.e2e.said import SAID
from tests.e2e.twilio_side import ROUTES, TwilioSide, message_form

pytestmark = pytest.mark.engine

ACCOUNT = "AC" + "4e" * 16
TOKEN = "the token of the account"
PUBLIC = "https://clinic.example/consulta"
EN = SAID["en"]


@pytest.fixture(scope="module")
def double() -> Iterator[Twilio]:
    with Twilio() as running:
        yield running


@pytest.fixture(scope="module")
def real(
    double: Twilio, trained_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Instance]:
    """An instance behind a proxy that takes the prefix off, with an account at the double."""
    account = {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_BASE_URL": double.url,
        "PUBLIC_BASE_URL": PUBLIC,
    }
    home = tmp_path_factory.mktemp("real") / "home"
    settings = own_settings(home, **{name.lower(): value for name, value in account.items()})
    running = Instance(settings, trained_model, account)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def twilio(real: Instance) -> TwilioSide:
    return TwilioSide(real, token=TOKEN, public=PUBLIC)


@pytest.fixture(scope="module")
def people(real: Instance) -> Iterator[People]:
    database = open_database(real.settings.database_url)
    yield People(database)
    database.close()


def next_message(
    double: Twilio, after: int, holds: Callable[[dict[str, str]], bool]
) -> dict[str, str]:
    """The first message that was sent after so many and fits."""
    wait_until(lambda: any(map(holds, double.messages[after:])), 30, str(double.messages[after:]))
    return next(filter(holds, double.messages[after:]))


def report(twilio: TwilioSide, sent: dict[str, str], state: str) -> int:
    """The status callback of a message, at the address that was given with it."""
    callback = sent["StatusCallback"]
    assert callback.startswith(f"{PUBLIC}/twilio/status")
    form = {
        "MessageSid": "SM" + "5" * 32,
        "MessageStatus": state,
        "AccountSid": ACCOUNT,
        "From": sent["From"],
        "To": sent["To"],
    }
    return twilio.post(callback.removeprefix(f"{PUBLIC}/twilio/"), form).status_code


def test_a_text_message_is_answered_through_the_api(
    real: Instance, double: Twilio, twilio: TwilioSide, people: People
) -> None:
    person, before = people.person("en"), len(double.messages)
    assert twilio.text(person.phone, EN.confirm, AccountSid=ACCOUNT).status_code == 200
    sent = next_message(double, before, lambda each: EN.hear_confirmed in each.get("Body", ""))
    assert sent["To"] == person.phone
    assert sent["From"] == "+525550000100"
    assert real.appointments(person.phone)[0]["status"] == "confirmed"

    assert real.messages(person.phone)[-1]["state"] == "accepted"
    assert report(twilio, sent, "delivered") == 204
    assert report(twilio, sent, "sent") == 204
    assert real.messages(person.phone)[-1]["state"] == "delivered"
    paths = {each.path for each in double.requests if each.path.endswith("/Messages.json")}
    assert paths == {f"/api/2010-04-01/Accounts/{ACCOUNT}/Messages.json"}


def test_a_choice_is_tapped_on_whatsapp_through_the_api(
    real: Instance, double: Twilio, twilio: TwilioSide, people: People
) -> None:
    person, before = people.person("en"), len(double.messages)
    twilio.text(person.phone, "hello", channel="whatsapp", AccountSid=ACCOUNT)
    menu = next_message(double, before, lambda each: "ContentSid" in each)
    assert menu["To"] == f"whatsapp:{person.phone}"
    assert any(each.path == "/content/v1/Content" for each in double.requests)
    assert any(each["sid"] == menu["ContentSid"] for each in double.contents)
    filled: dict[str, Any] = json.loads(menu["ContentVariables"])
    number = next(name[1:] for name, text in filled.items() if text == EN.menu_confirm)

    more = {"ListId": filled[f"p{number}"], "ListTitle": EN.menu_confirm, "AccountSid": ACCOUNT}
    after = len(double.messages)
    twilio.text(person.phone, EN.menu_confirm, channel="whatsapp", **more)
    answered = next_message(
        double,
        after,
        lambda each: EN.hear_confirmed in each.get("ContentVariables", each.get("Body", "")),
    )
    assert real.appointments(person.phone)[0]["status"] == "confirmed"
    assert report(twilio, answered, "read") == 204
    assert real.messages(person.phone)[-1]["state"] == "read"


def test_a_call_leads_back_to_the_public_address(twilio: TwilioSide, people: People) -> None:
    form = {
        "CallSid": "CA" + "6" * 32,
        "AccountSid": ACCOUNT,
        "From": people.person("en").phone,
        "To": "+525550000100",
        "CallStatus": "ringing",
    }
    entry = twilio.post("voice", form)
    assert entry.status_code == 200
    assert f'action="{PUBLIC}/twilio/voice/turn?' in entry.text


@pytest.mark.parametrize("route", ROUTES)
def test_only_that_account_and_address_are_believed(
    route: str, real: Instance, people: People
) -> None:
    form = message_form(people.number("en"), "hello")
    assert TwilioSide(real, token=TOKEN).post(route, form).status_code == 403
    assert TwilioSide(real, token="other", public=PUBLIC).post(route, form).status_code == 403


def test_there_is_no_simulator(real: Instance) -> None:
    with httpx.Client(trust_env=False) as client:
        for path in ("/simulator/", "/simulator/api/config", "/simulator/api/2010-04-01/"):
            assert client.get(real.url + path).status_code == 404
        assert "imulator" not in client.get(real.url + "/").text
