"""Campaigns: everybody is told once, only who may be, and the answer is the schedule's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from channels.sms import render
from clinic.appointments import SlotTaken
from clinic.campaigns import Recipient, Why
from clinic.patients import Patient
from outreach import run_due
from outreach.campaigns import run_campaigns
from outreach.campaigns.telling import AT_A_LOOK
from tests.outreach.bulk import HOUR, NEXT, Bulk, payloads, slots
from tests.outreach.world import DAY, World


@pytest.fixture
def bulk(world: World) -> Bulk:
    return Bulk(world)


def test_a_patient_is_told_which_visit_must_move_and_offered_concrete_times(bulk: Bulk) -> None:
    (visit,) = bulk.book([bulk.world.ana])
    bulk.free(days=3, each=2)
    bulk.move()
    assert bulk.look() == [bulk.world.ana.id]
    message = bulk.said(bulk.world.ana)
    assert message.text == (
        "Clínica Aurora: tenemos que cambiar su cita (mañana, jueves 12 de marzo a las "
        "10:00 a.m., sucursal Centro) porque quien le atiende no va a estar. Disculpe la "
        "molestia. Para no recibir más mensajes escriba ALTO. Elija otro horario:"
    )
    assert [each.title for each in message.choices] == [
        "vie 13 mar 10:00 am",
        "sáb 14 mar 10:00 am",
        "dom 15 mar 10:00 am",
        "Otro horario",
        "Cancelar la cita",
        "Hablar con alguien",
    ]
    assert [each.get("visit") for each in payloads(message)] == [str(visit.ref)] * 5 + [None]


def test_without_free_times_the_ways_out_are_offered(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana])
    bulk.move()
    bulk.look()
    assert not slots(bulk.said(bulk.world.ana))
    assert "Diga qué prefiere:" in bulk.said(bulk.world.ana).text


def test_patients_are_not_offered_the_same_times_while_there_are_others(bulk: Bulk) -> None:
    people = bulk.patients(6)
    bulk.book(people)
    bulk.free(days=3, each=6)
    bulk.move()
    bulk.look()
    offered = [slot for each in people for slot in slots(bulk.said(each))]
    assert len(offered) == 18
    assert len(set(offered)) == 18


def test_where_times_are_few_they_are_shared(bulk: Bulk) -> None:
    people = bulk.patients(3)
    bulk.book(people)
    free = bulk.free(days=1, each=3)
    bulk.move()
    bulk.look()
    assert all(set(slots(bulk.said(each))) == set(free) for each in people)


def test_the_times_that_are_given_up_are_offered_to_nobody(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana])
    given_up = bulk.world.slot(bulk.world.at(DAY, 18))
    free = bulk.free(days=1, each=1)
    bulk.move()
    bulk.look()
    assert slots(bulk.said(bulk.world.ana)) == free
    assert given_up not in free


def test_of_two_who_take_the_same_time_exactly_one_has_it(any_world: World) -> None:
    bulk = Bulk(any_world)
    people = bulk.patients(2)
    visits = bulk.book(people)
    (slot,) = bulk.free(days=1, each=1)
    campaign = bulk.move()
    bulk.look()
    barrier = Barrier(2)

    def take(patient: Patient) -> bool:
        barrier.wait(timeout=30)
        try:
            bulk.take(patient, slot)
        except SlotTaken:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(take, people))
    assert sorted(won) == [False, True]
    assert sorted(bulk.words(campaign)) == ["moved", "told"]
    loser = visits[won.index(False)]
    assert bulk.world.services.schedule.appointment(loser.id) == loser


def test_everybody_is_told_once_by_many_workers(any_world: World) -> None:
    bulk = Bulk(any_world)
    people = bulk.patients(6)
    bulk.book(people)
    bulk.free(days=2, each=4)
    campaign = bulk.move()
    barrier = Barrier(4)

    def look(_number: int) -> None:
        barrier.wait(timeout=30)
        run_campaigns(any_world.services, any_world.now[0])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, range(4)))
    assert [len(any_world.told(each)) for each in people] == [1] * 6
    assert bulk.words(campaign) == ["told"] * 6
    assert bulk.look() == []


def test_a_crash_between_saying_and_noting_says_nothing_twice(
    bulk: Bulk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk.book([bulk.world.ana])
    campaign = bulk.move()

    def crash(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(type(bulk.world.services.campaigns), "note", crash)
        bulk.look()
    assert bulk.words(campaign) == ["waiting"]
    assert bulk.look(minutes=1) == []
    assert bulk.words(campaign) == ["told"]
    assert len(bulk.world.told(bulk.world.ana)) == 1


def test_a_pause_keeps_back_all_who_were_not_told(bulk: Bulk) -> None:
    people = bulk.patients(AT_A_LOOK + 2)
    bulk.book(people)
    campaign = bulk.move()
    assert len(bulk.look()) == AT_A_LOOK
    bulk.desk.change(campaign.id, "pause", "demo")
    assert bulk.look(minutes=5) == []
    bulk.desk.change(campaign.id, "resume", "demo")
    assert len(bulk.look(minutes=5)) == 2


def test_who_was_not_told_when_it_is_stopped_never_is(bulk: Bulk) -> None:
    bulk.book(bulk.patients(AT_A_LOOK + 1))
    campaign = bulk.move()
    bulk.look()
    bulk.desk.change(campaign.id, "stop", "demo")
    assert bulk.look(hours=1) == []
    assert bulk.words(campaign) == ["told"] * AT_A_LOOK + ["stopped"]


def test_at_night_nobody_is_told_until_eight(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana])
    bulk.world.now[0] = bulk.world.at(DAY - timedelta(days=1), 21)
    bulk.move()
    assert bulk.look() == []
    assert bulk.look(hours=11) == [bulk.world.ana.id]


def test_who_has_just_written_is_told_a_little_later(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana])
    bulk.world.hears("+525500000001", bulk.world.now[0])
    bulk.move()
    assert bulk.look(minutes=9) == []
    assert bulk.look(minutes=1) == [bulk.world.ana.id]


def test_who_opted_out_is_not_told_and_stands_in_the_list(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana])
    bulk.world.services.patients.set_consent(
        "+525500000001", given=False, channel="sms", words="ALTO", at=bulk.world.now[0]
    )
    assert [each.why for each in bulk.desk.find(bulk.span)] == [Why.OPTED_OUT]
    campaign = bulk.move()
    assert bulk.look() == []
    (result,) = bulk.desk.results(campaign.id)
    assert (result.word, result.recipient.why) == ("unreachable", Why.OPTED_OUT)


def test_a_visit_that_was_moved_before_is_left_out_and_a_confirmed_one_is_not(bulk: Bulk) -> None:
    moved, confirmed = bulk.book([bulk.world.ana, bulk.world.beto])
    campaign = bulk.move()
    now = bulk.world.now[0]
    bulk.world.services.schedule.confirm(confirmed.ref, bulk.world.change(now))
    bulk.world.move(moved, bulk.world.at(NEXT, 12), now)
    assert bulk.look() == [bulk.world.beto.id]
    present = bulk.world.services.schedule.appointment(confirmed.id)
    assert payloads(bulk.said(bulk.world.beto))[0]["visit"] == str(present.ref)
    assert [each.recipient.why for each in bulk.desk.results(campaign.id)] == [Why.CHANGED, None]


def test_a_visit_that_must_move_is_not_reminded_of(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana])
    bulk.move()
    kinds = [each["kind"] for each in run_due(bulk.world.services, bulk.world.at(DAY, 8))]
    assert kinds == ["campaign"]


def test_a_time_that_was_given_up_is_offered_to_nobody_who_waits(bulk: Bulk) -> None:
    world = bulk.world
    bulk.book([world.ana])
    bulk.free(days=1, each=1)
    world.services.waitlist.join(world.beto.id, "consult", "centro", world.now[0])
    bulk.move()
    bulk.look()
    bulk.take(world.ana, slots(bulk.said(world.ana))[0])
    assert run_due(world.services, world.now[0] + HOUR) == []


def test_the_results_tell_what_became_of_each(bulk: Bulk) -> None:
    world, people = bulk.world, bulk.patients(5)
    visits = bulk.book(people)
    bulk.free(days=3, each=5)
    campaign = bulk.move()
    bulk.look()
    bulk.take(people[0], slots(bulk.said(people[0]))[0])
    world.services.schedule.cancel(visits[1].ref, world.change(world.now[0]))
    later = world.now[0] + timedelta(minutes=1)
    world.hears("+525501000002", later, text="a ver")
    message = bulk.said(people[3])
    world.services.conversations.hand_off(message.conversation_id, "wish", later)
    assert bulk.words(campaign) == ["moved", "cancelled", "answered", "person", "told"]
    results = bulk.desk.results(campaign.id)
    assert results[4].message is not None
    assert results[4].message.state == "queued", "never better than known"
    world.send(later)
    told = bulk.desk.results(campaign.id)[4].message
    assert told is not None
    assert told.state == "accepted"


def test_visits_without_an_answer_are_cancelled_only_when_the_staff_say_so(bulk: Bulk) -> None:
    world, people = bulk.world, bulk.patients(2)
    moved, silent = bulk.book(people)
    bulk.free(days=3, each=2)
    campaign = bulk.move()
    bulk.look()
    bulk.take(people[0], slots(bulk.said(people[0]))[0])
    assert bulk.look(hours=3) == []
    assert world.services.schedule.appointment(silent.id) == silent
    bulk.desk.change(campaign.id, "close", "reception")
    assert bulk.look(minutes=1) == [people[1].id]
    assert bulk.look(minutes=1) == []
    assert bulk.words(campaign) == ["moved", "closed"]
    last = world.services.schedule.history(silent.id)[-1]
    assert (last.event, last.change.actor) == ("cancelled", "staff:reception")
    assert bulk.said(people[1]).text.startswith("Clínica Aurora: no se eligió otro horario")
    assert len(world.services.schedule.history(moved.id)) == 2


def test_a_cancelled_visit_that_a_crash_left_untold_is_told(
    bulk: Bulk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk.book([bulk.world.ana])
    campaign = bulk.move()
    bulk.look()
    bulk.desk.change(campaign.id, "close", "demo")

    def crash(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("outreach.campaigns.closing.say_once", crash)
        assert bulk.look() == []
    assert bulk.look(minutes=1) == [bulk.world.ana.id]
    assert len(bulk.world.told(bulk.world.ana)) == 2


def test_a_preview_says_what_is_said_and_counts_what_it_costs(bulk: Bulk) -> None:
    world = bulk.world
    joao = world.register("João Pereira", "pt", "+5511900000001")
    bulk.book([world.ana, world.beto, joao])
    bulk.free(days=3, each=3)
    found = bulk.desk.find(bulk.span)
    recipients = [Recipient(each.visit.patient_id, each.visit.ref) for each in found]
    preview = bulk.desk.preview(bulk.what(), recipients)
    assert [(each.language, each.country, each.messages) for each in preview.lines] == [
        ("es", "MX", 2),
        ("pt", "BR", 1),
    ]
    assert preview.messages == 3
    assert preview.cost > 0
    assert preview.priced
    assert not world.told(world.ana), "a preview says nothing"
    sample = preview.samples[0]
    assert all(len(text) <= 153 for text in sample.texts)
    bulk.move()
    bulk.look()
    world.send(world.now[0])
    sent = next(each for each in world.post.sent if each.to == "+525500000001")
    assert "".join(sample.texts) == "".join(render(sent))


def test_free_text_of_whatsapp_is_one_message_with_its_choices(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana])
    bulk.world.hears("+525500000001", bulk.world.now[0] - HOUR, channel="whatsapp")
    (found,) = bulk.desk.find(bulk.span)
    recipient = Recipient(found.visit.patient_id, found.visit.ref)
    preview = bulk.desk.preview(bulk.what(), [recipient])
    (line,) = preview.lines
    assert (line.channel, line.unit, line.units) == ("whatsapp", "message", 1)
    assert preview.samples[0].choices == ("Otro horario", "Cancelar la cita", "Hablar con alguien")
