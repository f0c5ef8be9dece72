"""What is taught otherwise than the model before was."""

from collections import Counter
from pathlib import Path
from typing import Any, Final

from integrations.engine.models import Model, Models
from trainer.examples import BadFile, Example, read_examples, read_intents

MOST: Final = 200
"""So many examples of each kind are kept by their words."""


def changes_since(models: Models, parent: Model | None, project: Path) -> dict[str, Any] | None:
    """Examples that came and went, new intents, and whether domain.yml changed otherwise.

    None where it is not known what the parent was taught. Raises BadFile.
    """
    if parent is None:
        return None
    try:
        domain, nlu = (
            models.source(parent.id, name).read_bytes() for name in ("domain.yml", "data/nlu.yml")
        )
        before, intents = read_examples(nlu), set(read_intents(domain))
    except (OSError, BadFile):
        return None
    now = (project / "domain.yml").read_bytes()
    after = read_examples((project / "data" / "nlu.yml").read_bytes())
    was, is_now = Counter(before), Counter(after)
    added, removed = list((is_now - was).elements()), list((was - is_now).elements())
    return {
        "added": [_line(each) for each in added[:MOST]],
        "removed": [_line(each) for each in removed[:MOST]],
        "added_count": len(added),
        "removed_count": len(removed),
        "new_intents": [each for each in read_intents(now) if each not in intents],
        "domain_changed": now != domain,
    }


def _line(example: Example) -> list[str]:
    return [example.intent, example.language, example.text]
