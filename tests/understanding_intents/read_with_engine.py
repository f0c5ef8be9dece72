"""Run by the engine's Python: reads a JSON list of texts, writes what a model makes of them.

Arguments: the model's path, and a file for the answers, which nothing the engine prints can spoil.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent


async def read(model: str, texts: list[str]) -> list[dict[str, Any]]:
    agent = Agent.load(model)
    return [await agent.parse_message(text) for text in texts]


if __name__ == "__main__":
    answers = asyncio.run(read(sys.argv[1], json.load(sys.stdin)))
    kept = [{name: answer[name] for name in ("intent", "intent_ranking")} for answer in answers]
    Path(sys.argv[2]).write_text(json.dumps(kept), encoding="utf-8")
