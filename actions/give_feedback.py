"""How a visit was: a score from 1 to 5, then what could be better, in the patient's own words."""

import re
from typing import Final

from rasa_sdk.events import EventType, FollowupAction

from actions.action import BotAction, back_to_flow
from actions.flow import FLOWS, SURE, Flow, FlowOver, Question
from actions.turn import Turn
from actions.visits import of_this_address
from clinic.appointments import Appointment
from clinic.feedback import LOW, Feedback, takes_feedback
from understanding.scores import read_score
from understanding.words import bare

ALERT: Final = "feedback"
MIDDLING: Final = 3
MOST_CHARACTERS: Final = 1000
_NOTHING: Final = frozenset({
    "no", "nada", "ninguna", "ninguno", "nenhuma", "nothing", "none", "nope", "omitir", "saltar",
    "pular", "skip", "nada mas", "nada mais", "todo bien", "tudo bem", "todo perfecto", "no se",
    "nao sei", "prefiero no", "prefiero no decirlo", "prefiro nao dizer", "rather not",
})  # fmt: skip
_VISIT: Final = r"(?:proxima |next )?(?:cita|consulta|visita|appointment|visit)\b"
_ANOTHER: Final = rf"\b(?:una|otra|nueva|uma|outra|nova|an?|another|new) {_VISIT}"
_ONE_VISIT: Final = re.compile(rf"{_ANOTHER}|\b(?:mi|minha|my) {_VISIT}")
_BOOKS: Final = re.compile(
    r"\b(?:quiero|quisiera|necesito|agend\w+|reserv\w+|quero|queria|preciso|marcar|want|need|like"
    rf"|book|schedule|make)\b.*{_ANOTHER}"
)


class WhatBetter(Question):
    """Any words, or none; a digit alone corrects the score."""

    slot = "feedback_words"
    open_ended = True

    def prefill(self, turn: Turn) -> None:
        """What was said beside the score: "2, tuve que esperar una hora"."""
        said = turn.services.conversations.message(turn.turn_id).text
        score = read_score(said)
        if score is not None and not score.alone:
            self._keep(turn, said)

    def answered(self, turn: Turn) -> bool:
        """Told, or left out."""
        return turn.slot(self.slot) is not None

    def ask(self, turn: Turn) -> None:
        """Thanks for the score in the same breath; after a side question, asks alone."""
        score = turn.changes.get("feedback_score")
        if score is None:
            turn.say("utter_feedback_words")
        elif score <= LOW:
            turn.say("utter_feedback_low")
        else:
            turn.say("utter_feedback_high" if score > MIDDLING else "utter_feedback_middling")

    def claims(self, turn: Turn) -> bool:
        """What was bad sounds like a complaint, and "more times in the afternoon" like a wish.

        Both are the answer; not so what is about a visit of the patient's own.
        """
        return turn.intent in FLOWS | {"feedback_negative"} and not _means_own_visit(turn)

    def read(self, turn: Turn) -> bool:
        """The patient's words, a wish to leave it at that, or another score."""
        if not turn.text or _means_own_visit(turn):
            return False
        corrected = self._corrected(turn)
        if corrected is not None:
            _keep_score(turn, self._visit(turn), corrected)
        elif (
            books(turn)
            or turn.intent in {"deny", "thank_you", "goodbye"}
            or bare(turn.text) in _NOTHING
        ):
            turn.keep(**{self.slot: ""})
        else:
            self._keep(turn, turn.text)
        return True

    @staticmethod
    def _corrected(turn: Turn) -> int | None:
        """Another score, in digits or stars: "all excellent" is an answer to what was asked."""
        score = read_score(turn.text)
        if score is None or not score.alone or not re.search(r"[1-5\u2b50]", turn.text):
            return None
        return score.value

    def _keep(self, turn: Turn, words: str) -> None:
        turn.services.feedbacks.add_words(self._visit(turn).id, words[:MOST_CHARACTERS])
        turn.keep(**{self.slot: words})

    @staticmethod
    def _visit(turn: Turn) -> Appointment:
        return turn.services.schedule.appointment(str(turn.slot("feedback_visit")))


class GiveFeedbackFlow(Flow):
    """Keeps the tapped score at once, and asks what could be better."""

    form = "feedback_form"
    intent = "give_feedback"
    aside = True
    slots = ("feedback_visit", "feedback_score", "feedback_words")
    questions = (WhatBetter(),)

    def begin(self, turn: Turn) -> None:
        """Keeps the score; a question that is closed explains itself."""
        visit = of_this_address(turn, turn.tapped.get("visit", ""))
        score = turn.tapped.get("score", "")
        if visit is None or score not in {"1", "2", "3", "4", "5"}:
            turn.say("utter_old_choice")
            raise FlowOver
        if not takes_feedback(visit, turn.now) or not _keep_score(turn, visit, int(score)):
            turn.say("utter_feedback_closed")
            raise FlowOver
        turn.keep(feedback_visit=visit.id)


def _means_own_visit(turn: Turn) -> bool:
    """Whether a wish is about a visit of the patient's own, and not about visits at the clinic."""
    sure = turn.intent in FLOWS and turn.confidence >= SURE
    return sure and _ONE_VISIT.search(bare(turn.text)) is not None


def books(turn: Turn) -> bool:
    """Whether the words ask for another visit, which the engine is less sure of after a score."""
    return _BOOKS.search(bare(turn.text)) is not None


class GiveFeedback(BotAction):
    """Thanks, or goes on with the visit that is asked for instead."""

    action = "action_give_feedback"

    def act(self, turn: Turn) -> list[EventType]:
        """Nothing more where the question was closed."""
        if turn.slot("feedback_visit") is None:
            return back_to_flow(turn)
        low = int(turn.slot("feedback_score")) <= LOW
        turn.keep(feedback_visit=None, feedback_score=None, feedback_words=None)
        if books(turn):
            return [*turn.events, FollowupAction("book_form")]
        turn.say("utter_feedback_thanks_low" if low else "utter_feedback_thanks")
        return [*turn.events, *back_to_flow(turn)]


def _keep_score(turn: Turn, visit: Appointment, score: int) -> bool:
    """Keeps the score, and has a person look at a low one; False where it was given before."""
    talk = turn.conversation
    feedback = Feedback(
        visit.id,
        visit.patient_id,
        visit.service,
        visit.branch,
        score,
        turn.now,
        talk.channel,
        talk.id,
    )
    if not turn.services.feedbacks.keep(feedback):
        return False
    turn.keep(feedback_score=score)
    conversations = turn.services.conversations
    if feedback.is_low:
        conversations.alert(talk.id, ALERT, turn.now)
    else:
        for each in conversations.handoffs([talk.id]):  # a slip of the finger, now corrected
            if each.reason == ALERT and each.closed_at is None:
                conversations.close_handoff(each.id, turn.now)
    return True
