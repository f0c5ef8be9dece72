"""Sentences as directions: those that mean the same point the same way.

Of the two encoders only the first: for telling sentences apart without having learnt intents it is
the better one (`python -m benchmarks.grouping`).
"""

import asyncio
from typing import Any, List, Sequence, Text

import numpy as np

from bot.encoders import LONGEST, encode

MOST = 32
# So many numbers of a vector come from the first encoder.
_FIRST = 512
_DIGITS = 4


class BadTexts(ValueError):
    """What was sent are no texts to encode; the text says what is wrong."""


def read_texts(body: Any) -> List[Text]:
    """The texts of ``{"texts": [...]}``, each cut where encoders do. Raises BadTexts."""
    texts = body.get("texts") if isinstance(body, dict) else None
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        raise BadTexts("texts must be a list of texts")
    if len(texts) > MOST:
        raise BadTexts(f"at most {MOST} texts at once")
    return [each[:LONGEST] for each in texts]


async def vectors_of(texts: Sequence[Text]) -> List[List[float]]:
    """A vector of length 1 a text. Between two texts whatever waits has its turn: a patient's turn
    waits for one text at most."""
    found = []
    for text in texts:
        found.append(_vector(text))
        await asyncio.sleep(0)
    return found


def _vector(text: Text) -> List[float]:
    vector = encode([text])[0, :_FIRST]
    length = float(np.linalg.norm(vector)) or 1.0
    rounded: List[float] = np.round(vector / length, _DIGITS).tolist()
    return rounded
