"""The trainings: asked for, worked on, watched and stopped, through their rows alone."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Literal

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from integrations.database import Database
from trainer.models.tables import TrainingRunRow

STALE: Final = timedelta(seconds=45)
"""Whoever works on a run and says nothing for so long has died."""


class State(StrEnum):
    """How far a training is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


UNDER_WAY: Final = frozenset({State.WAITING, State.RUNNING})

StepName = Literal["validate", "train", "evaluate", "cross_validate", "stories", "compare", "gate"]
STEPS: Final[tuple[StepName, ...]] = (
    *("validate", "train", "evaluate", "cross_validate", "stories", "compare", "gate"),
)
INTERRUPTED: Final = "interrupted"
"""Why a run failed whose worker died."""


class AlreadyUnderWay(Exception):
    """A training waits or runs already."""


@dataclass(slots=True)
class Step:
    """A step of a run. share: how far it is, 0 to 1. note: what came of it, a line."""

    name: StepName
    state: Literal["waiting", "running", "done", "failed", "skipped"] = "waiting"
    share: float = 0.0
    began: str = ""
    seconds: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A training as it stands."""

    number: int
    state: State
    asked_at: datetime
    asked_by: str
    began_at: datetime | None
    ended_at: datetime | None
    stop_by: str | None
    steps: tuple[Step, ...]
    why: str
    model_id: str | None
    parent_id: str | None
    comparison: dict[str, Any] | None

    @property
    def under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in UNDER_WAY

    @property
    def share(self) -> float:
        """How far all of it is, 0 to 1, by what steps usually take."""
        whole = sum(_WEIGHTS[step.name] for step in self.steps)
        done = sum(
            _WEIGHTS[step.name] * (1.0 if step.state in {"done", "skipped"} else step.share)
            for step in self.steps
        )
        return done / whole if whole else 0.0


_WEIGHTS: Final[dict[StepName, int]] = {
    "validate": 15,
    "train": 50,
    "evaluate": 25,
    "cross_validate": 90,
    "stories": 240,
    "compare": 1,
    "gate": 1,
}


class Runs:
    """Where the trainings are kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, by: str, at: datetime) -> int:
        """Asks for a training; its number. Raises AlreadyUnderWay."""
        self.fail_stale(at)
        steps = [asdict(Step(name)) for name in STEPS]
        row = TrainingRunRow(state=State.WAITING, asked_at=at, asked_by=by, steps=steps)
        try:
            with self._database.begin() as session:
                session.add(row)
                session.flush()
                return row.number
        except IntegrityError:
            raise AlreadyUnderWay from None

    def runs(self, limit: int = 20) -> Sequence[Run]:
        """The newest first, without their comparisons' messages."""
        query = select(TrainingRunRow).order_by(TrainingRunRow.number.desc()).limit(limit)
        with self._database.read() as session:
            return [_run(row) for row in session.scalars(query)]

    def run(self, number: int) -> Run | None:
        """One of them."""
        with self._database.read() as session:
            row = session.get(TrainingRunRow, number)
            return None if row is None else _run(row)

    def of_model(self, model_id: str) -> Run | None:
        """The newest run that came to that model with a comparison."""
        query = (
            select(TrainingRunRow)
            .where(TrainingRunRow.model_id == model_id, TrainingRunRow.state == State.DONE)
            .order_by(TrainingRunRow.number.desc())
            .limit(1)
        )
        with self._database.read() as session:
            row = session.scalar(query)
            return None if row is None else _run(row)

    def stop(self, number: int, by: str, at: datetime) -> bool:
        """Wants it stopped; at once where nobody works on it yet. False where it has ended."""
        with self._database.begin() as session:
            row = session.get(TrainingRunRow, number, with_for_update=True)
            if row is None or row.ended_at is not None:
                return False
            row.stop_by = by
            if row.state == State.WAITING:
                row.state, row.ended_at = State.STOPPED, at
            return True

    def fail_stale(self, at: datetime) -> None:
        """Tells of a run whose worker died that it failed."""
        gone = (
            update(TrainingRunRow)
            .where(TrainingRunRow.state == State.RUNNING, TrainingRunRow.beat_at < at - STALE)
            .values(state=State.FAILED, why=INTERRUPTED, ended_at=at)
        )
        with self._database.begin() as session:
            session.execute(gone)

    # For whoever works on it

    def claim(self, at: datetime) -> Run | None:
        """Takes the run that waits; None where none does, or another worker has it."""
        with self._database.begin() as session:
            row = session.scalar(
                select(TrainingRunRow)
                .where(TrainingRunRow.state == State.WAITING)
                .with_for_update(skip_locked=True)
            )
            if row is None:
                return None
            row.state, row.began_at, row.beat_at = State.RUNNING, at, at
            return _run(row)

    def beat(self, number: int, steps: Sequence[Step], at: datetime) -> bool:
        """Says how far it is; whether to go on: False where somebody wants it stopped, or where it
        was given up for dead."""
        with self._database.begin() as session:
            row = session.get(TrainingRunRow, number, with_for_update=True)
            if row is None or row.state != State.RUNNING:
                return False
            row.beat_at, row.steps = at, [asdict(step) for step in steps]
            return row.stop_by is None

    def know(self, number: int, **values: Any) -> None:
        """Keeps what is known of it: model_id, parent_id, comparison."""
        with self._database.begin() as session:
            session.execute(
                update(TrainingRunRow).where(TrainingRunRow.number == number).values(**values)
            )

    def end(
        self, number: int, steps: Sequence[Step], state: State, at: datetime, why: str = ""
    ) -> None:
        """It is over, unless it was given up before."""
        with self._database.begin() as session:
            row = session.get(TrainingRunRow, number, with_for_update=True)
            if row is not None and row.state == State.RUNNING:
                row.state, row.ended_at, row.why = state, at, why
                row.beat_at, row.steps = at, [asdict(step) for step in steps]


def forget(session: Session, message_ids: Collection[str]) -> None:
    """Takes what patients said out of every comparison, by the ids of their messages."""
    compared = select(TrainingRunRow).where(TrainingRunRow.comparison.is_not(None))
    for row in session.scalars(compared.with_for_update()):
        kept = dict(row.comparison or {})
        messages = kept.get("messages", [])
        kept["messages"] = [each for each in messages if each.get("id") not in message_ids]
        if len(kept["messages"]) != len(messages):
            row.comparison = kept


def _run(row: TrainingRunRow) -> Run:
    return Run(
        row.number,
        State(row.state),
        row.asked_at,
        row.asked_by,
        row.began_at,
        row.ended_at,
        row.stop_by,
        tuple(Step(**each) for each in row.steps),
        row.why,
        row.model_id,
        row.parent_id,
        row.comparison,
    )
