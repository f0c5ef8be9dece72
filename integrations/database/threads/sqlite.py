"""Threads and words in SQLite: an FTS5 index over the messages' own text, and triggers."""

from typing import Final

from integrations.database.threads.common import (
    ADD,
    EMPTY,
    ERASED,
    FOLLOW,
    STATE,
    WAITING,
    refreshed,
)

_ID: Final = "lower(hex(randomblob(16)))"
_HERE: Final = (
    "threads WHERE (NEW.patient_id IS NULL AND patient_id IS NULL AND address = NEW.address)"
    " OR patient_id = NEW.patient_id"
)
_NEW_TALK: Final = "(SELECT thread_id FROM conversations WHERE number = NEW.number)"
_OF: Final = "(SELECT thread_id FROM conversations WHERE id = {0}.conversation_id)"
_JOIN: Final = (
    f"{ADD}SELECT {_ID}, NEW.patient_id, CASE WHEN NEW.patient_id IS NULL THEN NEW.address END,"
    f" {EMPTY} WHERE NOT ({ERASED.format('NEW')}) AND NOT EXISTS (SELECT 1 FROM {_HERE});"
    f" UPDATE conversations SET thread_id = CASE WHEN NOT ({ERASED.format('NEW')})"
    f" THEN (SELECT id FROM {_HERE}) END WHERE number = NEW.number;"
)
_ADDED: Final = "INSERT INTO message_words (rowid, text) VALUES (NEW.number, NEW.text);"
_REMOVED: Final = (
    "INSERT INTO message_words (message_words, rowid, text)"
    " VALUES ('delete', OLD.number, OLD.text);"
)


def _trigger(name: str, when: str, *body: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {when} BEGIN {' '.join(body)} END"


class Kind:
    """The statements of SQLite."""

    NEW_ID: Final = _ID
    FILL: Final = ("INSERT INTO message_words (rowid, text) SELECT number, text FROM messages",)
    STATEMENTS: Final = (
        (
            "CREATE VIRTUAL TABLE message_words USING fts5(text, content='messages',"
            " content_rowid='number', tokenize='unicode61 remove_diacritics 2', prefix='2 3 4')"
        ),
        _trigger("message_words_added", "INSERT ON messages", _ADDED),
        _trigger(
            "message_words_changed",
            "UPDATE OF text ON messages WHEN NEW.text <> OLD.text",
            _REMOVED,
            _ADDED,
        ),
        _trigger("message_words_removed", "DELETE ON messages", _REMOVED),
        _trigger(
            "threads_talk_begins",
            "INSERT ON conversations",
            _JOIN,
            STATE.format(thread=_NEW_TALK),
        ),
        _trigger(
            "threads_talk_moves",
            "UPDATE OF key, patient_id, address ON conversations WHEN NEW.patient_id IS NOT"
            f" OLD.patient_id OR ({ERASED.format('NEW')}) <> ({ERASED.format('OLD')})"
            " OR (NEW.patient_id IS NULL AND NEW.address <> OLD.address)",
            _JOIN,
            *[each.format(old="OLD.thread_id", new=_NEW_TALK) for each in FOLLOW],
            *refreshed("OLD.thread_id"),
            *refreshed(_NEW_TALK),
        ),
        _trigger(
            "threads_talk_changes",
            "UPDATE OF state, taken_by ON conversations",
            STATE.format(thread="NEW.thread_id"),
        ),
        _trigger(
            "threads_said",
            "INSERT ON messages",
            "UPDATE threads SET last_number = NEW.number, last_at = NEW.at, channel = NEW.channel,"
            " talk_id = NEW.conversation_id,"
            " heard_number = CASE NEW.direction WHEN 'in' THEN NEW.number ELSE heard_number END,"
            " heard_at = CASE NEW.direction WHEN 'in' THEN NEW.at ELSE heard_at END"
            f" WHERE last_number < NEW.number AND id = {_OF.format('NEW')};",
        ),
        _trigger(
            "threads_answered",
            "INSERT ON messages WHEN (NEW.direction = 'in' OR substr(NEW.author, 1, 6) = 'staff:')"
            " AND EXISTS (SELECT 1 FROM handoffs h WHERE h.conversation_id = NEW.conversation_id"
            " AND h.closed_at IS NULL AND h.kind = 'handoff')",
            WAITING.format(thread=_OF.format("NEW")),
        ),
        _trigger("threads_unsaid", "DELETE ON messages", *refreshed(_OF.format("OLD"))),
        _trigger(
            "threads_handed_over",
            "INSERT ON handoffs",
            WAITING.format(thread=_OF.format("NEW")),
        ),
        _trigger(
            "threads_handoff_changes",
            "UPDATE ON handoffs",
            WAITING.format(thread=_OF.format("OLD")),
            WAITING.format(thread=_OF.format("NEW")),
        ),
    )
