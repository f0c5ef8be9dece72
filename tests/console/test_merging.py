"""Two records that are one person: one afterwards, and two again exactly as they were."""

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from clinic.appointments import Appointment
from clinic.feedback import Feedback
from clinic.patients import Patient, PatientUnknown, looks_like
from console.access import audit
from console.inbox import notes, reading
from console.patients.erasure import erase
from console.patients.merging import NotMergeable, likely_same, merge, merges_of, unmerge
from console.tables import UserBranchRow
from conversations.model import ConversationState
from conversations.threads import Thread, Threads
from integrations.database import Base
from integrations.recalls import open_recalls
from tests.console.conftest import NOW, House, token_of

ANA, OTHER, SHARED = "+525500000001", "+525500000077", "+525500000006"
DAY = timedelta(days=1)
ACTOR = "staff:lucero"


def _two(house: House) -> tuple[Patient, Patient]:
    """Ana twice: each record with visits, talk, a wait and a report; one address on both."""
    kept, merged = house.patient("Ana Torres", ANA), house.patient("Ana Tores", OTHER)
    for days, each, address in ((1, kept, ANA), (2, merged, OTHER)):
        house.patients.attach(each.id, SHARED)
        house.visit(each, "roma", NOW + days * DAY)
        house.hear(address, f"hola {days}")
        house.waitlist.join(each.id, "derma", "roma", NOW + days * DAY)
        house.results.add(each.id, "derma", b"%PDF-1.7", NOW)
        open_recalls(house.database).put_off(each.id, "derma", NOW + days * DAY)
    house.waitlist.join(merged.id, "derma", "paulista", NOW)
    (visit,) = house.schedule.appointments(merged.id)
    house.feedbacks.keep(_feedback(visit))
    for each, tags in ((kept, ("vip",)), (merged, ("vip", "seguro"))):
        thread = _thread(house, each)
        notes.add(house, thread.id, uuid4().hex, f"nota de {each.name}", "lucero")
        reading.note_read(house, thread, "lucero")
        for tag in tags:
            notes.add_tag(house, thread.id, tag)
    return kept, merged


def _thread(house: House, patient: Patient) -> Thread:
    return Threads(house.database).of_patient(patient.id)


def _written(house: House, patient: Patient) -> tuple[list[str], list[str]]:
    """The notes and the tags of the patient's thread."""
    thread = _thread(house, patient).id
    return [one.text for one in notes.notes_of(house, thread)], [*notes.tags_of(house, thread)]


def _feedback(visit: Appointment) -> Feedback:
    place = (visit.service, visit.branch)
    return Feedback(visit.id, visit.patient_id, *place, 2, NOW, "sms", "talk", "tarde")


def _waits(house: House, patient: Patient) -> set[tuple[str, str]]:
    return {(each.service, each.branch) for each in house.waitlist.waits_of(patient.id)}


def _rows(house: House) -> dict[str, set[str]]:
    """Every row but those that a merge itself adds, and when a conversation ended."""
    left_out = {"patient_merges", "conversations", "threads"}
    with house.database.read() as session:
        found = {
            table.name: {str(row) for row in session.execute(text(f'SELECT * FROM "{table.name}"'))}
            for table in Base.metadata.sorted_tables
            if table.name not in left_out
        }
        talks = session.execute(
            text("SELECT id, key, patient_id, address, thread_id FROM conversations")
        )
        threads = session.execute(
            text("SELECT id, patient_id, address, last_number, last_at, heard_number FROM threads")
        )
        return {
            **found,
            "talks": {str(row) for row in talks},
            "threads": {str(row) for row in threads},
        }


def test_everything_is_the_survivors_and_comes_back_exactly(any_house: House) -> None:
    house = any_house
    kept, merged = _two(house)
    before = _rows(house)
    made = merge(house, kept.id, merged.id, ACTOR)
    assert len(house.schedule.appointments(kept.id)) == 2
    assert house.patients.addresses(kept.id) == [ANA, SHARED, OTHER]
    assert house.patients.at_address(SHARED) == [kept]
    assert [each.text for each in house.conversations.patient_thread(kept.id)] == [
        *("hola 1", "hola 2")
    ]
    assert _waits(house, kept) == {("derma", "roma"), ("derma", "paulista")}
    assert len(house.results.reports(kept.id)) == 2
    noted, tags = _written(house, kept)
    assert sorted(noted) == ["nota de Ana Tores", "nota de Ana Torres"]
    assert tags == ["seguro", "vip"]
    assert house.patients.patient(merged.id) == kept, "an old address of the page leads there"
    assert house.patients.search("Tores", 5) == []
    assert [(each.id, each.name) for each in merges_of(house, kept.id)] == [(made, "Ana Tores")]
    assert unmerge(house, made) == merged.id
    assert _rows(house) == before
    assert house.patients.patient(merged.id) == merged
    assert not merges_of(house, kept.id)


def test_what_came_since_stays_with_the_survivor(any_house: House) -> None:
    house = any_house
    kept, merged = _two(house)
    made = merge(house, kept.id, merged.id, ACTOR)
    later = house.visit(kept, "roma", NOW + 5 * DAY)
    house.waitlist.leave(kept.id, "derma", "paulista")
    notes.add(house, _thread(house, kept).id, uuid4().hex, "una nota más", "lucero")
    notes.remove_tag(house, _thread(house, kept).id, "seguro")
    unmerge(house, made)
    assert "una nota más" in _written(house, kept)[0]
    assert _written(house, merged) == (["nota de Ana Tores"], ["vip"])
    assert later in house.schedule.appointments(kept.id)
    assert len(house.schedule.appointments(merged.id)) == 1
    assert _waits(house, merged) == {("derma", "roma")}


def test_the_next_message_of_the_old_number_is_the_survivors(any_house: House) -> None:
    house = any_house
    kept, merged = _two(house)
    old = house.hear(OTHER, "y otra cosa").conversation_id
    merge(house, kept.id, merged.id, ACTOR)
    assert house.conversations.conversation(old).state is ConversationState.CLOSED
    house.time.pass_(minutes=1)
    talk = house.conversations.conversation(house.hear(OTHER, "sigo").conversation_id)
    assert talk.patient_id == kept.id
    assert talk.id != old


def test_a_talk_led_by_a_person_goes_on(house: House) -> None:
    kept, merged = house.patient("Ana Torres", ANA), house.patient("Ana Tores", OTHER)
    talk = house.hear(OTHER, "con una persona").conversation_id
    house.conversations.take_over(talk, "lucero", NOW)
    merge(house, kept.id, merged.id, ACTOR)
    house.time.pass_(minutes=1)
    assert house.hear(OTHER, "sigo aquí").conversation_id == talk
    assert house.conversations.conversation(talk).patient_id == kept.id


def test_who_books_meanwhile_is_moved_along_or_finds_the_record_gone(any_house: House) -> None:
    house = any_house
    kept, merged = house.patient("Ana Torres", ANA), house.patient("Ana Tores", OTHER)
    slots = [house.slot("roma", NOW + days * DAY) for days in range(1, 7)]
    outcomes: list[str] = []
    start = threading.Barrier(len(slots) + 1)

    def book(slot: str) -> None:
        start.wait()
        try:
            house.schedule.book(slot, "derma", merged.id, house.change(slot))
            outcomes.append("booked")
        except PatientUnknown:
            outcomes.append("gone")

    threads = [threading.Thread(target=book, args=(slot,)) for slot in slots]
    for each in threads:
        each.start()
    start.wait()
    merge(house, kept.id, merged.id, ACTOR)
    for each in threads:
        each.join()
    assert len(outcomes) == len(slots)
    assert len(house.schedule.appointments(kept.id)) == outcomes.count("booked")
    assert not house.schedule.appointments(merged.id)


def test_of_two_who_merge_at_once_one_does(any_house: House) -> None:
    house = any_house
    kept, merged = _two(house)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def run(first: Patient, second: Patient) -> None:
        start.wait()
        try:
            merge(house, first.id, second.id, ACTOR)
            outcomes.append("merged")
        except PatientUnknown:
            outcomes.append("gone")

    pairs = ((kept, merged), (merged, kept))
    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["gone", "merged"]


def test_a_merge_is_parted_once_and_the_newest_first(house: House) -> None:
    kept, merged = house.patient("Ana Torres", ANA), house.patient("Ana Tores", OTHER)
    third = house.patient("Ana T.", "+525500000078")
    first = merge(house, kept.id, merged.id, ACTOR)
    second = merge(house, third.id, kept.id, ACTOR)
    assert house.patients.patient(merged.id) == third
    with pytest.raises(NotMergeable):
        unmerge(house, first)
    unmerge(house, second)
    unmerge(house, first)
    with pytest.raises(NotMergeable):
        unmerge(house, first)
    with pytest.raises(NotMergeable):
        merge(house, kept.id, kept.id, ACTOR)


def test_who_is_erased_is_erased_with_what_was_merged(house: House) -> None:
    kept, merged = house.patient("Ana Torres", ANA), house.patient("Ana Tores", OTHER)
    made = merge(house, kept.id, merged.id, ACTOR)
    erase(house, kept, ACTOR)
    with pytest.raises(NotMergeable):
        unmerge(house, made)
    assert not any("Tores" in row for rows in _rows(house).values() for row in rows)


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Ana Torres", "ANA TÓRRES", True),
        ("Ana Torres", "Torres Ana", True),
        ("Ana Torres", "Ana María Torres", True),
        ("Ana Torres", "Ana Tores", True),
        ("Ana Torres", "Luis Méndez", False),
        ("Lucía Rivas", "Mateo Rivas", False),
    ],
)
def test_names_are_alike_up_to_typing(name: str, other: str, alike: bool) -> None:
    assert looks_like(name, other) is alike


def test_only_who_was_born_the_same_day_is_likely_the_same(house: House) -> None:
    ana, again = house.patient("Ana Torres", ANA), house.patient("Ana Tores", OTHER)
    house.patient("Ana Torres", SHARED, date(1990, 1, 1))
    house.patient("Luis Méndez", SHARED)
    assert likely_same(house, ana) == [again]


def _send(client: FlaskClient, path: str, **form: str) -> tuple[int, str]:
    token = token_of(client.get("/console/account").text)
    answer = client.post(path, data={"csrf_token": token, **form})
    return answer.status_code, answer.text


def test_the_desk_compares_merges_and_parts(house: House, staff: FlaskClient) -> None:
    kept, merged = house.patient("Ana Torres", ANA), house.patient("Ana Tores", OTHER)
    house.visit(kept, "roma", NOW + DAY)
    house.visit(merged, "paulista", NOW + DAY)
    assert "1 probable(s)" in staff.get(f"/console/patients/{kept.id}").text
    path = f"/console/patients/{kept.id}/duplicates"
    assert f"{path}/{merged.id}" in staff.get(path).text
    compared = staff.get(f"{path}/{merged.id}").text
    assert "se cruzan en el horario" in compared
    assert "distinto" in compared
    assert _send(staff, f"{path}/{merged.id}")[0] == 303
    (made,) = merges_of(house, kept.id)
    assert _send(staff, f"/console/patients/{kept.id}/unmerge", merge=made.id)[0] == 303
    assert _send(staff, f"/console/patients/{kept.id}/unmerge", merge=made.id)[0] == 409
    actions = [each.action for each in audit.read(house, limit=2)]
    assert actions == ["patients_unmerged", "patients_merged"]
    assert house.patients.patient(merged.id) == merged


def test_another_branchs_patient_is_neither_suggested_nor_merged(
    house: House, staff: FlaskClient
) -> None:
    kept, merged = house.patient("Ana Torres", ANA), house.patient("Ana Tores", OTHER)
    house.visit(merged, "paulista", NOW + DAY)
    with house.database.begin() as session:
        session.add(UserBranchRow(user_name="reception", branch="roma"))
    path = f"/console/patients/{kept.id}/duplicates"
    assert merged.id not in staff.get(path).text
    assert _send(staff, f"{path}/{merged.id}")[0] == 404
    assert house.patients.patient(merged.id) == merged
    third = house.patient("Ana T.", "+525500000078")
    merge(house, merged.id, third.id, ACTOR)
    assert staff.get(f"/console/patients/{third.id}").status_code == 404
