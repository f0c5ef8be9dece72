"""Approved words that ask a patient to write again, for where the staff may not write freely."""

from app.rooms import TEMPLATES, announced
from channels.base import TemplateText, takes_templates
from clinic.languages import Language
from console.needs import Needs
from conversations.answering import Way


def invitation(needs: Needs, way: Way, language: Language) -> TemplateText | None:
    """Those of the way's channel; None where it has none that are approved."""
    channel = needs.channels.get(way.post.channel)
    if channel is None or not takes_templates(channel):
        return None
    name = f"consulta_answer_waits_{language}_"
    for texts_of in announced(TEMPLATES).values():
        for text in texts_of(needs.settings.clinic_name):
            if text.name.startswith(name) and channel.templates.approved(text.name):
                found: TemplateText = text
                return found
    return None
