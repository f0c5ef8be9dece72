"""Models from the command line: shown, compared, published, and back."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from app.cli.clinic import opened
from app.cli.output import as_json, show_json, show_rows
from clinic.clock import system_clock
from integrations.engine.models import Model, PublishingNow, UnknownModel
from trainer.command.opening import parts_opened
from trainer.models.beside import beside
from trainer.models.gate import is_open
from trainer.models.parts import CannotTrain
from trainer.models.publishing import (
    GateClosed,
    NothingBefore,
    NotPublished,
    Press,
    open_press,
)
from trainer.models.tools import ToolFailed


@click.command()
@as_json
def models(*, json_wanted: bool) -> None:
    """Show the models, the newest first: which one answers, what was measured, what is kept."""
    with _press() as press:
        published = press.models.published()
        found = press.models.models()
    rows = [_row(each, published) for each in found]
    show_rows(rows, json_wanted=json_wanted)


def _row(model: Model, published: Model | None) -> dict[str, Any]:
    evaluation = model.evaluation or {}
    return {
        "model": model.number,
        "id": model.id,
        "published": published is not None and published.id == model.id,
        "kept": model.kept,
        "made": model.made_at.isoformat(timespec="seconds"),
        "by": model.made_by,
        "accuracy": evaluation.get("held_apart", {}).get("all", {}).get("accuracy"),
        "gate": ("open" if is_open(evaluation) else "closed") if evaluation else None,
    }


@click.command()
@click.argument("before")
@click.argument("after")
@as_json
def compare(before: str, after: str, *, json_wanted: bool) -> None:
    """Ask two models the same messages: what is read otherwise, and whether it is better."""
    with parts_opened() as (parts, _database):
        try:
            made = beside(parts, parts.models.model(before), parts.models.model(after))
        except UnknownModel as unknown:
            raise click.UsageError(f"no such model is kept: {unknown}") from None
        except (CannotTrain, ToolFailed, OSError) as problem:
            raise click.ClickException(f"they cannot be asked: {problem}") from None
    if json_wanted:
        show_json(made)
        return
    show_rows(
        [{"language": name, **row} for name, row in made["held_out"].items()], json_wanted=False
    )
    click.echo()
    show_rows([_changed(each) for each in made["messages"]], json_wanted=False)


def _changed(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "verdict": message["verdict"],
        "of": message["kind"],
        "meant": message["intent"],
        "before": message["before"][0],
        "after": message["after"][0],
        "text": message["text"],
    }


@click.command()
@click.argument("model")
@click.option("--override", default="", metavar="REASON", help="Why, although the gate is closed.")
@as_json
def publish(model: str, override: str, *, json_wanted: bool) -> None:
    """Have a model answer patients, by its number or id; code 1 where the gate is closed."""
    with _press() as press, _explained():
        wanted = press.models.model(model)
        press.publish(wanted, getpass.getuser(), system_clock(), override.strip())
    _tell(wanted, json_wanted=json_wanted)


@click.command()
@as_json
def back(*, json_wanted: bool) -> None:
    """Have the model answer that did before this one."""
    with _press() as press, _explained():
        model = press.back(getpass.getuser(), system_clock())
    _tell(model, json_wanted=json_wanted)


def _tell(model: Model, *, json_wanted: bool) -> None:
    if json_wanted:
        show_json(_row(model, model))
    else:
        click.echo(f"Model {model.number} answers now.")


@contextmanager
def _press() -> Iterator[Press]:
    with opened() as clinic:
        yield open_press(clinic.settings, clinic.database)


@contextmanager
def _explained() -> Iterator[None]:
    """One line for whatever is in the way."""
    try:
        yield
    except UnknownModel as unknown:
        raise click.UsageError(f"no such model is kept: {unknown}") from None
    except NothingBefore:
        raise click.ClickException("no other model was published before that is kept") from None
    except PublishingNow:
        raise click.ClickException("somebody publishes at this moment") from None
    except NotPublished as why:
        raise click.ClickException(f"not published, all is as before: {why}") from None
    except GateClosed as closed:
        lines = [_fell(each) for each in closed.fell] or ["it was never measured"]
        words = "the gate is closed (--override REASON passes it):"
        raise click.ClickException("\n  ".join([words, *lines])) from None


def _fell(check: dict[str, Any]) -> str:
    return f"{check['what']} {check['which']}: {check['figure']} (limit {check['limit']})"
