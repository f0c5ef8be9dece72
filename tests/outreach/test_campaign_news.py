"""News go to those alone who asked for them, and want them still."""

from datetime import date
from uuid import uuid4

import pytest

from clinic.campaigns import Campaign, CampaignKind, NewCampaign, Why
from clinic.consents import Purpose
from clinic.languages import Language
from tests.outreach.bulk import HOUR, Bulk
from tests.outreach.world import World


@pytest.fixture
def bulk(world: World) -> Bulk:
    return Bulk(world)


def _agrees(bulk: Bulk, address: str, *, given: bool = True) -> None:
    bulk.world.services.patients.set_consent(
        address,
        given=given,
        channel="sms",
        words="quiero recibir noticias",
        at=bulk.world.now[0],
        purpose=Purpose.NEWS,
    )


def _tell_news(bulk: Bulk) -> Campaign:
    texts: dict[Language, str] = {"es": "Abrimos los domingos."}
    what = NewCampaign(uuid4().hex, CampaignKind.NEWS, "centro", texts=texts)
    return bulk.desk.begin(what, bulk.desk.audience("centro", None, 6), "demo")


def test_news_go_to_those_alone_who_asked_for_them(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana, bulk.world.beto])
    _agrees(bulk, "+525500000001")
    campaign = _tell_news(bulk)
    assert bulk.look() == [bulk.world.ana.id]
    message = bulk.said(bulk.world.ana)
    assert message.text == (
        "Clínica Aurora: Abrimos los domingos.\nPara no recibir más mensajes escriba ALTO."
    )
    assert [each.payload for each in message.choices] == ["/leave_news"]
    found = {each.recipient.patient_id: each for each in bulk.desk.results(campaign.id)}
    beto = found[bulk.world.beto.id]
    assert (beto.word, beto.recipient.why) == ("left_out", Why.NO_CONSENT)
    assert not bulk.world.told(bulk.world.beto)


def test_who_wants_no_more_news_by_the_time_they_are_told_gets_none(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana])
    _agrees(bulk, "+525500000001")
    campaign = _tell_news(bulk)
    bulk.world.now[0] += HOUR
    _agrees(bulk, "+525500000001", given=False)
    assert bulk.look() == []
    (result,) = bulk.desk.results(campaign.id)
    assert (result.word, result.recipient.why) == ("left_out", Why.NO_CONSENT)


def test_a_stop_withdraws_news_too(bulk: Bulk) -> None:
    bulk.book([bulk.world.ana])
    _agrees(bulk, "+525500000001")
    bulk.world.services.patients.set_consent(
        "+525500000001", given=False, channel="sms", words="ALTO", at=bulk.world.now[0]
    )
    (recipient,) = bulk.desk.audience("centro", None, 6)
    assert recipient.why is Why.OPTED_OUT


def test_the_audience_is_who_came_lately_for_that_service(bulk: Bulk) -> None:
    world = bulk.world
    world.visit(world.ana, world.at(date(2026, 3, 1), 10))
    world.visit(world.beto, world.at(date(2025, 3, 1), 10))
    assert [each.patient_id for each in bulk.desk.audience("centro", "consult", 6)] == [
        world.ana.id
    ]
    assert bulk.desk.audience("centro", "blood", 6) == []
    assert bulk.desk.audience("frontera", None, 6) == []
