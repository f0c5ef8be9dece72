"""Campaigns as every store must keep them, and the times that they close."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from clinic.appointments import SlotTaken
from clinic.campaigns import (
    CampaignKind,
    CampaignState,
    CampaignUnknown,
    MoveReason,
    NewCampaign,
    Recipient,
    RecipientState,
    Span,
    Why,
)
from clinic.ports import Campaigns
from integrations.campaigns import open_campaigns
from integrations.database import Database
from tests.integrations.small_clinic import NOW, SmallClinic

HOUR = timedelta(hours=1)


@pytest.fixture
def campaigns(database: Database) -> Campaigns:
    return open_campaigns(database)


def _move(key: str = "form-1", practitioner: str | None = "frontera-perez") -> NewCampaign:
    span = Span("frontera", NOW, NOW + 24 * HOUR, practitioner)
    return NewCampaign(key, CampaignKind.MOVE, "frontera", span, MoveReason.PRACTITIONER)


def _news(key: str = "news-1") -> NewCampaign:
    return NewCampaign(key, CampaignKind.NEWS, "frontera", texts={"es": "Abrimos los domingos."})


def _visit(clinic: SmallClinic, patient: str = "") -> Recipient:
    visit = clinic.booked(patient)
    return Recipient(visit.patient_id, visit.ref)


def test_a_campaign_is_kept_with_whom_it_is_for(clinic: SmallClinic, campaigns: Campaigns) -> None:
    recipients = [_visit(clinic), _visit(clinic, clinic.beto)]
    begun = campaigns.begin(_move(), recipients, "demo", NOW)
    assert campaigns.campaign(begun.id) == begun
    assert campaigns.with_key("form-1") == begun
    assert campaigns.with_key("form-2") is None
    assert (begun.state, begun.begun_by, begun.begun_at) == (CampaignState.RUNNING, "demo", NOW)
    assert begun.what == _move()
    assert begun.closed
    assert campaigns.recipients(begun.id) == recipients
    assert campaigns.campaigns(5) == [begun]


def test_news_keep_their_texts_and_close_nothing(clinic: SmallClinic, campaigns: Campaigns) -> None:
    left_out = Recipient(clinic.beto, None, RecipientState.LEFT_OUT, Why.NO_CONSENT)
    begun = campaigns.begin(_news(), [Recipient(clinic.ana), left_out], "demo", NOW)
    assert begun.what.texts == {"es": "Abrimos los domingos."}
    assert not begun.closed
    assert campaigns.recipients(begun.id, RecipientState.LEFT_OUT) == [left_out]


def test_nobody_to_tell_is_no_campaign(clinic: SmallClinic, campaigns: Campaigns) -> None:
    with pytest.raises(ValueError, match="somebody"):
        campaigns.begin(_news(), [], "demo", NOW)


def test_there_is_no_campaign_that_was_not_begun(campaigns: Campaigns) -> None:
    with pytest.raises(CampaignUnknown):
        campaigns.campaign("nothing")
    with pytest.raises(CampaignUnknown):
        campaigns.pause("nothing", "demo", NOW)


def test_the_same_form_sent_twice_at_once_begins_one_campaign(
    clinic: SmallClinic, campaigns: Campaigns
) -> None:
    recipient = _visit(clinic)
    with ThreadPoolExecutor(8) as pool:
        begun = list(
            pool.map(lambda _: campaigns.begin(_move(), [recipient], "demo", NOW).id, range(8))
        )
    assert len(set(begun)) == 1
    assert campaigns.recipients(begun[0]) == [recipient]
    assert [each.event for each in campaigns.events(begun[0])] == ["begun"]


def test_two_of_the_staff_who_move_the_same_visits_share_one_campaign(
    clinic: SmallClinic, campaigns: Campaigns
) -> None:
    ana, beto = _visit(clinic), _visit(clinic, clinic.beto)
    first = campaigns.begin(_move("form-1"), [ana], "demo", NOW)
    assert campaigns.begin(_move("form-2"), [ana], "reception", NOW) == first
    second = campaigns.begin(_move("form-3"), [ana, beto], "reception", NOW)
    assert campaigns.recipients(second.id) == [beto], "Ana's visit stays with the first"
    assert campaigns.given_up(NOW) == {ana.about: first.id, beto.about: second.id}


def test_a_visit_that_was_moved_out_of_the_times_is_given_up_no_more(
    clinic: SmallClinic, campaigns: Campaigns
) -> None:
    recipient = _visit(clinic)
    campaigns.begin(_move(), [recipient], "demo", NOW)
    later = [slot for slot in clinic.free() if slot.start >= NOW + 24 * HOUR]
    assert recipient.visit is not None
    clinic.schedule.reschedule(recipient.visit, later[0].id, clinic.change())
    assert campaigns.given_up(NOW) == {}


def test_nobody_is_given_a_time_that_a_campaign_has_closed(
    clinic: SmallClinic, campaigns: Campaigns
) -> None:
    recipient, before = _visit(clinic), clinic.free()
    inside = [slot for slot in before if slot.start < NOW + 24 * HOUR]
    begun = campaigns.begin(_move(), [recipient], "demo", NOW)
    assert inside
    assert clinic.free() == [slot for slot in before if slot not in inside]
    with pytest.raises(SlotTaken):
        clinic.schedule.book(inside[0].id, "consult", clinic.beto, clinic.change())
    campaigns.open_span(begun.id, "demo", NOW)
    assert clinic.free() == before


def test_one_practitioner_away_closes_nobody_else_s_times(
    clinic: SmallClinic, campaigns: Campaigns
) -> None:
    before = clinic.free("consult", "centro")
    span = Span("centro", NOW, NOW + 24 * HOUR, "centro-hernandez")
    what = replace(_move(), branch="centro", span=span)
    campaigns.begin(what, [_visit(clinic)], "demo", NOW)
    gone = {slot.practitioner for slot in before} - {
        slot.practitioner
        for slot in clinic.free("consult", "centro")
        if slot.start < NOW + 24 * HOUR
    }
    assert gone == {"centro-hernandez"}


def test_a_campaign_is_at_work_while_it_runs_and_somebody_waits(
    clinic: SmallClinic, campaigns: Campaigns
) -> None:
    ana, beto = _visit(clinic), _visit(clinic, clinic.beto)
    begun = campaigns.begin(_move(), [ana, beto], "demo", NOW)
    campaigns.note(begun.id, ana, RecipientState.TOLD)
    assert [each.id for each in campaigns.at_work()] == [begun.id]
    campaigns.note(begun.id, beto, RecipientState.UNREACHABLE, Why.OPTED_OUT)
    assert campaigns.at_work() == []
    assert [(each.state, each.why) for each in campaigns.recipients(begun.id)] == [
        (RecipientState.TOLD, None),
        (RecipientState.UNREACHABLE, Why.OPTED_OUT),
    ]
    campaigns.close_rest(begun.id, "demo", NOW)
    assert [each.closing for each in campaigns.at_work()] == [True]
    campaigns.rest_closed(begun.id)
    assert campaigns.at_work() == []


def test_every_step_is_kept_with_who_took_it_and_when(
    clinic: SmallClinic, campaigns: Campaigns
) -> None:
    recipient = _visit(clinic)
    begun = campaigns.begin(_move(), [recipient], "demo", NOW)
    for minutes, step in enumerate((campaigns.resume, campaigns.pause, campaigns.pause), 1):
        step(begun.id, "reception", NOW + minutes * timedelta(minutes=1))
    assert campaigns.at_work() == []
    campaigns.resume(begun.id, "demo", NOW + HOUR)
    campaigns.stop(begun.id, "demo", NOW + 2 * HOUR)
    campaigns.resume(begun.id, "demo", NOW + 3 * HOUR)
    assert campaigns.campaign(begun.id).state is CampaignState.STOPPED
    assert campaigns.recipients(begun.id)[0].state is RecipientState.STOPPED
    assert [(each.event, each.by, each.at) for each in campaigns.events(begun.id)] == [
        ("begun", "demo", NOW),
        ("paused", "reception", NOW + timedelta(minutes=2)),
        ("resumed", "demo", NOW + HOUR),
        ("stopped", "demo", NOW + 2 * HOUR),
    ]
