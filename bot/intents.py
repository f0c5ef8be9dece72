"""The engine's intent classifier: our model, kept in Rasa's model archive."""

import logging
from importlib.metadata import version
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoders import source_fingerprint
from bot.intent_model import IntentModel

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PatientIntentClassifier(IntentClassifier, GraphComponent):
    """Names the intent of every message, with a probability for each intent there is."""

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[IntentModel] = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> List[Type]:
        """A featurizer that gives sentence vectors."""
        return [Featurizer]

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[str]:  # noqa: ARG003
        """Tells a model kept from an earlier training when the way of learning is another now."""
        files = [Path(__file__), Path(__file__).with_name("intent_model.py")]
        return f"{version('scikit-learn')} {source_fingerprint(*files)}"

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Chosen by measurement: docs/understanding-intents.md."""
        return {"encoder_weight": 1.0, "ngram_weight": 1.5, "strength": 20.0}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "PatientIntentClassifier":
        """A classifier that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> "PatientIntentClassifier":
        """The classifier as it was trained; ValueError where the archive holds none."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that carry a text and an intent, and keeps what it learnt."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        if len({e.get(INTENT) for e in examples}) < 2:
            logger.warning("fewer than two intents to tell apart: nothing learnt")
            return self._resource
        options = {name: self._config[name] for name in self.get_default_config()}
        model = IntentModel(**options)
        texts = [e.get(TEXT) for e in examples]
        model.fit(texts, _vectors(examples), [e.get(INTENT) for e in examples])
        self._model = model
        with self._storage.write_to(self._resource) as folder:
            model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Reads the training examples as it would read patients."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets the intent and the whole ranking of every message that has a text."""
        spoken = [message for message in messages if message.get(TEXT)]
        if self._model is None or not spoken:
            return messages
        texts = [message.get(TEXT) for message in spoken]
        rows = self._model.probabilities(texts, _vectors(spoken))
        for message, row in zip(spoken, rows, strict=True):
            ranking = [
                {"name": self._model.labels[at], "confidence": float(row[at])}
                for at in np.argsort(-row, kind="stable")
            ]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def _vectors(messages: List[Message]) -> np.ndarray:
    rows = [message.get_dense_features(attribute=TEXT)[1] for message in messages]
    return np.concatenate([features.features for features in rows])
