"""The trainers' pages, by their forms alone."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from console.access import audit
from console.access.users import add_user
from tests.console.conftest import PASSWORD, House, token_of
from tests.trainer.said import hear

PAGE, LABELS = "/console/training", "/console/training/labels"
TEXT = "uy no alcanzo a llegar pasado mañana"


@pytest.fixture
def trainer(clinic: House, sign_in: object) -> FlaskClient:
    """A browser in which a trainer is at work."""
    add_user(clinic.database, "eva", PASSWORD, "trainer", clock=clinic.clock)
    browser = clinic.app().test_client()
    sign_in(browser, "eva")  # type: ignore[operator]
    return browser


def _post(trainer: FlaskClient, path: str, **form: object) -> tuple[int, str]:
    token = token_of(trainer.get("/console/account").text)
    answer = trainer.post(path, data={"csrf_token": token, **form}, follow_redirects=True)
    return answer.status_code, answer.text


def _shown_token(page: str) -> str:
    return page.split('name="token" value="', 1)[1].split('"', 1)[0]


def test_a_message_is_decided_shown_written_and_noted(
    clinic: House, trainer: FlaskClient, project: Path
) -> None:
    message = hear(clinic, TEXT, ("deny", 0.3), ("cancel_appointment", 0.28))
    page = trainer.get(PAGE).text
    assert TEXT in page
    assert 'value="as:cancel_appointment"' in page
    status, page = _post(trainer, PAGE, id=message, act="as:cancel_appointment")
    assert (status, "Decisión guardada" in page, TEXT in page) == (200, True, False)
    shown = trainer.get(LABELS).text
    assert f"+      - {TEXT}" in shown
    status, page = _post(trainer, LABELS, token=_shown_token(shown))
    assert (status, "Escrito: 1" in page) == (200, True)
    assert TEXT.encode() in (project / "data" / "nlu.yml").read_bytes()
    noted = [each.action for each in audit.read(clinic, limit=2)]
    assert noted == ["labels_written", "label_added"]


def test_a_decision_is_undone_from_both_pages(clinic: House, trainer: FlaskClient) -> None:
    message = hear(clinic, TEXT, ("deny", 0.3))
    for back in ("", "labels"):
        _post(trainer, PAGE, id=message, act="out")
        label = trainer.get(LABELS).text.split('name="id" value="', 1)[1].split('"', 1)[0]
        status, _ = _post(trainer, f"{PAGE}/undo", id=label, back=back)
        assert status == 200
        assert TEXT in trainer.get(PAGE).text
    assert _post(trainer, f"{PAGE}/undo", id=label)[0] == 409


def test_an_edit_meanwhile_is_shown_and_nothing_is_written(
    clinic: House, trainer: FlaskClient, project: Path
) -> None:
    message = hear(clinic, TEXT, ("deny", 0.3))
    _post(trainer, PAGE, id=message, intent="cancel_appointment", act="set")
    shown = trainer.get(LABELS).text
    path = project / "data" / "nlu.yml"
    path.write_bytes(path.read_bytes() + b"# an engineer was here\n")
    status, page = _post(trainer, LABELS, token=_shown_token(shown))
    assert status == 409
    assert "+# an engineer was here" in page
    assert f"+      - {TEXT}" in page
    assert TEXT.encode() not in path.read_bytes()
    assert _post(trainer, LABELS, token=_shown_token(page))[0] == 200
    assert TEXT.encode() in path.read_bytes()


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"id": "forged", "act": "out"}, "ya decidió"),
        ({"act": "out"}, "ya decidió"),
        ({"act": "as:<script>"}, "no existe"),
        ({"act": "set"}, "no existe"),
        ({"intent": "Ask Parking", "act": "new"}, "letras minúsculas"),
        ({"intent": "deny", "act": "new"}, "ya existe"),
    ],
)
def test_what_cannot_be_kept_is_explained(
    clinic: House, trainer: FlaskClient, form: dict[str, str], why: str
) -> None:
    message = hear(clinic, TEXT, ("deny", 0.3))
    given = form if why == "ya decidió" else {"id": message, **form}
    status, page = _post(trainer, PAGE, **given)
    assert (status, why in page) == (409, True)


def test_markup_and_marks_that_reorder_are_shown_as_harmless_text(
    clinic: House, trainer: FlaskClient
) -> None:
    hear(clinic, "quiero \u202e<script>alert(1)</script> ir", ("deny", 0.3))
    hear(clinic, "no " * 4000, ("deny", 0.2))
    page = trainer.get(PAGE).text
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert len(page) < 40_000


def test_without_the_files_the_pages_say_so(
    clinic: House, trainer: FlaskClient, project: Path
) -> None:
    (project / "data" / "nlu.yml").unlink()
    for path in (PAGE, LABELS):
        answer = trainer.get(path)
        assert (answer.status_code, "TRAINING_DATA" in answer.text) == (200, True)
