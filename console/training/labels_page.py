"""The working set: what was decided, what speaks against it, and writing it to the files."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from console import language
from console.access import audit
from console.needs import Needs
from console.sent import whole
from trainer.desk import Desk
from trainer.examples import BadFile
from trainer.writing import Changed, Draft, show, write

_LATELY = 20


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /training/labels."""
    desk = Desk(needs.settings, needs.database, needs.patients, needs.catalogue)

    @blueprint.get("/training/labels")
    def show_labels() -> str:
        return _page(desk)

    @blueprint.post("/training/labels")
    def write_labels() -> Response | tuple[str, int]:
        try:
            token = request.form.get("token", "")
            made = write(desk.project, desk.labels, desk.rewordings, token, needs.clock())
        except Changed as changed:
            return _page(desk, changed), 409
        except (BadFile, OSError):
            return _page(desk), 409
        count = len(made.written) + len(made.reworded)
        audit.note(needs, "labels_written", "label", token[:32], count=count)
        return redirect(url_for("console.show_labels", written=count), 303)


def _page(desk: Desk, changed: Changed | None = None) -> str:
    draft: Draft | None = None
    problem = ""
    try:
        draft = show(desk.project, desk.labels, desk.rewordings)
    except (BadFile, OSError) as error:
        why = str(error) if isinstance(error, BadFile) else type(error).__name__
        problem = language.say("training_no_files", why=why)
    return render_template(
        "console/training/labels.html",
        draft=draft,
        changed=changed,
        problem=problem,
        written=whole(request.args.get("written", "")),
        lately=desk.labels.written_lately(_LATELY),
        said_lately=desk.rewordings.written_lately(_LATELY),
    )
