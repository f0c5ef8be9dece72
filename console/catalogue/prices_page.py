"""Prices: one added, corrected, ended or taken back, and always shown first what that changes."""

from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.catalogue import Branch, Plan
from clinic.editing import EditRefused, EditStale, PriceEdit, PricePreview, ServiceEntry
from clinic.hours import local_day
from clinic.price_list import ListedPrice, spans
from console import language
from console.access import audit, scope
from console.catalogue import forms, words
from console.catalogue.needed import by, entry_or_404
from console.catalogue.standing import name_of
from console.needs import Needs

Answer = Response | str | tuple[str, int]
DOES: Final = ("add", "correct", "end", "take_back")
_FIELDS: Final = ("amount", "tax_rate", "tax_included", "valid_from", "valid_to")
_DONE: Final = {
    "add": "catalogue_price_added",
    "correct": "catalogue_price_corrected",
    "end": "catalogue_price_ended",
    "take_back": "catalogue_price_taken_back",
}
"""How the audit log calls it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which price list is worked on, what is done to it, and to which of its prices.

    gone: the price that was meant is there no longer; what was typed may still be added.
    """

    entry: ServiceEntry
    branch: Branch
    plan: Plan
    does: str
    price: ListedPrice | None
    gone: bool = False

    @property
    def where(self) -> tuple[str, str, str]:
        """Service, branch and plan."""
        return self.entry.definition.code, self.branch.code, self.plan.code


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds the form of a price, what it would change, and doing it."""
    path = "/catalogue/services/<code>/prices/<branch>/<plan>"

    @blueprint.get(path)
    def show_price(code: str, branch: str, plan: str) -> str:
        place = _place(needs, code, branch, plan)
        typed = forms.typed_terms(place.price.terms) if place.price else _fresh(needs, place)
        return _form(needs, place, typed)

    @blueprint.post(path)
    def preview_price(code: str, branch: str, plan: str) -> Answer:
        return _preview(needs, _place(needs, code, branch, plan))

    @blueprint.post(f"{path}/change")
    def change_price(code: str, branch: str, plan: str) -> Answer:
        return _change(needs, _place(needs, code, branch, plan))


def _place(needs: Needs, code: str, branch_code: str, plan_code: str) -> Place:
    """Ends the request for a branch that is not theirs, a plan or a price that is not there."""
    entry, branch = entry_or_404(needs, code), scope.branch_or_404(needs, branch_code)
    plan = next((each for each in needs.catalogue.plans() if each.code == plan_code), None)
    does, wanted = request.values.get("do", "add"), request.values.get("id", "")
    if plan is None or does not in DOES:
        abort(404)
    place = Place(entry, branch, plan, does, None)
    listed = [each for each in needs.editor.prices(code) if each.terms.key[:3] == place.where]
    price = next((each for each in listed if each.id == wanted), None)
    if request.method == "POST" and wanted and price is None:
        return replace(place, does="add", gone=True)
    if (does == "add") != (price is None):
        abort(404)
    return replace(place, price=price)


def _fresh(needs: Needs, place: Place) -> dict[str, str]:
    """A new price begins as the newest one was: only the amount is to be typed."""
    code, branch, plan = place.where
    listed = [each.terms for each in needs.editor.prices(code) if each.terms.branch == branch]
    like = [each for each in listed if each.plan == plan] or listed
    typed = forms.typed_terms(like[-1]) if like else {"tax_rate": "0", "tax_included": "yes"}
    today = local_day(needs.clock(), place.branch.zone)
    return {**typed, "amount": "", "valid_from": today.isoformat(), "valid_to": ""}


def _edit(place: Place) -> PriceEdit:
    """What was typed. Raises EditRefused."""
    code, branch, plan = place.where
    replaces, old = (place.price.id, place.price.terms) if place.price else ("", None)
    if place.does == "take_back":
        return PriceEdit(code, branch, plan, None, replaces)
    if place.does == "end" and old is not None:
        read = forms.Reading(request.form)
        last = read.day("valid_to")
        if read.wrong or last is None:
            raise EditRefused(read.wrong or [forms.missing("valid_to")])
        return PriceEdit(code, branch, plan, replace(old, valid_to=last), replaces)
    first = old.valid_from if old else None
    terms, wrong = forms.read_terms(request.form, place.where, place.branch.currency, first)
    if terms is None:
        raise EditRefused(wrong)
    return PriceEdit(code, branch, plan, terms, replaces)


def _preview(needs: Needs, place: Place) -> Answer:
    if place.gone:
        return _form(needs, place, request.form, stale=True), 409
    try:
        shown = needs.editor.preview_price(_edit(place), needs.clock())
    except EditRefused as refused:
        return _form(needs, place, request.form, wrong=words.by_field(refused.wrong)), 409
    except EditStale:
        return _form(needs, place, request.form, stale=True), 409
    return _shown(place, shown)


def _change(needs: Needs, place: Place) -> Answer:
    reason, token = forms.read_reason(request.form), request.form.get("token", "")
    if place.gone:
        return _form(needs, place, request.form, stale=True), 409
    try:
        edit = _edit(place)
        made = needs.editor.change_price(edit, token, by(needs, reason))
    except EditStale:
        return _shown_again(needs, place)
    except EditRefused as refused:
        if any(each.field == "reason" for each in refused.wrong):
            return _shown(
                place, needs.editor.preview_price(edit, needs.clock()), unreasoned=True
            ), 409
        return _form(needs, place, request.form, wrong=words.by_field(refused.wrong)), 409
    if made:
        code, branch, plan = place.where
        changed = [[*each.key[3:], *field] for each in made for field in each.fields]
        action = _DONE[place.does]
        audit.note(needs, action, "service", code, branch=branch, plan=plan, changed=changed)
    return redirect(url_for("console.show_service", code=place.where[0]) + "#prices", 303)


def _shown_again(needs: Needs, place: Place) -> Answer:
    """The list was changed since: the same edit against the list as it is now."""
    try:
        return _shown(
            place, needs.editor.preview_price(_edit(place), needs.clock()), stale=True
        ), 409
    except EditRefused as refused:
        wrong = words.by_field(refused.wrong)
        return _form(needs, place, request.form, wrong=wrong, stale=True), 409
    except EditStale:
        return _form(needs, place, request.form, stale=True), 409


def _shown(place: Place, shown: PricePreview, **more: Any) -> str:
    return render_template(
        "console/catalogue/price_preview.html",
        place=place,
        name=name_of(place.entry.definition, language.current()),
        preview=shown,
        before=spans(shown.before),
        after=spans(shown.after),
        typed={name: request.form.get(name, "") for name in _FIELDS},
        reason=request.form.get("reason", ""),
        longest=forms.LONGEST_REASON,
        words=words,
        **{"stale": False, "unreasoned": False, **more},
    )


def _form(needs: Needs, place: Place, typed: Any, **more: Any) -> str:
    code = place.where[0]
    listed = [each for each in needs.editor.prices(code) if each.terms.key[:3] == place.where]
    return render_template(
        "console/catalogue/price_form.html",
        place=place,
        name=name_of(place.entry.definition, language.current()),
        typed=typed,
        prices=listed,
        today=local_day(needs.clock(), place.branch.zone),
        words=words,
        **{"wrong": {}, "stale": False, **more},
    )
