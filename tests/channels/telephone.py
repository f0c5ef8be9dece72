"""A telephone that follows TwiML as Twilio does, and the conversation that a test scripts."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from channels.base import Callback
from channels.voice import VoiceChannel
from channels.voice.calls import open_calls
from channels.voice.scenes import Scenes
from clinic.languages import Language
from conversations.model import (
    Answer,
    Choice,
    Conversation,
    ConversationState,
    Inbound,
    Message,
    Receipt,
    Utterance,
)
from integrations.twilio import TwilioAccount
from tests.channels import payloads
from tests.channels.twiml_rules import problems

AT = datetime(2026, 11, 23, 16, tzinfo=UTC)
DESK = "+525550000111"
MENU = Utterance(
    "¿Qué desea hacer?",
    (Choice("Confirmar", "/affirm"), Choice("Cancelar la cita", "/deny"), Choice("Roma", "/roma")),
)


@dataclass
class Talk:
    """The conversation behind the call: says what a test tells it to, and keeps the record."""

    says: Callable[[str], tuple[Utterance, ...]] = lambda _: (MENU,)
    state: ConversationState = ConversationState.BOT
    language: Language = "es"
    patient: str | None = "p1"
    flow: str | None = None
    intent: str | None = None
    slow: int = 0
    breaks: int = 0
    heard: list[tuple[str, str | None]] = field(default_factory=list)
    record: list[Message] = field(default_factory=list)
    handed: list[str] = field(default_factory=list)
    texted: list[tuple[str, tuple[Choice, ...]]] = field(default_factory=list)
    noted: list[tuple[str, str | None, bool]] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    waiting: Inbound | None = None

    def answer_now(self, inbound: Inbound, budget: float, opening: str | None = None) -> Answer:
        assert 0 < budget < 12, "Twilio gives up after 15 seconds"
        self._break()
        self.heard.append((inbound.text, opening))
        self.waiting = replace(inbound, payload=opening)
        return self._answer()

    def _break(self) -> None:
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("the engine's own words")

    def collect(self, turn_id: str, budget: float) -> Answer:
        assert (turn_id, budget > 0) == ("turn", True)
        return self._answer()

    def _answer(self) -> Answer:
        inbound = self.waiting
        assert inbound is not None
        talk = Conversation(
            "c1", "voice", inbound.sender, inbound.sender, inbound.recipient, self.patient,
            self.language, self.state, inbound.call_id, self.flow, AT, AT,
        )  # fmt: skip
        if self.slow:
            self.slow -= 1
            return Answer((), False, talk, self.state, "turn")
        said = self.says(inbound.payload or inbound.text)
        self._keep(inbound, said)
        return Answer(said, True, talk, self.state, "turn")

    def _keep(self, inbound: Inbound, said: Sequence[Utterance]) -> None:
        known: dict[str, Any] = {"conversation_id": "c1", "at": AT, "channel": "voice"}
        turn = f"in{len(self.record)}"
        self.record.append(
            Message(
                turn, direction="in", text=inbound.text, provider_id=inbound.provider_id,
                intent=self.intent, **known,
            )
        )  # fmt: skip
        for utterance in said:
            self.record.append(
                Message(
                    f"out{len(self.record)}", direction="out", text=utterance.text,
                    choices=utterance.choices, in_reply_to=turn, **known,
                )
            )  # fmt: skip

    def messages(self, conversation_id: str) -> Sequence[Message]:
        assert conversation_id == "c1"
        return self.record

    def hand_off(self, conversation_id: str, reason: str, at: datetime) -> None:
        assert (conversation_id, at) == ("c1", AT)
        self.handed.append(reason)

    def say(
        self,
        conversation_id: str,
        text: str,
        *,
        author: str,
        at: datetime,
        choices: Sequence[Choice] = (),
        key: str | None = None,
    ) -> None:
        assert (conversation_id, author, at) == ("c1", "bot", AT)
        assert key
        self.texted.append((text, tuple(choices)))

    def note(self, call: Inbound, message_id: str | None = None, *, over: bool = False) -> None:
        self.noted.append((str(call.call_id), message_id, over))

    def take(self, message_id: str, call: Inbound) -> Answer | None:
        if message_id != "m1":
            return None
        self._break()
        self.waiting = call
        return self._answer()


class Call:
    """A telephone: follows the TwiML as Twilio does."""

    def __init__(self, talk: Talk, desk: str | None = None, opted_out: bool = False) -> None:
        self.talk = talk
        scenes = Scenes(
            store=talk,
            public_base_url="https://clinic.example",
            clock=lambda: AT,
            desk=lambda *_: desk,
            may_text=lambda _: not opted_out,
            clinic_name="Clínica Aurora",
        )
        calls = open_calls(
            scenes,
            channel=VoiceChannel(TwilioAccount(payloads.ACCOUNT, payloads.TOKEN)),
            turns=talk,
            log=talk,
            apply=talk.receipts.append,
        )
        self.routes = calls.routes()
        self.root = ET.Element("Response")
        self.caller = payloads.PATIENT

    def enter(self, **changes: str | None) -> str:
        return self._go("https://clinic.example/twilio/voice", payloads.call(**changes))

    def is_taken(self, by: str | None = "human", message: str = "m1", language: str = "es") -> str:
        """A call that the clinic has placed is taken."""
        self.caller = payloads.CLINIC
        form = payloads.placed(AnsweredBy=by)
        url = f"https://clinic.example/twilio/voice?l={language}&message={message}"
        return self._go(url, form)

    def press(self, digits: str) -> str:
        return self._go(self.action, payloads.gathered(Digits=digits, From=self.caller))

    def speak(self, words: str, **more: str) -> str:
        form = payloads.gathered(SpeechResult=words, From=self.caller, **more)
        return self._go(self.action, form)

    def be_silent(self) -> str:
        return self._go(self.action, payloads.gathered(From=self.caller))

    def follow(self) -> str:
        redirect = self.root.find("Redirect")
        assert redirect is not None
        return self._go(redirect.text or "", payloads.gathered(From=self.caller))

    def dialled(self, status: str, **more: str) -> str:
        dial = self.root.find("Dial")
        assert dial is not None
        form = payloads.gathered(DialCallStatus=status, From=self.caller, **more)
        return self._go(dial.attrib["action"], form)

    def _go(self, url: str, form: dict[str, str]) -> str:
        parts = urlsplit(url)
        path = parts.path.removeprefix("/twilio/voice").strip("/")
        args = dict(parse_qsl(parts.query))
        reply = self.routes[path](Callback(form, args, AT))
        assert reply.mimetype == "text/xml"
        assert problems(reply.body) == []
        assert payloads.PATIENT not in reply.body
        self.root = ET.fromstring(reply.body)
        return self.said

    @property
    def said(self) -> str:
        return " ".join(say.text or "" for say in self.root.iter("Say"))

    @property
    def gather(self) -> ET.Element:
        found = self.root.find("Gather")
        assert found is not None
        return found

    @property
    def action(self) -> str:
        return self.gather.attrib["action"]

    @property
    def ends(self) -> bool:
        return self.root.find("Hangup") is not None
