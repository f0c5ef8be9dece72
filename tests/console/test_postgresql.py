"""The console's own tables on PostgreSQL, as the migrations make them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.access.sessions import Sessions
from console.access.throttle import TRIES_PER_NAME, Throttle
from console.access.users import UserExists, add_user, ensure_demo_user, password_is_right
from console.inbox.canned import canned
from console.live import fingerprint
from integrations.database import open_database
from tests import databases

PASSWORD = "a calm aurora morning"


def test_users_sessions_and_tries_live_in_postgresql_too(
    tmp_path: Path,
) -> None:
    with databases.fresh("postgresql", tmp_path) as url:
        database = open_database(url)
        now = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
        assert ensure_demo_user(database) is not None
        assert len(canned(database)) == 3
        assert fingerprint(database) == fingerprint(database)
        add_user(database, "reception", PASSWORD, "reception")
        with pytest.raises(UserExists):
            add_user(database, "reception", PASSWORD, "reception")
        assert password_is_right(database, "reception", PASSWORD)
        assert not password_is_right(database, "rece\x00ption", PASSWORD)
        sessions = Sessions(database, lambda: now)
        user = sessions.open("reception")
        assert user is not None
        assert sessions.find(user.token) == user
        sessions.close(user.token)
        assert sessions.find(user.token) is None
        throttle = Throttle(database, lambda: now)
        allowed = [throttle.allow("reception", "192.0.2.1") for _ in range(TRIES_PER_NAME + 1)]
        assert allowed == [True] * TRIES_PER_NAME + [False]
        throttle.forgive("reception", "192.0.2.1")
        assert throttle.allow("reception", "192.0.2.1")
        database.close()
