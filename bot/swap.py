"""Another model in the running engine, without a turn lost.

Rasa's own ``PUT /model`` loads within the event loop, so that every turn waits until it is done,
and a model that loads but cannot read takes the place of one that can. Here the model is loaded and
tried in a thread of its own while turns go on, and takes its place in one assignment. A turn under
way ends with the model it began with.
"""

import asyncio
import logging
from pathlib import Path
from typing import Any, Text

from bot.endpoints import read_endpoints

logger = logging.getLogger(__name__)

_TRIED = "hola"


class NoModel(ValueError):
    """The model was not taken; the text says why. The one before still answers."""


def name_of(agent: Any) -> Text:
    """The loaded model's name: that of its archive."""
    return str(agent.processor.model_filename).replace(".tar.gz", "")


async def swap(app: Any, archive: Text) -> Text:
    """Has the server answer with the archive's model from now on; its name. Raises NoModel."""
    agent = await asyncio.get_event_loop().run_in_executor(None, _load, archive)
    # The locks stay: a turn that waits for its conversation must wait for the same lock.
    agent.lock_store = agent.processor.lock_store = app.ctx.agent.lock_store
    app.ctx.agent = agent
    logger.warning("model_swapped model=%s", name_of(agent))
    return name_of(agent)


def _load(archive: Text) -> Any:
    if not Path(archive).is_file():
        raise NoModel("there is no such file")
    return asyncio.run(_load_and_try(archive))


async def _load_and_try(archive: Text) -> Any:
    from rasa.core.agent import load_agent

    agent = await load_agent(archive, endpoints=read_endpoints())
    if not agent.is_ready():
        raise NoModel("it cannot be loaded")
    read = await agent.parse_message(_TRIED)
    if not read.get("intent_ranking"):
        raise NoModel("it understands nothing")
    return agent
