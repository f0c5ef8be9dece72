"""The engine starts with the published model, unless an engineer changed the files."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import published as starting
from app.model_files import ROOT, archive_name, fingerprint, fingerprint_in
from app.published import model_to_serve, open_models, published_archive
from app.settings import Settings
from integrations.database import Base, Database, open_database

NOW = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
OURS, THEIRS = "a" * 16, "b" * 16


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = open_database(settings.database_url)
    Base.metadata.create_all(opened.engine)
    yield opened
    opened.close()


def _archive(folder: Path, name: str) -> Path:
    path = folder / archive_name(name)
    path.write_text(name, encoding="utf-8")
    return path


def _publish(settings: Settings, database: Database, folder: Path, name: str) -> None:
    models = open_models(settings, database)
    models.record_start(models.add(_archive(folder, name), name, "eva", NOW), "eva", NOW)


def test_a_model_found_at_the_first_start_is_published_and_kept(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    served = model_to_serve(settings, database, _archive(tmp_path, OURS), NOW)
    assert served.parent == settings.models_folder
    assert served.read_text(encoding="utf-8") == OURS
    models = open_models(settings, database)
    (published,) = models.publications()
    assert (published.model_id, published.kind) == (OURS, "start")
    assert model_to_serve(settings, database, _archive(tmp_path, OURS), NOW) == served
    assert len(models.publications()) == 1


def test_files_that_trainers_left_do_not_replace_the_published_model(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    _publish(settings, database, tmp_path, OURS)
    models = open_models(settings, database)
    models.know(THEIRS, NOW)
    assert model_to_serve(settings, database, _archive(tmp_path, THEIRS), NOW) == models.path_of(
        OURS
    )
    published = models.published()
    assert published is not None
    assert published.id == OURS


def test_files_that_an_engineer_changed_do(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    _publish(settings, database, tmp_path, OURS)
    served = model_to_serve(settings, database, _archive(tmp_path, THEIRS), NOW)
    models = open_models(settings, database)
    assert served == models.path_of(THEIRS)
    published = models.published()
    assert published is not None
    assert published.id == THEIRS


def test_a_published_model_whose_archive_is_lost_gives_way(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    _publish(settings, database, tmp_path, OURS)
    models = open_models(settings, database)
    models.know(THEIRS, NOW)
    models.path_of(OURS).unlink()
    assert model_to_serve(settings, database, _archive(tmp_path, THEIRS), NOW) == models.path_of(
        THEIRS
    )


def test_an_archive_of_any_name_may_be_served(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    odd = tmp_path / "my model.tar.gz"
    odd.write_bytes(b"odd")
    assert model_to_serve(settings, database, odd, NOW).read_bytes() == b"odd"


def test_make_run_need_not_train_what_waits_to_be_published(
    settings: Settings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "fingerprint", lambda: THEIRS)
    assert published_archive(settings, database) is None
    _publish(settings, database, tmp_path, OURS)
    assert published_archive(settings, database) is None
    models = open_models(settings, database)
    models.know(THEIRS, NOW)
    assert published_archive(settings, database) == models.path_of(OURS)


def test_a_database_without_tables_has_published_nothing(settings: Settings) -> None:
    database = open_database(settings.database_url)
    assert published_archive(settings, database) is None
    database.close()


def test_a_fingerprint_follows_what_is_taught_wherever_it_is(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "domain.yml", tmp_path / "domain.yml")
    assert fingerprint(ROOT, tmp_path) == fingerprint(ROOT)
    nlu = (tmp_path / "data" / "nlu.yml").read_bytes() + b"# more\n"
    replaced = fingerprint(ROOT, tmp_path, {"data/nlu.yml": nlu})
    assert replaced != fingerprint(ROOT)
    (tmp_path / "data" / "nlu.yml").write_bytes(nlu)
    assert fingerprint(ROOT, tmp_path) == replaced


def test_only_our_own_names_tell_a_fingerprint() -> None:
    assert fingerprint_in(archive_name(OURS)) == OURS
    for name in ("consulta-xyz.tar.gz", f"{OURS}.tar.gz", "20240101-model.tar.gz", ""):
        assert fingerprint_in(name) is None
