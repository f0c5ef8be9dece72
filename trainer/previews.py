"""How a response reaches a patient on each channel, as the channels' own code makes it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from twilio.twiml.voice_response import VoiceResponse

from channels import sms
from channels.sms.gsm import is_gsm, segments
from channels.texts import numbered, units
from channels.voice import speech
from channels.voice.voices import VOICES
from channels.whatsapp.content import LIST_BUTTON, MAX_BODY, compose, fits, with_room
from clinic.catalogue import Branch, Service
from clinic.emergency import LINES
from clinic.languages import Language
from clinic.ports import Catalogue
from conversations import wording
from conversations.model import Choice, Outbound, Utterance
from integrations.demo.cast import ANA
from trainer.responses import Response

_VALUE: Final = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_AHEAD: Final = timedelta(days=1)
_PLAN: Final[Mapping[Language, str]] = {
    "es": "particular",
    "pt": "particular",
    "en": "without a plan",
}
_NOTICE: Final[Mapping[Language, str]] = {"es": "un día", "pt": "um dia", "en": "one day"}


@dataclass(frozen=True, slots=True)
class SmsPreview:
    """The text messages that are sent. plain: in the cheap alphabet; segments: as many are paid."""

    pieces: tuple[str, ...]
    segments: int
    plain: bool


@dataclass(frozen=True, slots=True)
class WhatsAppPreview:
    """What WhatsApp shows. buttons: (title, description); list_button: what opens the list, ""
    where they are buttons or, without any, stand in the text with their digits. cut: a title had
    to be shortened. length: of the text, of which `limit` are shown with buttons."""

    text: str
    buttons: tuple[tuple[str, str], ...]
    list_button: str
    cut: bool
    length: int
    limit: int = MAX_BODY


@dataclass(frozen=True, slots=True)
class VoicePreview:
    """What a caller hears, piece by piece, in that voice; twiml: as Twilio is told to say it."""

    said: tuple[str, ...]
    voice: str
    twiml: str


@dataclass(frozen=True, slots=True)
class Previews:
    """The same response on each channel."""

    sms: SmsPreview
    whatsapp: WhatsAppPreview
    voice: VoicePreview


def preview(
    response: Response, language: Language, other: Mapping[int, str], values: "ExampleValues"
) -> Previews | None:
    """The response in that language; None where it says nothing in it.

    other: what is said instead of a text or title of the file, by where that begins.
    """
    written, tapped, heard = (
        _said(response, language, channel, other, values)
        for channel in ("sms", "whatsapp", "voice")
    )
    if written is None or tapped is None or heard is None:
        return None
    return Previews(
        _sms(*written, language), _whatsapp(*tapped, language), _voice(*heard, language)
    )


def _said(
    response: Response,
    language: Language,
    channel: str,
    other: Mapping[int, str],
    values: "ExampleValues",
) -> tuple[str, tuple[Choice, ...]] | None:
    found = response.of(language, channel)
    if found is None:
        return None
    known = values.of(language, spoken=channel == "voice")
    ordered = sorted(found.buttons, key=lambda each: each.aside)  # as the engine offers them
    offered = tuple(
        Choice(fill(other.get(each.title.begin, each.title.text), known), fill(each.payload, known))
        for each in ordered
    )
    return fill(other.get(found.begin, found.text), known), offered


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its values; one without an example keeps its name."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return match[0][0] if name is None else values.get(name, f"[{name}]")

    return _VALUE.sub(value, text)


def _sms(text: str, offered: Sequence[Choice], language: Language) -> SmsPreview:
    outbound = Outbound("preview", "sms", "", "", text, language, tuple(offered))
    pieces = sms.render(outbound)
    return SmsPreview(pieces, sum(map(segments, pieces)), all(map(is_gsm, pieces)))


def _whatsapp(text: str, offered: Sequence[Choice], language: Language) -> WhatsAppPreview:
    roomy, length = with_room(offered), units(text)
    if not roomy or not fits(text, roomy):
        return WhatsAppPreview(numbered(text, offered), (), "", cut=False, length=length)
    shape, filled = compose(text, roomy, language)
    numbers = range(1, len(roomy) + 1)
    shown = tuple((filled[f"t{each}"], filled.get(f"d{each}", "")) for each in numbers)
    cut = any(title != each.title for (title, _), each in zip(shown, roomy, strict=True))
    opens = LIST_BUTTON[language] if shape.kind == "list-picker" else ""
    return WhatsAppPreview(text, shown, opens, cut, length)


def _voice(text: str, offered: Sequence[Choice], language: Language) -> VoicePreview:
    said = speech.script((Utterance(text, tuple(offered)),), language)
    response = VoiceResponse()
    speech.ask(response, said, speech.Question("/turn", tuple(offered)), language)
    return VoicePreview(said, VOICES[language].name, str(response))


class ExampleValues:
    """Values to show in the place of a patient's own: the clinic's catalogue, the demo's cast."""

    def __init__(self, catalogue: Catalogue, now: datetime) -> None:
        self._branches = list(catalogue.branches())
        self._services = list(catalogue.services())
        self._practitioners = [each.name for each in catalogue.practitioners()]
        self._now = now

    def of(self, language: Language, *, spoken: bool) -> Mapping[str, str]:
        """By the name of the value; a clinic without a catalogue has only some."""
        values = {"name": ANA.name.split()[0], "visit": "a1:1", "ending": "01", "code": "a1"}
        values |= {"notice": _NOTICE[language], "plan": _PLAN[language]}
        if self._branches:
            values |= self._of_branch(self._branches[0], language, spoken=spoken)
        if self._services and self._branches:
            values |= self._of_services(language, values)
        if self._practitioners:
            values |= {"practitioner": self._practitioners[0]}
            values |= {"others": ", ".join(self._practitioners[1:3]) or self._practitioners[0]}
        return values

    def _of_branch(self, branch: Branch, language: Language, *, spoken: bool) -> dict[str, str]:
        local = (self._now.astimezone(branch.zone) + _AHEAD).replace(hour=10, minute=0)
        lines = LINES.get(branch.country)
        opens = branch.hours[0] if branch.hours else None
        hours = f"{opens.opens:%H:%M}-{opens.closes:%H:%M}" if opens else "8:00-20:00"
        address = f"{branch.address}, {branch.city}"
        return {
            "branch": branch.name,
            "branch_code": branch.code,
            "place": branch.name,
            "when": wording.when(local, branch.zone, language, self._now, spoken=spoken),
            "until": wording.day(local.date(), language),
            "days": wording.day(local.date(), language),
            "times": wording.day(local.date(), language),
            "total": wording.money(85000, branch.currency, language, spoken=spoken),
            "address": address,
            "addresses": f"{branch.name}: {address}",
            "hours": f"{branch.name}: {hours}",
            "emergency": lines.rescue if lines else "112",
            "crisis": lines.crisis if lines else "112",
        }

    def _of_services(self, language: Language, values: Mapping[str, str]) -> dict[str, str]:
        prepared = next((each for each in self._services if each.preparation), self._services[0])
        text = prepared.preparation.texts.get(language, "") if prepared.preparation else ""
        first = prepared.name(language)
        line = f"{first}, {values['when']}, {values['branch']}"
        return {
            "service": first,
            "service_code": prepared.code,
            "preparation": text,
            "visits": line,
            "waits": f"{first}, {values['branch']}",
            "consults": _names(self._services, "consult", language),
            "studies": _names(self._services, "study", language),
        }


def _names(services: Sequence[Service], kind: str, language: Language) -> str:
    return ", ".join([each.name(language) for each in services if each.kind == kind][:3])
