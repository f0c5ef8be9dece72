"""What the pages of one service share: the service or 404, who changes it, what changed since."""

from collections.abc import Mapping
from typing import Literal

from flask import abort
from flask_login import current_user

from clinic.catalogue import UnknownService
from clinic.editing import By, ServiceEntry
from console import language
from console.catalogue.standing import name_of
from console.needs import Needs


def entry_or_404(needs: Needs, code: str) -> ServiceEntry:
    """The service as it stands; ends the request where there is none."""
    try:
        return needs.editor.entry(code)
    except UnknownService:
        abort(404)


def by(needs: Needs, reason: str = "", source: Literal["console", "file"] = "console") -> By:
    """Whoever is signed in, now."""
    return By(current_user.name, source, needs.clock(), reason)


def only_whole_clinic() -> None:
    """Ends the request of who is of certain branches: what a service is holds for all of them."""
    if current_user.branches:
        abort(403)


def names_of(needs: Needs) -> Mapping[str, str]:
    """What the codes of branches, plans, practitioners and services are called."""
    speaks, catalogue = language.current(), needs.catalogue
    definitions = [entry.definition for entry in needs.editor.entries()]
    found = {each.code: name_of(each, speaks) for each in definitions}
    found |= {each.code: f"{each.title} {each.name}".strip() for each in catalogue.practitioners()}
    found |= {each.code: each.name(speaks) for each in catalogue.plans()}
    return found | {each.code: each.name for each in catalogue.branches()}
