"""A patient's own page: the link alone opens nothing, the code does, and only their own."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.results.links import send_link
from app.services import Services, open_services
from app.settings import Settings
from app.web import create_app
from clinic.patients import Patient
from clinic.results import ReportStatus
from conversations.tables import MessageRow
from tests.conftest import NOW

PHONE = "+525500000001"
PDF = b"%PDF-1.7 a report"


@pytest.fixture
def now() -> list[datetime]:
    return [NOW]


@pytest.fixture
def services(settings: Settings, now: list[datetime]) -> Iterator[Services]:
    opened = open_services(settings, lambda: now[0])
    opened.database.migrate()
    yield opened
    opened.close()


@pytest.fixture
def ana(services: Services) -> Patient:
    return services.patients.register("Ana Torres", date(1988, 3, 14), "es", PHONE)


@pytest.fixture
def browser(services: Services) -> FlaskClient:
    return create_app(services).test_client()


def _unmasked(services: Services) -> str:
    """What was last queued, as it will be sent."""
    with services.database.read() as session:
        row = session.query(MessageRow).order_by(MessageRow.number.desc()).first()
        assert row is not None
        assert row.unmasked
        return row.unmasked


def _path(services: Services, patient: Patient, key: str = "k") -> str:
    send_link(services, patient.id, PHONE, key, services.clock())
    found = re.search(r"(/r/\S+)", _unmasked(services))
    assert found
    return found[1]


def _code(services: Services, browser: FlaskClient, path: str) -> str:
    assert browser.post(f"{path}/code").status_code == 200
    found = re.search(r"\b(\d{6})\b", _unmasked(services))
    assert found
    return found[1]


def test_the_link_alone_shows_nothing_and_the_code_opens_the_reports(
    services: Services, ana: Patient, browser: FlaskClient
) -> None:
    report = services.results.add(ana.id, "blood-test", PDF, NOW)
    path = _path(services, ana)
    page = browser.get(path).text
    assert "01" in page
    assert "blood-test" not in page
    assert "Ana" not in page
    assert browser.get(f"{path}/{report.id}").status_code == 303
    code = _code(services, browser, path)
    assert browser.post(path, data={"code": "no"}).status_code == 403
    opened = browser.post(path, data={"code": f" {code[:3]} {code[3:]}"}, follow_redirects=True)
    assert "blood-test" in opened.text
    file = browser.get(f"{path}/{report.id}")
    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert services.results.openings(report.id) == [NOW]


def test_the_thread_keeps_neither_link_nor_code(
    services: Services, ana: Patient, browser: FlaskClient
) -> None:
    path = _path(services, ana)
    code = _code(services, browser, path)
    kept = " ".join(message.text for message in services.conversations.thread(PHONE))
    assert code not in kept
    assert path.removeprefix("/r/") not in kept


def test_the_page_closes_itself_and_another_browser_starts_anew(
    services: Services, ana: Patient, browser: FlaskClient, now: list[datetime]
) -> None:
    services.results.add(ana.id, "blood-test", PDF, NOW)
    path = _path(services, ana)
    code = _code(services, browser, path)
    browser.post(path, data={"code": code})
    assert "blood-test" in browser.get(path).text
    other = create_app(services).test_client()
    assert "blood-test" not in other.get(path).text
    assert other.post(path, data={"code": code}).status_code == 403, "a code opens once"
    now[0] = NOW + timedelta(minutes=16)
    assert "blood-test" not in browser.get(path).text


def test_expired_and_forged_links_look_the_same(
    services: Services, ana: Patient, browser: FlaskClient, now: list[datetime]
) -> None:
    path = _path(services, ana)
    now[0] = NOW + timedelta(hours=services.settings.results_link_hours)
    expired, forged = browser.get(path), browser.get("/r/" + "x" * 43)
    assert expired.status_code == forged.status_code == 404
    assert expired.text == forged.text
    for way in (f"{path}/code", path):
        assert browser.post(way).status_code == 404


def test_nobody_opens_another_patient_s_report(
    services: Services, ana: Patient, browser: FlaskClient
) -> None:
    beto = services.patients.register("Beto Ruiz", date(1975, 9, 2), "es", "+525500000002")
    theirs = services.results.add(beto.id, "blood-test", PDF, NOW)
    path = _path(services, ana)
    browser.post(path, data={"code": _code(services, browser, path)})
    assert browser.get(f"{path}/{theirs.id}").status_code == 404
    assert browser.get(f"{path}/nothing").status_code == 404


def test_what_was_entered_in_error_is_gone_while_the_page_is_open(
    services: Services, ana: Patient, browser: FlaskClient
) -> None:
    report = services.results.add(ana.id, "blood-test", PDF, NOW)
    path = _path(services, ana)
    browser.post(path, data={"code": _code(services, browser, path)})
    services.results.replace(report.id, ReportStatus.ENTERED_IN_ERROR, NOW)
    assert "blood-test" not in browser.get(path).text
    assert browser.get(f"{path}/{report.id}").status_code == 404


def test_on_a_shared_phone_the_birth_date_says_whose_they_are(
    services: Services, ana: Patient, browser: FlaskClient, now: list[datetime]
) -> None:
    services.patients.register("Mateo Torres", date(2014, 10, 3), "es", PHONE)
    services.results.add(ana.id, "blood-test", PDF, NOW)
    path = _path(services, ana)
    code = _code(services, browser, path)
    for birth in ("", "2014-10-03", "14/03/1988"):
        assert browser.post(path, data={"code": code, "birth": birth}).status_code == 403
    right = browser.post(path, data={"code": code, "birth": "1988-03-14"}, follow_redirects=True)
    assert "blood-test" in right.text


def test_a_code_cannot_be_guessed_for_long_nor_asked_for_in_a_row(
    services: Services, ana: Patient, browser: FlaskClient
) -> None:
    path = _path(services, ana)
    code = _code(services, browser, path)
    assert browser.post(f"{path}/code").status_code == 429
    pages = [browser.post(path, data={"code": "000000"}).text for _ in range(6)]
    assert "Ese código ya no sirve" in pages[-1]
    assert browser.post(path, data={"code": code}).status_code == 403


def test_the_page_speaks_the_patient_s_language_or_the_one_chosen(
    services: Services, ana: Patient, browser: FlaskClient
) -> None:
    path = _path(services, ana)
    assert "Enviarme el código" in browser.get(path).text
    assert "Send me the code" in browser.get(f"{path}?lang=en").text
    assert "Enviar o código" in browser.get(f"{path}?lang=pt").text


def test_the_page_is_kept_and_followed_by_nobody(
    services: Services, ana: Patient, browser: FlaskClient
) -> None:
    headers = browser.get(_path(services, ana)).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
