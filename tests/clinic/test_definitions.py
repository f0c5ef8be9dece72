"""What a service may be: the same rules for a form and for a file."""

from dataclasses import replace

import pytest

from clinic.catalogue import Texts
from clinic.definitions import ServiceDefinition, check_definition

TSH = ServiceDefinition(
    "tsh",
    "study",
    15,
    {"es": "TSH"},
    {"es": ["tiroides"]},
    8,
    {"es": "Ayuno de 8 horas.\nTraiga su orden.", "en": "Fast for 8 hours."},
)


def _wrong(definition: ServiceDefinition) -> list[tuple[str, str]]:
    return [(each.field, each.code) for each in check_definition(definition)]


def test_a_sound_service_has_nothing_wrong() -> None:
    assert _wrong(TSH) == []
    assert _wrong(replace(TSH, fasting_hours=0, preparation={})) == []


def test_every_language_tells_the_same_fasting_in_its_first_rule() -> None:
    late: Texts = {"es": "Traiga su orden.\nAyuno de 8 horas.", "en": "Fast for 12 hours."}
    assert _wrong(replace(TSH, preparation=late)) == [
        ("preparation_es", "fasting_not_first"),
        ("preparation_en", "fasting_not_first"),
    ]
    assert _wrong(replace(TSH, preparation={})) == [("preparation_es", "fasting_untold")]


def test_a_preparation_in_another_language_needs_the_spanish_one() -> None:
    only: Texts = {"pt": "Traga o pedido."}
    assert _wrong(replace(TSH, fasting_hours=0, preparation=only)) == [
        ("preparation_es", "preparation_needs_es")
    ]


@pytest.mark.parametrize("text", ["TSH\u202e", "T\x00SH", "T\nSH", "T\u200bSH", "T\tSH"])
def test_characters_that_hide_or_reorder_are_refused(text: str) -> None:
    assert _wrong(replace(TSH, names={"es": text})) == [("name_es", "hidden")]
    assert _wrong(replace(TSH, synonyms={"pt": [text]})) == [("synonyms_pt", "hidden")]


def test_ten_thousand_characters_are_refused() -> None:
    long = "x" * 10_000
    assert _wrong(replace(TSH, names={"es": "TSH", "pt": long})) == [("name_pt", "too_long")]
    assert _wrong(replace(TSH, synonyms={"es": [long]})) == [("synonyms_es", "too_long")]
    prepared: Texts = {"es": f"Ayuno de 8 horas. {long}"}
    assert _wrong(replace(TSH, preparation=prepared)) == [("preparation_es", "too_long")]
    assert _wrong(replace(TSH, code=long)) == [("service", "bad_code")]


def test_the_bar_of_a_file_stands_in_no_word() -> None:
    assert _wrong(replace(TSH, synonyms={"es": ["a|b"]})) == [("synonyms_es", "bar")]
    barred: Texts = {"es": "Ayuno de 8 horas.|No"}
    assert _wrong(replace(TSH, preparation=barred)) == [("preparation_es", "bar")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "surgery"}, "kind"),
        ({"minutes": -1}, "minutes"),
        ({"fasting_hours": 25}, "fasting_hours"),
        ({"names": {"pt": "TSH"}}, "name_es"),
        ({"synonyms": {"es": [f"w{at}" for at in range(41)]}}, "synonyms_es"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    changed = replace(TSH, **change)  # type: ignore[arg-type]
    assert field in {each.field for each in check_definition(changed)}
