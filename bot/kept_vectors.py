"""Vectors of training examples, kept between trainings: encoding them is nearly all of its time."""

import hashlib
import tempfile
from pathlib import Path
from typing import Dict, List, Sequence

import numpy as np
from joblib import Parallel, cpu_count, delayed

from bot import encoders

FOLDER = Path(__file__).resolve().parents[1] / "models"
# Several times what is ever encoded in one go; what was not asked for lately goes first.
MOST = 20_000
MOST_SHARES = 4
WORTH_A_SHARE = 300


def encode_kept(texts: Sequence[str]) -> np.ndarray:
    """What `encoders.encode` gives, encoding only the texts that no earlier call kept.

    Kept in models/ under a name of the encoders and the cleaning, so that neither is ever mixed up
    with another. Where nothing can be written, everything is encoded.
    """
    path = FOLDER / f".vectors-{encoders.encoders_fingerprint()}.npz"
    kept = _read(path)
    keys = [_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if missing:
        fresh = _encode_side_by_side(list(missing.values()))
        kept.update(zip(missing, fresh, strict=True))
        asked = {key: kept.pop(key) for key in dict.fromkeys(keys)}
        _write(path, {**kept, **asked})
        kept = asked
    return np.stack([kept[key] for key in keys])


def _encode_side_by_side(texts: List[str]) -> np.ndarray:
    """Each processor encodes its share, where the texts are worth loading the encoders again."""
    shares = min(cpu_count(), MOST_SHARES, len(texts) // WORTH_A_SHARE)
    if shares < 2:
        return encoders.encode_all(texts)
    parts = Parallel(shares)(
        delayed(encoders.encode_all)(texts[at::shares]) for at in range(shares)
    )
    whole = np.empty((len(texts), parts[0].shape[1]), dtype=parts[0].dtype)
    for at, part in enumerate(parts):
        whole[at::shares] = part
    return whole


def _key(text: str) -> str:
    return hashlib.sha256(encoders.normalise(text).encode()).hexdigest()


def _read(path: Path) -> Dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))
    except (OSError, ValueError, KeyError):  # none yet, or a torn file
        return {}


def _write(path: Path, kept: Dict[str, np.ndarray]) -> None:
    """Whole or not at all, also beside another training."""
    newest: List[str] = list(kept)[-MOST:]
    try:
        FOLDER.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=FOLDER, prefix=".writing-", delete=False) as file:
            np.savez(file, keys=np.array(newest), vectors=np.stack([kept[k] for k in newest]))
        Path(file.name).replace(path)
        for other in FOLDER.glob(".vectors-*.npz"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError:
        return
