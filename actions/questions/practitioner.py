"""With whom? Never asked: a practitioner is taken when the patient names one."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from actions.turn import Turn
from clinic.catalogue import Practitioner
from conversations import wording
from understanding.places import find_branch, practitioner_asked_for, unknown_practitioner
from understanding.services import match_services
from understanding.words import bare

HORIZON = timedelta(days=45)
MOST_DAYS = 5
_ANYONE: Final = re.compile(
    r"\b(?:cualquiera|cualquier (?:doctora?|medico)|quien sea|qualquer (?:um|uma|medico|doutora?)"
    r"|any(?:one|body)|any (?:doctor|one))\b"
)


def take(turn: Turn, words: str, branch: str | None) -> bool:
    """Keeps who is asked for; says so where nobody is called so. False where nobody is named."""
    if turn.slot("practitioner") and _ANYONE.search(bare(words)):
        turn.keep(practitioner=None, shown_from=None)
        return True
    person = named(turn, words, branch)
    if person is not None:
        turn.keep(practitioner=person.code, shown_from=None)
    return person is not None


def take_with_place(turn: Turn, service_slot: str, branch_slot: str) -> None:
    """Whoever is named or tapped sees patients at one branch, and mostly for one thing."""
    catalogue = turn.services.catalogue
    tapped = turn.tapped.get("practitioner")
    person = catalogue.practitioner(tapped) if tapped else named(turn, turn.text)
    if person is None:
        return
    turn.keep(practitioner=person.code)
    if find_branch(turn.text, catalogue.branches()) is None:
        turn.keep(**{branch_slot: person.branch})
    does = consults(turn, person)
    if len(does) == 1 and not _names_a_service(turn):
        turn.keep(**{service_slot: does[0]})


def asked_for(turn: Turn) -> bool:
    """Whether the message names somebody, or gives up who was asked for: "anyone"."""
    gives_up = turn.slot("practitioner") and _ANYONE.search(bare(turn.text))
    return bool(gives_up) or named(turn, turn.text) is not None


def named(turn: Turn, words: str, branch: str | None = None) -> Practitioner | None:
    """Who is named in the words; of two of one name the one at the branch."""
    if not words:
        return None
    catalogue = turn.services.catalogue
    here = catalogue.practitioners(branch) if branch else ()
    return practitioner_asked_for(words, here) or practitioner_asked_for(
        words, catalogue.practitioners()
    )


def tell_unknown(turn: Turn, words: str, others: Sequence[Practitioner]) -> bool:
    """Says that nobody has the name which stands after a title; False where none does."""
    catalogue = turn.services.catalogue
    name = unknown_practitioner(words, catalogue.practitioners())
    if name is None or not others:
        return False
    services = match_services(name, turn.language, catalogue.services())
    if services.outright or find_branch(name, catalogue.branches()):
        return False  # "doctor general", "el doctor de Roma"
    turn.say("utter_practitioner_unknown", name=name, others=_names(others))
    return True


def check(turn: Turn, service: str, branch: str) -> None:
    """Gives up a practitioner who does not do the service at the branch, and says so."""
    catalogue = turn.services.catalogue
    code = turn.slot("practitioner")
    if code is None:
        return
    person = catalogue.practitioner(str(code))
    if person.branch == branch and service in person.services:
        return
    turn.keep(practitioner=None)
    others = who_do(turn, service, branch)
    if not others:
        return
    turn.say(
        "utter_practitioner_elsewhere",
        practitioner=called(person),
        place=catalogue.branch(person.branch).name,
        service=catalogue.service(service).name(turn.language),
        branch=catalogue.branch(branch).name,
        others=_names(others),
    )


def who_do(turn: Turn, service: str, branch: str) -> list[Practitioner]:
    """Who does the service at the branch."""
    people = turn.services.catalogue.practitioners(branch)
    return [each for each in people if service in each.services]


def consults(turn: Turn, person: Practitioner) -> list[str]:
    """The codes of the consults that the practitioner gives."""
    return [
        each.code
        for each in turn.services.catalogue.services()
        if each.kind == "consult" and each.code in person.services
    ]


def called(person: Practitioner) -> str:
    """A practitioner as patients know them: "Dra. Pérez"."""
    return f"{person.title} {person.name}".strip()


def tell_days(turn: Turn) -> bool:
    """Answers when somebody works, by the days with free times; False where nobody is named."""
    person = named(turn, turn.text)
    if person is None:
        everybody = turn.services.catalogue.practitioners()
        return tell_unknown(turn, turn.text, [each for each in everybody if each.title])
    branch = turn.services.catalogue.branch(person.branch)
    slots = [
        slot
        for service in consults(turn, person)
        for slot in turn.services.schedule.free_slots(
            service,
            branch.code,
            turn.now,
            turn.now + HORIZON,
            practitioner=person.code,
            limit=None,
        )
    ]
    days = sorted({slot.start.astimezone(branch.zone).date() for slot in slots})[:MOST_DAYS]
    if not days:
        turn.say("utter_no_times")
        return True
    turn.say(
        "utter_practitioner_days",
        practitioner=called(person),
        branch=branch.name,
        days=", ".join(wording.day(each, turn.language) for each in days),
        code=person.code,
    )
    return True


def _names_a_service(turn: Turn) -> bool:
    services = turn.services.catalogue.services()
    return match_services(turn.text, turn.language, services).outright


def _names(people: Sequence[Practitioner]) -> str:
    return ", ".join(called(each) for each in people)
