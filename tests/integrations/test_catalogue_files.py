"""A clinic's catalogue comes in from a file as a whole, or not at all with every fault told."""

from pathlib import Path

import pytest

from integrations.catalogue_files import ImportSummary, import_catalogue
from integrations.csv_lines import FaultyFile
from integrations.database import Database
from integrations.pricing import open_prices
from integrations.scheduling import open_catalogue, open_schedule
from tests.integrations.small_clinic import NOW, open_small_clinic

HEADER = (
    "service,kind,minutes,name_es,name_pt,name_en,synonyms_es,fasting_hours,preparation_es,"
    "branch,plan,amount,currency,tax_rate,tax_included,valid_from,valid_to,practitioners\n"
)
TSH = (
    "tsh,study,15,TSH,TSH,TSH,tiroides|hormona tiroidea,8,Ayuno de 8 horas.|Traiga su orden.,"
    "centro,public,300.00,MXN,16,yes,2026-01-01,,centro-laboratory\n"
)


@pytest.fixture
def clinic_database(database: Database) -> Database:
    """A database with the small clinic."""
    open_small_clinic(database)
    return database


def _file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "catalogue.csv"
    path.write_text(text, encoding=encoding)
    return path


def _faults(database: Database, path: Path) -> list[tuple[int, str]]:
    with pytest.raises(FaultyFile) as refused:
        import_catalogue(database, path)
    return [(fault.line, fault.column) for fault in refused.value.faults]


def test_a_new_service_can_be_priced_and_booked_at_once(
    clinic_database: Database, tmp_path: Path
) -> None:
    summary = import_catalogue(clinic_database, _file(tmp_path, HEADER + TSH))
    assert summary == ImportSummary(1, 0, 1, 0, 0)
    service = open_catalogue(clinic_database).service("tsh")
    assert service.synonyms["es"] == ("tiroides", "hormona tiroidea")
    assert service.preparation is not None
    assert service.preparation.texts == {"es": "Ayuno de 8 horas.\nTraiga su orden."}
    assert service.branches == {"centro"}
    quote = open_prices(clinic_database).quote("tsh", "centro", "public", NOW)
    assert (quote.total, quote.tax) == (30000, 4138)
    schedule = open_schedule(clinic_database, lambda: NOW)
    assert schedule.free_slots("tsh", "centro", NOW, NOW.replace(day=9))


def test_the_same_file_again_changes_nothing(clinic_database: Database, tmp_path: Path) -> None:
    path = _file(tmp_path, HEADER + TSH)
    import_catalogue(clinic_database, path)
    assert import_catalogue(clinic_database, path) == ImportSummary(0, 0, 0, 0, 2)


def test_a_corrected_price_and_preparation_get_a_new_version(
    clinic_database: Database, tmp_path: Path
) -> None:
    import_catalogue(clinic_database, _file(tmp_path, HEADER + TSH))
    changed = TSH.replace("300.00", "310.00").replace("8,Ayuno de 8", "10,Ayuno de 10")
    summary = import_catalogue(clinic_database, _file(tmp_path, HEADER + changed))
    assert summary == ImportSummary(0, 1, 0, 1, 0)
    quote = open_prices(clinic_database).quote("tsh", "centro", "public", NOW)
    assert (quote.total, quote.version) == (31000, 2)
    preparation = open_catalogue(clinic_database).service("tsh").preparation
    assert preparation is not None
    assert preparation.version == 2


def test_a_spreadsheets_semicolons_and_mark_are_read(
    clinic_database: Database, tmp_path: Path
) -> None:
    text = (HEADER + TSH).replace(",", ";").replace("\n", "\r\n")
    assert import_catalogue(clinic_database, _file(tmp_path, text, "utf-8-sig")).prices_added == 1


def test_prices_alone_may_name_services_that_are_known(
    clinic_database: Database, tmp_path: Path
) -> None:
    text = (
        "service,branch,plan,amount,currency,tax_included,valid_from\n"
        "blood,centro,public,200.00,MXN,yes,2026-06-01\n"
    )
    assert import_catalogue(clinic_database, _file(tmp_path, text)).prices_added == 1
    quote = open_prices(clinic_database).quote("blood", "centro", "public", NOW)
    assert (quote.total, str(quote.valid_until)) == (18000, "2026-05-31")


@pytest.mark.parametrize(
    ("wrong", "right", "column"),
    [
        ("tsh,", "TSH x,", "service"),
        ("study", "surgery", "kind"),
        (",15,", ",0,", "minutes"),
        ("15,TSH", "15,", "name_es"),
        ("hormona tiroidea,8", "hormona tiroidea,9", "preparation_es"),
        ("Ayuno de 8 horas.|Traiga su orden.", "", "preparation_es"),
        ("centro,public", "norte,public", "branch"),
        ("public", "nobody", "plan"),
        ("300.00", '"300,00"', "amount"),
        ("300.00", "-1", "amount"),
        ("300.00", "300.001", "amount"),
        ("MXN", "USD", "currency"),
        ("16", "160", "tax_rate"),
        ("yes", "maybe", "tax_included"),
        ("2026-01-01", "01/01/2026", "valid_from"),
        ("2026-01-01,", "2026-01-01,2025-12-31", "valid_to"),
        ("centro-laboratory", "frontera-perez", "practitioners"),
        (",15,", ",45,", "practitioners"),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(
    clinic_database: Database, tmp_path: Path, wrong: str, right: str, column: str
) -> None:
    line = TSH.replace(wrong, right, 1)
    assert line != TSH
    assert (2, column) in _faults(clinic_database, _file(tmp_path, HEADER + line))


def test_every_fault_is_told_and_nothing_is_taken(
    clinic_database: Database, tmp_path: Path
) -> None:
    text = HEADER + TSH + TSH.replace("tsh", "t3").replace("300.00", "x").replace("MXN", "EUR")
    text += "t4" + "," * 9 + "public,1.00,MXN,0,yes,2026-01-01,,\n" + TSH
    faults = _faults(clinic_database, _file(tmp_path, text))
    assert {line for line, _ in faults} == {3, 4, 5}
    assert (5, "") in faults
    assert "tsh" not in {service.code for service in open_catalogue(clinic_database).services()}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column service"),
        ("code,amount\n", "no column service"),
        ("service,prize\n", "unknown columns: prize"),
        ("service,kind,kind\n", "twice"),
        ("service,kind\ntsh\n", "neither"),
        ("service,branch\ntsh,centro,more\n", "more cells"),
        ('service,kind\ntsh,"open\n', "cannot be read"),
    ],
)
def test_a_file_that_is_no_catalogue_says_why(
    clinic_database: Database, tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(FaultyFile, match=message):
        import_catalogue(clinic_database, _file(tmp_path, text))


def test_a_service_described_in_two_ways_is_refused(
    clinic_database: Database, tmp_path: Path
) -> None:
    other = TSH.replace("study,15", "study,10").replace("public", "corporate")
    assert (3, "") in _faults(clinic_database, _file(tmp_path, HEADER + TSH + other))


def test_a_file_that_is_not_utf_8_says_on_which_line(
    clinic_database: Database, tmp_path: Path
) -> None:
    path = _file(tmp_path, HEADER + TSH.replace("TSH", "Hormônio", 1), "latin-1")
    assert _faults(clinic_database, path) == [(2, "")]
