"""The engine's featurizer: sentence vectors on every message."""

from typing import Any, Callable, Dict, List, Optional, Sequence, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoders import encode, encoders_fingerprint
from bot.kept_vectors import encode_kept


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
        return encoders_fingerprint()

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,
    ) -> "SentenceEncoderFeaturizer":
        """A component without state. Loads the weights now, so that no turn waits for them."""
        encode(["hola"])
        return cls(config, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds vectors to all examples that have a text."""
        self._add(training_data.training_examples, encode_kept)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds vectors to the messages that have a text."""
        self._add(messages, encode)
        return messages

    def _add(
        self, messages: List[Message], encoding: Callable[[Sequence[Text]], np.ndarray]
    ) -> None:
        spoken = [message for message in messages if message.get(TEXT)]
        if spoken:
            vectors = encoding([message.get(TEXT) for message in spoken])
            for message, vector in zip(spoken, vectors, strict=True):
                self.add_features_to_message(None, vector[np.newaxis, :], TEXT, message)
