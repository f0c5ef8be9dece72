"""Threads are rows that the database itself keeps: always what their conversations say."""

from datetime import timedelta

from sqlalchemy import text, update

from console.patients.erasure import erase
from console.patients.merging import merge, unmerge
from conversations.tables import ConversationRow, MessageRow, ThreadRow
from integrations.database import threads
from tests.console.conftest import House

ANA, BETO, SHARED, STRANGER = "+525500000001", "+525500000002", "+525500000006", "+5511988887777"


def _kept(house: House) -> set[tuple[object, ...]]:
    """The threads in which something was said, but for their ids."""
    with house.database.read() as session:
        return {
            (
                *(row.patient_id, row.address, row.state, row.taken_by, row.talk_id, row.channel),
                *(row.last_number, row.last_at, row.heard_number, row.heard_at, row.waiting_since),
            )
            for row in session.query(ThreadRow).filter(ThreadRow.last_number > 0)
        }


def _made_anew(house: House) -> set[tuple[object, ...]]:
    """The threads as a migration would make them of what was said."""
    with house.database.begin() as session:
        session.execute(update(ConversationRow).values(thread_id=None))
        session.execute(text("DELETE FROM threads"))
        session.execute(text("DELETE FROM message_words")) if _is_postgresql(house) else (
            session.execute(text("INSERT INTO message_words (message_words) VALUES ('delete-all')"))
        )
        threads.fill(session.connection())
    return _kept(house)


def _is_postgresql(house: House) -> bool:
    return house.database.engine.dialect.name == "postgresql"


def test_the_rows_are_at_every_step_what_they_would_be_made_anew(any_house: House) -> None:
    house, store = any_house, any_house.conversations
    ana = house.patient("Ana Torres", ANA)
    talk = house.hear(ANA, "hola").conversation_id
    stranger = house.hear(STRANGER, "oi", "whatsapp").conversation_id
    house.time.pass_(minutes=1)
    store.hand_off(talk, "wish", house.time.now)
    assert _kept(house) == _made_anew(house)
    house.time.pass_(minutes=1)
    store.take_over(talk, "lucero", house.time.now)
    store.say(talk, "Aquí estoy", author="staff:lucero", at=house.time.now)
    assert _kept(house) == _made_anew(house)
    house.time.pass_(minutes=1)
    house.hear(ANA, "¿y el jueves?")
    store.alert(stranger, "delivery", house.time.now)
    assert _kept(house) == _made_anew(house)
    store.give_back(talk, house.time.now)
    store.identify(stranger, ana.id)
    assert _kept(house) == _made_anew(house)
    assert len(_kept(house)) == 1
    house.time.now += timedelta(days=2)
    house.hear(ANA, "hola otra vez")
    assert _kept(house) == _made_anew(house)


def test_merging_parting_and_erasing_leave_them_true(any_house: House) -> None:
    house = any_house
    ana, beto = house.patient("Ana Torres", ANA), house.patient("Ana Tores", BETO)
    house.hear(ANA, "hola")
    house.hear(BETO, "soy yo otra vez")
    house.hear(STRANGER, "oi")
    made = merge(house, ana.id, beto.id, "staff:lucero")
    assert _kept(house) == _made_anew(house)
    assert len(_kept(house)) == 2
    unmerge(house, made)
    assert _kept(house) == _made_anew(house)
    assert len(_kept(house)) == 3
    erase(house, ana, "staff:lucero")
    assert _kept(house) == _made_anew(house)
    assert len(_kept(house)) == 2


def test_of_a_phone_that_a_family_shares_only_what_was_identified_is_a_persons(
    any_house: House,
) -> None:
    house = any_house
    lucia, _ = house.patient("Lucía Rivas", SHARED), house.patient("Mateo Rivas", SHARED)
    talk = house.hear(SHARED, "es para Lucía").conversation_id
    assert {each[:2] for each in _kept(house)} == {(None, SHARED)}
    house.conversations.identify(talk, lucia.id)
    assert {each[:2] for each in _kept(house)} == {(lucia.id, None)}


def test_a_message_that_is_deleted_or_changed_leaves_thread_and_words(any_house: House) -> None:
    house = any_house
    house.patient("Ana Torres", ANA)
    first = house.hear(ANA, "palabra primera")
    house.time.pass_(minutes=1)
    second = house.hear(ANA, "palabra segunda")
    house.correct(first, text="distinta")
    with house.database.begin() as session:
        session.query(MessageRow).filter_by(id=second.id).delete()
    assert _kept(house) == _made_anew(house)
    match = (
        "words @@ 'palabra'::tsquery" if _is_postgresql(house) else "message_words MATCH 'palabra'"
    )
    with house.database.read() as session:
        assert not session.execute(text(f"SELECT * FROM message_words WHERE {match}")).all()


def test_a_receipt_changes_no_thread(any_house: House) -> None:
    house = any_house
    house.patient("Ana Torres", ANA)
    heard = house.hear(ANA, "hola")
    before = _kept(house)
    house.correct(heard, state="answered")
    assert _kept(house) == before
