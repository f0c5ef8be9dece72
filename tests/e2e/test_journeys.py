"""Each flow, channel and language: what is said is what the clinic's store then holds."""

from collections.abc import Iterator
from typing import cast

import pytest

from clinic.languages import Language
from simulator.phone import Channel, Phone
from tests.e2e.instance import Instance, Json
from tests.e2e.people import People, Person
from tests.e2e.said import (
    KEY_CANCEL,
    KEY_CONFIRM,
    KEY_PRICE,
    KEY_RESCHEDULE,
    SAID,
    Said,
    price_in_words,
)
from tests.e2e.threads import intents, settled_thread

pytestmark = pytest.mark.engine

LANGUAGES = ("es", "pt", "en")
CHANNELS = ("sms", "whatsapp", "voice")
VISIT_FIELDS = ["id", "version", "status", "start", "end", "branch", "service", "practitioner"]


@pytest.fixture(params=[(c, each) for c in CHANNELS for each in LANGUAGES], ids="-".join)
def journey(
    request: pytest.FixtureRequest, instance: Instance, people: People
) -> Iterator["Journey"]:
    channel, language = request.param
    started = Journey(instance, people.person(language), channel, language)
    yield started
    started.phone.close()


class Journey:
    """A patient, their phone and the channel on which they go about it."""

    def __init__(
        self, instance: Instance, person: Person, channel: str, language: Language
    ) -> None:
        self.instance, self.person = instance, person
        self.channel, self.language = channel, language
        self.said: Said = SAID[language]
        written = "whatsapp" if channel == "whatsapp" else "sms"
        self.phone = Phone(instance.url, person.phone, channel=cast("Channel", written))

    def start(self, words: str, title: str, key: str, hears: str) -> str:
        """Begins as people do there: writes it, taps it in the menu, or presses its key."""
        if self.channel == "voice":
            self.call = self.phone.call()
            self.call.press(key)
            return self._heard(hears)
        if self.channel == "whatsapp":
            self.phone.text(self.said.hello)
            menu = self.phone.wait_for_reply()
            self.phone.tap(title, menu)
        else:
            self.phone.text(words)
        return self.phone.wait_for_reply(containing=hears).text

    def go_on(self, words: str, title: str | None, key: str, hears: str) -> str:
        """Answers what was asked. title None: the first that can be tapped."""
        if self.channel == "voice":
            self.call.press(key)
            return self._heard(hears)
        if self.channel == "whatsapp":
            last = self.phone.messages[-1]
            self.phone.tap(title or last.titles[0], last)
        else:
            self.phone.text(words)
        return self.phone.wait_for_reply(containing=hears).text

    def _heard(self, hears: str) -> str:
        assert hears.casefold() in self.call.heard_last.casefold()
        return self.call.heard_last

    def over(self) -> list[Json]:
        """Hangs up where there is a call; the thread."""
        if self.channel == "voice":
            self.call.hang_up()
        thread = settled_thread(self.instance, self.person.phone)
        assert {each["channel"] for each in thread} == {self.channel}
        return thread

    def visit(self) -> Json:
        """The one visit, as the command line shows it."""
        (visit,) = self.instance.appointments(self.person.phone)
        assert list(visit) == [*VISIT_FIELDS, "patient"]
        assert visit["id"] == self.person.visit.id
        return visit

    def free(self, like: Json) -> list[Json]:
        """The free slots in a visit's time with its practitioner."""
        found = self.instance.slots(like["branch"], like["service"], like["start"], like["end"])
        return [each for each in found if each["practitioner"] == like["practitioner"]]


def test_a_patient_confirms_and_the_visit_is_confirmed(journey: Journey) -> None:
    said = journey.said
    before = journey.visit()
    journey.start(said.confirm, said.menu_confirm, KEY_CONFIRM, said.hear_confirmed)

    after = journey.visit()
    assert after == {**before, "status": "confirmed", "version": before["version"] + 1}
    assert "confirm_appointment" in intents(journey.over())


def test_a_patient_cancels_and_the_slot_is_free_at_once(journey: Journey) -> None:
    said = journey.said
    before = journey.visit()
    assert not journey.free(before)
    journey.start(said.cancel, said.menu_cancel, KEY_CANCEL, said.hear_sure)
    assert journey.visit() == before

    journey.go_on(said.yes, said.tap_sure, "1", said.hear_cancelled)
    assert journey.visit()["status"] == "cancelled"
    (slot,) = journey.free(before)
    assert (slot["start"], slot["end"]) == (before["start"], before["end"])
    assert "cancel_appointment" in intents(journey.over())


def test_a_patient_moves_a_visit_and_the_old_slot_is_free(journey: Journey) -> None:
    said = journey.said
    before = journey.visit()
    journey.start(said.reschedule, said.menu_reschedule, KEY_RESCHEDULE, said.hear_times)
    assert journey.visit() == before

    journey.go_on("1", None, "1", said.hear_moved)
    after = journey.visit()
    assert after["start"] != before["start"]
    assert after["version"] > before["version"]
    assert (after["status"], after["service"], after["branch"]) == (
        "booked",
        before["service"],
        before["branch"],
    )
    assert journey.free(before)
    assert not journey.free(after)
    assert "reschedule_appointment" in intents(journey.over())


def test_a_patient_hears_the_price_that_is_in_force(journey: Journey) -> None:
    said = journey.said
    branch = journey.visit()["branch"]
    quote = journey.instance.quote("lipid-profile", branch)
    spoken = journey.channel == "voice"
    price = price_in_words(quote["total"], quote["currency"], spoken=spoken)
    if journey.channel == "sms":
        journey.phone.text(said.price)
    else:
        journey.start(said.price, said.menu_price, KEY_PRICE, said.hear_which_service)
    if spoken:
        assert price in journey.call.say(said.price_of).heard_last
    else:
        if journey.channel == "whatsapp":
            journey.phone.text(said.price_of)
        journey.phone.wait_for_reply(containing=price)
    assert "ask_price" in intents(journey.over())
