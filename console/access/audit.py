"""Who looked at what and who changed what. Rows are only ever added: the database sees to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask_login import current_user
from sqlalchemy import select

from console.needs import Needs
from console.tables import AuditRow

ACTIONS: Final = (
    *("signed_in", "signed_out", "sign_in_failed", "password_changed", "password_given"),
    *("second_factor_on", "second_factor_reset", "user_added", "user_changed"),
    *("patient_viewed", "conversation_viewed", "handoff_closed"),
    *("note_added", "note_taken_back", "tag_added", "tag_removed"),
    *("thread_finished", "thread_printed", "thread_exported"),
    *("message_sent_again", "message_seen_to"),
    *("campaign_begun", "campaign_changed", "campaign_exported"),
    *("waitlist_joined", "waitlist_prioritised", "waitlist_left"),
    *("conversation_taken", "conversation_taken_from", "conversation_given_back"),
    *("reply_sent", "canned_kept", "canned_removed"),
    *("visit_viewed", "visit_marked", "visit_cancelled", "visit_moved", "visit_booked"),
    *("patient_added", "patient_exported", "patient_erased"),
    *("patient_corrected", "address_added", "address_removed"),
    *("patients_merged", "patients_unmerged"),
    *("label_added", "label_undone", "labels_written"),
    *("training_begun", "training_stopped", "model_published", "model_back"),
    *("response_reworded", "response_undone", "story_viewed", "story_kept"),
    *("catalogue_service_added", "catalogue_service_changed", "catalogue_places_changed"),
    *("catalogue_price_added", "catalogue_price_corrected", "catalogue_price_ended"),
    *("catalogue_price_taken_back", "catalogue_imported", "catalogue_exported"),
    *("report_added", "report_released", "report_withdrawn"),
)
"""Everything that is noted; each is explained in texts/ as `action_<name>`."""


@dataclass(frozen=True, slots=True)
class Audited:
    """One line of the log. details hold codes, ids and states, never a patient's words."""

    id: int
    at: datetime
    user: str
    role: str
    action: str
    subject: str
    subject_id: str
    details: dict[str, Any]


def note(
    needs: Needs, action: str, subject: str = "", subject_id: str = "", **details: Any
) -> None:
    """Keeps that whoever is signed in has done this now.

    subject: the kind of what it was done to ("patient", "visit", ...), with its id.
    """
    note_as(
        needs, current_user.name, current_user.role, action, subject, subject_id, details=details
    )


def note_as(
    needs: Needs,
    name: str,
    role: str,
    action: str,
    subject: str = "",
    subject_id: str = "",
    *,
    details: dict[str, Any] | None = None,
) -> None:
    """The same for somebody who is not signed in yet, or no longer."""
    row = AuditRow(
        at=needs.clock(),
        user_name=name,
        role=role,
        action=action,
        subject=subject,
        subject_id=subject_id,
        details=details or {},
    )
    with needs.database.begin() as session:
        session.add(row)


def read(
    needs: Needs, *, limit: int, before: int | None = None, **conditions: str
) -> Sequence[Audited]:
    """The newest first; before: the id to go on from. conditions: columns and what they equal."""
    query = select(AuditRow).filter_by(**conditions).order_by(AuditRow.id.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditRow.id < before)
    with needs.database.read() as session:
        return [
            Audited(
                row.id,
                row.at,
                row.user_name,
                row.role,
                row.action,
                row.subject,
                row.subject_id,
                row.details,
            )
            for row in session.scalars(query)
        ]
