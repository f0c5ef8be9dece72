"""`consulta patient`: the same rights from the command line, audited the same way."""

import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from console.access import audit
from console.patients.erasure import is_erased
from console.patients.patient_commands import patient
from tests.console.conftest import House

ANA = "+525500000001"
_WHO = ("--phone", ANA, "--birth-date", "1988-03-14")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command over the house's own database."""
    assert house.database
    monkeypatch.setenv("CONSULTA_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/consulta.db")
    return lambda *words, typed="": CliRunner().invoke(patient, words, input=typed)


def test_an_export_is_written_for_nobody_else_to_read(
    house: House, run: Run, tmp_path: Path
) -> None:
    ana = house.patient("Ana Torres", ANA)
    out = tmp_path / "ana.zip"
    assert run("export", *_WHO, "--out", str(out)).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    assert json.loads(zipfile.ZipFile(out).read("data.json"))["person"][0]["name"] == ana.name
    assert audit.read(house, limit=1)[0].action == "patient_exported"


def test_erasing_asks_for_the_number_again(house: House, run: Run) -> None:
    ana = house.patient("Ana Torres", ANA)
    assert run("erase", *_WHO, typed="+525500000009\n").exit_code == 1
    assert house.patients.patient(ana.id) == ana
    assert run("erase", *_WHO, typed=f"{ANA}\n").exit_code == 0
    assert is_erased(house.patients.patient(ana.id))
    (noted,) = audit.read(house, limit=1)
    assert (noted.action, noted.subject_id) == ("patient_erased", ana.id)
    assert run("erase", *_WHO, "--yes").exit_code == 2, "nobody has that number any more"


def test_who_is_expected_is_not_erased_unless_the_visit_goes_too(house: House, run: Run) -> None:
    ana = house.patient("Ana Torres", ANA)
    house.visit(ana, "roma", house.time.now + timedelta(days=36500))
    assert run("erase", *_WHO, "--yes").exit_code == 1
    assert house.patients.patient(ana.id) == ana
    assert run("erase", *_WHO, "--yes", "--cancel-visits").exit_code == 0
    assert is_erased(house.patients.patient(ana.id))
