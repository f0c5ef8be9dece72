"""A conversation is made into a test that shows nobody, mended, and written beside the others."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from console.access import audit
from console.access.users import add_user
from console.tables import UserBranchRow
from tests.console.conftest import PASSWORD, House, token_of
from tests.conversations.story import read_stories
from tests.trainer.said import ANA, hear
from trainer.command import trainer as command
from trainer.responses import read_responses
from trainer.stories import Stories, StoryRefused

ROOT = Path(__file__).resolve().parents[2]
REAL = (ROOT / "domain.yml").read_bytes()
SURE = ("cancel_appointment", 0.97)


@pytest.fixture
def stories(clinic: House) -> Stories:
    return Stories(
        clinic.settings, clinic.database, clinic.patients, clinic.catalogue, clinic.schedule
    )


@pytest.fixture
def tests_folder(project: Path) -> Path:
    folder = project / "tests" / "conversations"
    folder.mkdir(parents=True)
    return folder


def _answer(clinic: House, to: str, text: str) -> None:
    """The bot's answer to a message."""
    talk = clinic.conversations.conversation_of_message(to)
    assert talk is not None
    said = clinic.conversations.say(talk.id, text, author="bot", at=clinic.time.now)
    clinic.correct(said, in_reply_to=to)


def _talk(clinic: House) -> str:
    """Ana cancels her visit and asks a colleague; returns the conversation."""
    ana = clinic.patient("Ana Torres", ANA)
    visit = clinic.visit(ana, "roma", clinic.time.now + timedelta(days=2))
    first = hear(clinic, "soy Ana Torres, quiero cancelar mi cita. 55 1234 5678", SURE)
    _answer(clinic, first, "¿Cancelo su cita de Consulta, sábado, sucursal Roma?")
    second = hear(clinic, "1", meant=f'/cancel_appointment{{"visit": "{visit.ref}"}}')
    clinic.schedule.cancel(visit.ref, clinic.change("gone"))
    _answer(clinic, second, "Listo, su cita quedó cancelada: Consulta, sábado, sucursal Roma.")
    tapped = hear(clinic, "Otra fecha", payload='/book_appointment{"service": "derma"}')
    _answer(clinic, tapped, "Algo que nadie escribió.")
    talk = clinic.conversations.conversation_of_message(first)
    assert talk is not None
    clinic.conversations.say(talk.id, "Soy Eva", author="staff:eva", at=clinic.time.now)
    return talk.id


def test_what_was_said_is_there_masked_with_intents_responses_and_visits(
    clinic: House, stories: Stories, tmp_path: Path
) -> None:
    draft = stories.draft(_talk(clinic))
    path = tmp_path / draft.name
    path.write_text(draft.text, encoding="utf-8")
    (story,) = read_stories(path)
    assert story["languages"] == ["es"]
    assert story["visits"] == [{"in_days": 2, "service": "derma", "branch": "roma"}]
    assert story["turns"] == [
        {
            "patient": "soy NOMBRE, quiero cancelar mi cita. NÚMERO",
            "intent": "cancel_appointment",
            "bot": ["utter_ask_sure_to_cancel"],
        },
        {"patient": "1", "bot": ["utter_cancelled"]},
        {"tap": '/book_appointment{"service"', "bot": ["unknown"]},
    ]
    assert story["then"] == {"visits": ["cancelled"], "language": "es"}
    assert "Not played: what staff wrote" in draft.text
    for personal in ("Ana", "Torres", "5678", "Soy Eva", ANA):
        assert personal not in draft.text


def test_who_says_name_and_birth_date_is_the_story_s_own_patient(
    clinic: House, stories: Stories
) -> None:
    clinic.patient("Ana Torres", "+525500000099")
    first = hear(clinic, "quiero confirmar", ("confirm_appointment", 0.9))
    asked = next(each for each in read_responses(REAL) if each.name == "utter_ask_who").of("es")
    assert asked is not None
    _answer(clinic, first, asked.text)
    second = hear(clinic, "Ana Torres, nací el 14/03/1988")
    _answer(clinic, second, "Gracias, Ana.")
    talk = clinic.conversations.conversation_of_message(first)
    assert talk is not None
    text = stories.draft(talk.id).text
    assert '- patient: "{name}, nací el {born}"' in text
    assert "address: unknown" in text


def test_a_file_is_written_once_and_never_over_another(
    clinic: House, stories: Stories, tests_folder: Path
) -> None:
    text = stories.draft(_talk(clinic)).text.replace("unknown", "utter_greet")
    path = stories.write("test_said_once.yml", text)
    assert path.read_text(encoding="utf-8") == text
    with pytest.raises(StoryRefused, match="there"):
        stories.write("test_said_once.yml", text + "# more\n")
    assert path.read_text(encoding="utf-8") == text
    assert [each.name for each in tests_folder.iterdir()] == ["test_said_once.yml"]


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("../test_x.yml", "", "", "name"),
        ("test_Ñ.yml", "", "", "name"),
        ("conftest.py", "", "", "name"),
        ("test_said.yml", "  turns:", "  turns: [", "bad"),
        ("test_said.yml", "  turns:", "  turnos:", "bad"),
        ("test_said.yml", "utter_cancelled", "utter_forged", "bad"),
        ("test_said.yml", "- story:", "story:", "bad"),
        ("test_said.yml", '"1"', '"soy Emiliano Zúñiga"', "personal"),
        ("test_said.yml", '"1"', '"mi tel es 5512345678"', "personal"),
        ("test_said.yml", '"1"', f'"{"a" * 20_000}"', "long"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    clinic: House, stories: Stories, tests_folder: Path, name: str, old: str, new: str, why: str
) -> None:
    text = stories.draft(_talk(clinic)).text.replace("[unknown]", "[utter_greet]")
    with pytest.raises(StoryRefused) as refused:
        stories.write(name, text.replace(old, new))
    assert refused.value.key == why
    assert list(tests_folder.iterdir()) == []


@pytest.fixture
def trainer(clinic: House, sign_in: object) -> FlaskClient:
    add_user(clinic.database, "eva", PASSWORD, "trainer", clock=clinic.clock)
    browser = clinic.app().test_client()
    sign_in(browser, "eva")  # type: ignore[operator]
    return browser


def test_a_trainer_makes_it_from_the_review(
    clinic: House, trainer: FlaskClient, tests_folder: Path
) -> None:
    talk = _talk(clinic)
    unsure = hear(clinic, "uy no alcanzo a llegar pasado mañana", ("deny", 0.3))
    _answer(clinic, unsure, "No le entendí bien.")
    path = f"/console/training/test-of/{talk}"
    assert path in trainer.get("/console/training").text
    page = trainer.get(path).text
    assert "soy NOMBRE, quiero cancelar" in page
    assert "Torres" not in page
    form = {"csrf_token": token_of(page), "name": "test_said_here.yml", "act": "write"}
    refused = trainer.post(path, data=form | {"text": "- story: <script>alert(1)</script>\u202e"})
    assert refused.status_code == 409
    assert "<script>alert" not in refused.text
    text = (
        "- story: it is kept\n  languages: [es]\n  turns:\n"
        "  - patient: hola\r\n    bot: [utter_greet]\n"
    )
    done = trainer.post(path, data=form | {"text": text})
    assert (done.status_code, "Escrito: tests/conversations/test_said_here.yml" in done.text) == (
        *(200, True),
    )
    assert trainer.post(path, data=form | {"text": text}).status_code == 409
    file = trainer.post(path, data=form | {"text": text, "act": "download"})
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert len(list(read_stories(tests_folder / "test_said_here.yml"))) == 1
    noted = [each.action for each in audit.read(clinic, limit=3)]
    assert noted == ["story_kept", "story_kept", "story_viewed"]


def test_without_the_folder_it_is_downloaded(clinic: House, trainer: FlaskClient) -> None:
    page = trainer.get(f"/console/training/test-of/{_talk(clinic)}").text
    assert 'value="write"' not in page
    assert 'value="download"' in page


def test_whoever_is_of_another_branch_gets_nothing(clinic: House, trainer: FlaskClient) -> None:
    talk = _talk(clinic)
    with clinic.database.begin() as session:
        session.add(UserBranchRow(user_name="eva", branch="paulista"))
    assert trainer.get(f"/console/training/test-of/{talk}").status_code == 404
    assert trainer.get("/console/training/test-of/forged").status_code == 404


def test_the_command_prints_it_or_writes_a_new_file(
    clinic: House, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CONSULTA_HOME", str(project.parent))
    monkeypatch.setenv("TRAINING_DATA", str(project))
    talk = _talk(clinic)
    run = CliRunner().invoke
    printed = run(command, ["test-of", talk])
    assert "utter_cancelled" in printed.stdout
    out = tmp_path / "test_said.yml"
    assert run(command, ["test-of", talk, "--out", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8") == printed.stdout
    assert run(command, ["test-of", talk, "--out", str(out)]).exit_code == 1
    assert run(command, ["test-of", "forged"]).exit_code == 2
