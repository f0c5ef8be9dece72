"""Measuring a classifier: read from its archive, or fitted on some examples and asked the rest."""

import tarfile
import tempfile
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Sequence, Text, Tuple

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from bot.intent_model import IntentModel

FOLDS = 5
# Examples this close in meaning, mostly each other's translations, stay on one side of a split:
# otherwise the Spanish sentence would be asked of a model that learnt the Portuguese one.
SAME_MEANING = 0.8
FIRST_ENCODER = slice(0, 512)


class Example(NamedTuple):
    """What a patient may write, what is meant by it, and in which language it is."""

    text: str
    intent: str
    language: str


def load_archive(archive: Path) -> IntentModel:
    """The classifier of a model archive; ValueError where it holds none."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as packed:
        for member in packed.getmembers():
            name = Path(member.name).name
            file = packed.extractfile(member) if "PatientIntentClassifier" in member.name else None
            if file:
                (Path(folder) / name).write_bytes(file.read())
        model = IntentModel.load(Path(folder))
    if model is None:
        raise ValueError(f"{archive.name} holds no classifier of intents")
    return model


def read_thresholds(config: Path) -> Tuple[float, float]:
    """Below the first the engine asks back, and when the two best are closer than the second."""
    pipeline: List[Dict[Text, Any]] = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    asks = next(part for part in pipeline if part["name"] == "FallbackClassifier")
    return float(asks["threshold"]), float(asks["ambiguity_threshold"])


def readings(
    model: IntentModel, texts: Sequence[Text], vectors: np.ndarray, thresholds: Tuple[float, float]
) -> Iterator[Tuple[Text, float, bool]]:
    """Of each text its best intent, how sure that is, and whether the engine would ask back."""
    for row in model.probabilities(texts, vectors):
        second, first = row.argsort()[-2:]
        asks = row[first] < thresholds[0] or row[first] - row[second] < thresholds[1]
        yield model.labels[first], round(float(row[first]), 4), bool(asks)


def meanings(examples: Sequence[Any], vectors: np.ndarray) -> np.ndarray:
    """A number a meaning: examples that are close to each other, directly or in a row, share it."""
    unit = vectors[:, FIRST_ENCODER]
    intents = np.unique([e.intent for e in examples], return_inverse=True)[1]
    close = (unit @ unit.T >= SAME_MEANING) & (intents[:, None] == intents[None, :])
    numbers: np.ndarray = connected_components(csr_matrix(close), directed=False)[1]
    return numbers


def fitted(examples: Sequence[Any], vectors: np.ndarray, options: Dict[Text, Any]) -> IntentModel:
    """A model that learnt these examples; options: as the engine's own classifier has them."""
    model = IntentModel(**options)
    model.fit([e.text for e in examples], vectors, [e.intent for e in examples])
    return model


def splits(examples: Sequence[Any], vectors: np.ndarray) -> Iterator[Tuple[np.ndarray, np.ndarray]]:
    """Which to learn from and which to ask, FOLDS times: always the same, no meaning in both."""
    strata = [f"{e.intent} {e.language}" for e in examples]
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=7)
    yield from folds.split(vectors, strata, meanings(examples, vectors))


def cross_validated(
    examples: Sequence[Any],
    vectors: np.ndarray,
    options: Dict[Text, Any],
    told: Callable[[int], None],
) -> Tuple[List[Text], np.ndarray]:
    """Every example read by a model that learnt from other meanings only: labels, probabilities.

    told: called with the number of the fold that begins, from 1.
    """
    labels = sorted({e.intent for e in examples})
    rows = np.zeros((len(examples), len(labels)))
    for number, (learn, ask) in enumerate(splits(examples, vectors), 1):
        told(number)
        model = fitted([examples[at] for at in learn], vectors[learn], options)
        asked = model.probabilities([examples[at].text for at in ask], vectors[ask])
        rows[np.ix_(ask, [labels.index(label) for label in model.labels])] = asked
    return labels, rows
