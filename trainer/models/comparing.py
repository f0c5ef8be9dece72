"""Two models beside each other, message by message."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from clinic.languages import LANGUAGES
from trainer.models.figures import Reading, Truth, by_intent, difference

Kind = Literal["held_out", "labelled", "recent"]
KINDS: Final[tuple[Kind, ...]] = ("held_out", "labelled", "recent")
MOST: Final = 300
"""So many messages that are read otherwise are kept."""
_ORDER: Final = {"worse": 0, "other": 1, "better": 2}


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that both models are asked. intent: what it means; None where nobody knows.

    kind: of the set that never trains, decided by trainers, or just said by patients (masked).
    id: of the message, where a patient said it.
    """

    kind: Kind
    text: str
    language: str
    intent: str | None
    id: str | None = None


def compare(
    asked: Sequence[Asked], before: Sequence[Reading], after: Sequence[Reading]
) -> dict[str, Any]:
    """The comparison as it is kept: figures, and the messages that are read otherwise."""
    triples = list(zip(asked, before, after, strict=True))
    held = [each for each in triples if each[0].kind == "held_out"]
    truths = [Truth(one.intent or "", one.language) for one, _, _ in held]
    old, new = [one.intent for _, one, _ in held], [one.intent for _, _, one in held]
    changed = [_message(*each) for each in triples if each[1].intent != each[2].intent]
    changed.sort(key=lambda one: (_ORDER[one["verdict"]], KINDS.index(one["kind"])))
    return {
        "held_out": {
            name: asdict(
                difference(
                    [
                        (was == truth.intent, is_now == truth.intent)
                        for truth, was, is_now in zip(truths, old, new, strict=True)
                        if truth.language in chosen
                    ]
                )
            )
            for name, chosen in (("all", LANGUAGES), *((one, (one,)) for one in LANGUAGES))
            if any(truth.language in chosen for truth in truths)
        },
        "intents": {name: asdict(each) for name, each in by_intent(truths, old, new).items()},
        "sets": {kind: _counts(kind, asked, changed, before, after) for kind in KINDS},
        "messages": changed[:MOST],
        "left_out": max(0, len(changed) - MOST),
    }


def _message(asked: Asked, before: Reading, after: Reading) -> dict[str, Any]:
    verdict = "other"
    if asked.intent in {before.intent, after.intent}:
        verdict = "better" if asked.intent == after.intent else "worse"
    return {
        "id": asked.id,
        "kind": asked.kind,
        "verdict": verdict,
        "language": asked.language,
        "text": asked.text,
        "intent": asked.intent,
        "before": list(before),
        "after": list(after),
    }


def _counts(
    kind: Kind,
    asked: Sequence[Asked],
    changed: Sequence[dict[str, Any]],
    before: Sequence[Reading],
    after: Sequence[Reading],
) -> dict[str, int]:
    verdicts = Counter(each["verdict"] for each in changed if each["kind"] == kind)
    own = [one.kind == kind for one in asked]
    return {
        "count": sum(own),
        "changed": verdicts.total(),
        "better": verdicts["better"],
        "worse": verdicts["worse"],
        "asked_back_before": sum(each.asks for each, mine in zip(before, own, strict=True) if mine),
        "asked_back_after": sum(each.asks for each, mine in zip(after, own, strict=True) if mine),
    }
