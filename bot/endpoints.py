"""Where the engine finds the actions, and where it keeps trackers and locks, read anew each time.

endpoints.yml says it, and the environment says more: bot/serve.py names the variables.
"""

import os
from typing import Any, Optional, Text

LOCK_PREFIX = "consultaengine"  # Rasa takes letters and digits only


def read_endpoints() -> Any:
    """Rasa's `AvailableEndpoints`."""
    from rasa.core.utils import AvailableEndpoints

    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    endpoints.lock_store = _lock_store(os.environ.get("REDIS_URL")) or endpoints.lock_store
    shared = _tracker_store(os.environ.get("ENGINE_DATABASE_URL"))
    endpoints.tracker_store = shared or endpoints.tracker_store
    return endpoints


def _lock_store(redis_url: Optional[Text]) -> Optional[object]:
    if not redis_url:
        return None
    from rasa.utils.endpoints import EndpointConfig
    from redis.connection import parse_url

    found = parse_url(redis_url)
    return EndpointConfig(
        url=found.get("host", "localhost"),
        port=found.get("port", 6379),
        db=found.get("db", 0),
        username=found.get("username"),
        password=found.get("password"),
        use_ssl=redis_url.startswith("rediss:"),
        key_prefix=LOCK_PREFIX,
        type="redis",
    )


def _tracker_store(database_url: Optional[Text]) -> Optional[object]:
    if not database_url:
        return None
    from rasa.utils.endpoints import EndpointConfig
    from sqlalchemy.engine import make_url

    found = make_url(database_url)
    return EndpointConfig(
        url=found.host,
        port=found.port or 5432,
        db=found.database,
        username=found.username,
        password=found.password,
        query=dict(found.query),
        dialect="postgresql",
        type="SQL",
    )
