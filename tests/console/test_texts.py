"""Every text is there in every language, and every text that is asked for is there."""

import re
from pathlib import Path

import pytest

from clinic.languages import LANGUAGES
from console import shown
from console.language import catalogue

CONSOLE = Path(shown.__file__).parent
_HOLES = re.compile(r"{(\w+)}")
_ASKED = re.compile(r"""\bsay\(\s*['"](\w+)['"]\s*[,)]""")


def test_every_text_is_in_every_language() -> None:
    for key, texts in catalogue().items():
        assert set(texts) == set(LANGUAGES), key
        assert all(text.strip() for text in texts.values()), key


def test_translations_fill_in_the_same_things() -> None:
    for key, texts in catalogue().items():
        holes = {language: sorted(_HOLES.findall(text)) for language, text in texts.items()}
        assert len({tuple(hole) for hole in holes.values()}) == 1, key


@pytest.mark.parametrize(
    "path", [*CONSOLE.glob("*.py"), *CONSOLE.glob("templates/console/*.html")], ids=lambda p: p.name
)
def test_every_text_that_is_asked_for_is_there(path: Path) -> None:
    asked = set(_ASKED.findall(path.read_text(encoding="utf-8")))
    assert asked <= set(catalogue())


def test_every_badge_has_its_word() -> None:
    badges = [*shown._VISITS.values(), *shown._DELIVERIES.values(), *shown._CONVERSATIONS.values()]
    assert {badge.word for badge in badges} <= set(catalogue())


def test_no_text_is_left_over() -> None:
    whole = " ".join(
        path.read_text(encoding="utf-8")
        for path in [*CONSOLE.glob("*.py"), *CONSOLE.glob("templates/console/*.html")]
    )
    built = ("language_", "count_", "said_", "attachment_", "channel_", "reason_", "provider_")
    for key in catalogue():
        assert key.startswith(built) or re.search(rf"\b{key}\b", whole), key
