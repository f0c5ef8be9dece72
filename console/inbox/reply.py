"""The box in which somebody of the staff answers: who may, where to, and what will be sent."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import g
from flask_login import current_user

from channels.sms import render
from channels.sms.gsm import is_gsm, segments
from channels.texts import units
from clinic.consents import Purpose
from clinic.languages import Language
from console import language, shown
from console.inbox import canned, filling
from console.inbox.invitation import invitation
from console.needs import Needs
from conversations.answering import Answering, Way
from conversations.model import Conversation, ConversationState, Outbound
from conversations.outgoing import TEXTING

_ANSWERABLE: Final = timedelta(hours=24)
"""Who has stopped us may be answered so long after they wrote of their own accord."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the box of a form that came back. problem: why it was not sent, "" else."""

    text: str = ""
    way: str = ""
    token: str = ""
    seen: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """Something to know before sending. tone: calm, wait or bad."""

    words: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Option:
    """A way to choose. address as it is shown."""

    code: str
    channel: shown.Badge
    address: str


@dataclass(frozen=True, slots=True)
class Box:
    """All that the page shows of it. closed: why nothing can be sent by the chosen way, "" else.

    invitation: the approved words that may be sent all the same, "" for none.
    """

    talk_id: str
    holder: str
    mine: bool
    waits: bool
    speaks: Language
    options: Sequence[Option]
    chosen: str
    limits: Sequence[Limit]
    closed: str
    invitation: str
    ready: Sequence[tuple[canned.Canned, bool]]
    draft: Draft
    seen: str


def new_token() -> str:
    """Of a form, so that it is obeyed once."""
    return secrets.token_hex(16)


def box(needs: Needs, conversation_id: str, newest: str) -> Box:
    """The box under a thread whose newest message is `newest`, with the draft of this request."""
    draft: Draft = g.get("reply_draft") or Draft(token=new_token())
    answering = Answering(needs.database)
    talk = answering.conversation(conversation_id)
    ways = ways_of(needs, talk)
    way = chosen(ways, draft.way)
    closed = refusal(needs, way, ways) if way else language.say("reply_no_way")
    holder = (talk.taken_by or "") if talk.state is ConversationState.PERSON else ""
    return Box(
        talk_id=talk.id,
        holder=holder,
        mine=holder == current_user.name,
        waits=talk.state is ConversationState.WAITING,
        speaks=talk.language,
        options=[
            Option(one.code, shown.channel(one.post.channel), shown.harmless(one.post.address))
            for one in ways
        ],
        chosen=way.code if way else "",
        limits=limits(needs, way, draft.text, needs.clock()) if way else (),
        closed=closed,
        invitation=_invitation(needs, way, ways, talk.language) if way and closed else "",
        ready=[
            (one, filling.filled(needs, one, talk) is not None)
            for one in canned.canned(needs.database)
        ],
        draft=draft,
        seen=newest if draft.seen is None else draft.seen,
    )


def ways_of(needs: Needs, talk: Conversation) -> Sequence[Way]:
    """How the patient of the conversation can be written to, the likeliest first."""
    numbers = needs.patients.addresses(talk.patient_id) if talk.patient_id else ()
    return Answering(needs.database).ways(talk.id, numbers)


def chosen(ways: Sequence[Way], code: str) -> Way | None:
    """The way that was chosen, else the first; None where there is none."""
    return next((way for way in ways if way.code == code), ways[0] if ways else None)


def _invitation(needs: Needs, way: Way, ways: Sequence[Way], speaks: Language) -> str:
    if refusal(needs, way, ways, approved=True):
        return ""
    words = invitation(needs, way, speaks)
    return words.body if words else ""


def refusal(needs: Needs, way: Way, ways: Sequence[Way], *, approved: bool = False) -> str:
    """Why nothing may be sent by that way now, in the words of the page; "" where it may.

    approved: it is in words that the provider has approved.
    """
    now, address = needs.clock(), way.post.address
    heard = [one.heard.at for one in ways if one.heard is not None and one.post.address == address]
    if needs.patients.opted_out(address) and not _has_written(needs, address, heard, now):
        return language.say("reply_opted_out")
    channel = needs.channels.get(way.post.channel)
    if channel is None:
        return language.say("reply_no_channel")
    silence = now - way.heard.at if way.heard else None
    if not approved and not channel.capabilities.takes_free_text(silence):
        return language.say("reply_window_closed")
    return ""


def _has_written(needs: Needs, address: str, heard: Sequence[datetime], now: datetime) -> bool:
    """Whether they wrote of their own accord after their STOP, and not long ago."""
    stops = [
        each.at
        for each in needs.patients.consents(address)
        if each.purpose is Purpose.MESSAGES and not each.given
    ]
    return any(at > max(stops, default=at) and now - at < _ANSWERABLE for at in heard)


def limits(needs: Needs, way: Way, text: str, now: datetime) -> Sequence[Limit]:
    """What the way allows and what the text costs there."""
    return [*_window(needs, way, now), *_size(needs, way, text)]


def longest(needs: Needs, way: Way) -> int:
    """How many characters one reply may have there."""
    return needs.channels[way.post.channel].capabilities.max_chars


def _window(needs: Needs, way: Way, now: datetime) -> Sequence[Limit]:
    channel = needs.channels.get(way.post.channel)
    if channel is None or channel.capabilities.service_window is None or way.heard is None:
        return ()
    left = way.heard.at + channel.capabilities.service_window - now
    if not channel.capabilities.takes_free_text(now - way.heard.at):
        return ()
    minutes = int(left.total_seconds() // 60)
    words = language.say("reply_window", hours=minutes // 60, minutes=minutes % 60)
    return [Limit(words, "wait" if minutes < 120 else "calm", "clock")]


def _size(needs: Needs, way: Way, text: str) -> Sequence[Limit]:
    """As it will be sent: a text message loses its accents, and costs by the segment."""
    if way.post.channel not in needs.channels:
        return ()
    most = longest(needs, way)
    if way.post.channel != TEXTING:
        return [
            Limit(language.say("reply_characters", count=units(text), most=most), "calm", "dot")
        ]
    pieces = render(Outbound("", TEXTING, "", "", text, "es"))
    count = sum(map(segments, pieces)) if text else 0
    key = "reply_gsm" if all(map(is_gsm, pieces)) else "reply_ucs2"
    size = sum(map(len, pieces))
    words = language.say(key, count=size, most=most, segments=count)
    return [Limit(words, "wait" if count > 1 else "calm", "sms")]
