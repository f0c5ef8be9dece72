"""What does it cost? Service, branch and plan, from the price list of this moment."""

import re
from typing import Final

from rasa_sdk.events import EventType

from actions.action import BotAction, back_to_flow
from actions.flow import Flow
from actions.questions.service import SLOTS, WhichBranch, WhichService, asks_for_the_unknown
from actions.told import in_hand, just_told
from actions.turn import Turn
from understanding.named import plan_named
from understanding.places import find_branch
from understanding.services import match_services
from understanding.words import bare

PUBLIC = "public"
SHORT = 6
_AND_THERE: Final = re.compile(r"(?:y|e|and|what about|how about|que tal)\b")
_OTHER: Final = re.compile(r"\b(?:otr[ao]s?|outr[ao]s?|others?|another|precios|precos|prices)\b")


class AskPriceFlow(Flow):
    """Asks which service and at which branch; a plan is taken when it is named."""

    form = "price_form"
    intent = "ask_price"
    aside = True
    slots = ("price_service", "price_branch", "price_plan", *SLOTS)
    questions = (
        WhichService("price_service", "utter_ask_service_to_price"),
        WhichBranch("price_branch", "price_service", anywhere=True),
    )

    def begin(self, turn: Turn) -> None:
        """A plan named on the way, or tapped; and what was just told of, if nothing is named."""
        plan = turn.tapped.get("plan") or plan_named(turn.text, turn.services.catalogue.plans())
        turn.keep(price_plan=plan)
        told = in_hand(turn) or just_told(turn)
        if told is None or not turn.text or _names_something_else(turn):
            return
        there = find_branch(turn.text, turn.services.catalogue.branches())
        if told.by == "action_tell_price":
            if there is None and plan is None:
                return  # another price is asked for, not the same again
            turn.keep(price_plan=plan or turn.tracker.get_slot("price_plan"))
        turn.keep(price_service=told.service)
        if there is None and told.branch:
            turn.keep(price_branch=told.branch)


class TellPrice(BotAction):
    """Quotes, with taxes, until when it holds, and how to prepare."""

    action = "action_tell_price"

    def act(self, turn: Turn) -> list[EventType]:
        """Reads the price at this moment and keeps what was told."""
        service, branch = turn.slot("price_service"), turn.slot("price_branch")
        if not service or not branch:
            return back_to_flow(turn)
        plan = str(turn.slot("price_plan") or PUBLIC)
        answer = turn.answers.price(str(service), str(branch), plan, turn.now)
        if answer.quote is not None:
            turn.services.prices.keep(answer.quote, turn.conversation.id, turn.now)
        turn.say(answer.response, answer.choices, **answer.values)
        return back_to_flow(turn)


def asks_price_there(turn: Turn) -> bool:
    """ "And at Providencia?" right after a price."""
    told = just_told(turn)
    if told is None or told.by != "action_tell_price":
        return False
    short = _AND_THERE.match(bare(turn.text)) and len(turn.text.split()) <= SHORT
    return bool(short) and find_branch(turn.text, turn.services.catalogue.branches()) is not None


def _names_something_else(turn: Turn) -> bool:
    services = turn.services.catalogue.services()
    named = match_services(turn.text, turn.language, services).candidates
    return bool(named) or asks_for_the_unknown(turn.text) or bool(_OTHER.search(bare(turn.text)))
