"""A patient's data handed over whole, and erased so that nobody can be recognised any more."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from clinic.appointments import AppointmentStatus
from clinic.feedback import Feedback
from clinic.patients import Patient
from console.access import audit
from console.access.users import add_user
from console.inbox import notes, reading
from console.patients.erasure import VisitsToCome, erase
from console.patients.export_archive import archive
from console.tables import UserBranchRow
from conversations.tables import CallRow, ThreadReadRow, ThreadRow
from conversations.threads import Threads
from integrations.database import Base
from integrations.recalls import open_recalls
from tests.console.conftest import PASSWORD, House, token_of

ANA, FAMILY = "+525500000001", "+525500000006"
DAY = timedelta(days=1)
PRIVATE = (
    "urgencias",
    "Torres",
    "5500000001",
    "dolor de muela",
    "1988-03-14",
    "BAJA",
    "viaje largo",
    "tarde",
)


@pytest.fixture
def manager(
    house: House, client: FlaskClient, sign_in: Callable[[FlaskClient, str], str]
) -> FlaskClient:
    add_user(house.database, "manager", PASSWORD, "manager", clock=house.clock)
    sign_in(client, "manager")
    return client


def _known(house: House, *, coming: bool = False) -> Patient:
    """Ana as the clinic knows her after a while: visits, words, consents, waits, a report."""
    ana = house.patient("Ana Torres", ANA)
    visit = house.visit(ana, "roma", house.time.now + DAY)
    if not coming:
        house.schedule.cancel(visit.ref, house.change("off"))
        house.schedule.give_reason(visit.id, "un viaje largo", house.change("why"))
    message = house.hear(ANA, "tengo dolor de muela")
    house.conversations.say(
        message.conversation_id, "Hola, Ana Torres", author="staff:lucero", at=house.time.now
    )
    house.patients.set_consent(ANA, given=False, channel="sms", words="BAJA", at=house.time.now)
    house.waitlist.join(ana.id, "derma", "roma", house.time.now)
    house.results.add(ana.id, "derma", b"%PDF-1.7 Torres", house.time.now)
    words = "me atendieron tarde"
    place = (visit.service, visit.branch)
    house.feedbacks.keep(
        Feedback(visit.id, ana.id, *place, 2, house.time.now, "sms", "talk", words)
    )
    open_recalls(house.database).put_off(ana.id, "derma", None)
    with house.database.begin() as session:
        session.add(CallRow(id="CA1", at=house.time.now, address=ANA))
    thread = Threads(house.database).of_patient(ana.id)
    notes.add(house, thread.id, "0" * 32, "estuvo en urgencias", "lucero")
    notes.add_tag(house, thread.id, "urgencias")
    reading.note_read(house, thread, "lucero")
    return ana


def _everything(house: House) -> str:
    with house.database.read() as session:
        return " ".join(
            str(row)
            for table in Base.metadata.sorted_tables
            for row in session.execute(text(f'SELECT * FROM "{table.name}"'))
        )


def _send(client: FlaskClient, path: str, **form: str) -> tuple[int, str]:
    token = token_of(client.get("/console/account").text)
    answer = client.post(path, data={"csrf_token": token, **form})
    return answer.status_code, answer.text


def test_an_export_holds_all_of_it_for_people_and_machines(
    house: House, manager: FlaskClient
) -> None:
    ana = _known(house)
    manager.get(f"/console/patients/{ana.id}")
    token = token_of(manager.get("/console/account").text)
    path = f"/console/patients/{ana.id}/data/export"
    answer = manager.post(path, data={"csrf_token": token})
    assert answer.mimetype == "application/zip"
    files = zipfile.ZipFile(io.BytesIO(answer.data))
    data = json.loads(files.read("data.json"))
    assert all(data[name] for name in set(data) - {"offers", "quotes"}), data
    assert [each["text"] for each in data["messages"]] == [
        *("tengo dolor de muela", "Hola, Ana Torres")
    ]
    assert "patient_viewed" in [each["event"] for each in data["looks"]]
    page = files.read("data.html").decode()
    for word in PRIVATE:
        assert word in page
    (report,) = [name for name in files.namelist() if name.startswith("reports/")]
    assert files.read(report) == b"%PDF-1.7 Torres"
    assert audit.read(house, limit=1)[0].action == "patient_exported"


def test_an_export_tells_nothing_of_the_family_at_the_same_phone(house: House) -> None:
    lucia, _ = house.patient("Lucía Rivas", FAMILY), house.patient("Mateo Rivas", FAMILY)
    house.hear(FAMILY, "es para Mateo")
    assert b"Mateo" not in zipfile.ZipFile(io.BytesIO(archive(house, lucia))).read("data.json")


def test_words_of_a_patient_are_shown_and_never_run(house: House) -> None:
    ana = house.patient("Ana Torres", ANA)
    house.hear(ANA, "<script>alert(1)</script>")
    page = zipfile.ZipFile(io.BytesIO(archive(house, ana))).read("data.html")
    assert b"<script>" not in page


def test_nothing_says_who_it_was_once_it_is_erased(house: House, manager: FlaskClient) -> None:
    ana = _known(house)
    path = f"/console/patients/{ana.id}/data/erase"
    assert _send(manager, path, name="ana TORRES")[0] == 303
    left = _everything(house)
    for word in PRIVATE:
        assert word not in left
    (visit,) = house.schedule.appointments(ana.id)
    assert visit.status is AppointmentStatus.CANCELLED
    newest = audit.read(house, limit=1)[0]
    assert (newest.action, newest.subject_id) == ("patient_erased", ana.id)
    assert newest.details == {"messages": 2, "visits_cancelled": 0}


def test_erasing_again_finds_nothing_more(any_house: House) -> None:
    house = any_house
    ana = _known(house)
    assert erase(house, ana, "staff:lucero").messages == 2
    assert erase(house, house.patients.patient(ana.id), "staff:lucero").messages == 0


def test_erasing_reaches_the_thread_and_the_index_of_words(any_house: House) -> None:
    house = any_house
    house.hear(ANA, "antes de estar en el registro")
    ana = _known(house)
    erase(house, ana, "staff:lucero")
    with house.database.read() as session:
        assert not session.query(ThreadReadRow).count()
        assert not session.query(ThreadRow).count()
        if session.get_bind().dialect.name == "postgresql":
            kept = str(session.execute(text("SELECT words FROM message_words")).all())
        else:
            blocks = session.scalars(text("SELECT block FROM message_words_data"))
            kept = " ".join(block.decode("latin-1") for block in blocks)
    for word in ("muela", "torres", "registro"):
        assert word not in kept


def test_nothing_is_sent_or_answered_any_more(house: House) -> None:
    ana = _known(house)
    erase(house, ana, "staff:lucero")
    states = [each.state for each in house.conversations.patient_thread(ana.id)]
    assert states == ["overtaken", "withheld"]
    assert not house.patients.at_address(ANA)
    assert house.hear(ANA, "hola").conversation_id not in {
        each.conversation_id for each in house.conversations.patient_thread(ana.id)
    }


def test_who_is_expected_is_erased_only_with_the_visit_cancelled(
    house: House, manager: FlaskClient
) -> None:
    ana = _known(house, coming=True)
    path = f"/console/patients/{ana.id}/data/erase"
    status, page = _send(manager, path, name="Ana Torres")
    assert status == 409
    assert "citas por venir" in page
    assert house.patients.patient(ana.id) == ana
    with pytest.raises(VisitsToCome):
        erase(house, ana, "staff:lucero")
    assert _send(manager, path, name="Ana Torres", cancel_visits="1")[0] == 303
    (visit,) = house.schedule.appointments(ana.id)
    assert visit.status is AppointmentStatus.CANCELLED
    assert "Torres" not in _everything(house)


def test_a_name_typed_wrong_erases_nothing(house: House, manager: FlaskClient) -> None:
    ana = _known(house)
    status, page = _send(manager, f"/console/patients/{ana.id}/data/erase", name="Ana Torre")
    assert status == 400
    assert "No se borró nada" in page
    assert house.patients.patient(ana.id) == ana


def test_the_familys_phone_and_its_talk_stay_with_the_family(house: House) -> None:
    lucia, mateo = house.patient("Lucía Rivas", FAMILY), house.patient("Mateo Rivas", FAMILY)
    house.hear(FAMILY, "hola")
    house.patients.set_consent(FAMILY, given=False, channel="sms", words="ALTO", at=house.time.now)
    erase(house, lucia, "staff:lucero")
    assert house.patients.at_address(FAMILY) == [mateo]
    assert house.patients.opted_out(FAMILY)
    assert [each.text for each in house.conversations.thread(FAMILY)] == ["hola"]


def test_neither_the_reception_nor_another_branch_may_hand_over_or_erase(
    house: House, manager: FlaskClient
) -> None:
    ana = _known(house)
    with house.database.begin() as session:
        session.add(UserBranchRow(user_name="manager", branch="paulista"))
    for what in ("export", "erase"):
        path = f"/console/patients/{ana.id}/data/{what}"
        assert _send(manager, path, name="Ana Torres")[0] == 404
    assert house.patients.patient(ana.id) == ana
