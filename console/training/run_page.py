"""A training as it goes, and what came of it: the gate, what changed, the two models compared."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from console import language
from console.access import audit
from console.access.users import Role
from console.needs import Needs
from console.sent import whole
from console.training.models_page import waits_in_vain
from trainer.labels import Labels
from trainer.models.comparing import KINDS
from trainer.models.gate import fallen
from trainer.models.publishing import Press, open_press
from trainer.models.runs import Run, Runs

_VERDICTS = ("worse", "other", "better")


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /training/runs/<number>."""
    press, runs = open_press(needs.settings, needs.database), Runs(needs.database)

    @blueprint.get("/training/runs/<number>")
    def show_run(number: str) -> str:
        return _page(needs, press, _found(runs, number, needs))

    @blueprint.post("/training/runs/<number>/stop")
    def stop_training(number: str) -> Response | tuple[str, int]:
        run = _found(runs, number, needs)
        if not runs.stop(run.number, current_user.name, needs.clock()):
            run = _found(runs, number, needs)
            return _page(needs, press, run, language.say("models_ended_already")), 409
        audit.note(needs, "training_stopped", "training", number)
        return redirect(url_for("console.show_run", number=number), 303)


def _found(runs: Runs, number: str, needs: Needs) -> Run:
    runs.fail_stale(needs.clock())
    known = whole(number)
    run = None if known is None else runs.run(known)
    if run is None:
        abort(404)
    return run


def _page(needs: Needs, press: Press, run: Run, problem: str = "") -> str:
    first = needs.catalogue.branches()[0]
    model = press.models.find(run.model_id) if run.model_id else None
    parent = press.models.find(run.parent_id) if run.parent_id else None
    published = press.models.published()
    evaluation = model.evaluation if model else None
    mine = evaluation if evaluation and evaluation.get("run") == run.number else None
    verdict = request.args.get("verdict", "")
    comparison = run.comparison or {}
    return render_template(
        "console/training/run.html",
        run=run,
        at=run.asked_at.astimezone(first.zone),
        place=first.city,
        in_vain=waits_in_vain(run, needs.clock()),
        problem=problem,
        model=model,
        parent=parent,
        answers=bool(model and published and model.id == published.id),
        may=bool(model and model.kept and press.may_publish(model)),
        evaluation=mine,
        fell=fallen(mine),
        comparison=run.comparison,
        messages=[
            each for each in comparison.get("messages", []) if verdict in {"", each["verdict"]}
        ],
        verdict=verdict if verdict in _VERDICTS else "",
        verdicts=_VERDICTS,
        kinds=KINDS,
        admin=current_user.role == Role.ADMIN,
        waiting=len(Labels(needs.database).to_write()),
    )
