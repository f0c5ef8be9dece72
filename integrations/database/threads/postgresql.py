"""Threads and words in PostgreSQL: a tsvector for each message under a GIN index, and triggers.

Words are folded by `translate`, since the extension that leaves out accents may not be there.
"""

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

_ID: Final = "replace(gen_random_uuid()::text, '-', '')"
_MARKS: Final = "".join(map(chr, (*range(0x300, 0x30D), 0x323, 0x327, 0x328)))
_BETWEEN: Final = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¡¿«»“”‘’…–—·"
_FROM: Final = (_BETWEEN + _MARKS).replace("'", "''")
_FOLDED: Final = (
    f"translate(normalize(lower(left(said, 100000)), NFD), '{_FROM}', '{' ' * len(_BETWEEN)}')"
)
_OF: Final = "(SELECT c.thread_id FROM conversations c WHERE c.id = {0}.conversation_id)"
_FIND: Final = (
    "SELECT id INTO found FROM threads WHERE (patient IS NULL AND patient_id IS NULL"
    " AND address = place) OR patient_id = patient;"
)


def _trigger(name: str, table: str, when: str, *body: str) -> tuple[str, str]:
    return (
        (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {' '.join(body)} END $$"
        ),
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


_WORDS: Final = (
    (
        "CREATE FUNCTION message_words_of(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE"
        f" PARALLEL SAFE AS $$ SELECT to_tsvector('simple'::regconfig, {_FOLDED}) $$"
    ),
    "CREATE TABLE message_words (number bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX ix_message_words_words ON message_words USING gin (words)",
    *_trigger(
        "message_words_keep",
        "messages",
        "AFTER INSERT OR UPDATE OF text OR DELETE",
        "IF TG_OP <> 'INSERT' THEN DELETE FROM message_words WHERE number = OLD.number; END IF;",
        "IF TG_OP <> 'DELETE' AND NEW.text <> '' THEN INSERT INTO message_words",
        "VALUES (NEW.number, message_words_of(NEW.text)); END IF; RETURN NULL;",
    ),
)
_TALKS: Final = (
    (
        "CREATE FUNCTION threads_find(patient varchar, place varchar) RETURNS varchar"
        f" LANGUAGE plpgsql AS $$ DECLARE found varchar; BEGIN {_FIND}"
        f" IF found IS NULL THEN {ADD}VALUES ({_ID}, patient,"
        f" CASE WHEN patient IS NULL THEN place END, {EMPTY}) ON CONFLICT DO NOTHING;"
        f" {_FIND} END IF; RETURN found; END $$"
    ),
    *_trigger(
        "threads_talk_joins",
        "conversations",
        "BEFORE INSERT OR UPDATE OF key, patient_id, address",
        f"IF {ERASED.format('NEW')} THEN NEW.thread_id := NULL;",
        "ELSIF TG_OP = 'INSERT' OR NEW.thread_id IS NULL OR NEW.patient_id IS DISTINCT FROM"
        " OLD.patient_id OR (NEW.patient_id IS NULL AND NEW.address <> OLD.address)",
        "THEN NEW.thread_id := threads_find(NEW.patient_id, NEW.address); END IF; RETURN NEW;",
    ),
    *_trigger(
        "threads_talk_changes",
        "conversations",
        "AFTER INSERT OR UPDATE OF key, patient_id, address, state, taken_by",
        "IF TG_OP = 'UPDATE' AND NEW.thread_id IS DISTINCT FROM OLD.thread_id THEN",
        *[each.format(old="OLD.thread_id", new="NEW.thread_id") for each in FOLLOW],
        *refreshed("OLD.thread_id"),
        *refreshed("NEW.thread_id"),
        f"ELSE {STATE.format(thread='NEW.thread_id')} END IF; RETURN NULL;",
    ),
)
_MESSAGES: Final = (
    *_trigger(
        "threads_said",
        "messages",
        "AFTER INSERT",
        "UPDATE threads SET last_number = NEW.number, last_at = NEW.at, channel = NEW.channel,",
        "talk_id = NEW.conversation_id, heard_number ="
        " CASE NEW.direction WHEN 'in' THEN NEW.number ELSE heard_number END,",
        "heard_at = CASE NEW.direction WHEN 'in' THEN NEW.at ELSE heard_at END",
        f"WHERE last_number < NEW.number AND id = {_OF.format('NEW')};",
        "IF (NEW.direction = 'in' OR substr(NEW.author, 1, 6) = 'staff:') AND EXISTS"
        " (SELECT 1 FROM handoffs h WHERE h.conversation_id = NEW.conversation_id"
        " AND h.closed_at IS NULL AND h.kind = 'handoff')",
        f"THEN {WAITING.format(thread=_OF.format('NEW'))} END IF; RETURN NULL;",
    ),
    *_trigger(
        "threads_unsaid",
        "messages",
        "AFTER DELETE",
        *refreshed(_OF.format("OLD")),
        "RETURN NULL;",
    ),
    *_trigger(
        "threads_handed_over",
        "handoffs",
        "AFTER INSERT OR UPDATE",
        f"IF TG_OP = 'UPDATE' AND OLD.conversation_id <> NEW.conversation_id"
        f" THEN {WAITING.format(thread=_OF.format('OLD'))} END IF;",
        f"{WAITING.format(thread=_OF.format('NEW'))} RETURN NULL;",
    ),
)


class Kind:
    """The statements of PostgreSQL."""

    NEW_ID: Final = _ID
    FILL: Final = (
        (
            "INSERT INTO message_words SELECT number, message_words_of(text) FROM messages"
            " WHERE text <> ''"
        ),
        "ANALYZE message_words",
    )
    STATEMENTS: Final = (*_WORDS, *_TALKS, *_MESSAGES)
