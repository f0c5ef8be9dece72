"""The list of services: search and filters are links, what is amiss stands out."""

from typing import Final

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user

from console import language
from console.access import audit, permissions, scope
from console.catalogue import words
from console.catalogue.standing import FLAGS, Standing, finds, name_of, standings
from console.needs import Needs
from integrations.csv_lines import BYTE_ORDER_MARK

KINDS: Final = ("consult", "study")
_LONGEST: Final = 100


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /catalogue and the catalogue as a file."""

    @blueprint.get("/catalogue")
    def show_catalogue() -> str:
        branches = needs.catalogue.branches()
        every = standings(needs.editor, branches, needs.clock())
        asked = {name: request.args.get(name, "") for name in ("kind", "branch", "flag")}
        asked["q"] = request.args.get("q", "")[:_LONGEST].strip()
        _check(asked, {branch.code for branch in branches})
        counts = {
            flag: sum(any(one.name == flag for one in each.flags) for each in every)
            for flag in FLAGS
        }
        found = [each for each in every if _fits(each, asked)]
        speaks = language.current()
        found.sort(key=lambda each: (each.entry.definition.kind, _name(each).casefold()))
        return render_template(
            "console/catalogue/list.html",
            found=found,
            every=len(every),
            branches=branches,
            counts=counts,
            asked=asked,
            kept={name: value for name, value in asked.items() if value},
            kinds=KINDS,
            name=lambda each: name_of(each.entry.definition, speaks),
            words=words,
            may_change=permissions.allows("console.add_service", current_user.role),
            scope=scope,
        )

    @blueprint.get("/catalogue/catalogue.csv")
    def download_catalogue() -> Response:
        audit.note(needs, "catalogue_exported", "catalogue")
        headers = {"Content-Disposition": 'attachment; filename="catalogue.csv"'}
        text = BYTE_ORDER_MARK + needs.editor.export()
        return Response(text, mimetype="text/csv", headers=headers)


def _name(standing: Standing) -> str:
    return name_of(standing.entry.definition, language.current())


def _check(asked: dict[str, str], branches: set[str]) -> None:
    known = {"kind": {"", *KINDS}, "branch": {"", *branches}, "flag": {"", *FLAGS}}
    if any(asked[name] not in allowed for name, allowed in known.items()):
        abort(404)


def _fits(standing: Standing, asked: dict[str, str]) -> bool:
    entry = standing.entry
    return (
        asked["kind"] in ("", entry.definition.kind)
        and (not asked["branch"] or asked["branch"] in entry.places)
        and (not asked["flag"] or any(one.name == asked["flag"] for one in standing.flags))
        and finds(standing, asked["q"])
    )
