"""The statements that both kinds of database share. {thread} is the id of a thread."""

from collections.abc import Sequence
from typing import Final

ERASED: Final = "substr({0}.key, 1, 7) = 'erased:'"
"""Whether nobody may be recognised in the conversation any more: it belongs to no thread."""
STATE: Final = (
    "UPDATE threads SET state = coalesce((SELECT c.state FROM conversations c"
    " WHERE c.thread_id = threads.id AND c.state <> 'closed'"
    " ORDER BY CASE c.state WHEN 'person' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END LIMIT 1),"
    " 'closed'), taken_by = (SELECT c.taken_by FROM conversations c"
    " WHERE c.thread_id = threads.id AND c.state = 'person' ORDER BY c.number DESC LIMIT 1)"
    " WHERE id = {thread};"
)
"""Who answers in the thread."""
_STAFF: Final = "m.conversation_id = h.conversation_id AND substr(m.author, 1, 6) = 'staff:'"
WAITING: Final = (
    "UPDATE threads SET waiting_since = (SELECT min(CASE WHEN h.reason <> 'staff'"
    f" AND NOT EXISTS (SELECT 1 FROM messages m WHERE {_STAFF} AND m.at >= h.opened_at)"
    " THEN h.opened_at ELSE (SELECT min(i.at) FROM messages i"
    " WHERE i.conversation_id = h.conversation_id AND i.direction = 'in' AND i.at > h.opened_at"
    f" AND i.number > coalesce((SELECT max(m.number) FROM messages m WHERE {_STAFF}"
    " AND m.at >= h.opened_at), 0)) END)"
    " FROM handoffs h JOIN conversations c ON c.id = h.conversation_id"
    " WHERE h.closed_at IS NULL AND h.kind = 'handoff' AND c.thread_id = threads.id)"
    " WHERE id = {thread};"
)
"""Since when its patient waits for a word of the staff (`conversations.handoffs.silent_since`)."""
_SAID: Final = (
    "coalesce((SELECT max(m.number) FROM conversations c JOIN messages m"
    " ON m.conversation_id = c.id WHERE c.thread_id = threads.id{0}), 0)"
)
_HEARD: Final = " AND m.direction = 'in'"
NUMBERS: Final = (
    f"UPDATE threads SET last_number = {_SAID.format('')},"
    f" heard_number = {_SAID.format(_HEARD)} WHERE id = {{thread}};"
)
"""Which message was its last, and its patient's last."""
LAST: Final = (
    "UPDATE threads SET last_at = (SELECT m.at FROM messages m WHERE m.number = last_number),"
    " channel = coalesce((SELECT m.channel FROM messages m WHERE m.number = last_number), ''),"
    " talk_id = coalesce("
    "(SELECT m.conversation_id FROM messages m WHERE m.number = last_number), ''),"
    " heard_at = (SELECT m.at FROM messages m WHERE m.number = heard_number)"
    " WHERE id = {thread};"
)
"""What is kept of them."""
ADD: Final = (
    "INSERT INTO threads (id, patient_id, address, state, talk_id, channel, last_number,"
    " heard_number, done_number) "
)
EMPTY: Final = "'closed', '', '', 0, 0, 0"
_GONE: Final = (
    "{new} IS NOT NULL AND {old} IN (SELECT id FROM threads WHERE patient_id IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.thread_id = {old})"
)
_KEEP: Final = (
    "INSERT INTO {table} (thread_id, {columns}) SELECT {{new}}, {columns} FROM {table} k"
    f" WHERE k.thread_id = {{{{old}}}} AND {_GONE.replace('{', '{{').replace('}', '}}')} AND NOT"
    " EXISTS (SELECT 1 FROM {table} o WHERE o.thread_id = {{new}} AND o.{key} = k.{key});"
)
FOLLOW: Final = (
    f"UPDATE thread_notes SET thread_id = {{new}} WHERE thread_id = {{old}} AND {_GONE};",
    _KEEP.format(table="thread_tags", columns="tag", key="tag"),
    _KEEP.format(table="thread_reads", columns="user_name, number", key="user_name"),
    (
        "DELETE FROM threads WHERE id = {old} AND patient_id IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.thread_id = {old});"
    ),
)
"""What the staff wrote of an address goes along to whom it has turned out to be. {old}, {new}."""


def refreshed(thread: str) -> Sequence[str]:
    """The thread as its conversations, messages and handoffs have it."""
    return [each.format(thread=thread) for each in (STATE, WAITING, NUMBERS, LAST)]


def filling(new_id: str) -> Sequence[str]:
    """Threads of the conversations that have none; new_id: an expression for an id."""
    every = [each.replace(" WHERE id = {thread};", "") for each in (STATE, WAITING, LAST)]
    spoken = (
        "(SELECT c.thread_id AS thread, max(m.number) AS said,"
        " max(CASE WHEN m.direction = 'in' THEN m.number END) AS heard"
        " FROM conversations c JOIN messages m ON m.conversation_id = c.id GROUP BY c.thread_id)"
    )
    known = "NOT (" + ERASED.format("conversations") + ")"
    return [
        (
            f"{ADD}SELECT {new_id}, patient_id, NULL, {EMPTY} FROM (SELECT DISTINCT patient_id"
            f" FROM conversations WHERE patient_id IS NOT NULL AND {known}) AS people"
        ),
        (
            f"{ADD}SELECT {new_id}, NULL, address, {EMPTY} FROM (SELECT DISTINCT address"
            f" FROM conversations WHERE patient_id IS NULL AND {known}) AS strangers"
        ),
        (
            "UPDATE conversations SET thread_id = (SELECT t.id FROM threads t"
            f" WHERE t.patient_id = conversations.patient_id) WHERE {known}"
        ),
        (
            "UPDATE conversations SET thread_id = (SELECT t.id FROM threads t"
            f" WHERE t.patient_id IS NULL AND t.address = conversations.address)"
            f" WHERE patient_id IS NULL AND {known}"
        ),
        (
            "UPDATE threads SET last_number = s.said, heard_number = coalesce(s.heard, 0)"
            f" FROM {spoken} AS s WHERE s.thread = threads.id"
        ),
        *every,
    ]
