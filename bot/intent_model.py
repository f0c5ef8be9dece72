"""What a patient wants, from the words and from their meaning: a linear model over both.

Free of the engine's classes, so that it can be measured and tested alone.
"""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.encoders import normalise
from bot.regression import fit_softmax

_WORDS = {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"\w+"}
_LETTERS = {"analyzer": "char_wb", "ngram_range": (3, 4)}
_NOT_WORDS = re.compile(r"[^\w\s]|_")


def bare(text: str) -> str:
    """The text as people type it in a hurry: no accents, no punctuation."""
    decomposed = unicodedata.normalize("NFD", normalise(text))
    unaccented = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(_NOT_WORDS.sub(" ", unaccented).split())


class IntentModel:
    """Encoder vectors and tf-idf n-grams, scaled to weigh alike, under logistic regression."""

    def __init__(self, encoder_weight: float, ngram_weight: float, strength: float) -> None:
        self.encoder_weight = encoder_weight
        self.ngram_weight = ngram_weight
        self.strength = strength
        self.labels: List[str] = []
        self._vectorizers = [_vectorizer(_WORDS), _vectorizer(_LETTERS)]
        self._centre = np.zeros(0, dtype=np.float32)
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._bias = np.zeros(0, dtype=np.float32)

    def fit(self, texts: Sequence[str], vectors: np.ndarray, intents: Sequence[str]) -> None:
        """Learns from texts with their vectors (one row a text); the same data, the same model."""
        ngrams = hstack([v.fit_transform(texts) for v in self._vectorizers]).tocsr()
        self._centre = vectors.mean(axis=0)
        labels, targets = np.unique(np.array(intents, dtype=str), return_inverse=True)
        self.labels = labels.tolist()
        self._weights, self._bias = fit_softmax(
            ngrams * self.ngram_weight, self._scaled(vectors), targets, self.strength
        )
        # As they will be when the model is loaded, so that both answer alike to the last digit.
        self._vectorizers = [
            _restored(options, _terms(learnt), learnt.idf_)
            for options, learnt in zip((_WORDS, _LETTERS), self._vectorizers, strict=True)
        ]

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """One row a text, one column a label; rows sum to 1."""
        ngrams = hstack([v.transform(texts) for v in self._vectorizers]).tocsr()
        split = ngrams.shape[1]
        scores = (ngrams * self.ngram_weight) @ self._weights[:split]
        scores += self._scaled(vectors) @ self._weights[split:] + self._bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        result: np.ndarray = scores / scores.sum(axis=1, keepdims=True)
        return result

    def _scaled(self, vectors: np.ndarray) -> np.ndarray:
        scaled: np.ndarray = (vectors - self._centre) * self.encoder_weight
        return scaled

    def save(self, folder: Path) -> None:
        """Writes plain numbers and JSON: nothing in the model archive can run when it is read."""
        arrays = {f"idf_{n}": v.idf_ for n, v in enumerate(self._vectorizers)}
        np.savez(
            folder / "model.npz",
            weights=self._weights,
            bias=self._bias,
            centre=self._centre,
            **arrays,
        )
        described = {
            "labels": self.labels,
            "options": {
                "encoder_weight": self.encoder_weight,
                "ngram_weight": self.ngram_weight,
                "strength": self.strength,
            },
            "vocabularies": [_terms(vectorizer) for vectorizer in self._vectorizers],
        }
        text = json.dumps(described, ensure_ascii=False)
        (folder / "model.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Optional["IntentModel"]:
        """What save wrote, or None where nothing was saved."""
        if not (folder / "model.json").exists():
            return None
        described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        model = cls(**described["options"])
        model.labels = described["labels"]
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            model._weights = arrays["weights"]
            model._bias = arrays["bias"]
            model._centre = arrays["centre"]
            model._vectorizers = [
                _restored(options, described["vocabularies"][n], arrays[f"idf_{n}"])
                for n, options in enumerate((_WORDS, _LETTERS))
            ]
        return model


def _vectorizer(options: Dict[str, Any]) -> TfidfVectorizer:
    return TfidfVectorizer(
        preprocessor=bare, sublinear_tf=True, min_df=2, dtype=np.float32, **options
    )


def _restored(options: Dict[str, Any], terms: List[str], idf: np.ndarray) -> TfidfVectorizer:
    vectorizer = _vectorizer({**options, "vocabulary": terms})
    vectorizer.idf_ = idf
    return vectorizer


def _terms(vectorizer: TfidfVectorizer) -> List[str]:
    return [str(term) for term in vectorizer.get_feature_names_out()]
