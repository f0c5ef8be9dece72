"""A whole instance with the trainer's process, over a small copy of the project's files."""

import itertools
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from app.published import open_models
from conversations.model import Message
from conversations.store import ConversationStore
from integrations.database import Database, open_database
from integrations.engine.models import Model, Models
from tests.e2e.instance import Instance, own_settings
from tests.e2e.people import People
from trainer.examples import read_blocks

ROOT = Path(__file__).resolve().parents[2]
EVERY = 3
"""Of so many examples one is kept: enough to hear emergencies as surely as the floors ask, and
training takes a third of its time."""
STORY = """
- story: a greeting is answered
  languages: [es]
  turns:
  - patient: "hola"
    bot: [utter_greet]
"""
FLOORS = {"held_apart": {"all": {"accuracy": 0.7}}, "cross_validated": {"all": {"accuracy": 0.6}}}


def small_project(folder: Path) -> Path:
    """The project's files with every third example, in a folder of their own."""
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copy(ROOT / "domain.yml", folder / "domain.yml")
    nlu = folder / "data" / "nlu.yml"
    content = nlu.read_bytes()
    lines = content.splitlines(keepends=True)
    kept = {
        at
        for block in read_blocks(content)
        for at in itertools.islice(range(block.first, block.end), 0, None, EVERY)
    }
    inside = {at for block in read_blocks(content) for at in range(block.first, block.end)}
    nlu.write_bytes(
        b"".join(line for at, line in enumerate(lines) if at not in inside or at in kept)
    )
    return folder


@dataclass
class World:
    """The instance with its stores, and its people."""

    instance: Instance
    database: Database
    models: Models
    people: People
    project: Path

    def thread(self, address: str) -> list[Message]:
        """All that was said with somebody."""
        return list(ConversationStore(self.database).thread(address))

    def another_model(self, archive: Path) -> Model:
        """The same model once more, under another name, with nothing against publishing it."""
        identifier = uuid4().hex[:16]
        self.models.add(archive, identifier, "eva", datetime.now(UTC))
        self.models.keep_evaluation(identifier, {"gate": {"open": True, "checks": []}})
        return self.models.model(identifier)


@contextmanager
def open_world(model: Path, folder: Path) -> Iterator[World]:
    """Running until the end of the block."""
    stories = folder / "stories"
    stories.mkdir(parents=True)
    (stories / "test_greeting.yml").write_text(STORY, encoding="utf-8")
    (folder / "floors.json").write_text(json.dumps(FLOORS), encoding="utf-8")
    project = small_project(folder / "project")
    more = {
        "TRAINING_DATA": str(project),
        "CONVERSATION_TESTS": str(stories),
        "TRAINING_FLOORS": str(folder / "floors.json"),
    }
    settings = own_settings(folder / "home", training_data=project)
    instance = Instance(settings, model, more)
    try:
        instance.start()
        database = open_database(settings.database_url)
        models = open_models(settings, database)
        yield World(instance, database, models, People(database), project)
        database.close()
    finally:
        instance.stop()
