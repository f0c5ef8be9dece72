"""Two wishes in one message ("confirmo, y ¿cuánto cuesta el ultrasonido?"), told apart.

A message is split only where both halves are clearly wishes of their own and the two go together:
"no puedo el jueves, ¿tienen el viernes?" is one wish told in two sentences. Half a message misread
is worse than a second wish overheard, so doubt leaves the message whole.
"""

import re
from typing import FrozenSet, List, NamedTuple, Optional, Sequence, Text, Tuple

Reading = Tuple[Text, float]
"""An intent and how sure the engine is of it, 0 to 1."""

CHANGES: FrozenSet[Text] = frozenset({
    "confirm_appointment", "cancel_appointment", "reschedule_appointment", "book_appointment",
    "join_waitlist", "check_appointment",
})  # fmt: skip
QUESTIONS: FrozenSet[Text] = frozenset({
    "ask_price", "ask_preparation", "ask_hours", "ask_location", "ask_services", "ask_results",
    "ask_payment",
})  # fmt: skip
ANSWERS: FrozenSet[Text] = frozenset({"affirm", "deny"})
# Two changes are two wishes only where no one change says both: "cancel it and book me Friday"
# is a reschedule.
_PAIRS = frozenset({
    frozenset({"confirm_appointment", "cancel_appointment"}),
    frozenset({"confirm_appointment", "book_appointment"}),
    frozenset({"cancel_appointment", "join_waitlist"}),
})  # fmt: skip
# "On Friday, do you have anything?" asks for a time to come, not for the opening hours; "do you do
# mammograms and how much" is answered by the price, which tells where it is done.
_ONE_WISH = frozenset({
    frozenset({"reschedule_appointment", "ask_hours"}),
    frozenset({"book_appointment", "ask_hours"}),
    frozenset({"ask_services", "ask_price"}),
})  # fmt: skip
_SEAM = re.compile(
    r"\s*[,.;:!?¿¡\n]+\s*(?:(?:y|e|and|además|ademas|también|tambien|também|tambem|also|pero|mas"
    r"|but)\b\s*)?|\s+(?:y|e|and|además|ademas|también|tambien|também|tambem|also)\s+",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^[\s¡]*(?:(?:hola+|buen[oa]s?(?:\s+(?:d[ií]as?|tardes|noches))?|oi+|ol[áa]|bom\s+dia|boa\s+(?:tarde|noite)"
    r"|(?:hi+|hello|hey)(?:\s+there)?|good\s+(?:morning|afternoon|evening))\b[\s,.!¡]*)+",
    re.IGNORECASE,
)
# How sure each half must be (benchmarks/intents.py counts what is split wrongly).
_SURE_OF_CHANGE = 0.9
_SURE_OF_PAIR = 0.95
_SURE_OF_QUESTION = 0.6
_SURE_OF_QUESTIONS = 0.85
_LONGEST_ANSWER = 4
_MOST_SEAMS = 6
_FEWEST_WORDS = 4


class Seam(NamedTuple):
    """A place where a message may fall into two."""

    left: Text
    right: Text


def seams(text: Text) -> List[Seam]:
    """Every place where the message could be two, in order; none in a short one."""
    text = _GREETING.sub("", text)  # "hello" is neither a wish nor a part of one
    if len(text.split()) < _FEWEST_WORDS:
        return []
    found = [
        Seam(text[: at.start()].strip(), text[at.end() :].strip()) for at in _SEAM.finditer(text)
    ]
    whole = [seam for seam in found if seam.left and len(seam.right.split()) > 1]
    return whole if len(whole) <= _MOST_SEAMS else []


class Wishes(NamedTuple):
    """Two wishes in the order in which they are served.

    What changes something comes before what only asks (`second_asks`), so that no question of ours
    can keep it from being done.
    """

    first: Text
    second: Text
    second_asks: bool


def tell_apart(places: Sequence[Seam], readings: Sequence[Reading]) -> Optional[Wishes]:
    """The two wishes of a message with those seams, or None where there is but one.

    readings: of the left and the right half of each seam, in order.
    """
    best, most = None, 0.0
    for seam, left, right in zip(places, readings[::2], readings[1::2], strict=True):
        sure = min(left[1], right[1])
        if sure > most and _are_two(seam, left, right):
            turned = right[0] in CHANGES and left[0] in QUESTIONS
            first, second = (seam.right, seam.left) if turned else (seam.left, seam.right)
            best = Wishes(first, second, turned or right[0] in QUESTIONS)
            most = sure
    return best


def _are_two(seam: Seam, left: Reading, right: Reading) -> bool:
    (first, _), (second, _) = left, right
    pair = frozenset({first, second})
    sure = min(left[1], right[1])
    if len(pair) == 1 or pair in _ONE_WISH:
        return False
    if pair in _PAIRS:
        return sure >= _SURE_OF_PAIR
    if pair <= QUESTIONS:
        return sure >= _SURE_OF_QUESTIONS
    asked = left if first in QUESTIONS else right
    other = right if asked is left else left
    if asked[0] not in QUESTIONS or asked[1] < _SURE_OF_QUESTION:
        return False
    if first in ANSWERS:
        return other[1] >= _SURE_OF_PAIR and len(seam.left.split()) <= _LONGEST_ANSWER
    return other[0] in CHANGES and other[1] >= _SURE_OF_CHANGE
