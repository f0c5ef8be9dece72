"""The engine's model: trained when something it is made of changed, and only then."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from app import model_files
from scripts.environments import APPLICATION, DIALOGUE
from scripts.progress import ROOT, StepFailed, run_step

MODELS = ROOT / "models"
KEPT = 5
TRIES = 3


def fingerprint() -> str:
    """What the model is made of, as 16 hexadecimal digits. Raises StepFailed for a missing file."""
    try:
        return model_files.fingerprint(ROOT)
    except model_files.MissingSource as missing:
        raise StepFailed(f"{missing} is missing: nothing to train") from None


def ensure_model() -> Path:
    """The model of the present files, trained if there is none yet. Raises StepFailed."""
    for _ in range(TRIES):
        name = f"consulta-{fingerprint()}"
        model = MODELS / f"{name}.tar.gz"
        if not model.is_file():
            _train(name, model)
        if model.is_file():
            os.utime(model)
            _forget_old()
            return model
    raise StepFailed("Training the dialogue model: its files change while it is trained")


def published_model() -> Path | None:
    """The model that trainers have published, where the files are as they left them."""
    command = [str(APPLICATION.python), "-m", "app.published"]
    asked = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return Path(asked.stdout.strip()) if asked.returncode == 0 and asked.stdout.strip() else None


def engine_environment() -> dict[str, str]:
    """What every start of the engine's Python needs: our `bot`, no telemetry, little noise."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def _train(name: str, model: Path) -> None:
    MODELS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".training-", dir=MODELS) as folder:
        run_step(
            "Training the dialogue model",
            [
                *(str(DIALOGUE.python), "-m", "rasa", "train", "--fixed-model-name", name),
                *("--domain", "domain.yml", "--data", "data", "--config", "config.yml"),
                *("--out", folder),
            ],
            "train",
            engine_environment(),
        )
        trained = Path(folder) / model.name
        if not trained.is_file():
            raise StepFailed("Training the dialogue model: it ended without a model")
        if name == f"consulta-{fingerprint()}":  # else nobody knows what it was made of
            shutil.move(str(trained), str(model))


def _forget_old() -> None:
    models = sorted(MODELS.glob("consulta-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for path in models[:-KEPT]:
        path.unlink(missing_ok=True)
