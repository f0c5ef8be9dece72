"""Trainings from the command line: asked for, followed, stopped; and the process that does them."""

import getpass
import signal
import sys
import threading
import time
from typing import Any

import click

from app.cli.output import as_json, show_json, show_rows
from clinic.clock import system_clock
from trainer.command.opening import open_parts, parts_opened
from trainer.models.parts import Parts
from trainer.models.runs import AlreadyUnderWay, Run, State
from trainer.models.work import Worker, be_nice

_NOBODY_COMES = 6.0  # seconds after which the command does the work itself
_LOOKS_EVERY = 1.0


@click.command()
@click.option("--wait", is_flag=True, help="Follow it to its end; code 1 unless it is done.")
@as_json
def train(*, wait: bool, json_wanted: bool) -> None:
    """Train from the files, measure, compare, and judge; publishing is another step.

    A trainer's process does the work (`make run` starts one); with --wait and none about, this
    command does.
    """
    with parts_opened() as (parts, _database):
        try:
            number = parts.runs.ask(getpass.getuser(), parts.clock())
        except AlreadyUnderWay:
            raise click.ClickException("a training is under way: `consulta trainer runs`") from None
        if wait:
            _follow(parts, number)
        run = parts.runs.run(number)
    assert run is not None
    _show(run, json_wanted=json_wanted)
    if wait and run.state != State.DONE:
        sys.exit(1)


def _follow(parts: Parts, number: int) -> None:
    said, began = "", time.monotonic()
    while True:
        parts.runs.fail_stale(parts.clock())
        run = parts.runs.run(number)
        if run is None or not run.under_way:
            return
        if run.state == State.WAITING and time.monotonic() - began > _NOBODY_COMES:
            be_nice()
            _work_here(parts)
            continue
        line = _line(run)
        if line != said:
            click.echo(line, err=True)
            said = line
        time.sleep(_LOOKS_EVERY)


def _work_here(parts: Parts) -> None:
    click.echo("No trainer's process is about: training here.", err=True)
    Worker(parts).work_once()


def _line(run: Run) -> str:
    going = next((step for step in run.steps if step.state == "running"), None)
    return f"{run.share:4.0%}  {going.name if going else run.state}"


@click.command()
@click.option("--limit", default=10, show_default=True, type=click.IntRange(min=1))
@as_json
def runs(limit: int, *, json_wanted: bool) -> None:
    """Show the trainings, the newest first, each with its steps."""
    with parts_opened() as (parts, _database):
        parts.runs.fail_stale(parts.clock())
        found = parts.runs.runs(limit)
    if json_wanted:
        show_json([_as_json(run) for run in found])
    else:
        show_rows([_row(run) for run in found], json_wanted=False)


@click.command()
@click.argument("run", type=int)
def stop(run: int) -> None:
    """Stop a training that waits or runs."""
    with parts_opened() as (parts, _database):
        if not parts.runs.stop(run, getpass.getuser(), parts.clock()):
            raise click.UsageError("no such training is under way")


@click.command()
def work() -> None:
    """Do trainings as they are asked for, in the foreground; `make run` starts it."""
    from app.cli.clinic import opened  # noqa: PLC0415
    from app.logs import set_up_logs  # noqa: PLC0415

    set_up_logs()
    be_nice()
    ends = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ends.set())
    with opened() as clinic:
        Worker(open_parts(clinic.settings, clinic.database, clinic.catalogue)).work(ends)


def _show(run: Run, *, json_wanted: bool) -> None:
    if json_wanted:
        show_json(_as_json(run))
    else:
        show_rows([_row(run)], json_wanted=False)


def _row(run: Run) -> dict[str, Any]:
    ended = run.ended_at or system_clock()
    return {
        "run": run.number,
        "state": str(run.state),
        "done": f"{run.share:.0%}",
        "by": run.asked_by,
        "at": run.asked_at.isoformat(timespec="seconds"),
        "seconds": round((ended - (run.began_at or ended)).total_seconds()),
        "model": run.model_id,
        "why": run.why.splitlines()[-1] if run.why else "",
    }


def _as_json(run: Run) -> dict[str, Any]:
    steps = [
        {"name": step.name, "state": step.state, "share": step.share, "seconds": step.seconds,
         "note": step.note}
        for step in run.steps
    ]  # fmt: skip
    return {**_row(run), "why": run.why, "steps": steps}
