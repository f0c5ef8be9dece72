"""The clinic itself: when it is open, where it is, what it does."""

from collections.abc import Sequence
from itertools import groupby

from babel.dates import get_day_names
from rasa_sdk.events import EventType, FollowupAction

from actions import visits
from actions.action import BotAction, back_to_flow
from actions.ask_price import asks_price_there
from actions.questions.practitioner import tell_days
from actions.questions.service import shared_place
from actions.turn import Turn
from clinic.catalogue import Branch, OpenHours
from clinic.languages import Language
from understanding.places import find_branch, nearest_branch
from understanding.services import match_services

MOST_SERVICES = 12


def _meant(turn: Turn) -> Sequence[Branch]:
    """The branch that is named, else that of the next visit, else all."""
    catalogue = turn.services.catalogue
    named = find_branch(turn.text, catalogue.branches()) if turn.text else None
    if named:
        return [named]
    coming = visits.upcoming(turn)
    return [catalogue.branch(coming[0].branch)] if coming else catalogue.branches()


class TellHours(BotAction):
    """When the branch is open."""

    action = "action_tell_hours"

    def act(self, turn: Turn) -> list[EventType]:
        """One line a branch; or the days of the practitioner who is named."""
        if tell_days(turn):
            return back_to_flow(turn)
        lines = [f"{each.name}: {opening(each.hours, turn.language)}" for each in _meant(turn)]
        turn.say("utter_hours", hours="\n".join(lines))
        return back_to_flow(turn)


class TellLocation(BotAction):
    """Where the branch is."""

    action = "action_tell_location"

    def act(self, turn: Turn) -> list[EventType]:
        """One line a branch; "and at Roma?" after a price asks for the price there."""
        if asks_price_there(turn):
            return [FollowupAction("price_form")]
        if tell_days(turn):
            return back_to_flow(turn)
        lines = [f"{each.name}: {each.address}, {each.city}" for each in _meant(turn)]
        turn.say("utter_location", addresses="\n".join(lines))
        return back_to_flow(turn)


class TellNearestBranch(BotAction):
    """The branch nearest to the place that the patient shared."""

    action = "action_tell_nearest_branch"

    def act(self, turn: Turn) -> list[EventType]:
        """Name and address of the nearest."""
        here = shared_place(turn)
        if here is None:
            turn.say("utter_not_understood")
            return back_to_flow(turn)
        nearest = nearest_branch(*here, turn.services.catalogue.branches())
        if nearest is None:
            return TellLocation(self.services).act(turn)
        branch, _ = nearest
        address = f"{branch.address}, {branch.city}"
        turn.say("utter_nearest_branch", branch=branch.name, address=address)
        return back_to_flow(turn)


class TellServices(BotAction):
    """What the clinic does."""

    action = "action_tell_services"

    def act(self, turn: Turn) -> list[EventType]:
        """Some names of each kind; whoever asks for a certain one hears of that one."""
        if asks_price_there(turn):
            return [FollowupAction("price_form")]
        if tell_days(turn):
            return back_to_flow(turn)
        services = turn.services.catalogue.services()
        named = match_services(turn.text, turn.language, services)
        if named.outright and not back_to_flow(turn):
            return [FollowupAction("price_form")]
        consults = [each.name(turn.language) for each in services if each.kind == "consult"]
        studies = [each.name(turn.language) for each in services if each.kind == "study"]
        half = MOST_SERVICES // 2
        turn.say(
            "utter_services",
            consults=", ".join(consults[:half]),
            studies=", ".join(studies[:half]),
        )
        return back_to_flow(turn)


class TellPayment(BotAction):
    """How to pay."""

    action = "action_tell_payment"

    def act(self, turn: Turn) -> list[EventType]:
        """The same at every branch."""
        turn.say("utter_payment")
        return back_to_flow(turn)


def opening(hours: Sequence[OpenHours], language: Language) -> str:
    """The opening hours of a week, equal days together: "lun-vie 08:00-20:00, sáb 08:00-14:00"."""
    names = get_day_names("abbreviated", locale=language)
    spans: dict[int, list[str]] = {}
    for each in sorted(hours, key=lambda span: (span.weekday, span.opens)):
        text = f"{each.opens:%H:%M}-{each.closes:%H:%M}"
        spans.setdefault(each.weekday, []).append(text)
    days = [(day, " / ".join(spans[day])) for day in sorted(spans)]
    parts = []
    for text, group in groupby(days, key=lambda item: item[1]):
        run = [day for day, _ in group]
        first, last = (names[day].strip(".") for day in (run[0], run[-1]))
        parts.append(f"{first} {text}" if len(run) == 1 else f"{first}-{last} {text}")
    return ", ".join(parts)
