"""Where a service is done and by whom; taking it off a branch says first what that means."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.editing import EditRefused, EditStale, ServiceEntry
from console import language
from console.access import audit, scope
from console.catalogue import words
from console.catalogue.needed import by, entry_or_404, names_of
from console.catalogue.standing import name_of
from console.needs import Needs
from console.sent import whole

Answer = Response | str | tuple[str, int]


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds the form of a service's places."""

    @blueprint.get("/catalogue/services/<code>/places")
    def show_places(code: str) -> str:
        entry = entry_or_404(needs, code)
        return _form(needs, entry, entry.places)

    @blueprint.post("/catalogue/services/<code>/places")
    def change_places(code: str) -> Answer:
        return _change(needs, entry_or_404(needs, code))


def _change(needs: Needs, entry: ServiceEntry) -> Answer:
    code, version = entry.definition.code, whole(request.form.get("version", ""))
    if version is None:
        abort(400)
    wanted = _wanted(needs, entry)
    leaving = [
        branch
        for branch, usage in needs.editor.usage(code, needs.clock()).items()
        if branch in entry.places and branch not in wanted and (usage.visits or usage.waiting)
    ]
    if leaving and request.form.get("sure") != ",".join(sorted(leaving)):
        return _form(needs, entry, wanted, version=version, leaving=sorted(leaving)), 409
    try:
        made = needs.editor.place(code, wanted, version, by(needs))
    except EditRefused as refused:
        wrong = [words.why(each) for each in refused.wrong]
        return _form(needs, entry, wanted, version=version, problems=wrong), 409
    except EditStale as stale:
        entry = entry_or_404(needs, code)
        return _form(needs, entry, _wanted(needs, entry), since=stale.since), 409
    if made:
        changed = words.audited(made)
        audit.note(needs, "catalogue_places_changed", "service", code, changed=changed)
    return redirect(url_for("console.show_service", code=code), 303)


def _wanted(needs: Needs, entry: ServiceEntry) -> dict[str, frozenset[str]]:
    """As ticked at the branches of whoever is signed in, as it stands at all others."""
    mine = {branch.code for branch in scope.branches(needs)}
    ticked, who = set(request.form.getlist("branches")), request.form.getlist("who")
    if not ticked <= mine:
        abort(404)
    people = {each.code: each.branch for each in needs.catalogue.practitioners()}
    if not {people.get(each) for each in who} <= mine:
        abort(404)
    places = {branch: who for branch, who in entry.places.items() if branch not in mine}
    for branch in ticked:
        places[branch] = frozenset(each for each in who if people[each] == branch)
    return places


def _form(
    needs: Needs, entry: ServiceEntry, places: Mapping[str, frozenset[str]], **more: Any
) -> str:
    minutes = entry.definition.minutes
    lengths = needs.editor.slot_minutes()
    people = [(each, lengths[each.code] >= minutes) for each in needs.catalogue.practitioners()]
    return render_template(
        "console/catalogue/places.html",
        entry=entry,
        name=name_of(entry.definition, language.current()),
        branches=scope.branches(needs),
        others=[each for each in needs.catalogue.branches() if not scope.sees_branch(each.code)],
        people=people,
        lengths=lengths,
        places=places,
        usage=needs.editor.usage(entry.definition.code, needs.clock()),
        words=words,
        names=names_of(needs),
        **{"version": entry.version, "leaving": [], "problems": [], "since": (), **more},
    )
