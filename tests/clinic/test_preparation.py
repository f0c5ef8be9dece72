"""Who has several services at once prepares for the strictest."""

from clinic.catalogue import Preparation
from clinic.preparation import strictest

GLUCOSE = Preparation(
    {"es": "Ayuno de 8 horas.\nNo suspenda sus medicamentos.", "en": "Fast for 8 hours."}, 8, 2
)
LIPIDS = Preparation(
    {
        "es": "Ayuno de 12 horas.\nSin alcohol.\nNo suspenda sus medicamentos.",
        "en": "Fast for 12 hours.\nNo alcohol.",
    },
    12,
    5,
)
URINE = Preparation({"es": "Primera orina de la mañana."})


def test_fasting_is_the_longest_and_every_other_rule_is_kept_once() -> None:
    together = strictest([GLUCOSE, URINE, LIPIDS])
    assert together is not None
    assert together.fasting_hours == 12
    assert together.version == 5
    assert together.texts["es"].splitlines() == [
        "Ayuno de 12 horas.",
        "Sin alcohol.",
        "No suspenda sus medicamentos.",
        "Primera orina de la mañana.",
    ]


def test_a_rule_without_translation_is_told_in_spanish_rather_than_not_at_all() -> None:
    together = strictest([LIPIDS, URINE])
    assert together is not None
    assert "Primera orina de la mañana." in together.texts["en"]


def test_one_preparation_stays_as_it_is() -> None:
    together = strictest([None, GLUCOSE])
    assert together is not None
    assert (together.texts["es"], together.fasting_hours) == (GLUCOSE.texts["es"], 8)


def test_equal_fasting_is_told_once() -> None:
    together = strictest([GLUCOSE, GLUCOSE])
    assert together is not None
    assert together.texts["es"] == GLUCOSE.texts["es"]


def test_nothing_to_prepare_is_none() -> None:
    assert strictest([None, None]) is None
    assert strictest([]) is None
