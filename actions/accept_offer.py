"""Take a freed slot that was offered, or leave it to others."""

from rasa_sdk.events import EventType

from actions.action import BotAction, back_to_flow
from actions.talk_to_human import leave_flow
from actions.turn import Turn
from clinic.waitlist import Offer, OfferOutcome
from conversations import wording
from integrations.waitlist.claiming import claim

_NOT_THEIRS = {
    OfferOutcome.EXPIRED: "utter_offer_expired",
    OfferOutcome.TAKEN: "utter_offer_taken",
}


class AcceptOffer(BotAction):
    """The first who accepts has the slot: the schedule decides, and only then is it said."""

    action = "action_accept_offer"

    def act(self, turn: Turn) -> list[EventType]:
        """Books the slot, or moves the patient's later visit of that service there."""
        offer = _offer(turn)
        if offer is None:
            turn.say("utter_old_choice")
            return back_to_flow(turn)
        services = turn.services
        channel = turn.conversation.channel
        outcome = claim(services.schedule, services.waitlist, offer, channel, turn.now)
        if outcome in _NOT_THEIRS:
            turn.say(_NOT_THEIRS[outcome])
            return back_to_flow(turn)
        branch = services.catalogue.branch(offer.branch)
        when = wording.when(offer.start, branch.zone, turn.language, turn.now, spoken=turn.spoken)
        turn.say("utter_offer_accepted", when=when, branch=branch.name)
        return leave_flow()


class DeclineOffer(BotAction):
    """No, thanks: the patient keeps their place on the list."""

    action = "action_decline_offer"

    def act(self, turn: Turn) -> list[EventType]:
        """Ends the offer."""
        offer = _offer(turn)
        if offer is None:
            turn.say("utter_old_choice")
        else:
            turn.services.waitlist.close(offer.id, OfferOutcome.DECLINED, turn.now)
            turn.say("utter_offer_declined")
        return back_to_flow(turn)


def _offer(turn: Turn) -> Offer | None:
    """The offer that was tapped, if it was made to somebody of this address or conversation."""
    offer = turn.services.waitlist.offer_of(turn.tapped.get("offer", ""))
    people = {each.id for each in turn.services.patients.at_address(turn.conversation.address)}
    people.add(turn.conversation.patient_id or "")
    return offer if offer is not None and offer.patient_id in people else None
