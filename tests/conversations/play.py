"""Plays a story: what the patient sends goes the way of every message, and is checked."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from babel.dates import format_date, get_day_names

from clinic.appointments import Appointment
from clinic.languages import Language
from clinic.patients import Patient
from clinic.waitlist import OfferOutcome
from conversations import wording
from conversations.meaning import carried_by
from conversations.model import Choice, Inbound, Location, Media, Message
from outreach.reminders import remind
from tests.conversations.outcome import check_outcome
from tests.conversations.responses import is_said, names_of
from tests.conversations.stage import BRANCH, CAST, Stage
from tests.conversations.story import Story

CLINIC = "+525550000100"
BUDGET = 30.0
FAR = 3
"""How many days ahead "another day" is."""
_DATES: dict[Language, str] = {
    "es": "d 'de' MMMM 'de' y",
    "pt": "d 'de' MMMM 'de' y",
    "en": "MMMM d, y",
}


@dataclass
class Scene:
    """A story as far as it has been played."""

    stage: Stage
    story: Story
    address: str
    people: list[Patient]
    visits: list[Appointment]
    channel: str
    language: Language
    call: str = field(default_factory=lambda: f"CA{uuid4().hex}")
    conversation: str = ""
    heard: str = ""
    answers: list[Message] = field(default_factory=list)

    def words(self, text: Any) -> str:
        """A text of the story in its language, with the values of this very story."""
        said = str(self.story.in_language(text))
        return re.sub(r"\{(\w+)\}", lambda match: self.values()[match[1]], said)

    def values(self) -> dict[str, str]:
        """What stories may name in braces."""
        far = self.far_day()
        values = {
            "name": self.people[0].name if self.people else CAST[self.story.language],
            "born": self._date(self.people[0].birth_date if self.people else date(1990, 5, 4)),
            "far_day": self._weekday(far),
            "long": "a" * 5000,
        }
        if slots := _slots_of(choice.payload for choice in self.offered()):
            first = self.stage.slot(slots[0])
            zone = self.stage.services.catalogue.branch(first.branch).zone
            values["first_day"] = self._weekday(first.start.astimezone(zone).date())
        if len(self.people) > 1:
            values |= {"second": self.people[1].name, "second_born": self._date(self.born(1))}
        for index, visit in enumerate(self.visits):
            branch = self.stage.services.catalogue.branch(visit.branch)
            local = visit.start.astimezone(branch.zone)
            values |= {
                f"visit{index}": str(visit.ref),
                f"day{index}": self._weekday(local.date()),
                f"branch{index}": branch.name,
                f"service{index}": self.stage.services.catalogue.service(visit.service).name(
                    self.language
                ),
                f"time{index}": wording.clock(local, self.language),
            }
        return values

    def born(self, index: int) -> date:
        return self.people[index].birth_date

    def far_day(self) -> date:
        """An open day a few days from now at the story's branch, not that of the first visit."""
        branch = self.visits[0].branch if self.visits else BRANCH[self.story.language]
        zone = self.stage.services.catalogue.branch(branch).zone
        taken = {visit.start.astimezone(zone).date() for visit in self.visits}
        day = self.stage.open_day(branch, FAR)
        while day in taken:
            ahead = (day - self.stage.now().astimezone(zone).date()).days
            day = self.stage.open_day(branch, ahead + 1)
        return day

    def days_called(self, names: str | list[str]) -> set[date]:
        """The far day, or the day of the first visit ("day0")."""
        known = {"far_day": self.far_day()}
        if self.visits:
            branch = self.stage.services.catalogue.branch(self.visits[0].branch)
            known["day0"] = self.visits[0].start.astimezone(branch.zone).date()
        return {known[name] for name in ([names] if isinstance(names, str) else names)}

    def _date(self, value: date) -> str:
        return str(format_date(value, _DATES[self.language], locale=self.language))

    def _weekday(self, value: date) -> str:
        return str(get_day_names("wide", locale=self.language)[value.weekday()])

    def offered(self) -> list[Choice]:
        """All choices ever offered to the address, the newest first."""
        thread = self.stage.services.conversations.thread(self.address)
        return [choice for message in reversed(thread) for choice in message.choices]

    def slots(self) -> list[str]:
        """The times that the last answer offers."""
        payloads = [choice.payload for message in self.answers for choice in message.choices]
        return _slots_of(payloads)


def _slots_of(payloads: Iterable[str]) -> list[str]:
    return [str(each["slot"]) for each in map(carried_by, payloads) if "slot" in each]


def play(stage: Stage, story: Story) -> None:
    """Plays and checks a story from its first turn to what must be true then."""
    scene = _set_up(stage, story)
    try:
        for number, turn in enumerate(story.turns, 1):
            _turn(scene, turn, f"turn {number}")
        check_outcome(stage, scene.people, scene.visits, scene.conversation, story, scene.address)
    finally:
        stage.clear([*scene.people, *stage.services.patients.at_address(scene.address)])


def _set_up(stage: Stage, story: Story) -> Scene:
    written = story.written
    address = stage.new_address(story.language)
    known = written.get("address") != "unknown"
    home = address if known else stage.new_address(story.language)
    people = []
    if written.get("address") != "new":
        people = stage.register(story.language, home, family=bool(written.get("family")))
    visits = [
        stage.book(
            people[each.get("of", 0)],
            each.get("service", "dermatology-consult"),
            story.in_language(each.get("branch", BRANCH)),
            each.get("in_days", 2),
            confirmed=bool(each.get("confirmed")),
        )
        for each in written.get("visits") or []
    ]
    return Scene(stage, story, address, people, visits, story.channel, story.language)


def _turn(scene: Scene, turn: Mapping[str, Any], where: str) -> None:
    scene.channel = turn.get("channel", scene.channel)
    scene.language = turn.get("in", scene.language)
    if "do" in turn:
        _do(scene, str(turn["do"]))
    else:
        _send(scene, turn)
    where = f"{where}: {turn.get('do') or scene.heard!r}"
    if "bot" in turn:
        _check_said(scene, list(turn["bot"]), where)
    said = "\n".join(
        piece
        for message in scene.answers
        for piece in (message.text, *(f"[{choice.title}]" for choice in message.choices))
    )
    for fragment in _fragments(turn.get("says")):
        assert scene.words(fragment) in said, f"{where}: not said {scene.words(fragment)!r}: {said}"
    for fragment in _fragments(turn.get("says_not")):
        assert scene.words(fragment).lower() not in said.lower(), f"{where}: said: {said}"
    _check_offers(scene, turn, where)
    if "intent" in turn:
        read = _last_inbound(scene).intent
        assert read == turn["intent"], f"{where}: read as {read}"
    if "state" in turn:
        assert scene.answers or turn.get("bot") == []
        assert _last_inbound(scene).state == turn["state"], where


def _fragments(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given] if given else []


def _check_said(scene: Scene, expected: list[str], where: str) -> None:
    said = [message.text for message in scene.answers]
    meant = [" or ".join(names_of(text)) or "no response" for text in said]
    told = "\n".join(f"  {names}: {text}" for names, text in zip(meant, said, strict=True))
    fits = len(said) == len(expected) and all(
        is_said(name, text, scene.language) for name, text in zip(expected, said, strict=True)
    )
    intent = _last_inbound(scene)
    read = f"read as {intent.intent} {intent.confidence or 0:.2f} {intent.payload or ''}"
    who = f"{where} ({scene.language}, {scene.channel}), {read}"
    assert fits, f"{who}; said:\n{told}\n  expected: {expected}"


def _check_offers(scene: Scene, turn: Mapping[str, Any], where: str) -> None:
    slots = [scene.stage.slot(each) for each in scene.slots()]
    if "offers" in turn:
        titles = [choice.title for message in scene.answers for choice in message.choices]
        assert len(slots or titles) >= int(turn["offers"]), f"{where}: offers only {titles}"
    if "offers_on" in turn:
        zones = {each.code: each.zone for each in scene.stage.services.catalogue.branches()}
        days = {slot.start.astimezone(zones[slot.branch]).date() for slot in slots}
        assert days == scene.days_called(turn["offers_on"]), f"{where}: offers {days}"
    for slot in slots:
        if scene.visits and not scene.story.written.get("family"):
            assert slot.branch == scene.visits[0].branch, where


def _last_inbound(scene: Scene) -> Message:
    messages = scene.stage.services.conversations.messages(scene.conversation)
    return [message for message in messages if message.direction == "in"][-1]


# --- what happens -------------------------------------------------------------------------------


def _send(scene: Scene, turn: Mapping[str, Any]) -> None:
    more: dict[str, Any] = {}
    if "tap" in turn:
        choice = _tapped(scene, scene.words(turn["tap"]))
        scene.heard, more["payload"] = choice.title, choice.payload
    elif "send" in turn:
        scene.heard = scene.words(turn.get("patient", ""))
        more = _attached(scene, turn["send"])
    else:
        scene.heard = scene.words(turn["patient"])
    if scene.channel == "voice":
        more["call_id"] = scene.call
    writes = f"whatsapp:{scene.address}" if scene.channel == "whatsapp" else scene.address
    services = scene.stage.services
    inbound = Inbound(
        scene.channel, uuid4().hex, writes, CLINIC, scene.heard, scene.stage.now(), **more
    )
    if scene.channel == "voice":
        answer = services.turns.answer_now(inbound, BUDGET)
        assert answer.finished
        scene.conversation, received = answer.conversation.id, answer.turn
    else:
        message = services.turns.receive(inbound)
        assert message is not None
        services.turns.run(message.conversation_id)
        scene.conversation, received = message.conversation_id, message.id
    _hear(scene, received)


def _hear(scene: Scene, received: str) -> None:
    messages = scene.stage.services.conversations.messages(scene.conversation)
    scene.answers = [each for each in messages if each.in_reply_to == received]


def _tapped(scene: Scene, wanted: str) -> Choice:
    """The choice last offered whose payload begins so, or whose title is that."""
    for choice in scene.offered():
        if choice.payload.startswith(wanted) or choice.title == wanted:
            return choice
    raise AssertionError(f"{wanted} was never offered: {[c.title for c in scene.offered()]}")


def _attached(scene: Scene, sent: Mapping[str, Any]) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if "media" in sent:
        more["media"] = (Media("https://api.twilio.com/media/1", sent["media"]),)
    if "location" in sent:
        more["location"] = Location(*sent["location"])
    if "payload" in sent:
        more["payload"] = scene.words(sent["payload"])
    return more


def _do(scene: Scene, what: str) -> None:
    """Something that happens between two messages."""
    doings = {
        "the actions stop": scene.stage.bot.stop_actions,
        "the actions start": scene.stage.bot.start_actions,
        "two minutes pass": lambda: _later(scene),
        "the clinic reminds": lambda: _remind(scene),
        "the clinic must move the visit": lambda: _must_move(scene),
        "the staff moves the visit": lambda: scene.stage.move(scene.visits[0]),
        "the staff cancels the visit": lambda: scene.stage.cancel(scene.visits[0]),
        "a result is ready": lambda: scene.stage.services.results.add(
            scene.people[0].id, "blood-test", b"%PDF-1.7", scene.stage.now()
        ),
        "the clinic asks how it was": lambda: _follow_up(scene, scene.stage.ask_how_it_was),
        "the clinic invites again": lambda: _follow_up(scene, scene.stage.invite_again),
        "the clinic recalls": lambda: _follow_up(scene, scene.stage.recall),
        "twenty minutes pass in silence": lambda: _follow_up(
            scene, lambda _visit: scene.stage.nudge(scene.conversation)
        ),
        "somebody gives up an earlier time": lambda: _freed(scene),
        "somebody takes the freed time": lambda: scene.stage.take(
            [scene.stage.offered_to(scene.people[0]).slot_id], scene.visits[0].service
        ),
        "the offer ends": lambda: scene.stage.services.waitlist.close(
            scene.stage.offered_to(scene.people[0]).id, OfferOutcome.EXPIRED, scene.stage.now()
        ),
        "the staff takes over": lambda: scene.stage.services.conversations.take_over(
            scene.conversation, "demo", scene.stage.now()
        ),
        "somebody takes the offered times": lambda: scene.stage.take(
            scene.slots(), scene.visits[0].service
        ),
    }
    cast("Any", doings[what])()


def _later(scene: Scene) -> None:
    """The sweeper's next round: what waited is tried again."""
    before = _last_inbound(scene)
    known = len(scene.answers)
    scene.stage.ahead += timedelta(minutes=2)
    scene.stage.services.turns.run(scene.conversation)
    _hear(scene, before.id)
    scene.answers = scene.answers[known:]


def _freed(scene: Scene) -> None:
    """A slot comes free and is offered; what is said is the offer."""
    services = scene.stage.services
    scene.stage.give_up(scene.visits[0])
    scene.stage.sweep()
    said = services.conversations.said_for(f"offer:{scene.stage.offered_to(scene.people[0]).id}")
    scene.answers = [said] if said else []


def _must_move(scene: Scene) -> None:
    """A campaign tells that the visit must move; on WhatsApp to who has written there."""
    if scene.channel == "whatsapp":
        _greet(scene, scene.stage.now())
    said = scene.stage.must_move(scene.visits[-1])
    scene.conversation, scene.answers = said.conversation_id, [said]


def _follow_up(scene: Scene, begin: Callable[[Appointment], str]) -> None:
    """The clinic says something of its own accord; that is what is said."""
    said = scene.stage.services.conversations.said_for(begin(scene.visits[0]))
    assert said is not None, "the clinic says nothing"
    scene.conversation, scene.answers = said.conversation_id, [said]


def _remind(scene: Scene) -> None:
    """The clinic reminds of the first visit, at a time at which it does.

    On WhatsApp only those are reminded who have written there that day.
    """
    stage, visit = scene.stage, scene.visits[0]
    latest = min(stage.now(), visit.start - timedelta(hours=30))
    at = stage.by_day(max(visit.start - timedelta(hours=72), latest), visit)
    stage.ahead += max(at - stage.now(), timedelta(0))
    if scene.channel == "whatsapp":
        _greet(scene, at - timedelta(hours=1))
    begun = remind(stage.services, at)
    assert visit.id in {each["about"] for each in begun}, "the clinic does not remind of the visit"
    last = stage.services.conversations.thread(scene.address)[-1]
    scene.conversation, scene.answers = last.conversation_id, []


def _greet(scene: Scene, at: datetime) -> None:
    services, sender = scene.stage.services, f"whatsapp:{scene.address}"
    words = scene.words({"es": "hola", "pt": "oi", "en": "hi"})
    message = services.turns.receive(Inbound("whatsapp", uuid4().hex, sender, CLINIC, words, at))
    assert message is not None
    services.turns.run(message.conversation_id)
