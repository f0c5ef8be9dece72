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
from tests.understanding import times_en, times_es, times_pt
from understanding.times import read_time, warm_up
from understanding.words import fold

TABLES: dict[Language, ModuleType] = {"es": times_es, "pt": times_pt, "en": times_en}


Wall = tuple[datetime | None, datetime | None, str]


def wall(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    return instant.astimezone(zone).replace(tzinfo=None) if instant else None


def read(text: str, language: Language) -> tuple[Wall | None, float]:
    now, zone = notation.now_in(language)
    began = perf_counter()
    found = read_time(text, language, now, zone)
    took = (perf_counter() - began) * 1000
    if found is None:
        return None, took
    return (wall(found.start, zone), wall(found.end, zone), found.grain), took


def main() -> None:
    verbose = "-v" in sys.argv
    warm_up()
    for language, table in TABLES.items():
        pairs = [*notation.lines(table.TABLE)]
        right = plain = 0
        times = []
        for text, wanted in pairs:
            got, took = read(text, language)
            times.append(took)
            ok = got == notation.expected(wanted)
            right += ok
            plain += read(fold(text), language)[0] == notation.expected(wanted)
            if verbose and not ok:
                print(f"  {text!r}: {got}, wanted {wanted}")
        silent = table.NONE.strip().splitlines()
        finds = 0
        for text in silent:
            got, took = read(text, language)
            times.append(took)
            finds += got is not None
            if verbose and got:
                print(f"  {text!r}: {got}, wanted none")
        print(
            f"{language}: exact {right / len(pairs):.1%} of {len(pairs)}"
            f" (without accents {plain / len(pairs):.1%}),"
            f" false finds {finds / len(silent):.1%} of {len(silent)},"
            f" median {statistics.median(times):.1f} ms,"
            f" p95 {sorted(times)[int(len(times) * 0.95)]:.1f} ms"
        )


if __name__ == "__main__":
    main()
