"""One part of benchmarks/stock.py, in a process of its own: `stock_part train|read FOLDER`.

FOLDER holds config.yml and nlu.yml, and for reading asked.json and the model that training left.
"""

import asyncio
import json
import logging
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.utils.log_utils import configure_structlog

from bot import kept_vectors


def peak_megabytes() -> float:
    """The most memory this process, or the largest that it started, has held."""
    # Of itself, getrusage would tell what the starting process held, if that was more.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def train(folder: Path) -> dict[str, Any]:
    """Trains from nothing: vectors kept from earlier trainings are left aside."""
    kept_vectors.FOLDER = folder
    began = time.perf_counter()
    config, nlu = str(folder / "config.yml"), str(folder / "nlu.yml")
    archive = train_nlu(config, nlu, str(folder), fixed_model_name="model")
    if archive is None:
        sys.exit("training ended without a model")
    return {
        "seconds": time.perf_counter() - began,
        "megabytes": peak_megabytes(),
        "model_megabytes": Path(archive).stat().st_size / 2**20,
    }


async def read(folder: Path) -> dict[str, Any]:
    """Reads every text, one at a time, through the whole pipeline as a turn does."""
    agent = Agent.load(str(folder / "model.tar.gz"))
    texts = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    await agent.parse_message("hola")  # what is loaded late is no reading's fault
    rankings, times = [], []
    for text in texts:
        began = time.perf_counter()
        parsed = await agent.parse_message(text)
        times.append((time.perf_counter() - began) * 1000)
        rankings.append({each["name"]: each["confidence"] for each in parsed["intent_ranking"]})
    return {
        "rankings": rankings,
        "median_ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[-1],
        "megabytes": peak_megabytes(),
    }


def main() -> None:
    """Leaves `train.json` or `read.json` in the folder."""
    configure_structlog(logging.WARNING)  # else every text read is printed, and timed with it
    what, folder = sys.argv[1], Path(sys.argv[2])
    told = train(folder) if what == "train" else asyncio.run(read(folder))
    (folder / f"{what}.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
