"""Which service, and at which branch?"""

import re
from collections.abc import Sequence
from typing import Final

from actions import visits
from actions.flow import FLOWS, VERY_SURE, FlowOver, Question, comes_back
from actions.turn import Turn
from clinic.catalogue import Branch, Service
from conversations.answers import NOT_OFFERED
from conversations.meaning import payload_of
from conversations.model import Choice
from understanding.places import asks_for_nearest, find_branch, nearest_branch
from understanding.service_words import BACKGROUND, GENERIC, STOPWORDS
from understanding.services import ServiceMatch, match_services
from understanding.words import bare, word_set, words

MOST = 8
ASKS_WHAT: Final = "ask_services"
_PRICE_OF: Final = re.compile(
    r"\b(?:cuestan?|custam?|precio|preco|costo|custo|price|cost|much)"
    r"(?: (?:del?|d[aeo]s?|of|for|is|are|an?|the|el|l[ao]s?|o|um|uma|una?|hacer|fazer))+ (.+)"
)
_AROUND_A_BRANCH: Final = STOPWORDS | word_set(
    "branch cidade ciudad favor filial mejor please quero quiero sede sucursal unidade"
)
_POINTING: Final = word_set(
    "that this these those btw by way then there here eso esa ese esto esta este esos esas pues "
    "entonces ahi alli aqui isso isto essa esse entao ali aquilo aquello"
)
_NAMES_NOTHING: Final = STOPWORDS | GENERIC | BACKGROUND | _POINTING

SLOTS = ("service_among", "service_near", "service_asked", "nearest")
"""The dialogue slots in which these questions remember what they asked."""

_WANTED: Final = "wanted"
_ASKED: Final = "asked"


class WhichService(Question):
    """Holds a service's code. Matched against the catalogue as it is now."""

    open_ended = False

    def __init__(
        self,
        slot: str,
        response: str,
        *,
        of_next_visit: bool = False,
        branch_slot: str | None = None,
    ) -> None:
        """branch_slot: where a branch is kept that is named instead of a service."""
        self.slot = slot
        self._response = response
        self._of_next_visit = of_next_visit
        self._branch_slot = branch_slot

    def prefill(self, turn: Turn) -> None:
        """Takes the service that the first message names; or that of the next visit."""
        if "service" in turn.tapped:
            turn.keep(**{self.slot: turn.tapped["service"]})
            return
        match = self._match(turn)
        if match.candidates:
            self._take(turn, match)
        elif asks_for_the_unknown(turn.text):
            turn.keep(service_asked=True)
        elif self._of_next_visit and (coming := visits.upcoming(turn)):
            turn.keep(**{self.slot: coming[0].service})

    def answered(self, turn: Turn) -> bool:
        """Whether one service is meant."""
        return turn.slot(self.slot) is not None

    def ask(self, turn: Turn) -> None:
        """Asks for it; where the words fit several, asks which of them."""
        among = turn.slot("service_among") or []
        choices = [self._choice(turn, turn.services.catalogue.service(code)) for code in among]
        if choices and turn.slot("service_near"):
            turn.say("utter_did_you_mean", choices)
        elif choices:
            turn.say("utter_which_of_these", choices)
        elif self._just_asked(turn) and not self._branch_named(turn):
            turn.say("utter_service_unknown")
        else:
            turn.say(self._response)
        turn.keep(service_asked=True)

    def read(self, turn: Turn) -> bool:
        """A tapped service, or words that name one; what the clinic does not do is said."""
        if "service" in turn.tapped:
            turn.keep(**{self.slot: turn.tapped["service"]}, service_among=None)
            return True
        among = self._still_meant(turn) or ()
        told_apart = _told_apart(turn, among)
        if told_apart:
            turn.keep(**{self.slot: told_apart.code}, service_among=None, service_near=None)
            return True
        if branch := self._branch_named(turn):
            turn.keep(**{str(self._branch_slot): branch.code})
            return True
        match = self._match(turn, among)
        if not match.candidates:
            match = self._match(turn)
        if match.candidates:
            self._take(turn, match)
            return True
        if turn.intent == "deny":
            turn.keep(service_among=None)
            turn.say("utter_service_unknown")
            raise FlowOver
        return False

    def claims(self, turn: Turn) -> bool:
        """A bare "dermatology" sounds like asking what the clinic does, and is the answer."""
        if turn.intent in FLOWS or (turn.confidence >= VERY_SURE and turn.intent != ASKS_WHAT):
            return False
        return self._match(turn).outright

    @staticmethod
    def _just_asked(turn: Turn) -> bool:
        return bool(turn.text and turn.slot("service_asked")) and not comes_back(turn)

    def _branch_named(self, turn: Turn) -> Branch | None:
        """The branch that is named instead of a service."""
        return _only_branch(turn) if self._branch_slot else None

    def _still_meant(self, turn: Turn) -> Sequence[Service] | None:
        among = turn.slot("service_among")
        return [turn.services.catalogue.service(code) for code in among] if among else None

    def _match(self, turn: Turn, among: Sequence[Service] | None = None) -> ServiceMatch:
        services = among or turn.services.catalogue.services()
        return match_services(turn.text, turn.language, services)

    def _take(self, turn: Turn, match: ServiceMatch) -> None:
        codes = [each.code for each in match.candidates][:MOST]
        if len(codes) == 1 and not match.near:
            turn.keep(**{self.slot: codes[0]}, service_among=None, service_near=None)
        elif match.ambiguous or match.near:
            turn.keep(service_among=codes, service_near=match.near)
        else:
            turn.keep(**{self.slot: codes[0]}, service_among=None, service_near=None)

    def _choice(self, turn: Turn, service: Service) -> Choice:
        return Choice(service.name(turn.language), payload_of("choose", service=service.code))


class WhichBranch(Question):
    """Holds a branch's code. Taken for granted where the service is done at one branch only."""

    open_ended = False

    def __init__(self, slot: str, service_slot: str, *, anywhere: bool = False) -> None:
        """anywhere: also a branch is an answer where the service is not done."""
        self.slot = slot
        self._service_slot = service_slot
        self._anywhere = anywhere

    def prefill(self, turn: Turn) -> None:
        """Takes the branch that the first message names, or that of the patient's next visit."""
        if "branch" in turn.tapped:
            turn.keep(**{self.slot: turn.tapped["branch"]})
            return
        named = find_branch(turn.text, turn.services.catalogue.branches()) if turn.text else None
        if named:
            turn.keep(**{self.slot: named.code})
            return
        if asks_for_nearest(turn.text):
            turn.keep(nearest=_WANTED)
            return
        coming = visits.upcoming(turn)
        if coming and self._is_done_at(turn, coming[0].branch):
            turn.keep(**{self.slot: coming[0].branch})

    def answered(self, turn: Turn) -> bool:
        """Whether a branch is chosen where the service is done; a single possible one is."""
        branch = turn.slot(self.slot)
        return branch is not None and (self._anywhere or self._is_done_at(turn, str(branch)))

    def ask(self, turn: Turn) -> None:
        """Asks among the branches where the service is done, unless the last answer named one.

        Raises FlowOver for a service that is done nowhere any more, as an old button may name it.
        """
        branches = self._possible(turn)
        if not branches:
            turn.say(NOT_OFFERED)
            raise FlowOver
        choices = [_branch_choice(each) for each in branches]
        chosen = turn.slot(self.slot)
        if chosen is not None:
            catalogue = turn.services.catalogue
            service = catalogue.service(str(turn.slot(self._service_slot))).name(turn.language)
            here = catalogue.branch(str(chosen)).name
            turn.say("utter_not_at_branch", choices, service=service, branch=here)
            turn.keep(**{self.slot: None})
            return
        named = find_branch(turn.text, branches) if turn.text and not comes_back(turn) else None
        if named or len(branches) == 1:
            turn.keep(**{self.slot: (named or branches[0]).code})
            return
        if turn.slot("nearest") == _WANTED:
            turn.say("utter_ask_where", choices)
            turn.keep(nearest=_ASKED)
            return
        turn.say("utter_which_branch", choices)

    def read(self, turn: Turn) -> bool:
        """A tapped branch, a named one, or the nearest to a shared place."""
        if "branch" in turn.tapped:
            turn.keep(**{self.slot: turn.tapped["branch"]})
            return True
        if "location" in turn.tapped:
            return self._take_nearest(turn)
        named = find_branch(turn.text, turn.services.catalogue.branches())
        if named:
            turn.keep(**{self.slot: named.code})
        elif asks_for_nearest(turn.text):
            turn.keep(nearest=turn.slot("nearest") or _WANTED)
            return True
        return named is not None

    def claims(self, turn: Turn) -> bool:
        """ "Guadalajara", "which is nearest?": these sound like asking where the clinic is."""
        if turn.intent in FLOWS:
            return False
        return asks_for_nearest(turn.text) or _only_branch(turn) is not None

    def _take_nearest(self, turn: Turn) -> bool:
        """Of the branches where the service is done, the nearest to the shared place."""
        place = shared_place(turn)
        nearest = nearest_branch(*place, self._possible(turn)) if place else None
        if nearest is not None:
            turn.keep(**{self.slot: nearest[0].code})
        return nearest is not None

    def _is_done_at(self, turn: Turn, branch: str) -> bool:
        """Whether the service is done there; as long as none is chosen, it may be."""
        return not turn.slot(self._service_slot) or branch in {
            each.code for each in self._possible(turn)
        }

    def _possible(self, turn: Turn) -> list[Branch]:
        catalogue = turn.services.catalogue
        service = catalogue.service(str(turn.slot(self._service_slot)))
        return [each for each in catalogue.branches() if each.code in service.branches]


def shared_place(turn: Turn) -> tuple[float, float] | None:
    """Latitude and longitude in degrees of the place that the patient shared; None for none."""
    latitude, _, longitude = turn.tapped.get("location", "").partition(",")
    try:
        return float(latitude), float(longitude)
    except ValueError:
        return None


def _only_branch(turn: Turn) -> Branch | None:
    """The branch that is all the message names."""
    branch = find_branch(turn.text, turn.services.catalogue.branches()) if turn.text else None
    if branch is None:
        return None
    names = (branch.name, branch.city, branch.district, *branch.aliases)
    known = set(words(" ".join(names))) | _AROUND_A_BRANCH
    return branch if set(words(turn.text)) <= known else None


def _branch_choice(branch: Branch) -> Choice:
    return Choice(branch.name, payload_of("choose", branch=branch.code), branch.city)


def asks_for_the_unknown(text: str) -> bool:
    """Whether the price of something is asked for, and not merely "what does it cost"."""
    asked = _PRICE_OF.search(bare(text))
    return asked is not None and bool(set(words(asked[1])) - _NAMES_NOTHING)


def _told_apart(turn: Turn, among: Sequence[Service]) -> Service | None:
    """The one of them that has a word said which no other has: "the one of 12"."""
    said = set(words(turn.text)) - STOPWORDS
    names = {each.code: set(words(each.name(turn.language))) for each in among}
    fitting = [each for each in among if said & names[each.code]]
    marked = [
        each
        for each in fitting
        if said & names[each.code] - set().union(*(names[o.code] for o in among if o is not each))
    ]
    return marked[0] if len(marked) == 1 else None
