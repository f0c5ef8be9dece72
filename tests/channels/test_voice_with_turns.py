"""A call over the real turns and the real record, with only the engine scripted."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

import integrations.tables  # noqa: F401  (registers the clinic's tables)
from channels.base import Callback
from channels.voice import VoiceChannel
from channels.voice.calls import open_calls
from channels.voice.scenes import Scenes
from conversations.call_log import CallLog
from conversations.model import Choice, ConversationState
from integrations.database import open_database
from integrations.twilio import TwilioAccount
from tests import databases
from tests.channels import payloads
from tests.channels.twiml_rules import problems
from tests.conversations_core.world import ANA, STRANGER, World, says

CONFIRM = Choice("Confirmar", '/confirm_appointment{"visit": "v1:1"}')
PRIVATE = "Ana, su consulta de dermatología es mañana."


class Phone:
    def __init__(self, world: World, caller: str = ANA, call: str = "1") -> None:
        self.world = world
        self.caller = caller
        self.sid = "CA" + call * 32
        scenes = Scenes(
            store=world.store,
            public_base_url="https://clinic.example",
            clock=lambda: world.now,
            desk=lambda *_: None,
            may_text=lambda address: not world.patients.opted_out(address),
            clinic_name="Clínica Aurora",
        )
        self.routes = open_calls(
            scenes,
            channel=VoiceChannel(TwilioAccount(payloads.ACCOUNT, payloads.TOKEN)),
            turns=world.turns,
            log=CallLog(world.database, world.patients),
            apply=world.deliveries.apply,
        ).routes()
        self.action = "https://clinic.example/twilio/voice"
        self.ended = False

    def hears(self, **form: str) -> str:
        parts = urlsplit(self.action)
        path = parts.path.removeprefix("/twilio/voice").strip("/")
        given = payloads.call(CallSid=self.sid, From=self.caller, **form)
        args = dict(parse_qsl(parts.query))
        body = self.routes[path](Callback(given, args, self.world.now)).body
        assert problems(body) == []
        root = ET.fromstring(body)
        gather, redirect = root.find("Gather"), root.find("Redirect")
        self.ended = root.find("Hangup") is not None
        if gather is not None:
            self.action = gather.attrib["action"]
        elif redirect is not None:
            self.action = redirect.text or ""
        return " ".join(say.text or "" for say in root.iter("Say"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with databases.fresh("sqlite", tmp_path) as url:
        database = open_database(url)
        world = World(database)
        world.add_cast()
        world.engine.replies["/greet"] = says("Hola.", CONFIRM)
        yield world
        world.turns.close()
        database.close()


def test_a_key_chooses_what_the_call_has_offered(world: World) -> None:
    phone = Phone(world)
    assert "Para confirmar, marque 1" in phone.hears()
    assert "answer to" in phone.hears(Digits="1")
    assert world.engine.heard == ["/greet", CONFIRM.payload]


def test_zero_and_a_language_key_are_believed(world: World) -> None:
    Phone(world).hears()
    phone = Phone(world)
    phone.hears()
    phone.hears(Digits="0")
    assert world.engine.heard[-1] == "/talk_to_human"
    stranger = Phone(world, STRANGER, "2")
    assert "For English, press 8." in stranger.hears()
    stranger.hears(Digits="8")
    assert world.engine.heard[-1] == '/change_language{"language": "en"}'


def test_a_repeated_webhook_of_a_call_is_answered_with_the_same_words(world: World) -> None:
    phone = Phone(world)
    first = phone.hears()
    phone.action = "https://clinic.example/twilio/voice"
    assert phone.hears() == first
    assert world.engine.heard == ["/greet"]


def test_silence_in_the_next_call_tells_nothing_of_the_one_before(world: World) -> None:
    world.engine.replies["mi cita"] = says(PRIVATE)
    first = Phone(world)
    first.hears()
    assert PRIVATE in first.hears(SpeechResult="mi cita")
    assert PRIVATE in first.hears(Digits="*")
    second = Phone(world, call="2")
    second.hears()
    for _ in range(3):
        assert "dermatología" not in second.hears()
    assert second.ended


def test_after_three_silences_the_choices_come_by_text(world: World) -> None:
    phone = Phone(world)
    phone.hears()
    for _ in range(3):
        said = phone.hears()
    assert "mensaje" in said
    world.deliveries.send_due(world.now)
    (sent,) = world.provider.sent
    assert (sent.channel, sent.choices) == ("sms", (CONFIRM,))


def test_goodbye_hangs_up(world: World) -> None:
    world.engine.replies["adiós"] = says("Hasta luego.", intent="goodbye")
    phone = Phone(world)
    phone.hears()
    assert phone.hears(SpeechResult="adiós") == "Hasta luego."
    assert phone.ended


def test_without_the_engine_the_caller_hears_so_and_the_call_does_not_hang(world: World) -> None:
    world.down()
    phone = Phone(world)
    said = phone.hears()
    for _ in range(6):
        if phone.ended or ("Un momento" not in said and "Sigo en ello" not in said):
            break
        said = phone.hears()
    assert "no puedo" in said


def test_a_person_who_has_taken_over_is_not_talked_over(world: World) -> None:
    world.says("hola")
    conversation = world.store.thread(ANA)[0].conversation_id
    world.store.take_over(conversation, "sofia", world.now)
    phone = Phone(world)
    said = phone.hears()
    assert world.store.conversation(conversation).state is ConversationState.PERSON
    assert phone.ended
    assert "le llamará" in said
    assert [each.reason for each in world.store.open_handoffs()] == ["call_back"]
