"""From rows to the words of the model, and back."""

from collections.abc import Iterable
from typing import Any, cast

from clinic.languages import Language
from conversations.model import (
    Choice,
    Conversation,
    ConversationState,
    Direction,
    Handoff,
    Location,
    Media,
    Message,
    Template,
)
from conversations.tables import ConversationRow, HandoffRow, MessageRow


def conversation_of(row: ConversationRow) -> Conversation:
    """The conversation that a row keeps."""
    return Conversation(
        id=row.id,
        channel=row.channel,
        address=row.address,
        reply_to=row.reply_to,
        recipient=row.recipient,
        patient_id=row.patient_id,
        language=cast("Language", row.language),
        state=ConversationState(row.state),
        call_id=row.call_id,
        flow=row.flow,
        opened_at=row.opened_at,
        last_at=row.last_at,
        identified=row.identified,
        taken_by=row.taken_by,
    )


def message_of(row: MessageRow) -> Message:
    """The message that a row keeps."""
    inbound = row.direction == "in"
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        at=row.at,
        channel=row.channel,
        direction=cast("Direction", row.direction),
        text=row.text,
        choices=choices_of(row.choices),
        payload=row.meant if inbound else row.payload,
        intent=row.intent,
        confidence=row.confidence,
        state=row.state,
        author=row.author,
        provider_id=row.provider_id,
        error_code=row.error_code,
        in_reply_to=row.in_reply_to,
        media=media_of(row),
        location=location_of(row),
        address=row.address,
        ranking=tuple((str(name), float(score)) for name, score in row.ranking),
        instead_of=row.instead_of,
        model=row.model,
    )


def handoff_of(row: HandoffRow) -> Handoff:
    """The handoff that a row keeps."""
    return Handoff(
        id=row.id,
        conversation_id=row.conversation_id,
        kind=row.kind,
        reason=row.reason,
        opened_at=row.opened_at,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
    )


def choices_of(kept: Iterable[dict[str, Any]]) -> tuple[Choice, ...]:
    """Choices from their JSON."""
    return tuple(Choice(each["title"], each["payload"], each["description"]) for each in kept)


def keep_choices(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    """Choices as JSON."""
    return [
        {"title": each.title, "payload": each.payload, "description": each.description}
        for each in choices
    ]


def template_of(row: MessageRow) -> Template | None:
    """The approved words that the message goes out as."""
    kept = row.template
    if not kept:
        return None
    return Template(kept["name"], tuple(kept["variables"]), choices_of(kept["choices"]))


def keep_template(template: Template | None) -> dict[str, Any] | None:
    """A template as JSON."""
    if template is None:
        return None
    return {
        "name": template.name,
        "variables": list(template.variables),
        "choices": keep_choices(template.choices),
    }


def media_of(row: MessageRow) -> tuple[Media, ...]:
    """What was sent along."""
    return tuple(Media(each["url"], each["content_type"]) for each in row.media)


def keep_media(media: Iterable[Media]) -> list[dict[str, Any]]:
    """Media as JSON."""
    return [{"url": each.url, "content_type": each.content_type} for each in media]


def location_of(row: MessageRow) -> Location | None:
    """The place that was shared."""
    kept = row.location
    return Location(kept["latitude"], kept["longitude"], kept["label"]) if kept else None


def keep_location(location: Location | None) -> dict[str, Any] | None:
    """A place as JSON."""
    if location is None:
        return None
    return {
        "latitude": location.latitude,
        "longitude": location.longitude,
        "label": location.label,
    }
