"""A training from its beginning to its gate: each step in turn, each told as it goes."""

import json
import logging
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from app.model_files import ROOT, MissingSource, fingerprint
from integrations.engine.models import Model
from trainer.examples import BadFile, read_examples
from trainer.models.changes import changes_since
from trainer.models.comparing import compare
from trainer.models.figures import Figures
from trainer.models.gate import (
    BadFloors,
    Check,
    check_conversations,
    check_floors,
    check_safety,
    kept,
)
from trainer.models.measuring import Evaluated, Workshop, cross_validate, evaluate
from trainer.models.parts import CannotTrain, Parts, Progress
from trainer.models.runs import INTERRUPTED, Run, State
from trainer.models.tools import (
    Interrupted,
    Stopped,
    ToolFailed,
    run_tool,
    tool_environment,
)

log = logging.getLogger(__name__)

PLAYER: Final = ROOT / "tests" / "conversations" / "run_stories.py"
"""What plays the conversation tests; it comes with the software's tests."""
_SHOWN: Final = 20


class Training:
    """One run, being worked on. ends: whether whoever works on it has to end."""

    def __init__(self, run: Run, parts: Parts, ends: Callable[[], bool]) -> None:
        self._run, self._parts = run, parts
        self._parent = parts.models.published()
        progress = Progress(run, parts.runs, parts.clock, ends)
        self._shop = Workshop(parts, progress, parts.settings.models_folder / f".run-{run.number}")

    def do(self) -> State:
        """Works until it is done, fails or is stopped; what became of it stands in its row."""
        progress, folder = self._shop.progress, self._shop.folder
        state, why = State.DONE, ""
        try:
            self._steps()
        except Stopped:
            state = State.STOPPED
        except Interrupted:
            state, why = State.FAILED, INTERRUPTED
        except (CannotTrain, BadFile, BadFloors, ToolFailed, MissingSource) as error:
            state, why = State.FAILED, str(error)
        except Exception as error:  # noqa: BLE001  (the next training must find a worker)
            state, why = State.FAILED, type(error).__name__
            log.error("training_broke run=%s error=%s", self._run.number, type(error).__name__)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        self._parts.runs.end(self._run.number, progress.steps, state, self._parts.clock(), why)
        log.info("training_ended run=%s state=%s", self._run.number, state)
        return state

    def _steps(self) -> None:
        model = self._model(self._validated())
        archive = self._parts.models.archive(model)
        with self._shop.progress.step("evaluate") as step:
            read = evaluate(self._shop, archive, self._parent)
            step.note = _accuracy(read.figures)
        with self._shop.progress.step("cross_validate") as step:
            validated = cross_validate(self._shop)
            step.note = _accuracy(validated)
        stories = self._stories(archive)
        with self._shop.progress.step("compare") as step:
            comparison = self._compared(read)
            step.note = _changed(comparison)
        with self._shop.progress.step("gate") as step:
            gate = self._gate(read, validated, stories)
            step.note = "open" if gate["open"] else "closed"
        self._keep(model, read, validated, stories, comparison, gate)

    def _validated(self) -> str:
        """The files are copied and looked through; what a model of them is called."""
        settings, shop = self._parts.settings, self._shop
        with shop.progress.step("validate") as step:
            if not settings.engine_python.is_file():
                raise CannotTrain(
                    f"there is no engine's Python at {settings.engine_python}: run"
                    " `make environments`, or set ENGINE_PYTHON"
                )
            _copy_project(settings.training_data.absolute(), shop.project)
            examples = read_examples((shop.project / "data" / "nlu.yml").read_bytes())
            shop.python.run(
                *("-m", "rasa", "data", "validate", "--fail-on-warnings", *_files(shop.project)),
                log="validate",
            )
            step.note = f"{len(examples)}"
        return fingerprint(ROOT, shop.project)

    def _model(self, name: str) -> Model:
        """The model of the files, trained unless the store has it."""
        models, shop = self._parts.models, self._shop
        known = models.find(name)
        with shop.progress.step("train") as step:
            if known is not None and known.kept and models.path_of(name).is_file():
                step.note, model = f"{known.number}", known
            else:
                model = self._trained(name)
                step.note = f"{model.number}"
        parent = self._parent.id if self._parent else None
        self._parts.runs.know(self._run.number, model_id=model.id, parent_id=parent)
        return model

    def _trained(self, name: str) -> Model:
        models, shop = self._parts.models, self._shop
        out = shop.folder / "trained"
        command = ("-m", "rasa", "train", "--fixed-model-name", f"consulta-{name}")
        shop.python.run(
            *(*command, *_files(shop.project), "--out", str(out)),
            log="train",
            RASA_CACHE_DIRECTORY=str(models.folder / ".cache"),
        )
        archive = out / f"consulta-{name}.tar.gz"
        if not archive.is_file():
            raise CannotTrain("the training ended without a model")
        parent = self._parent
        return models.add(
            archive,
            name,
            self._run.asked_by,
            self._parts.clock(),
            parent_id=parent.id if parent else None,
            changes=changes_since(models, parent, shop.project),
            project=shop.project,
        )

    def _stories(self, archive: Path) -> dict[str, Any]:
        """Plays every conversation test once: how many passed, and which did not."""
        found: dict[str, Any] = {"passed": 0, "failed": []}
        shop, tests = self._shop, self._parts.settings.conversation_tests
        with shop.progress.step("stories") as step:
            if not PLAYER.is_file() or not list(tests.glob("test_*.yml")):
                step.state, step.note = "skipped", "0/0"
                return found

            def told(line: str) -> None:
                said = json.loads(line) if line.startswith("{") else {}
                found["passed"] += bool(said.get("passed"))
                if "failed" in said:
                    found["failed"].append([said["failed"], str(said.get("why", ""))[:500]])
                if said.get("of"):
                    shop.progress.told(said["done"] / said["of"])

            home = shop.folder / "stories"
            command = [sys.executable, "-m", "tests.conversations.run_stories"]
            run_tool(
                [*command, *map(str, (archive, shop.project / "domain.yml", tests, home))],
                log=shop.folder / "stories.log",
                go_on=shop.progress.go_on,
                told=told,
                env=tool_environment(),
            )
            played = found["passed"] + len(found["failed"])
            step.note = f"{found['passed']}/{played}"
        return found

    def _compared(self, read: Evaluated) -> dict[str, Any] | None:
        if read.before is None:
            return None
        made = compare(read.asked, read.before, read.after)
        self._parts.runs.know(self._run.number, comparison=made)
        return made

    def _gate(self, read: Evaluated, validated: Figures, stories: dict[str, Any]) -> dict[str, Any]:
        measured = {"held_apart": read.figures, "cross_validated": validated}
        checks: list[Check] = [
            *check_floors(self._parts.settings.training_floors, measured),
            *check_safety(iter(read.safety)),
            check_conversations(stories["passed"], len(stories["failed"])),
        ]
        return kept(checks)

    def _keep(
        self,
        model: Model,
        read: Evaluated,
        validated: Figures,
        stories: dict[str, Any],
        comparison: dict[str, Any] | None,
        gate: dict[str, Any],
    ) -> None:
        evaluation = {
            "run": self._run.number,
            "held_apart": read.figures,
            "left_out": read.left_out,
            "cross_validated": validated,
            "safety": [asdict(each) for each in read.safety],
            "conversations": {**stories, "failed": stories["failed"][:_SHOWN]},
            "compared": comparison is not None,
            "gate": gate,
        }
        self._parts.models.keep_evaluation(model.id, evaluation)
        self._parts.models.drop_old(self._parts.clock())


def _copy_project(source: Path, target: Path) -> None:
    """The files as they are now; config.yml may be the software's own."""
    target.mkdir(parents=True)
    config = source / "config.yml"
    try:
        shutil.copyfile(source / "domain.yml", target / "domain.yml")
        shutil.copytree(source / "data", target / "data")
        shutil.copyfile(config if config.is_file() else ROOT / "config.yml", target / "config.yml")
    except OSError as error:
        name = Path(str(error.filename or "")).name
        raise CannotTrain(f"the files cannot be read (TRAINING_DATA): {name}") from None


def _files(project: Path) -> list[str]:
    names = (("--domain", "domain.yml"), ("--data", "data"), ("--config", "config.yml"))
    return [word for option, name in names for word in (option, str(project / name))]


def _accuracy(found: Figures) -> str:
    return f"{found['all']['accuracy']:.3f}" if "all" in found else ""


def _changed(comparison: dict[str, Any] | None) -> str:
    if comparison is None:
        return ""
    counts = comparison["sets"].values()
    better, worse = (sum(each[name] for each in counts) for name in ("better", "worse"))
    return f"+{better} −{worse}"
