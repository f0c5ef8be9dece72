"""How often misspelt services are matched rightly, and falsely: `python benchmarks/services.py`.

The misspellings are made at random from the demo clinic's names, with a fixed seed.
"""

# ruff: noqa: E402 - the tables of the tests are put on the path first

import csv
import random
import statistics
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from clinic.catalogue import Service
from clinic.languages import Language
from tests.understanding import services_said, times_en, times_es, times_pt
from understanding.services import match_services
from understanding.words import fold

LEAST_NAMES, LEAST_MISSPELT, MOST_FALSE = 0.99, 0.96, 0.01
CARRIERS: dict[Language, list[str]] = {
    "es": [
        "{}",
        "cuánto cuesta {}?",
        "hola quiero agendar {} para mañana",
        "necesito {} por favor",
    ],
    "pt": ["{}", "quanto custa {}?", "oi, queria marcar {} pra amanhã", "preciso de {} por favor"],
    "en": ["{}", "how much is {}?", "hi I need to book {} for tomorrow", "do you do {} please"],
}
SWAPS = {
    "b": "v",
    "v": "b",
    "c": "s",
    "s": "z",
    "z": "s",
    "i": "e",
    "o": "u",
    "g": "j",
    "y": "i",
    "m": "n",
}


def catalogue() -> list[Service]:
    with (ROOT / "integrations" / "demo" / "services.csv").open(encoding="utf-8") as file:
        return [
            Service(
                row["service"],
                "consult" if row["kind"] == "consult" else "study",
                {code: row[f"name_{code}"] for code in CARRIERS},
                {
                    code: tuple(filter(None, row[f"synonyms_{code}"].split("|")))
                    for code in CARRIERS
                },
                int(row["minutes"]),
            )
            for row in csv.DictReader(file)
        ]


def misspelt(name: str, dice: random.Random) -> str:
    words = name.split()
    long = [at for at, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return name
    at = dice.choice(long)
    word, place = words[at], dice.randrange(1, len(words[at]) - 1)
    kind = dice.randrange(5)
    if kind == 0:
        word = word[:place] + word[place + 1 :]
    elif kind == 1:
        word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    elif kind == 2:
        word = word[:place] + word[place] + word[place:]
    elif kind == 3:
        word = word[:place] + dice.choice("aeiourstln") + word[place + 1 :]
    else:
        word = "".join(SWAPS.get(c, c) if dice.random() < 0.3 else c for c in fold(word))
    words[at] = word
    return " ".join(words)


def names_of(service: Service, language: Language) -> tuple[str, ...]:
    return (service.names[language], *service.synonyms[language])


def measure(
    language: Language,
    services: list[Service],
    dice: random.Random,
    times: list[float],
    verbose: bool,
) -> tuple[float, float]:
    """The shares of names found as they are, and of their misspellings."""
    right = total = exact = names = 0
    for service in services:
        for name in names_of(service, language):
            codes = [each.code for each in match_services(name, language, services).candidates]
            names += 1
            exact += service.code in codes
            for _ in range(4):
                said = dice.choice(CARRIERS[language]).format(misspelt(name, dice))
                began = perf_counter()
                found = match_services(said, language, services)
                times.append((perf_counter() - began) * 1000)
                codes = [each.code for each in found.candidates]
                good = codes[:1] == [service.code] or (len(codes) < 6 and service.code in codes)
                right, total = right + good, total + 1
                if verbose and not good:
                    print(f"  {said!r}: {codes}, wanted {service.code}")
    print(f"{language}: names {exact / names:.1%} of {names}", end=", ")
    print(f"misspelt {right / total:.1%} of {total}")
    return exact / names, right / total


def measure_false(services: list[Service], verbose: bool) -> float:
    """The share of messages that name no service and are taken to name one."""
    silent = services_said.NONE.strip().splitlines()
    for table in (times_es, times_pt, times_en):
        silent += [line.rpartition(" = ")[0] for line in table.TABLE.strip().splitlines()]
        silent += table.NONE.strip().splitlines()
    silent = [
        said for said in silent if not any(each in fold(said) for each in services_said.NAMED)
    ]
    false = [said for said in silent if match_services(said, "es", services).candidates]
    if verbose:
        print(*false, sep="\n")
    print(f"false matches {len(false) / len(silent):.1%} of {len(silent)}")
    return len(false) / len(silent)


def main() -> int:
    """Measures and tells; 1 when a figure is beyond its floor."""
    dice = random.Random(11)
    services = catalogue()
    verbose = "-v" in sys.argv
    times: list[float] = []
    found = [measure(language, services, dice, times, verbose) for language in CARRIERS]
    false = measure_false(services, verbose)
    slow = sorted(times)[int(len(times) * 0.95)]
    print(f"median {statistics.median(times):.2f} ms, p95 {slow:.2f} ms")
    holds = false <= MOST_FALSE and all(
        names >= LEAST_NAMES and misspelt >= LEAST_MISSPELT for names, misspelt in found
    )
    if not holds:
        print(f"BEYOND THE FLOOR: {LEAST_NAMES}, {LEAST_MISSPELT}, false at most {MOST_FALSE}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
