"""The replies kept ready: what they say in each language, changed by whoever leads the desk."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.languages import LANGUAGES
from console import language
from console.access import audit
from console.inbox import canned
from console.needs import Needs

Answer = Response | str | tuple[str, int]


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /canned."""

    @blueprint.get("/canned")
    def show_canned() -> str:
        return _page(needs)

    @blueprint.post("/canned")
    def change_canned() -> Answer:
        identifier = request.form.get("id", "")
        if request.form.get("do") == "remove":
            if not canned.remove(needs.database, identifier):
                return _page(needs, "canned_gone"), 409
            audit.note(needs, "canned_removed", "canned", identifier)
        elif request.form.get("do") != "keep":
            abort(400)
        else:
            texts: dict[str, str] = {one: request.form.get(f"text_{one}", "") for one in LANGUAGES}
            try:
                kept = canned.keep(needs.database, identifier, request.form.get("name", ""), texts)
            except canned.CannedError as error:
                return _page(needs, error.key), 409
            audit.note(needs, "canned_kept", "canned", kept)
        return redirect(url_for("console.show_canned"), 303)


def _page(needs: Needs, problem: str = "") -> str:
    """With what was typed, where it was refused."""
    typed = request.form if problem else {}
    return render_template(
        "console/canned.html",
        replies=canned.canned(needs.database),
        languages=LANGUAGES,
        holes=canned.HOLES,
        longest=canned.LONGEST,
        typed=typed,
        problem=language.say(problem) if problem else "",
    )
