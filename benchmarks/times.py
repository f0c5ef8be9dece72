"""How often and how fast times are read rightly, per language: `python benchmarks/times.py`."""

import statistics
import sys
from datetime import datetime
from pathlib import Path
from time import perf_counter
from types import ModuleType
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from clinic.languages import Language
from tests.understanding import expected as notation
from understanding.times import read_time, warm_up
from understanding.words import fold

LEAST_EXACT, MOST_FALSE = 0.97, 0.02
Wall = tuple[datetime | None, datetime | None, str]


def wall(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    return instant.astimezone(zone).replace(tzinfo=None) if instant else None


def read(text: str, language: Language, strangers: bool) -> tuple[Wall | None, float]:
    now, zone = notation.now_in(language, strangers)
    began = perf_counter()
    found = read_time(text, language, now, zone)
    took = (perf_counter() - began) * 1000
    if found is None:
        return None, took
    return (wall(found.start, zone), wall(found.end, zone), found.grain), took


def score(
    language: Language, table: ModuleType, strangers: bool, verbose: bool
) -> tuple[str, bool]:
    """The figures in words, and whether they hold."""
    now, _ = notation.now_in(language, strangers)
    pairs = [(text, notation.expected(n, now)) for text, n in notation.lines(table.TABLE)]
    silent = [(text, None) for text in table.NONE.strip().splitlines()]
    right = plain = finds = 0
    times = []
    for text, wanted in [*pairs, *silent]:
        got, took = read(text, language, strangers)
        times.append(took)
        right += wanted is not None and got == wanted
        plain += wanted is not None and read(fold(text), language, strangers)[0] == wanted
        finds += wanted is None and got is not None
        if verbose and got != wanted:
            print(f"  {text!r}: {got}, wanted {wanted}")
    holds = right / len(pairs) >= LEAST_EXACT and finds / len(silent) <= MOST_FALSE
    told = (
        f"{'' if holds else 'BEYOND THE FLOOR '}{language}:"
        f" exact {right / len(pairs):.1%} of {len(pairs)}"
        f" (without accents {plain / len(pairs):.1%}),"
        f" false finds {finds / len(silent):.1%} of {len(silent)},"
        f" median {statistics.median(times):.1f} ms,"
        f" p95 {sorted(times)[int(len(times) * 0.95)]:.1f} ms"
    )
    return told, holds


def main() -> int:
    """Measures and tells; 1 when a figure is beyond its floor."""
    verbose = "-v" in sys.argv
    warm_up()
    all_hold = True
    for strangers, tables in ((False, notation.TABLES), (True, notation.STRANGERS)):
        print("written without sight of the grammar" if strangers else "written with the grammar")
        for language, table in tables.items():
            told, holds = score(language, table, strangers, verbose)
            print(told)
            all_hold = all_hold and holds
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main())
