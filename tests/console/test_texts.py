"""Every text is there in every language, and every text that is asked for is there."""

import re
from pathlib import Path

import pytest

from clinic.campaigns import MoveReason, Why
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
    "path", [*CONSOLE.rglob("*.py"), *CONSOLE.rglob("*.html")], ids=lambda p: p.name
)
def test_every_text_that_is_asked_for_is_there(path: Path) -> None:
    asked = set(_ASKED.findall(path.read_text(encoding="utf-8")))
    assert asked <= set(catalogue())


def test_every_badge_has_its_word() -> None:
    kinds = (shown._VISITS, shown._DELIVERIES, shown._CONVERSATIONS, shown._OFFERS, shown._FREED)
    badges = [badge for kind in kinds for badge in kind.values()]
    badges += [*shown._RESULTS.values(), *shown._CAMPAIGNS.values(), *shown._REPORTS.values()]
    assert {badge.word for badge in badges} <= set(catalogue())


def test_every_reason_of_a_campaign_has_its_words() -> None:
    keys = {f"campaign_why_{each}" for each in Why} | {
        f"campaign_reason_{each}" for each in MoveReason
    }
    assert keys <= set(catalogue())


def test_no_text_is_left_over() -> None:
    whole = " ".join(
        path.read_text(encoding="utf-8")
        for path in [*CONSOLE.rglob("*.py"), *CONSOLE.rglob("*.html")]
    )
    built = (
        *("language_", "count_", "said_", "attachment_", "channel_", "reason_", "provider_"),
        *(
            "campaign_why_",
            "campaign_reason_",
            "campaign_did_",
            "campaign_unit_",
            "campaign_column_",
        ),
        *("group_", "role_", "action_", "result_policy_", "report_", "refusal_"),
        *("event_", "export_", "exported_", "purpose_"),
        "insights_",
        *("fault_", "catalogue_kind_", "catalogue_kinds_", "catalogue_flag_", "catalogue_hint_"),
        *("catalogue_what_", "catalogue_field_", "catalogue_did_", "catalogue_source_"),
        *("catalogue_when_", "catalogue_do_", "catalogue_heard_"),
        *("training_reason_", "training_finding_", "training_bad_"),
        *("models_state_", "models_step_", "models_note_", "models_gate_", "models_check_"),
        *("models_set_", "models_verdict_", "models_did_"),
        *("responses_problem_", "responses_flow_", "story_bad_"),
    )
    for key in catalogue():
        assert key.startswith(built) or re.search(rf"\b{key}\b", whole), key
