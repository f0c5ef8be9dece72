"""What every store of reports behind `clinic.ports.Results` must do, and the links to them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic.patients import PatientUnknown
from clinic.results import (
    CODE_TRIES,
    CODES_PER_LINK,
    BadReport,
    CodeAnswer,
    ReleasePolicy,
    ReportStatus,
    ReportUnknown,
)
from integrations.database import Database
from integrations.patients import open_patients
from integrations.results import DatabaseResults, ResultLinks, open_results
from integrations.results.tables import ResultLinkRow
from tests.integrations.small_clinic import NOW, open_small_clinic

PDF = b"%PDF-1.7 a report"
PHONE = "+525500000001"
DAY = timedelta(days=1)


@pytest.fixture
def results(database: Database) -> DatabaseResults:
    open_small_clinic(database)
    return open_results(database)


@pytest.fixture
def ana(database: Database, results: DatabaseResults) -> str:
    return open_patients(database).at_address(PHONE)[0].id


@pytest.fixture
def links(database: Database) -> ResultLinks:
    return ResultLinks(database, "a key")


def test_only_a_final_report_opens_and_as_its_policy_says(
    results: DatabaseResults, ana: str
) -> None:
    def add(status: ReportStatus, policy: ReleasePolicy) -> bool:
        return results.add(ana, "blood-test", PDF, NOW, status=status, policy=policy).is_open

    assert add(ReportStatus.FINAL, ReleasePolicy.AUTO)
    assert not add(ReportStatus.PRELIMINARY, ReleasePolicy.AUTO)
    assert not add(ReportStatus.FINAL, ReleasePolicy.IN_PERSON)
    manual = results.add(ana, "blood-test", PDF, NOW, policy=ReleasePolicy.MANUAL)
    assert not manual.is_open
    assert results.release(manual.id, NOW + DAY).is_open
    assert results.release(manual.id, NOW + 2 * DAY).released_at == NOW + DAY


def test_a_report_entered_in_error_is_gone_at_once(results: DatabaseResults, ana: str) -> None:
    report = results.add(ana, "blood-test", PDF, NOW)
    assert [each.id for each in results.untold()] == [report.id]
    wrong = results.replace(report.id, ReportStatus.ENTERED_IN_ERROR, NOW + DAY)
    assert (wrong.version, wrong.is_open) == (2, False)
    assert results.untold() == []


def test_a_corrected_report_is_told_again_with_its_new_file(
    results: DatabaseResults, ana: str
) -> None:
    report = results.add(ana, "blood-test", PDF, NOW)
    results.told(report)
    assert results.untold() == []
    right = results.replace(report.id, ReportStatus.CORRECTED, NOW + DAY, PDF + b", corrected")
    assert [each.version for each in results.untold()] == [2]
    assert results.content(report.id) == PDF + b", corrected"
    results.told(report)
    assert len(results.untold()) == 1, "what was told of the first version is not the second"
    results.told(right)
    assert results.untold() == []


def test_a_file_is_what_its_first_bytes_say(results: DatabaseResults, ana: str) -> None:
    assert results.add(ana, "blood-test", b"\xff\xd8\xff rest", NOW).media_type == "image/jpeg"
    for content in (b"", b"MZ program", b"<html>", b"%PDF-" + bytes(21 * 1024 * 1024)):
        with pytest.raises(BadReport):
            results.add(ana, "blood-test", content, NOW)
    with pytest.raises(PatientUnknown):
        results.add("nobody", "blood-test", PDF, NOW)
    for ask in (results.report, results.content):
        with pytest.raises(ReportUnknown):
            ask("nothing")
    assert len(results.reports(ana)) == 1


def test_a_link_leads_to_its_patient_until_it_expires(links: ResultLinks, ana: str) -> None:
    token = links.make(ana, PHONE, NOW, DAY)
    found = links.find(token, NOW)
    assert found is not None
    assert (found.patient_id, found.phone) == (ana, PHONE)
    assert links.find(token + "x", NOW) is None
    assert links.find(token, NOW + DAY) is None


def test_the_database_holds_neither_token_nor_code(
    database: Database, links: ResultLinks, ana: str
) -> None:
    token = links.make(ana, PHONE, NOW, DAY)
    link = links.find(token, NOW)
    assert link is not None
    code = links.new_code(link.id, NOW)
    with database.read() as session:
        row = session.scalars(select(ResultLinkRow)).one()
        kept = " ".join(str(value) for value in vars(row).values())
    assert token not in kept
    assert str(code) not in kept
    assert ResultLinks(database, "another key").find(token, NOW) is None


def test_a_code_opens_once(links: ResultLinks, ana: str) -> None:
    link = links.find(links.make(ana, PHONE, NOW, DAY), NOW)
    assert link is not None
    assert links.try_code(link.id, "000000", NOW) is CodeAnswer.OVER, "none was asked for"
    code = links.new_code(link.id, NOW)
    assert links.try_code(link.id, "no", NOW) is CodeAnswer.WRONG
    assert links.try_code(link.id, str(code), NOW) is CodeAnswer.RIGHT
    assert links.try_code(link.id, str(code), NOW) is CodeAnswer.OVER


def test_a_code_is_over_after_ten_minutes_or_five_tries(links: ResultLinks, ana: str) -> None:
    link = links.find(links.make(ana, PHONE, NOW, DAY), NOW)
    assert link is not None
    code = str(links.new_code(link.id, NOW))
    late = NOW + timedelta(minutes=11)
    assert links.try_code(link.id, code, late) is CodeAnswer.OVER
    code = str(links.new_code(link.id, late))
    answers = [links.try_code(link.id, "", late) for _ in range(CODE_TRIES)]
    assert answers[-1] is CodeAnswer.OVER
    assert links.try_code(link.id, code, late) is CodeAnswer.OVER


def test_codes_are_sent_seldom_and_not_for_ever(links: ResultLinks, ana: str) -> None:
    link = links.find(links.make(ana, PHONE, NOW, DAY), NOW)
    assert link is not None
    for number in range(CODES_PER_LINK):
        at = NOW + number * timedelta(minutes=2)
        assert len(str(links.new_code(link.id, at))) == 6
        assert links.new_code(link.id, at + timedelta(seconds=30)) is CodeAnswer.TOO_SOON
    assert links.new_code(link.id, NOW + timedelta(hours=1)) is CodeAnswer.TOO_MANY
