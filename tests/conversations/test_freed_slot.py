"""Ana cancels, and a sweep later Beto has her time: through engine, actions and store."""

from uuid import uuid4

import pytest

from clinic.appointments import UPCOMING
from clinic.waitlist import OfferOutcome
from conversations.model import Inbound, Message
from integrations.demo.cast import ANA, BETO
from tests.conversations.play import CLINIC
from tests.conversations.stage import Stage


def _send(stage: Stage, phone: str, text: str) -> list[Message]:
    """What is answered to a text message."""
    turns, conversations = stage.services.turns, stage.services.conversations
    stored = turns.receive(Inbound("sms", uuid4().hex, phone, CLINIC, text, stage.now()))
    assert stored is not None
    turns.run(stored.conversation_id)
    messages = conversations.messages(stored.conversation_id)
    return [each for each in messages if each.in_reply_to == stored.id]


def _have_nothing_open_for_beto(stage: Stage) -> None:
    """Other stories on this stage have freed slots as well: he wants none of those."""
    waitlist = stage.services.waitlist
    stage.sweep()
    while open_ones := [o for o in waitlist.offers_to(BETO.id) if o.outcome is OfferOutcome.OPEN]:
        waitlist.close(open_ones[0].id, OfferOutcome.DECLINED, stage.now())
        stage.sweep()


@pytest.mark.engine
def test_when_ana_cancels_beto_is_offered_her_time_and_takes_it(stage: Stage) -> None:
    schedule = stage.services.schedule
    (visit,) = [
        each
        for each in schedule.appointments(ANA.id)
        if each.status in UPCOMING and each.start > stage.now()
    ]
    _have_nothing_open_for_beto(stage)
    try:
        _send(stage, ANA.phone, "quiero cancelar mi cita")
        assert "cancel" in _send(stage, ANA.phone, "sí")[0].text.lower()
        stage.sweep()
        offered = stage.services.conversations.thread(BETO.phone)[-1]
        assert offered.author == "outreach"
        assert "a las 10:00 a.m., sucursal Roma" in offered.text
        (answer,) = _send(stage, BETO.phone, "1")
        assert answer.text.startswith("Listo, el horario es suyo")
        now_his = [v for v in schedule.appointments(BETO.id) if v.slot_id == visit.slot_id]
        assert [each.service for each in now_his] == ["dermatology-consult"]
        assert stage.services.waitlist.waits_of(BETO.id) == []
    finally:
        stage.services.waitlist.join(BETO.id, "dermatology-consult", "roma", stage.now())
        stage.clear([])
