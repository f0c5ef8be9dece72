"""The models: which one answers, which may take its place, and the trainings that made them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.published import open_models
from console import language, shown
from console.access import audit
from console.access.users import Role
from console.needs import Needs
from console.sent import whole
from integrations.engine.models import Model, PublishingNow, UnknownModel
from trainer.labels import Labels
from trainer.models.publishing import (
    GateClosed,
    NothingBefore,
    NotPublished,
    Press,
    open_press,
)
from trainer.models.runs import AlreadyUnderWay, Run, Runs, State

_RUNS = 10
_SHOWN = 30
_LONGEST_REASON = 500
_NOBODY_COMES = timedelta(seconds=20)

Answer = Response | str | tuple[str, int]


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /training/models with its forms."""
    press, runs = open_press(needs.settings, needs.database), Runs(needs.database)

    @blueprint.get("/training/models")
    def show_models() -> str:
        return _page(needs, press, runs)

    @blueprint.post("/training/models/train")
    def begin_training() -> Answer:
        try:
            number = runs.ask(current_user.name, needs.clock())
        except AlreadyUnderWay:
            return _page(needs, press, runs, language.say("models_under_way_already")), 409
        audit.note(needs, "training_begun", "training", str(number))
        return redirect(url_for("console.show_run", number=number), 303)

    @blueprint.post("/training/models/publish")
    def publish_model() -> Answer:
        reason = _reason()
        try:
            model = press.models.model(request.form.get("model", ""))
            press.publish(model, current_user.name, needs.clock(), reason)
        except (UnknownModel, PublishingNow, NotPublished, GateClosed) as problem:
            return _page(needs, press, runs, _explained(problem)), 409
        audit.note(
            needs, "model_published", "model", model.id, number=model.number, override=reason
        )
        return redirect(url_for("console.show_models", done=model.number), 303)

    @blueprint.post("/training/models/back")
    def publish_back() -> Answer:
        try:
            if press.before().id != request.form.get("model"):  # somebody was quicker
                raise NothingBefore
            model = press.back(current_user.name, needs.clock())
        except (UnknownModel, PublishingNow, NotPublished, NothingBefore) as problem:
            return _page(needs, press, runs, _explained(problem)), 409
        audit.note(needs, "model_back", "model", model.id, number=model.number)
        return redirect(url_for("console.show_models", done=model.number), 303)


def _reason() -> str:
    """Why the gate is passed: an admin's word alone counts."""
    given = " ".join(request.form.get("reason", "").split())[:_LONGEST_REASON]
    return given if current_user.role == Role.ADMIN else ""


def _explained(problem: Exception) -> str:
    match problem:
        case GateClosed():
            return language.say("models_gate_refused")
        case UnknownModel():
            return language.say("models_gone")
        case PublishingNow():
            return language.say("models_publishing_now")
        case NothingBefore():
            return language.say("models_nothing_before")
    return language.say("models_not_published", why=str(problem))


def _page(needs: Needs, press: Press, runs: Runs, problem: str = "") -> str:
    runs.fail_stale(needs.clock())
    first = needs.catalogue.branches()[0]
    zone = first.zone
    published = press.models.published()
    publications = press.models.publications(_SHOWN)
    done = whole(request.args.get("done", ""))
    found = runs.runs(_RUNS)
    numbers = {each.id: each.number for each in press.models.models(1000)}
    return render_template(
        "console/training/models.html",
        place=first.city,
        problem=problem,
        done=None if problem else done,
        published=published,
        since=publications[0].at.astimezone(zone) if publications else None,
        by=publications[0].by if publications else "",
        before=_before(press),
        strays=_strays(press, published),
        models=[_card(each, press, published, zone) for each in press.models.models(_SHOWN)],
        under_way=next((each for each in found if each.under_way), None),
        runs=[
            (each, each.asked_at.astimezone(zone), numbers.get(each.model_id or ""))
            for each in found
        ],
        history=[(each, each.at.astimezone(zone), numbers[each.model_id]) for each in publications],
        admin=current_user.role == Role.ADMIN,
        waiting=len(Labels(needs.database).to_write()),
    )


def _before(press: Press) -> Model | None:
    try:
        return press.before()
    except NothingBefore:
        return None


def _strays(press: Press, published: Model | None) -> dict[str, int]:
    """How many engines do not answer, and how many answer with another model."""
    loaded = press.engines.loaded()
    name = f"consulta-{published.id}" if published else ""
    return {
        "silent": sum(each is None for each in loaded),
        "other": sum(each not in {None, name} for each in loaded),
    }


def _card(model: Model, press: Press, published: Model | None, zone: ZoneInfo) -> dict[str, Any]:
    evaluation = model.evaluation or {}
    return {
        "model": model,
        "at": model.made_at.astimezone(zone),
        "answers": published is not None and published.id == model.id,
        "may": press.may_publish(model),
        "figures": evaluation.get("held_apart", {}),
        "run": evaluation.get("run"),
        "fell": [
            each for each in evaluation.get("gate", {}).get("checks", []) if not each["holds"]
        ],
    }


def model_word(needs: Needs) -> Callable[[str], str]:
    """What calls a model by its number, from the name that the engine answers with."""
    models = open_models(needs.settings, needs.database)

    def word(name: str) -> str:
        known: dict[str, str] = g.setdefault("console_model_words", {})
        if name not in known:
            found = models.find(name.removeprefix("consulta-"))
            known[name] = str(found.number) if found else shown.harmless(name)
        return known[name]

    return word


def waits_in_vain(run: Run, now: datetime) -> bool:
    """Whether nobody has taken up the run for longer than a worker needs."""
    return run.state == State.WAITING and now - run.asked_at > _NOBODY_COMES
