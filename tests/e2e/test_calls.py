"""However a caller strays, there is a way on, and a stranger hears nothing private."""

import random
import re
import secrets
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest

from clinic.clock import system_clock
from clinic.languages import LANGUAGES, Language
from conversations import wording
from integrations.demo.cast import CAST, LUCIA, MATEO
from integrations.patients import open_patients
from integrations.scheduling import open_catalogue
from simulator.phone import Phone
from tests.channels.twiml_rules import problems
from tests.e2e.instance import Instance
from tests.e2e.people import People
from tests.e2e.said import SAID
from tests.e2e.twilio_side import TwilioSide, call_form

pytestmark = pytest.mark.engine

STEPS = 36
WAYS_ON = {"Gather", "Redirect", "Dial", "Hangup"}
WORDS = (
    "confirmar mi cita", "¿a qué hora es mi cita?", "quiero cancelar", "sí", "no",
    "quero mudar a data", "what appointment do I have?", "mañana a las diez", "no entiendo nada",
    "gracias", "repetir", "mis citas", "otro día", "eh", "1", "help me", "cancélala ya",
)  # fmt: skip
KEYS = ("1", "2", "3", "4", "5", "6", "8", "9", "*", "#", "12", "999", "0")


class Wanderer:
    """A caller who presses and says anything, and follows wherever the TwiML leads."""

    def __init__(self, twilio: TwilioSide, instance: Instance, phone: str, seed: int) -> None:
        self._twilio, self._base, self._phone = twilio, instance.url, phone
        self._random = random.Random(seed)
        self.documents: list[str] = []

    def walk(self, steps: int) -> Iterator[str]:
        """The documents that were answered; a call that has ended is followed by another."""
        while len(self.documents) < steps:
            call = "CA" + secrets.token_hex(16)
            document = self._post("voice", call, CallStatus="ringing")
            yield document
            while len(self.documents) < steps:
                action, form = self._next(ET.fromstring(document))
                if not action:
                    break
                document = self._post(action, call, **form)
                yield document

    def _post(self, path: str, call: str, **form: str) -> str:
        response = self._twilio.post(path, call_form(self._phone, call, **form))
        assert response.status_code == 200
        self.documents.append(response.text)
        return response.text

    def _next(self, root: ET.Element) -> tuple[str, dict[str, str]]:
        """Where Twilio would go on, and what the caller does there."""
        gather, dial = root.find("Gather"), root.find("Dial")
        if gather is not None:
            return self._path(gather.get("action")), self._act()
        if dial is not None:
            return self._path(dial.get("action")), {"DialCallStatus": "no-answer"}
        redirect = root.find("Redirect")
        return (self._path(redirect.text), {}) if redirect is not None else ("", {})

    def _act(self) -> dict[str, str]:
        kind = self._random.choice(("keys", "words", "keys", "words", "silence"))
        if kind == "keys":
            return {"Digits": self._random.choice(KEYS)}
        if kind == "words":
            return {"SpeechResult": self._random.choice(WORDS), "Confidence": "0.8"}
        return {}

    def _path(self, url: str | None) -> str:
        assert url is not None
        assert url.startswith(f"{self._base}/twilio/")
        parts = urlsplit(url)
        return f"{parts.path.removeprefix('/twilio/')}?{parts.query}"


def spoken(document: str) -> str:
    return " ".join(say.text or "" for say in ET.fromstring(document).iter("Say"))


def has_way_on(document: str) -> bool:
    return any(element.tag in WAYS_ON for element in ET.fromstring(document))


@pytest.fixture(params=["unknown", "withheld", "withheld-number", "shared"])
def stranger(request: pytest.FixtureRequest, people: People) -> tuple[str, list[str]]:
    """A number that leads to no one person, and what must not be heard there, as patterns."""
    # A name is a word of its own: there is an Ana in every mañana.
    private = [rf"\b{name}\b" for member in CAST for name in member.name.split()]
    if request.param != "shared":
        numbers = {"withheld": "anonymous", "withheld-number": "+266696687"}
        return numbers.get(request.param, people.number("es")), private
    number = people.number("es")
    catalogue = open_catalogue(people.database)
    register = open_patients(people.database).register
    for born, member in ((1, LUCIA), (2, MATEO)):
        patient = register(member.name, date(1931, 1, born), "es", number)
        visit = people.book(patient, member, 5)
        zone = catalogue.branch(visit.branch).zone
        service = catalogue.service(visit.service)
        private += [re.escape(service.name(language)) for language in LANGUAGES]
        private += [
            re.escape(wording.when(visit.start, zone, language, system_clock(), spoken=True))
            for language in LANGUAGES
        ]
    return number, private


@pytest.mark.parametrize("seed", [1, 2])
def test_a_stranger_never_meets_a_dead_end_nor_hears_anything_private(
    seed: int, stranger: tuple[str, list[str]], instance: Instance
) -> None:
    phone, private = stranger
    wanderer = Wanderer(TwilioSide(instance), instance, phone, seed)
    for document in wanderer.walk(STEPS):
        assert has_way_on(document)
        assert problems(document) == []
        said = spoken(document)
        assert [each for each in private if re.search(each, said, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_caller_never_meets_a_dead_end(
    language: Language, instance: Instance, people: People
) -> None:
    person = people.person(language)
    wanderer = Wanderer(TwilioSide(instance), instance, person.phone, 7)
    for document in wanderer.walk(STEPS):
        assert has_way_on(document)
        assert problems(document) == []


def test_a_new_patient_registers_and_books_within_one_call(
    instance: Instance, people: People
) -> None:
    number = people.number("es")
    with Phone(instance.url, number) as phone:
        call = phone.call()
        call.say("quiero agendar una cita")
        call.say("Rosa Díaz, 3 de abril de 1980")
        call.say("sí")
        call.say("dermatología")
        assert SAID["es"].hear_times in call.say("Roma").heard_last
        assert SAID["es"].hear_booked in call.press("1").heard_last
        call.hang_up()
    (visit,) = instance.appointments(number)
    assert (visit["service"], visit["branch"]) == ("dermatology-consult", "roma")
    assert (visit["status"], visit["patient"]) == ("booked", "Rosa Díaz")
