"""What a model must hold to be published: floors of understanding, of safety, and conversations."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from trainer.models.figures import Figures
from trainer.models.safety import Limit

ALLOWED_DROP: Final = 0.02
"""A figure may be so far under what is written in the floors' file."""


class BadFloors(Exception):
    """The file of the floors cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold. figure and limit: 0 to 1, None where it was not measured.

    what: "held_apart", "cross_validated", "safety" or "conversations". which: of it.
    """

    what: str
    which: str
    figure: float | None
    limit: float
    holds: bool


def check_floors(path: Path, measured: Mapping[str, Figures]) -> Iterator[Check]:
    """Every floor of the file, which has them as `benchmarks/intents_floors.json`.

    measured: by what. Raises BadFloors.
    """
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
        wanted = [
            (what, which, name, float(floor))
            for what, groups in floors.items()
            for which, named in groups.items()
            for name, floor in named.items()
        ]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise BadFloors(f"{path.name}: {type(error).__name__}") from None
    for what, which, name, floor in wanted:
        figure = measured.get(what, {}).get(which, {}).get(name)
        limit = round(floor - ALLOWED_DROP, 4)
        holds = figure is not None and figure >= limit
        yield Check(what, f"{which} {name}", figure, limit, holds)


def check_safety(limits: Iterator[Limit]) -> Iterator[Check]:
    """Whether emergencies and STOP are heard as before."""
    for each in limits:
        which = f"{each.phenomenon} {each.language} {each.way} {each.kind}"
        yield Check("safety", which, round(each.figure, 4), each.limit, each.holds)


def check_conversations(passed: int, failed: int) -> Check:
    """Whether every conversation passed, and there was one."""
    played = passed + failed
    share = passed / played if played else None
    return Check("conversations", f"{passed}/{played}", share, 1.0, played > 0 and failed == 0)


def kept(checks: list[Check]) -> dict[str, Any]:
    """The gate as it is kept with the model."""
    return {"open": all(each.holds for each in checks), "checks": [asdict(one) for one in checks]}


def fallen(evaluation: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """What does not hold of a model that was evaluated."""
    gate = (evaluation or {}).get("gate") or {}
    return [each for each in gate.get("checks", []) if not each["holds"]]


def is_open(evaluation: Mapping[str, Any] | None) -> bool:
    """Whether the model may be published; not, where it was never evaluated."""
    return bool(((evaluation or {}).get("gate") or {}).get("open"))
