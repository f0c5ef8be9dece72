"""Campaigns: beginning one in steps, watching it, changing its course."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from app.campaigns import CampaignDesk, Found
from clinic.campaigns import (
    Campaign,
    CampaignKind,
    CampaignState,
    CampaignUnknown,
    MoveReason,
    NewCampaign,
    Recipient,
    RecipientState,
)
from clinic.catalogue import CatalogueError
from console import language, shown
from console.access import audit, scope
from console.needs import Needs
from console.outreach import campaign_forms, campaign_rows
from console.outreach.campaign_forms import Where
from console.schedule import agenda
from console.schedule.visits import VisitReader

SHOWN: Final = 200
"""So many recipients are on the page; the file has all."""
REFRESH: Final = 10
"""Seconds after which the page of a campaign that is under way asks again."""

Answer = AnyResponse | str | tuple[str, int]
OpenDesk = Callable[[], CampaignDesk]


def add_views(blueprint: Blueprint, needs: Needs, desk: OpenDesk) -> None:
    """Adds /campaigns and all below it."""

    @blueprint.get("/campaigns")
    def show_campaigns() -> str:
        return _list_page(needs, desk())

    @blueprint.get("/campaigns/move")
    def choose_visits() -> Answer:
        return _choose_page(needs, desk())

    @blueprint.post("/campaigns/move/preview")
    def preview_move() -> Answer:
        return _with_visits(
            needs,
            desk(),
            lambda where, what, recipients: preview_page(needs, desk(), what, recipients, where),
        )

    @blueprint.post("/campaigns/move")
    def begin_move() -> Answer:
        return _with_visits(
            needs, desk(), lambda _, what, recipients: begin(needs, desk(), what, recipients)
        )

    @blueprint.get("/campaigns/<campaign_id>")
    def show_campaign(campaign_id: str) -> str:
        return _campaign_page(needs, desk(), _known(desk(), campaign_id))

    @blueprint.get("/campaigns/<campaign_id>/results.csv")
    def campaign_results(campaign_id: str) -> Response:
        campaign = _known(desk(), campaign_id)
        audit.note(needs, "campaign_exported", "campaign", campaign.id)
        found = campaign_rows.rows(needs, campaign, desk().results(campaign.id))
        disposition = f"attachment; filename=campaign-{campaign.id[:8]}.csv"
        return Response(
            campaign_rows.spreadsheet(found),
            mimetype="text/csv",
            headers={"Content-Disposition": disposition},
        )

    @blueprint.post("/campaigns/<campaign_id>/<step>")
    def change_campaign(campaign_id: str, step: str) -> AnyResponse:
        try:
            desk().change(_known(desk(), campaign_id).id, step, current_user.name)
        except ValueError:
            abort(404)
        audit.note(needs, "campaign_changed", "campaign", campaign_id, step=step)
        return redirect(url_for("console.show_campaign", campaign_id=campaign_id), 303)


def _known(desk: CampaignDesk, campaign_id: str) -> Campaign:
    try:
        campaign = desk.campaign(campaign_id)
    except CampaignUnknown:
        abort(404)
    if not scope.sees_branch(campaign.what.branch):
        abort(404)
    return campaign


def begin(
    needs: Needs, desk: CampaignDesk, what: NewCampaign, recipients: Sequence[Recipient]
) -> AnyResponse:
    """Begins it and leads to its page."""
    campaign = desk.begin(what, recipients, current_user.name)
    audit.note(needs, "campaign_begun", "campaign", campaign.id)
    return redirect(url_for("console.show_campaign", campaign_id=campaign.id), 303)


# --- moving visits ------------------------------------------------------------------------------


def _choose_page(
    needs: Needs, desk: CampaignDesk, where: Where | None = None, problem: str = "", key: str = ""
) -> str:
    """The form that looks for visits and, once it was sent, what it found."""
    if where is None and "where" in request.args:
        where = _where(needs, request.args.to_dict())
    if where is not None and not where.makes_sense:
        problem = "campaign_problem_span"
    found = desk.find(where.span) if where and where.makes_sense else None
    reader = VisitReader(needs, language.current())
    branches = scope.branches(needs)
    tomorrow = agenda.today(needs, branches[0]) + timedelta(days=1)
    return render_template(
        "console/campaign_move.html",
        places=[(branch, needs.catalogue.practitioners(branch.code)) for branch in branches],
        where=where,
        fields=where.fields if where else {"day": tomorrow.isoformat()},
        found=found and [(each, reader.read(each.visit)) for each in found],
        searched=found is not None,
        reasons=list(MoveReason),
        reason=_likely_reason(where),
        key=key or campaign_forms.new_key(),
        problem=problem,
    )


def _likely_reason(where: Where | None) -> MoveReason:
    one = where is not None and where.practitioner is not None
    return MoveReason.PRACTITIONER if one else MoveReason.BRANCH


def _where(needs: Needs, form: dict[str, str]) -> Where:
    try:
        return campaign_forms.read_where(form, needs.catalogue)
    except CatalogueError:
        abort(404)
    except campaign_forms.Unread:
        abort(400)


def _with_visits(
    needs: Needs,
    desk: CampaignDesk,
    then: Callable[[Where, NewCampaign, Sequence[Recipient]], Answer],
) -> Answer:
    """Goes on with the visits that were ticked, if they still stand as they were shown."""
    where = _where(needs, request.form.to_dict())
    try:
        key, reason = (
            campaign_forms.read_key(request.form),
            campaign_forms.read_reason(request.form),
        )
    except campaign_forms.Unread:
        abort(400)
    if known := desk.begun(key):
        return redirect(url_for("console.show_campaign", campaign_id=known.id), 303)
    found: Sequence[Found] = desk.find(where.span) if where.makes_sense else []
    recipients = campaign_forms.chosen(request.form, found)
    if recipients is None:
        return _choose_page(needs, desk, where, "campaign_problem_changed", key), 409
    if not recipients:
        return _choose_page(needs, desk, where, "campaign_problem_none", key), 409
    return then(where, campaign_forms.move(where, reason, key), recipients)


def preview_page(
    needs: Needs,
    desk: CampaignDesk,
    what: NewCampaign,
    recipients: Sequence[Recipient],
    where: Where | None = None,
    fields: dict[str, str] | None = None,
) -> str:
    """What would be said and cost; where, fields: what the form must send again."""
    preview = desk.preview(what, recipients)
    names = {
        one.recipient.patient_id: shown.masked(
            needs.patients.patient(one.recipient.patient_id).name
        )
        for one in preview.samples
    }
    return render_template(
        "console/campaign_preview.html",
        what=what,
        move=what.kind is CampaignKind.MOVE,
        preview=preview,
        names=names,
        where=where,
        fields=dict(where.fields) if where else fields,
        recipients=recipients,
        branch=needs.catalogue.branch(what.branch),
    )


# --- a campaign and all of them -----------------------------------------------------------------


def _list_page(needs: Needs, desk: CampaignDesk) -> str:
    names = {branch.code: branch for branch in needs.catalogue.branches()}
    return render_template(
        "console/campaigns.html",
        campaigns=[
            (
                campaign,
                names[campaign.what.branch],
                campaign.begun_at.astimezone(names[campaign.what.branch].zone),
                shown.campaign(campaign.state, waiting=RecipientState.WAITING in counts),
                counts,
            )
            for campaign, counts in desk.newest()
            if scope.sees_branch(campaign.what.branch)
        ],
    )


def _campaign_page(needs: Needs, desk: CampaignDesk, campaign: Campaign) -> str:
    branch = needs.catalogue.branch(campaign.what.branch)
    results = desk.results(campaign.id)
    counts = Counter(each.word for each in results)
    word = request.args.get("word", "")
    chosen = [each for each in results if word in {"", each.word}]
    waiting = counts["waiting"] > 0
    running = campaign.state is CampaignState.RUNNING
    span = campaign.what.span
    practitioners = {one.code: one for one in needs.catalogue.practitioners(branch.code)}
    return render_template(
        "console/campaign.html",
        campaign=campaign,
        move=campaign.what.kind is CampaignKind.MOVE,
        branch=branch,
        who=practitioners.get(span.practitioner or "") if span else None,
        start=span.start.astimezone(branch.zone) if span else None,
        end=span.end.astimezone(branch.zone) if span else None,
        state=shown.campaign(campaign.state, waiting=waiting),
        words=[(each, counts[each]) for each in shown.results() if counts[each]],
        word=word,
        total=len(results),
        done=len(results) - counts["waiting"],
        open=counts["told"] + counts["delivered"] + counts["answered"] + counts["person"],
        rows=campaign_rows.rows(needs, campaign, chosen[:SHOWN]),
        more=max(0, len(chosen) - SHOWN),
        events=[(one, one.at.astimezone(branch.zone)) for one in desk.events(campaign.id)],
        refresh=REFRESH if campaign.closing or (waiting and running) else None,
    )
