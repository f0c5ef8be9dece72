"""Plays stories against a model without pytest: what a training asks of every new model.

`python -m tests.conversations.run_stories ARCHIVE DOMAIN FOLDER HOME` plays each story of the
FOLDER's test_*.yml once, the languages and channels in turn, over SQLite in HOME, which it makes.
DOMAIN: the domain.yml whose responses the stories name. A JSON object a line says how each went:
`{"done": 3, "of": 254, "passed": true}`, or `"failed": name, "why": text`.
"""

import json
import signal
import sys
import types
from collections.abc import Iterator
from pathlib import Path

from tests.conversations import responses
from tests.conversations.opening import open_stage
from tests.conversations.play import play
from tests.conversations.stage import Stage
from tests.conversations.story import Story, read_stories, variations


def chosen(folder: Path) -> Iterator[Story]:
    """Every story once; from one to the next another of its languages and channels."""
    number = 0
    for path in sorted(folder.glob("test_*.yml")):
        for written in read_stories(path):
            if not written.get("postgres"):
                found = variations(written)
                language, channel = found[number % len(found)]
                number += 1
                yield Story(written["story"], language, channel, written)


def run(stage: Stage, stories: list[Story]) -> int:
    """Plays them, telling how each went; how many failed."""
    failed = 0
    for done, story in enumerate(stories, 1):
        told: dict[str, object] = {"done": done, "of": len(stories)}
        try:
            play(stage, story)
            told["passed"] = True
        except Exception as error:  # noqa: BLE001  (one story must not end the others)
            failed += 1
            told["failed"] = f"{story.name} ({story.language}, {story.channel})"
            told["why"] = f"{type(error).__name__}: {error}"[:1000]
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return failed


def _end(_sign: int, _frame: types.FrameType | None) -> None:
    """Leaves through every `finally`, so that engine and actions end too."""
    raise SystemExit(1)


def main() -> None:
    """Plays them all; stories that failed are no error of this program."""
    archive, domain, folder, home = (Path(each).absolute() for each in sys.argv[1:5])
    responses.DOMAIN = domain
    signal.signal(signal.SIGTERM, _end)
    home.mkdir(parents=True)
    with open_stage(archive, home, f"sqlite:///{home}/consulta.db") as stage:
        run(stage, list(chosen(folder)))


if __name__ == "__main__":
    main()
