"""A service: what it is, what it costs over time, what the bot says, and what was changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic.catalogue import Branch, Plan
from clinic.definitions import ServiceDefinition
from clinic.editing import Difference, EditRefused, EditStale, ServiceEntry
from clinic.hours import local_day
from clinic.languages import LANGUAGES, Language
from clinic.price_list import ListedPrice, Span, in_force, spans
from console import language
from console.access import audit, permissions, scope
from console.catalogue import forms, words
from console.catalogue.needed import by, entry_or_404, names_of, only_whole_clinic
from console.catalogue.said import Bot, Heard, heard
from console.catalogue.standing import PUBLIC, name_of, standings
from console.needs import Needs
from console.sent import whole

Answer = Response | str | tuple[str, int]
_CHANGES: Final = 60


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds the page of a service, trying a name, and the forms of what a service is."""

    @blueprint.get("/catalogue/services/<code>")
    def show_service(code: str) -> str:
        return service_page(needs, entry_or_404(needs, code))

    @blueprint.post("/catalogue/services/<code>/try")
    def try_name(code: str) -> str:
        entry, text = entry_or_404(needs, code), request.form.get("text", "")
        speaks = _language(request.form.get("lang", ""))
        return service_page(needs, entry, heard(needs, code, text, speaks), text)

    @blueprint.get("/catalogue/new")
    def show_new_service() -> str:
        only_whole_clinic()
        return _form(None, {"kind": "study", "minutes": "15"})

    @blueprint.post("/catalogue/new")
    def add_service() -> Answer:
        only_whole_clinic()
        definition = forms.read_definition(request.form, request.form.get("code", "").strip())
        try:
            made = needs.editor.define(definition, None, by(needs))
        except EditRefused as refused:
            return _form(None, request.form, wrong=words.by_field(refused.wrong)), 409
        _note(needs, "catalogue_service_added", definition.code, made)
        return redirect(url_for("console.show_places", code=definition.code), 303)

    @blueprint.get("/catalogue/services/<code>/edit")
    def show_service_form(code: str) -> str:
        only_whole_clinic()
        entry = entry_or_404(needs, code)
        return _form(entry, forms.typed_definition(entry.definition))

    @blueprint.post("/catalogue/services/<code>/edit")
    def change_service(code: str) -> Answer:
        only_whole_clinic()
        return _change(needs, code, forms.read_definition(request.form, code))


def _change(needs: Needs, code: str, definition: ServiceDefinition) -> Answer:
    entry = entry_or_404(needs, code)
    version = whole(request.form.get("version", ""))
    if version is None:
        abort(400)
    try:
        made = needs.editor.define(definition, version, by(needs))
    except EditRefused as refused:
        wrong = words.by_field(refused.wrong)
        return _form(entry, request.form, wrong=wrong, version=version), 409
    except EditStale as stale:
        entry = entry_or_404(needs, code)
        return _form(entry, request.form, since=stale.since, names=names_of(needs)), 409
    if made:
        _note(needs, "catalogue_service_changed", code, made)
    return redirect(url_for("console.show_service", code=code), 303)


def _note(needs: Needs, action: str, code: str, made: Sequence[Difference]) -> None:
    audit.note(needs, action, "service", code, changed=words.audited(made))


def _form(entry: ServiceEntry | None, typed: Any, **more: Any) -> str:
    return render_template(
        "console/catalogue/service_form.html",
        entry=entry,
        typed=typed,
        languages=LANGUAGES,
        words=words,
        **{
            "names": {},
            "wrong": {},
            "since": (),
            "version": entry.version if entry else "",
            **more,
        },
    )


def service_page(
    needs: Needs, entry: ServiceEntry, tried: Heard | None = None, text: str = ""
) -> str:
    """All of a service. tried: what the bot took `text` for."""
    code, branches = entry.definition.code, needs.catalogue.branches()
    standing = next(
        each for each in standings(needs.editor, branches, needs.clock()) if each.code == code
    )
    people = {each.code: each for each in needs.catalogue.practitioners()}
    return render_template(
        "console/catalogue/service.html",
        entry=entry,
        name=name_of(entry.definition, language.current()),
        standing=standing,
        places=[(each, entry.places[each.code]) for each in branches if each.code in entry.places],
        people=people,
        languages=LANGUAGES,
        lists=_lists(needs, entry, branches),
        plans=needs.catalogue.plans(),
        branches=branches,
        history=needs.editor.history(code, _CHANGES),
        words=words,
        names=names_of(needs),
        may_change=permissions.allows("console.change_service", current_user.role),
        tried=tried,
        text=text,
        **_bot(needs, entry, branches),
    )


@dataclass(frozen=True, slots=True)
class PriceList:
    """The prices of a branch and plan in order of time, each with when it is.

    Beside each the days on which it is in force, where others cover some of its own. now: the one
    in force. done: whether the service is done there, and so the prices told.
    """

    branch: Branch
    plan: Plan
    done: bool
    now: ListedPrice | None
    standing: Sequence[tuple[ListedPrice, str, Sequence[Span]]]
    past: Sequence[tuple[ListedPrice, str, Sequence[Span]]]

    @property
    def prices(self) -> bool:
        """Whether there are any."""
        return bool(self.standing or self.past)


def _lists(needs: Needs, entry: ServiceEntry, branches: Sequence[Branch]) -> list[PriceList]:
    """The price lists, everybody's first, where there is a price or should be one."""
    listed: dict[tuple[str, str], list[ListedPrice]] = defaultdict(list)
    for price in needs.editor.prices(entry.definition.code):
        listed[price.terms.branch, price.terms.plan].append(price)
    plans = sorted(needs.catalogue.plans(), key=lambda plan: plan.code != PUBLIC)
    return [
        _list(needs, entry, branch, plan, listed[branch.code, plan.code])
        for branch in branches
        for plan in plans
        if listed[branch.code, plan.code] or (branch.code in entry.places and plan.code == PUBLIC)
    ]


def _list(
    needs: Needs, entry: ServiceEntry, branch: Branch, plan: Plan, prices: Sequence[ListedPrice]
) -> PriceList:
    today = local_day(needs.clock(), branch.zone)
    shown = [(each, each.when(today), _covered(each, spans(prices))) for each in prices]
    return PriceList(
        branch,
        plan,
        branch.code in entry.places,
        in_force(prices, today),
        [each for each in shown if each[1] != "past"],
        [each for each in shown if each[1] == "past"],
    )


def _covered(price: ListedPrice, every: Sequence[Span]) -> Sequence[Span]:
    """The days on which it is in force; none where that is all of its own."""
    mine = [span for span in every if span.price == price]
    own = (price.terms.valid_from, price.terms.valid_to)
    return [] if [(span.first, span.last) for span in mine] == [own] else mine


def _bot(needs: Needs, entry: ServiceEntry, branches: Sequence[Branch]) -> dict[str, Any]:
    """What the bot says, in the language, at the branch and on the channel that were chosen."""
    speaks = _language(request.values.get("lang", ""))
    branch = _branch(branches, entry, request.values.get("at", ""))
    channel = request.values.get("channel", "")
    if channel not in needs.channels:
        channel = next(iter(needs.channels))
    plans = {plan.code for plan in needs.catalogue.plans()}
    plan = request.values.get("plan", PUBLIC)
    plan = plan if plan in plans else PUBLIC
    bot = Bot(needs, speaks, channel)
    costs, priced = bot.price(entry.definition.code, branch.code, plan)
    _, prepared = bot.preparation(entry.definition.code)
    return {
        "speaks": speaks,
        "at": branch,
        "channel": channel,
        "plan": plan,
        "channels": list(needs.channels),
        "priced": priced,
        "told": costs.quote is not None,
        "prepared": prepared,
        "chosen": {"lang": speaks, "at": branch.code, "channel": channel, "plan": plan},
    }


def _branch(branches: Sequence[Branch], entry: ServiceEntry, asked: str) -> Branch:
    """The branch asked for; else the first where it is done and whoever asks works."""
    named = next((each for each in branches if each.code == asked), None)
    if named is not None:
        return named
    done = [each for each in branches if each.code in entry.places]
    mine = [each for each in done if scope.sees_branch(each.code)]
    return next(iter([*mine, *done, *branches]))


def _language(asked: str) -> Language:
    return next((each for each in LANGUAGES if each == asked), language.current())
