"""The trainers' pages of models and trainings: by role, stale, forged, refused, explained."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.settings import Settings
from console.access import audit
from console.access.users import add_user
from conversations.tables import MessageRow
from integrations.engine.models import Model, Models
from tests.console.conftest import NOW, PASSWORD, House, token_of
from tests.trainer.engine_double import Engine, engine
from tests.trainer.said import ANA, hear
from trainer.models.runs import Runs, State, Step

PAGE = "/console/training/models"
COMPARISON = {
    "held_out": {
        "all": {"count": 9, "before": 0.5, "after": 0.6, "better": 2, "worse": 1, "low": -0.1,
                "high": 0.3}
    },
    "intents": {},
    "sets": {
        kind: {"count": 9, "changed": 1, "better": 0, "worse": 1, "asked_back_before": 0,
               "asked_back_after": 0}
        for kind in ("held_out", "labelled", "recent")
    },
    "messages": [
        {"kind": "recent", "verdict": "worse", "language": "es", "intent": "deny",
         "text": "<script>alert(1)</script> \u202e al revés", "before": ["deny", 0.9, False],
         "after": ["greet", 0.3, True]}
    ],
    "left_out": 0,
}  # fmt: skip
FELL = {"what": "safety", "which": "emergency es", "figure": 0.5, "limit": 0.98, "holds": False}


@pytest.fixture
def door() -> Iterator[Engine]:
    with engine() as opened:
        yield opened


@pytest.fixture
def shop(clinic: House, project: Path, door: Engine) -> House:
    """The clinic with an engine to publish in."""
    clinic.settings = Settings(
        consulta_home=project.parent, training_data=project, engine_url=door.url
    )
    return clinic


@pytest.fixture
def models(shop: House) -> Models:
    return Models(shop.database, shop.settings.models_folder)


@pytest.fixture
def enter(shop: House, sign_in: Callable[..., str]) -> Callable[[str], FlaskClient]:
    """Somebody of a role, at a browser of their own."""

    def begin(role: str) -> FlaskClient:
        browser = shop.app().test_client()
        add_user(shop.database, role, PASSWORD, role, clock=shop.clock)
        sign_in(browser, role)
        return browser

    return begin


def _model(models: Models, tmp_path: Path, number: int, *, gate_open: bool = True) -> Model:
    archive = tmp_path / f"{number}.tar.gz"
    archive.write_bytes(b"a model")
    identifier = f"{number:016x}"
    models.add(archive, identifier, "eva", NOW)
    checks = [] if gate_open else [FELL]
    models.keep_evaluation(identifier, {"gate": {"open": gate_open, "checks": checks}})
    return models.model(identifier)


def _post(browser: FlaskClient, path: str, **form: object) -> tuple[int, str]:
    token = token_of(browser.get("/console/account").text)
    answer = browser.post(path, data={"csrf_token": token, **form}, follow_redirects=True)
    return answer.status_code, answer.text


def test_a_training_is_begun_watched_and_stopped(
    shop: House, enter: Callable[[str], FlaskClient]
) -> None:
    trainer = enter("trainer")
    status, page = _post(trainer, f"{PAGE}/train")
    assert status == 200
    assert "Entrenamiento 1" in page
    assert 'hx-trigger="every 2s"' in page
    assert _post(trainer, f"{PAGE}/train")[0] == 409
    shop.time.pass_(seconds=30)
    assert "consulta trainer work" in trainer.get("/console/training/runs/1").text
    status, page = _post(trainer, "/console/training/runs/1/stop")
    assert (status, "Detenido" in page, "every 2s" in page) == (200, True, False)
    assert _post(trainer, "/console/training/runs/1/stop")[0] == 409
    noted = [each.action for each in audit.read(shop, limit=2)]
    assert noted == ["training_stopped", "training_begun"]


def test_a_training_whose_worker_died_is_told_and_the_next_may_begin(
    shop: House, enter: Callable[[str], FlaskClient]
) -> None:
    runs = Runs(shop.database)
    runs.ask("eva", shop.clock())
    runs.claim(shop.clock())
    shop.time.pass_(minutes=2)
    trainer = enter("trainer")
    page = trainer.get("/console/training/runs/1").text
    assert "Se interrumpió" in page
    assert _post(trainer, f"{PAGE}/train")[0] == 200


def test_a_model_is_published_and_the_one_before_comes_back_in_one_click(
    shop: House,
    models: Models,
    door: Engine,
    enter: Callable[[str], FlaskClient],
    tmp_path: Path,
) -> None:
    first, second = _model(models, tmp_path, 1), _model(models, tmp_path, 2)
    trainer = enter("trainer")
    assert "Publicar el modelo 2" in trainer.get(PAGE).text
    for model in (first, second):
        status, page = _post(trainer, f"{PAGE}/publish", model=model.id)
        assert (status, f"Responde el modelo {model.number}" in page) == (200, True)
    assert door.model == f"consulta-{second.id}"
    assert "Volver al modelo 1" in page
    status, page = _post(trainer, f"{PAGE}/back", model=first.id)
    assert (status, "Responde el modelo 1" in page) == (200, True)
    assert door.model == f"consulta-{first.id}"
    noted = [each.action for each in audit.read(shop, limit=3)]
    assert noted == ["model_back", "model_published", "model_published"]
    # The page was open meanwhile: its button does not do another thing than it says.
    assert _post(trainer, f"{PAGE}/back", model=first.id)[0] == 409
    assert models.published() == first


def test_a_closed_gate_is_passed_by_an_admin_with_a_reason_alone(
    shop: House,
    models: Models,
    door: Engine,
    enter: Callable[[str], FlaskClient],
    tmp_path: Path,
) -> None:
    model = _model(models, tmp_path, 1, gate_open=False)
    trainer, admin = enter("trainer"), enter("admin")
    page = trainer.get(PAGE).text
    assert "emergency es" in page
    assert "50.0" in page
    assert "Publicar el modelo" not in page
    for browser, reason in ((trainer, "porque sí"), (admin, ""), (admin, "   ")):
        status, page = _post(browser, f"{PAGE}/publish", model=model.id, reason=reason)
        assert (status, "no alcanza lo exigido" in page) == (409, True)
    assert door.swaps == []
    assert _post(admin, f"{PAGE}/publish", model=model.id, reason="lo pide la clínica")[0] == 200
    (noted,) = audit.read(shop, limit=1)
    assert (noted.action, noted.details["override"]) == ("model_published", "lo pide la clínica")
    assert "lo pide la clínica" in trainer.get(PAGE).text


def test_what_the_engine_refuses_is_told_and_nothing_changes(
    models: Models, door: Engine, enter: Callable[[str], FlaskClient], tmp_path: Path
) -> None:
    model = _model(models, tmp_path, 1)
    door.refuses = "<b>it cannot be loaded"
    status, page = _post(enter("trainer"), f"{PAGE}/publish", model=model.id)
    assert (status, "sigue respondiendo el modelo de antes" in page) == (409, True)
    assert "<b>it" not in page
    assert models.published() is None


@pytest.mark.parametrize(
    "name", ["", "99", "0" * 16, "../../x", "x" * 10_000, "<script>", "\u202e"]
)
def test_forged_models_and_runs_are_refused(enter: Callable[[str], FlaskClient], name: str) -> None:
    trainer = enter("trainer")
    assert _post(trainer, f"{PAGE}/publish", model=name)[0] == 409
    assert _post(trainer, f"{PAGE}/back", model=name)[0] == 409
    if "/" not in name and name:
        assert trainer.get(f"/console/training/runs/{name}").status_code == 404


@pytest.mark.parametrize("role", ["reception", "manager", "auditor"])
def test_nobody_else_trains_or_publishes(enter: Callable[[str], FlaskClient], role: str) -> None:
    browser = enter(role)
    assert browser.get(PAGE).status_code == 403
    for path in ("train", "publish", "back"):
        assert _post(browser, f"{PAGE}/{path}", model="1")[0] == 403


def test_a_comparison_shows_messages_as_harmless_text(
    shop: House, models: Models, enter: Callable[[str], FlaskClient], tmp_path: Path
) -> None:
    model, runs = _model(models, tmp_path, 1), Runs(shop.database)
    number = runs.ask("eva", shop.clock())
    runs.claim(shop.clock())
    runs.know(number, model_id=model.id, comparison=COMPARISON)
    models.keep_evaluation(
        model.id,
        {"run": number, "left_out": 0, "gate": {"open": True, "checks": []}},
    )
    runs.end(number, [Step("gate", "done", 1.0, note="open")], State.DONE, shop.clock())
    trainer = enter("trainer")
    page = trainer.get(f"/console/training/runs/{number}").text
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "+10.0" in page
    assert "−10.0 … +30.0" in page
    assert "Peor" in page
    better = trainer.get(f"/console/training/runs/{number}?verdict=better").text
    assert "al revés" not in better


def test_a_thread_says_which_model_answered(
    shop: House, models: Models, enter: Callable[[str], FlaskClient], tmp_path: Path
) -> None:
    model = _model(models, tmp_path, 1)
    person = shop.patient("Ana Torres", ANA)
    ours = hear(shop, "no puedo ir", ("deny", 0.9), model=f"consulta-{model.id}")
    hear(shop, "hola", ("greet", 0.9), model="<i>other")
    with shop.database.read() as session:
        assert session.query(MessageRow).filter_by(id=ours).one().model == f"consulta-{model.id}"
    page = enter("reception").get(f"/console/patients/{person.id}").text
    assert "Respondió el modelo 1" in page
    assert "&lt;i&gt;other" in page
