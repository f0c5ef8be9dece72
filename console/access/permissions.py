"""Which role opens which page. A page that is not named here opens for nobody."""

from collections.abc import Mapping
from typing import Final

from console.access.users import Role

EVERYBODY: Final = frozenset(Role)
DESK: Final = frozenset({Role.RECEPTION, Role.MANAGER, Role.ADMIN})
"""Who talk with patients and change their visits."""
READERS: Final = DESK | {Role.AUDITOR}
"""Who may see patients; the auditor changes nothing."""
MANAGERS: Final = frozenset({Role.MANAGER, Role.ADMIN})
"""Who lead the desk."""
TRAINERS: Final = frozenset({Role.TRAINER, Role.ADMIN})
"""Who teach the assistant; of patients they see masked messages alone."""
WORDING: Final = TRAINERS | {Role.MANAGER}
"""Who may see what the assistant says."""
ADMINS: Final = frozenset({Role.ADMIN})
FIGURES: Final = frozenset({Role.MANAGER, Role.ADMIN, Role.AUDITOR})
"""Who answer for how it goes."""

OPENS: Final[Mapping[str, frozenset[Role]]] = {
    # Oneself
    "console.home": EVERYBODY,
    "console.show_menu": EVERYBODY,
    "console.show_nothing": EVERYBODY,
    "console.live": EVERYBODY,
    "console.sign_out": EVERYBODY,
    "console.show_account": EVERYBODY,
    "console.change_password": EVERYBODY,
    "console.begin_second_factor": EVERYBODY,
    "console.show_second_factor_code": EVERYBODY,
    "console.confirm_second_factor": EVERYBODY,
    # Patients
    "console.show_inbox": READERS,
    "console.mark_unread": READERS,
    "console.finish_thread": DESK,
    "console.add_note": DESK,
    "console.take_back_note": DESK,
    "console.change_tags": DESK,
    "console.print_thread": READERS,
    "console.export_thread": READERS,
    "console.show_agenda": READERS,
    "console.show_day_sheet": READERS,
    "console.show_visit": READERS,
    "console.change_visit": DESK,
    "console.show_move": DESK,
    "console.move_visit": DESK,
    "console.show_booking": DESK,
    "console.book_visit": DESK,
    "console.add_patient": DESK,
    "console.show_waiting": READERS,
    "console.strike_out": DESK,
    "console.show_undelivered": READERS,
    "console.settle_undelivered": DESK,
    "console.show_search": READERS,
    "console.show_patient": READERS,
    "console.show_details": READERS,
    "console.correct_patient": DESK,
    "console.add_address": DESK,
    "console.remove_address": DESK,
    "console.show_duplicates": DESK,
    "console.show_merge": DESK,
    "console.merge_patients": DESK,
    "console.unmerge_patients": DESK,
    "console.show_personal_data": MANAGERS,
    "console.export_patient": MANAGERS,
    "console.erase_patient": MANAGERS,
    "console.show_conversation": READERS,
    "console.take_over": DESK,
    "console.give_back": DESK,
    "console.send_reply": DESK,
    "console.add_report": DESK,
    "console.change_report": DESK,
    "console.join_waitlist": DESK,
    "console.prioritise_on_waitlist": DESK,
    "console.leave_waitlist": DESK,
    # What the clinic starts
    "console.show_waitlist": READERS,
    "console.show_waitlist_report": READERS,
    "console.download_waitlist_report": READERS,
    "console.show_campaigns": READERS,
    "console.choose_visits": DESK,
    "console.preview_move": DESK,
    "console.begin_move": DESK,
    "console.choose_audience": MANAGERS,
    "console.preview_news": MANAGERS,
    "console.begin_news": MANAGERS,
    "console.show_campaign": READERS,
    "console.campaign_results": READERS,
    "console.change_campaign": DESK,
    "console.show_canned": MANAGERS,
    "console.change_canned": MANAGERS,
    # The catalogue
    "console.show_catalogue": READERS,
    "console.download_catalogue": READERS,
    "console.show_service": READERS,
    "console.try_name": READERS,
    "console.show_new_service": MANAGERS,
    "console.add_service": MANAGERS,
    "console.show_service_form": MANAGERS,
    "console.change_service": MANAGERS,
    "console.show_places": MANAGERS,
    "console.change_places": MANAGERS,
    "console.show_price": MANAGERS,
    "console.preview_price": MANAGERS,
    "console.change_price": MANAGERS,
    "console.show_import": MANAGERS,
    "console.preview_import": MANAGERS,
    "console.take_import": MANAGERS,
    # Figures
    "console.show_insights": FIGURES,
    "console.download_insights": FIGURES,
    # The assistant
    "console.show_review": TRAINERS,
    "console.decide_label": TRAINERS,
    "console.undo_label": TRAINERS,
    "console.show_labels": TRAINERS,
    "console.write_labels": TRAINERS,
    "console.show_models": TRAINERS,
    "console.begin_training": TRAINERS,
    "console.show_run": TRAINERS,
    "console.stop_training": TRAINERS,
    "console.publish_model": TRAINERS,
    "console.publish_back": TRAINERS,
    "console.show_responses": WORDING,
    "console.show_response": WORDING,
    "console.reword_response": TRAINERS,
    "console.undo_rewording": TRAINERS,
    "console.show_story": TRAINERS,
    "console.keep_story": TRAINERS,
    # The house
    "console.show_users": ADMINS,
    "console.add_user": ADMINS,
    "console.change_user": ADMINS,
    "console.show_audit": frozenset({Role.ADMIN, Role.AUDITOR}),
}
"""Endpoint → who may open it."""


def allows(endpoint: str | None, role: str) -> bool:
    """Whether a person of that role may open the page."""
    return role in OPENS.get(endpoint or "", frozenset())
