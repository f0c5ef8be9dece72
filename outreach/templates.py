"""All that the clinic says of its own accord and WhatsApp must approve.

A new kind of message names its notices here; `consulta templates push` then submits them.
"""

from typing import Final

from channels.base import TemplateText
from clinic.languages import LANGUAGES
from outreach.changes import CHANGES
from outreach.invitation import INVITATION
from outreach.notices import Notice
from outreach.reminders.words import PREPARATIONS, REMINDERS
from outreach.waitlist.words import OFFERS

NOTICES: Final[tuple[Notice, ...]] = (
    *REMINDERS,
    *PREPARATIONS,
    *OFFERS,
    *CHANGES,
    INVITATION,
)


def templates_of(clinic: str) -> list[TemplateText]:
    """Every notice in every language. clinic: how the clinic calls itself."""
    return [notice.submitted(language, clinic) for notice in NOTICES for language in LANGUAGES]
