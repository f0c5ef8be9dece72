"""How to come to several services on one day: the strictest of each.

A clinic's preparation text is one rule a line. Where it asks for fasting, the first line says so:
that is the line which only the strictest service keeps.
"""

from collections.abc import Iterable

from clinic.catalogue import Preparation
from clinic.languages import LANGUAGES, Language


def strictest(preparations: Iterable[Preparation | None]) -> Preparation | None:
    """One preparation that satisfies all; None when none of them asks for anything.

    Fasting is the longest asked for; every other rule is kept, once, the strictest service's first.
    """
    asked = sorted(
        (preparation for preparation in preparations if preparation is not None),
        key=lambda preparation: -preparation.fasting_hours,
    )
    if not asked:
        return None
    texts = {language: _union(asked, language) for language in LANGUAGES}
    return Preparation(
        texts={language: text for language, text in texts.items() if text},
        fasting_hours=asked[0].fasting_hours,
        version=max(preparation.version for preparation in asked),
    )


def _union(asked: list[Preparation], language: Language) -> str:
    rules: dict[str, None] = {}
    for place, preparation in enumerate(asked):
        lines = preparation.texts.get(language, preparation.texts.get("es", "")).splitlines()
        less_strict = place > 0 and preparation.fasting_hours > 0
        rules.update(dict.fromkeys(lines[1:] if less_strict else lines))
    return "\n".join(rules)
