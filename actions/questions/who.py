"""Who is it? Asked where the address leads to nobody, or to a family."""

from collections.abc import Sequence
from datetime import date

from actions.flow import FlowOver, Question
from actions.turn import Turn
from clinic.patients import Patient
from understanding.names import read_person
from understanding.services import match_services

TRIES = 3


class Who(Question):
    """The patient, by name and birth date. Nothing private is told before."""

    slot = "patient_name"
    open_ended = True

    def __init__(self, *, registers: bool = False, meanwhile: Sequence[Question] = ()) -> None:
        """meanwhile: what a patient may tell instead of, or beside, who it is."""
        self._registers = registers
        self._meanwhile = meanwhile

    def prefill(self, turn: Turn) -> None:
        """Only a message with a birth date tells who writes; a name alone may be anything."""
        if read_person(turn.text, turn.language, turn.now.date()).birth_date:
            self.read(turn)

    def answered(self, turn: Turn) -> bool:
        """Known by the address, or identified in this conversation."""
        return turn.conversation.patient_id is not None

    def ask(self, turn: Turn) -> None:
        """Asks for what is missing: both, the name alone, or the birth date alone."""
        if turn.slot("registering"):
            turn.say("utter_ask_register", name=str(turn.slot("patient_name")))
        elif not turn.slot("patient_name") and not turn.slot("birth_date"):
            turn.say("utter_ask_who")
        elif not turn.slot("birth_date"):
            turn.say("utter_ask_birth_date", name=str(turn.slot("patient_name")))
        else:
            turn.say("utter_ask_name")

    def read(self, turn: Turn) -> bool:
        """Reads a name, a birth date or both; looks the patient up once both are there."""
        if turn.slot("registering") and turn.intent in {"affirm", "deny"}:
            return self._register(turn)
        beside = self._told_meanwhile(turn)
        if not self._take(turn):
            return beside
        name, born = turn.slot("patient_name"), turn.slot("birth_date")
        if name and born:
            self._look_up(turn, str(name), date.fromisoformat(str(born)))
        return True

    def _told_meanwhile(self, turn: Turn) -> bool:
        """ "It is for dermatology": not who it is, and not to be forgotten."""
        if not self._meanwhile or not _names_a_service(turn):
            return False
        for question in self._meanwhile:
            question.prefill(turn)
        return True

    def _register(self, turn: Turn) -> bool:
        """A new patient, once the patient has seen name and birth date and said yes."""
        name, born = (
            str(turn.slot("patient_name")),
            date.fromisoformat(str(turn.slot("birth_date"))),
        )
        turn.keep(patient_name=None, birth_date=None, registering=None)
        if turn.intent == "affirm":
            address = turn.conversation.address
            patients = turn.services.patients
            turn.identify(patients.register(name, born, turn.language, address))
        return True

    def _take(self, turn: Turn) -> bool:
        today = turn.now.date()
        person = read_person(turn.text, turn.language, today)
        if not person.birth_date and (turn.slot("registering") or _names_a_service(turn)):
            return False  # "dermatología" is nobody's name
        if person.name:
            turn.keep(patient_name=person.name)
        if person.birth_date:
            turn.keep(birth_date=person.birth_date.isoformat())
        found = self._in_family(turn, person.birth_date)
        if found and not turn.slot("patient_name"):
            turn.keep(patient_name=found.name)
        return bool(person.name or person.birth_date)

    def _in_family(self, turn: Turn, born: date | None) -> Patient | None:
        """On a shared phone a birth date alone may tell one from the other, when it is heard."""
        if born is None or not turn.spoken:
            return None
        family = _at_address(turn)
        matching = [patient for patient in family if patient.birth_date == born]
        return matching[0] if len(matching) == 1 else None

    def _look_up(self, turn: Turn, name: str, born: date) -> None:
        matching = turn.services.patients.named(name, born)
        if len(matching) == 1:
            turn.identify(matching[0])
            turn.keep(patient_name=None, birth_date=None, identity_tries=0)
            turn.say("utter_identified", name=matching[0].first_name)
            return
        if self._registers and not matching:
            turn.keep(registering=True)
            return
        tries = int(turn.slot("identity_tries") or 0) + 1
        turn.keep(patient_name=None, birth_date=None, registering=None, identity_tries=tries)
        if tries >= TRIES:
            turn.services.conversations.hand_off(turn.conversation.id, "identity", turn.now)
            turn.say("utter_identity_to_person")
            raise FlowOver
        turn.say("utter_identity_unknown")


def _at_address(turn: Turn) -> list[Patient]:
    return list(turn.services.patients.at_address(turn.conversation.address))


def _names_a_service(turn: Turn) -> bool:
    services = turn.services.catalogue.services()
    return match_services(turn.text, turn.language, services).outright
