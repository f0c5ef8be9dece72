"""Any two kept models beside each other, asked now."""

import tempfile
from pathlib import Path
from typing import Any

from app.model_files import ROOT
from integrations.engine.models import Model, UnknownModel
from trainer.models.comparing import compare
from trainer.models.measuring import EnginePython, messages_to_ask
from trainer.models.parts import Parts


def beside(parts: Parts, before: Model, after: Model) -> dict[str, Any]:
    """What `comparing.compare` makes of the two. Takes seconds, in the engine's own Python.

    Raises UnknownModel for one that is not kept or cannot be read, CannotTrain and ToolFailed.
    """
    held, passing, _ = messages_to_ask(parts, taught=())
    config = parts.settings.training_data.absolute() / "config.yml"
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        read = EnginePython(parts.settings.engine_python, Path(folder)).read(
            [parts.models.archive(before), parts.models.archive(after)],
            config if config.is_file() else ROOT / "config.yml",
            [each.text for each in held],
            [each.text for each in passing],
        )
    for model, found in zip((before, after), read, strict=True):
        if found is None:
            raise UnknownModel(f"{model.number}")
    assert read[0] is not None
    assert read[1] is not None
    return compare([*held, *passing], read[0], read[1])
