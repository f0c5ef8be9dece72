"""What was looked at and changed, by whom: for reading only."""

from flask import Blueprint, abort, render_template, request

from console.access import audit, staff
from console.needs import Needs
from console.sent import whole

PAGE = 100


def add_views(blueprint: Blueprint, needs: Needs) -> None:
    """Adds /audit."""

    @blueprint.get("/audit")
    def show_audit() -> str:
        user, action = request.args.get("user", ""), request.args.get("action", "")
        chosen = {"user_name": user, "action": action}
        found = audit.read(
            needs,
            limit=PAGE + 1,
            before=_number(request.args.get("before")),
            **{name: value for name, value in chosen.items() if value},
        )
        zone = needs.catalogue.branches()[0].zone
        return render_template(
            "console/audit.html",
            lines=[(line, line.at.astimezone(zone)) for line in found[:PAGE]],
            older=found[PAGE - 1].id if len(found) > PAGE else None,
            user=user,
            action=action,
            names=[member.name for member in staff.members(needs.database)],
            actions=audit.ACTIONS,
            zone=zone.key,
        )


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    number = whole(text, 15)
    if number is None:
        abort(400)
    return number
