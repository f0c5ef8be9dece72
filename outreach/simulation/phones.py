"""The providers of a simulated month: take what is sent, count it, and let the phone ring."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from channels.sms import render
from channels.sms.gsm import segments
from clinic.addresses import canonical
from clinic.clock import Clock
from conversations.model import Outbound
from conversations.outgoing import TEXTING


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that left. intents: what its choices answer. segments: of an SMS, else 1."""

    at: datetime
    channel: str
    address: str
    intents: frozenset[str]
    segments: int
    templated: bool

    @property
    def is_offer(self) -> bool:
        """Whether it offers a freed slot."""
        return "accept_offer" in self.intents


@dataclass(frozen=True, slots=True)
class Asked:
    """One of a message's choices, taken apart: the digit that picks it, its words, its payload."""

    digit: int
    title: str
    payload: str
    intent: str
    values: dict[str, Any]


def asked_by(message: Outbound) -> list[Asked]:
    """What the message's choices answer."""
    return [
        Asked(digit, choice.title, choice.payload, *_read(choice.payload))
        for digit, choice in enumerate(message.choices, start=1)
    ]


class Phones:
    """Any channel's `conversations.ports.Sender`."""

    def __init__(self, clock: Clock, ring: Callable[[Outbound, str], None]) -> None:
        self.sent: list[Sent] = []
        self._clock = clock
        self._ring = ring

    def send(self, message: Outbound) -> str:
        """Takes every message; returns an id as a provider would."""
        parts = sum(map(segments, render(message))) if message.channel == TEXTING else 1
        self.sent.append(
            Sent(
                self._clock(),
                message.channel,
                canonical(message.to),
                frozenset(each.intent for each in asked_by(message)),
                parts,
                message.template is not None,
            )
        )
        provider_id = f"SM{len(self.sent):032d}"
        self._ring(message, provider_id)
        return provider_id


def _read(payload: str) -> tuple[str, dict[str, Any]]:
    intent, brace, values = payload.removeprefix("/").partition("{")
    return intent, json.loads(brace + values) if brace else {}
