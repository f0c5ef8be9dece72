"""Services are matched against the catalogue passed in, however they are spelt."""

# ruff: noqa: E501 - a table is read line by line

from dataclasses import replace

import pytest

from clinic.catalogue import Service
from clinic.languages import Language
from tests.understanding.services_catalogue import CATALOGUE
from tests.understanding.services_said import NONE
from tests.understanding.times_en import TABLE as EN
from tests.understanding.times_es import TABLE as ES
from tests.understanding.times_pt import TABLE as PT
from understanding.services import ServiceMatch, match_services


def codes(found: ServiceMatch) -> list[str]:
    return [candidate.code for candidate in found.candidates]


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("blood test", "en", "cbc"), ("hemograma", "pt", "cbc"), ("BH", "es", "cbc"),
        ("una bh por favor", "es", "cbc"), ("CBC", "en", "cbc"), ("biometria hematica", "es", "cbc"),
        ("EGO", "es", "urine"), ("un ego", "es", "urine"), ("examen general de orina", "es", "urine"),
        ("examen de orina", "es", "urine"), ("uroanalisis", "es", "urine"), ("EAS", "pt", "urine"),
        ("química sanguínea de 27", "es", "chem27"), ("qs 27", "es", "chem27"),
        ("QS27", "es", "chem27"), ("quimica sanguinea de veintisiete elementos", "es", "chem27"),
        ("papanicolao", "es", "pap"), ("papanicolau", "pt", "pap"), ("pap smear", "en", "pap"),
        ("dermatóloga", "es", "skin"), ("dermatologista", "pt", "skin"), ("skin doctor", "en", "skin"),
        ("dermatologo", "es", "skin"), ("cita con el dermatólogo", "es", "skin"),
        ("ginecologo", "es", "gyn"), ("ginecologa", "es", "gyn"), ("ginecologista", "pt", "gyn"),
        ("gynecologist", "en", "gyn"), ("ultrasom abdominal", "pt", "us_abdomen"),
        ("ultra sonido pelvico", "es", "us_pelvis"), ("ultrasonido de abdomen", "es", "us_abdomen"),
        ("ecografia abdominal", "es", "us_abdomen"), ("abdominal ultrasound", "en", "us_abdomen"),
        ("rayos x de torax", "es", "xray"), ("raio-x de tórax", "pt", "xray"),
        ("radiografia del torax", "es", "xray"), ("consulta general", "es", "general"),
        ("medico general", "es", "general"), ("perfil de lipidos", "es", "lipids"),
        ("colesterol", "es", "lipids"), ("glucosa", "es", "glucose"), ("TSH", "es", "thyroid"),
        ("glicose", "pt", "glucose"), ("perfl tiroideo", "es", "thyroid"),
        ("qnto custa o hemogrma", "pt", "cbc"), ("how much is a blod test", "en", "cbc"),
        ("biometría hemátca", "es", "cbc"), ("dermatolojia", "es", "skin"),
        ("eletrocardiograma", "pt", "ecg"), ("electro cardiograma", "es", "ecg"),
    ],
)  # fmt: skip
def test_a_service_is_found_by_name_synonym_or_misspelling(
    text: str, language: Language, code: str
) -> None:
    found = match_services(text, language, CATALOGUE)
    assert codes(found) == [code]
    assert not found.ambiguous
    assert not found.near


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("química sanguínea", {"chem6", "chem27", "chem35"}),
        ("quimica sanginea", {"chem6", "chem27", "chem35"}),
        ("química sanguínea de 12", {"chem6", "chem27", "chem35"}),
        ("ultrasonido", {"us_abdomen", "us_pelvis", "us_breast"}),
        ("cuánto cuesta un ultrasonido?", {"us_abdomen", "us_pelvis", "us_breast"}),
        ("ultrasom", {"us_abdomen", "us_pelvis", "us_breast"}),
        ("prueba de embarazo", {"hcg_quantity", "hcg_quality"}),
    ],
)
def test_an_ambiguous_name_gives_all_that_it_may_mean(text: str, wanted: set[str]) -> None:
    found = match_services(text, "es", CATALOGUE)
    assert set(codes(found)) == wanted
    assert found.ambiguous
    assert not found.near


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hemograma y glucosa", {"cbc", "glucose"}),
        ("cuánto por la BH y el EGO", {"cbc", "urine"}),
        ("ultrasonido abdominal y pélvico", {"us_abdomen", "us_pelvis"}),
        ("dermatólogo y una bh", {"skin", "cbc"}),
        ("hemograma, urina tipo 1 e colesterol", {"cbc", "urine", "lipids"}),
    ],
)
def test_several_services_in_one_message_are_all_found(text: str, wanted: set[str]) -> None:
    found = match_services(text, "es", CATALOGUE)
    assert set(codes(found)) == wanted
    assert not found.ambiguous


def test_a_near_miss_is_offered_as_such() -> None:
    found = match_services("una radiografía de rodilla", "es", CATALOGUE)
    assert codes(found) == ["xray"]
    assert found.near


@pytest.mark.parametrize("text", ["zumba", "resonancia magnética", "colonoscopia", "quiropráctico"])
def test_what_the_clinic_does_not_do_matches_nothing(text: str) -> None:
    assert match_services(text, "es", CATALOGUE) == ServiceMatch()


@pytest.mark.parametrize("text", NONE.strip().splitlines())
def test_a_message_that_names_no_service_matches_none(text: str) -> None:
    assert codes(match_services(text, "es", CATALOGUE)) == []


def test_times_are_hardly_ever_taken_for_services() -> None:
    said = [
        line.rpartition(" = ")[0] for table in (ES, PT, EN) for line in table.strip().split("\n")
    ]
    false = [text for text in said if match_services(text, "es", CATALOGUE).candidates]
    assert len(false) <= len(said) / 100


def test_a_two_letter_abbreviation_that_is_a_word_needs_its_capitals() -> None:
    ultrasound = Service("us", "study", {"es": "Ultrasonido"}, {"en": ("US",)}, 20)
    assert codes(match_services("how much is a US", "en", [ultrasound])) == ["us"]
    assert codes(match_services("can you call us", "en", [ultrasound])) == []


def test_a_new_service_works_at_once_and_a_removed_one_no_more() -> None:
    allergy = Service("allergy", "consult", {"es": "Consulta de alergología"}, {}, 30)
    assert codes(match_services("alergologo", "es", CATALOGUE)) == []
    assert codes(match_services("alergologo", "es", [*CATALOGUE, allergy])) == ["allergy"]
    assert codes(match_services("alergologo", "es", CATALOGUE)) == []


def test_a_synonym_that_was_added_is_found() -> None:
    renamed = replace(CATALOGUE[0], synonyms={"es": ("citometría",)})
    assert codes(match_services("citometria", "es", [renamed])) == [CATALOGUE[0].code]


def test_the_candidates_bear_their_names_in_the_language_asked() -> None:
    assert match_services("hemograma", "en", CATALOGUE).candidates[0].name == "Complete blood count"


def test_an_empty_catalogue_matches_nothing() -> None:
    assert match_services("hemograma", "es", []) == ServiceMatch()
