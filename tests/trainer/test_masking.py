"""Nobody's personal data reaches a trainer's eyes, the working set or the examples."""

from pathlib import Path

import pytest

from clinic.languages import Language
from integrations.database import Base, open_database
from integrations.scheduling import open_catalogue
from trainer.examples import read_examples
from trainer.masking import LONGEST, Masker, says_something, tidy

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def masker(tmp_path_factory: pytest.TempPathFactory) -> Masker:
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('masking')}/consulta.db")
    Base.metadata.create_all(database.engine)
    examples = read_examples((ROOT / "data" / "nlu.yml").read_bytes())
    found = Masker([each.text for each in examples], open_catalogue(database))
    database.close()
    return found


@pytest.mark.parametrize(
    ("language", "text", "masked"),
    [
        ("es", "hola soy Ana Torres quiero mi cita", "hola soy NOMBRE quiero mi cita"),
        ("es", "es para ana torres el jueves", "es para NOMBRE el jueves"),
        (
            "es",
            "me llamo maría de la luz zúñiga y quiero una cita",
            "me llamo NOMBRE y quiero una cita",
        ),
        ("es", "Mi hijo Emiliano Zúñiga no puede ir", "Mi hijo NOMBRE no puede ir"),
        ("es", "nací el 14/03/1988", "nací el FECHA"),
        ("es", "nací el 14 de marzo de 1988", "nací el FECHA"),
        ("es", "mi tel es 55 1234 5678 gracias", "mi tel es NÚMERO gracias"),
        ("es", "mi curp es TOAA880314MDFRRN09", "mi curp es NÚMERO"),
        ("es", "escriba a ana.torres@example.com", "escriba a CORREO"),
        ("es", "vivo en calle Durango 245", "vivo en DIRECCIÓN"),
        ("pt", "meu nome é joão pereira e quero marcar", "meu nome é NOME e quero marcar"),
        ("pt", "moro na rua das Flores, 120", "moro na ENDEREÇO"),
        ("pt", "cpf 123.456.789-09", "cpf NÚMERO"),
        ("en", "born November 30, 1992", "born DATE"),
        ("en", "my name's emma clark, cancel please", "my name's NAME, cancel please"),
        ("en", "i live at 221 Baker Street", "i live at ADDRESS"),
    ],
)
def test_personal_data_is_masked(
    masker: Masker, language: Language, text: str, masked: str
) -> None:
    assert masker.mask(text, language, ["Ana Torres"]) == masked
    assert masker.mask(masked, language) == masked, "masking again changes nothing"


@pytest.mark.parametrize(
    "text",
    [
        "quiero cambiar mi cita del jueves 12 a las 10:30",
        "Quisiera saber cuánto cuesta el ultrasonido",
        "o de março, dia 3, às 15h",
        "can i come on Thursday at 4",
    ],
)
def test_what_the_assistant_learns_from_stays(masker: Masker, text: str) -> None:
    assert masker.mask(text, "es") == text


def test_odd_characters_markup_and_length_are_tamed(masker: Masker) -> None:
    assert tidy("/cancel\u202e [cita](x)\n\x00{a}") == "cancel cita (x) a"
    assert len(masker.mask("quiero " * 1500, "es")) <= LONGEST
    assert tidy("- # / ") == ""


def test_nothing_but_marks_teaches_nothing(masker: Masker) -> None:
    assert not says_something(masker.mask("Ana Torres 14/03/1988", "es", ["Ana Torres"]))
    assert says_something(masker.mask("cancelar Ana Torres", "es", ["Ana Torres"]))
