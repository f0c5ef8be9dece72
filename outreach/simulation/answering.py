"""What simulated patients do when a message reaches them.

They act through the services that the dialogue's actions use, not through the dialogue itself, and
on any channel by what a message's choices carry; choices unknown here are left alone.
"""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from math import exp
from random import Random

from clinic.addresses import canonical
from clinic.appointments import AppointmentStatus, VisitError, VisitRef
from clinic.waitlist import Offer, OfferOutcome
from conversations.model import Delivery, Outbound, Receipt
from integrations.waitlist.claiming import claim
from outreach.simulation.desk import Visit
from outreach.simulation.lives import Lives
from outreach.simulation.phones import Asked, asked_by
from outreach.simulation.population import Person
from outreach.simulation.world import SPOKEN, World

_AN_HOUR = timedelta(hours=1)
_BOUNCES_AFTER = timedelta(seconds=10)
_PICKED_UP_AFTER = timedelta(seconds=30)
_UNREACHABLE = "30003"

ByIntent = dict[str, Asked]


class Answering:
    """Each has dice of their own: what one does changes nobody else's."""

    def __init__(self, world: World, lives: Lives, people: Iterable[Person]) -> None:
        self._world = world
        self._lives = lives
        self._people = {each.id: each for each in people}
        self._dice = {
            each.id: Random(f"{world.seed}:{each.number}:phone") for each in self._people.values()
        }
        self._holder: dict[str, Person] = {}
        for each in self._people.values():
            self._holder.setdefault(each.address, each)
        self._stopped: set[str] = set()

    def ring(self, message: Outbound, provider_id: str) -> None:
        """A message has come to a phone: it is looked at after a while, or never."""
        world, holder = self._world, self._holder[canonical(message.to)]
        dice, reading = self._dice[holder.id], world.rates.reading
        if holder.dead:
            bounce = Receipt(provider_id, Delivery.UNDELIVERED, message.id, _UNREACHABLE)
            apply = partial(world.services.deliveries.apply, bounce)
            world.timeline.at(world.timeline() + _BOUNCES_AFTER, apply)
            return
        spoken, asked = message.channel == SPOKEN, asked_by(message)
        offers = any(each.intent == "accept_offer" for each in asked)
        minutes = world.rates.offers.minutes if offers else reading.minutes
        delay = timedelta(minutes=dice.expovariate(1 / minutes))
        if dice.random() < (reading.answers_call if spoken else reading.seen):
            at = world.timeline() + (_PICKED_UP_AFTER if spoken else delay)
            world.timeline.at(at, partial(self._reads, message, asked))

    def _reads(self, message: Outbound, asked: list[Asked]) -> None:
        address = canonical(message.to)
        dice = self._dice[self._holder[address].id]
        if address in self._stopped:
            return
        if dice.random() < self._world.rates.reading.stops:
            self._stops(message, address)
            return
        by_intent = {each.intent: each for each in reversed(asked)}
        if "accept_offer" in by_intent:
            self._weighs_offer(message, by_intent, dice)
            return
        carried = [VisitRef.parse(each.values["visit"]) for each in asked if "visit" in each.values]
        for ref in dict.fromkeys(carried):
            visit = self._world.desk.visits.get(ref.id)
            if visit is not None and visit.is_ahead:
                own = [each for each in asked if each.values.get("visit", str(ref)) == str(ref)]
                self._thinks_of(visit, ref, message, {each.intent: each for each in own})

    def _thinks_of(self, visit: Visit, ref: VisitRef, message: Outbound, asked: ByIntent) -> None:
        reading, dice = self._world.rates.reading, self._dice[visit.person.id]
        if visit.cannot:
            if visit.fate.tells_after is not None or dice.random() < reading.frees:
                self._gives_up(visit, ref, message, asked)
            return
        hours = (visit.appointment.start - self._world.timeline()) / _AN_HOUR
        if dice.random() < reading.remembers * exp(-hours / reading.fades_hours):
            visit.remembers = True
        is_booked = visit.appointment.status is AppointmentStatus.BOOKED
        if "confirm_appointment" in asked and is_booked and dice.random() < reading.confirms:
            self._answers(message, asked["confirm_appointment"])
            self._world.desk.confirm(visit, ref, message.channel)

    def _gives_up(self, visit: Visit, ref: VisitRef, message: Outbound, asked: ByIntent) -> None:
        reading, dice = self._world.rates.reading, self._dice[visit.person.id]
        days = 1 + dice.expovariate(1 / reading.moves_days)
        if "reschedule_appointment" in asked and dice.random() < reading.moves:
            self._answers(message, asked["reschedule_appointment"])
            after = max(visit.appointment.start, self._world.timeline()) + timedelta(days=days)
            if self._world.desk.move(visit, ref, after, message.channel):
                self._lives.expects(visit.person, visit.appointment)
        elif "cancel_appointment" in asked:
            self._answers(message, asked["cancel_appointment"])
            self._lives.cancels(visit, ref, message.channel)

    def _weighs_offer(self, message: Outbound, asked: ByIntent, dice: Random) -> None:
        offers, waitlist = self._world.rates.offers, self._world.services.waitlist
        offer, mood = waitlist.offer_of(asked["accept_offer"].values["offer"]), dice.random()
        if offer is None:
            return
        if mood < offers.wants:
            self._answers(message, asked["accept_offer"])
            self._takes(offer, message.channel)
        elif mood < offers.wants + offers.declines and "decline_offer" in asked:
            self._answers(message, asked["decline_offer"])
            waitlist.close(offer.id, OfferOutcome.DECLINED, self._world.timeline())

    def _takes(self, offer: Offer, channel: str) -> None:
        """Who is too late hears so, and keeps what they have."""
        world, services = self._world, self._world.services
        try:
            outcome = claim(services.schedule, services.waitlist, offer, channel, world.timeline())
        except VisitError:
            world.note("refused")
            return
        if outcome is OfferOutcome.ACCEPTED:
            mine = services.schedule.appointments(offer.patient_id)
            taken = next(each for each in mine if each.slot_id == offer.slot_id)
            world.desk.claimed(taken)
            self._lives.expects(self._people[offer.patient_id], taken)

    def _stops(self, message: Outbound, address: str) -> None:
        self._world.hears(message.to, message.channel, "STOP", opt_out="STOP")
        self._world.services.patients.set_consent(
            address, given=False, channel=message.channel, words="STOP", at=self._world.timeline()
        )
        self._stopped.add(address)
        self._world.note("opted_out")

    def _answers(self, message: Outbound, choice: Asked) -> None:
        """By digit, or by tapping what was offered."""
        tapped = self._world.services.channels[message.channel].capabilities.tappable
        text, payload = (choice.title, choice.payload) if tapped else (str(choice.digit), None)
        self._world.hears(message.to, message.channel, text, payload=payload)
