"""What was said in one call, read from the record: nothing of an earlier call or message."""

from collections.abc import Sequence

from channels.voice.ports import CallStore
from conversations.model import Message, Utterance


def said_in_call(
    store: CallStore, conversation_id: str, call_id: str | None
) -> tuple[Utterance, ...]:
    """The last thing said in this call; nothing when nothing was said yet."""
    if not conversation_id or not call_id:
        return ()
    messages = store.messages(conversation_id)
    return _last(messages, _turns_of(messages, call_id))


def heard_as(store: CallStore, conversation_id: str, provider_id: str) -> str | None:
    """The intent that a message was read as, by the provider's id of it."""
    message = _heard(store, conversation_id, provider_id)
    return message.intent if message else None


def meant_as(store: CallStore, conversation_id: str, provider_id: str) -> str | None:
    """The payload of ours that a message was resolved to."""
    message = _heard(store, conversation_id, provider_id)
    return message.payload if message else None


def _heard(store: CallStore, conversation_id: str, provider_id: str) -> Message | None:
    for message in reversed(store.messages(conversation_id)):
        if message.direction == "in" and message.provider_id == provider_id:
            return message
    return None


def _turns_of(messages: Sequence[Message], call_id: str) -> frozenset[str]:
    return frozenset(
        message.id
        for message in messages
        if message.direction == "in" and (message.provider_id or "").startswith(f"{call_id}:")
    )


def _last(messages: Sequence[Message], turns: frozenset[str]) -> tuple[Utterance, ...]:
    answers = [
        message
        for message in messages
        if message.direction == "out" and message.in_reply_to in turns
    ]
    return tuple(
        Utterance(message.text, message.choices)
        for message in answers
        if message.in_reply_to == answers[-1].in_reply_to
    )
