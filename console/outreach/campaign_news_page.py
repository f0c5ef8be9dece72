"""News to patients: whom they go to, the words in each language, and a preview."""

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.campaigns import CampaignDesk
from clinic.campaigns import CampaignKind, NewCampaign, Recipient
from clinic.catalogue import CatalogueError
from clinic.languages import LANGUAGES
from console import language
from console.access import scope
from console.needs import Needs
from console.outreach import campaign_forms
from console.outreach.campaigns_page import Answer, OpenDesk, begin, preview_page


def add_views(blueprint: Blueprint, needs: Needs, desk: OpenDesk) -> None:
    """Adds /campaigns/news."""

    @blueprint.get("/campaigns/news")
    def choose_audience() -> Answer:
        return _page(needs, desk(), request.args, "")

    @blueprint.post("/campaigns/news/preview")
    def preview_news() -> Answer:
        return _with_audience(needs, desk(), start=False)

    @blueprint.post("/campaigns/news")
    def begin_news() -> Answer:
        return _with_audience(needs, desk(), start=True)


def _with_audience(needs: Needs, desk: CampaignDesk, *, start: bool) -> Answer:
    """Goes on where there is somebody to tell, and words in the language of each."""
    try:
        key, texts = campaign_forms.read_key(request.form), campaign_forms.read_texts(request.form)
    except campaign_forms.Unread:
        abort(400)
    if known := desk.begun(key):
        return redirect(url_for("console.show_campaign", campaign_id=known.id), 303)
    recipients = _audience(needs, desk, request.form)
    wanted = desk.languages(recipients)
    if not wanted or any(each not in texts for each in wanted):
        return _page(needs, desk, request.form, "campaign_problem_texts", key), 409
    what = NewCampaign(key, CampaignKind.NEWS, request.form["branch"], texts=texts)
    if start:
        return begin(needs, desk, what, recipients)
    return preview_page(needs, desk, what, recipients, fields=_fields(request.form))


def _audience(needs: Needs, desk: CampaignDesk, form: "MultiDict[str, str]") -> Sequence[Recipient]:
    """Aborts for a branch, a service or a span that there is not."""
    service = form.get("service") or None
    try:
        branch = scope.branch_or_404(needs, form.get("branch", ""))
        if service is not None:
            needs.catalogue.service(service)
        return desk.audience(branch.code, service, campaign_forms.read_months(form))
    except CatalogueError:
        abort(404)
    except campaign_forms.Unread:
        abort(400)


def _fields(form: "MultiDict[str, str]") -> dict[str, str]:
    names = ("branch", "service", "months", *(f"text_{each}" for each in LANGUAGES))
    return {name: form.get(name, "") for name in names}


def _page(
    needs: Needs, desk: CampaignDesk, form: "MultiDict[str, str]", problem: str, key: str = ""
) -> str:
    recipients = _audience(needs, desk, form) if "branch" in form else None
    services = [(one.code, one.name(language.current())) for one in needs.catalogue.services()]
    return render_template(
        "console/campaign_news.html",
        branches=scope.branches(needs),
        services=sorted(services, key=lambda one: one[1]),
        months=campaign_forms.MONTHS,
        fields=_fields(form) | {"months": form.get("months", str(campaign_forms.MONTHS[1]))},
        searched=recipients is not None,
        wanted=desk.languages(recipients or []),
        left_out=Counter(each.why for each in recipients or [] if each.why),
        longest=campaign_forms.LONGEST_TEXT,
        key=key or campaign_forms.new_key(),
        problem=problem,
    )
