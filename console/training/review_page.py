"""Reviewing: what was misread, one decision after the other, by keyboard or by thumb."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic.languages import LANGUAGES
from console import language
from console.access import audit
from console.needs import Needs
from trainer.desk import OUT_OF_SCOPE, BadDecision, Choice, Desk
from trainer.examples import BadFile
from trainer.labels import AlreadyDecided
from trainer.review import REASONS

_GROUPS = 12
_MEMBERS = 30


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /training."""
    desk = Desk(needs.settings, needs.database, needs.patients, needs.catalogue)

    @blueprint.get("/training")
    def show_review() -> str:
        return _page(needs, desk)

    @blueprint.post("/training")
    def decide_label() -> Response | tuple[str, int]:
        intent, new = _intent()
        try:
            batch = desk.decide(_choices(), intent, current_user.name, needs.clock(), new=new)
        except BadDecision as problem:
            return _page(needs, desk, language.say(f"training_bad_{problem.key}")), 409
        except AlreadyDecided:
            return _page(needs, desk, language.say("training_bad_gone")), 409
        except BadFile:
            return _page(needs, desk), 409
        audit.note(needs, "label_added", "label", batch, intent=intent or "skip")
        return redirect(url_for("console.show_review", reason=_reason(), done=batch), 303)

    @blueprint.post("/training/undo")
    def undo_label() -> Response | tuple[str, int]:
        identifier = request.form.get("id", "")
        if not desk.labels.undo(identifier, current_user.name, needs.clock()):
            return _page(needs, desk, language.say("training_undone_already")), 409
        audit.note(needs, "label_undone", "label", identifier[:32])
        back = "console.show_labels" if request.form.get("back") else "console.show_review"
        return redirect(url_for(back), 303)


def _intent() -> tuple[str, bool]:
    """What was chosen, and whether it is a new intent. A button says it all, else the field."""
    act = request.form.get("act", "")
    named = request.form.get("intent", "").strip()
    fixed = {"skip": "", "out": OUT_OF_SCOPE}
    if act in fixed:
        return fixed[act], False
    if act.startswith("as:"):
        return act.removeprefix("as:"), False
    return named or "?", act == "new"


def _choices() -> list[Choice]:
    given = request.form.get("language")
    chosen = next((each for each in LANGUAGES if each == given), None)
    return [
        Choice(each, request.form.get(f"text-{each}"), chosen)
        for each in dict.fromkeys(request.form.getlist("id")[:_MEMBERS])
    ]


def _reason() -> str:
    asked = request.values.get("reason", "")
    return asked if asked in REASONS else ""


def _page(needs: Needs, desk: Desk, problem: str = "") -> str:
    try:
        groups, by_meaning = desk.review().groups(needs.clock(), _reason())
        intents = desk.intents()
    except BadFile as error:
        groups, by_meaning, intents = [], False, []
        problem = language.say("training_no_files", why=error)
    return render_template(
        "console/training/review.html",
        groups=[group[:_MEMBERS] for group in groups[:_GROUPS]],
        more=max(0, len(groups) - _GROUPS),
        by_meaning=by_meaning,
        intents=intents,
        reasons=REASONS,
        reason=_reason(),
        languages=LANGUAGES,
        problem=problem,
        done=request.args.get("done", "")[:32],
        waiting=len(desk.labels.to_write()),
    )
