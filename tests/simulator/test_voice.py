import threading
import time
from collections.abc import Mapping
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from simulator.twilio.model import CallRecord
from simulator.twilio.twiml import read_twiml
from simulator.twilio.verbs import APPLICATION_ERROR
from tests.simulator.conftest import CLINIC, World, xml

ENTRY = "/twilio/voice"
MENU = (
    '<Response><Gather action="/twilio/voice/menu" numDigits="1" input="dtmf speech"'
    ' language="es-MX"><Say language="es-MX">Uno confirma, dos cancela.</Say></Gather></Response>'
)


def say(text: str) -> str:
    return f'<Response><Say language="es-MX">{text}</Say></Response>'


def test_a_call_hears_the_menu_and_its_key_is_posted(world: World) -> None:
    world.voice(ENTRY, MENU)
    world.voice("/twilio/voice/menu", say("Cancelada."))
    with world.phone() as phone:
        call = phone.call()
        assert call.heard == ["Uno confirma, dos cancela."]
        assert call.languages == ["es-MX"]
        call.press("2")
        assert call.ended
        assert call.heard_last == "Cancelada."
        assert call.status == "completed"
    first, second = world.clinic.at(ENTRY)[0], world.clinic.at("/twilio/voice/menu")[0]
    assert (first.form["CallStatus"], first.form["Direction"]) == ("ringing", "inbound")
    assert second.form["Digits"] == "2"
    assert first.form["CallSid"] == second.form["CallSid"]
    assert first.signed
    assert second.signed
    [over] = world.clinic.wait_for(1, "/twilio/voice/status")
    assert over.form["CallStatus"] == "completed"
    assert over.form["CallDuration"] == "0"
    assert over.signed


def test_words_are_posted_with_a_confidence_where_there_is_one(world: World) -> None:
    world.voice(ENTRY, MENU)
    world.voice("/twilio/voice/menu", MENU)
    with world.phone() as phone:
        call = phone.call()
        call.say("quiero cancelar")
        call.say("mañana", confidence=None)
        call.hang_up()
    sure, unsure = (hit.form for hit in world.clinic.at("/twilio/voice/menu"))
    assert (sure["SpeechResult"], sure["Confidence"]) == ("quiero cancelar", "0.9")
    assert "Confidence" not in unsure


@pytest.mark.parametrize(
    ("attributes", "pressed", "digits"),
    [
        ('numDigits="1"', "3", "3"),
        ('numDigits="8"', "14031988", "14031988"),
        ("", "123#", "123"),
        ('finishOnKey="*"', "12*", "12"),
        ('finishOnKey=""', "1#2", "1#2"),
        ('numDigits="4"', "12", "12"),
    ],
)
def test_digits_end_as_gather_says(
    world: World, attributes: str, pressed: str, digits: str
) -> None:
    world.voice(ENTRY, f'<Response><Gather action="/twilio/voice/m" {attributes}/></Response>')
    with world.phone() as phone:
        phone.call().press(pressed)
    assert world.clinic.at("/twilio/voice/m")[0].form["Digits"] == digits


def test_silence_falls_through_unless_an_empty_result_is_wanted(world: World) -> None:
    gather = '<Gather action="/twilio/voice/m" {}/><Say>Nada</Say>'
    world.voice(ENTRY, f"<Response>{gather.format('')}</Response>")
    with world.phone() as phone:
        assert phone.call().stay_silent().heard_last == "Nada"
        wanted = gather.format('actionOnEmptyResult="true"')
        world.voice(ENTRY, f"<Response>{wanted}</Response>")
        phone.call().stay_silent()
    assert world.clinic.at("/twilio/voice/m")[0].form["Digits"] == ""


def test_without_an_action_gather_posts_to_its_own_document(world: World) -> None:
    def script(form: Mapping[str, str]) -> tuple[str, str, int]:
        return xml(say("gracias") if form.get("Digits") else "<Response><Gather/></Response>")

    world.clinic.scripts[ENTRY] = script
    with world.phone() as phone:
        assert phone.call().press("5#").heard == ["gracias"]


def test_redirect_goes_on_with_the_next_document(world: World) -> None:
    world.voice(
        ENTRY,
        "<Response><Say>Un momento</Say><Pause length='1'/><Redirect>voice/next</Redirect>"
        "<Say>never</Say></Response>",
    )
    world.voice("/twilio/voice/next", "<Response><Say>Listo</Say><Hangup/></Response>")
    with world.phone() as phone:
        assert phone.call().heard == ["Un momento", "Listo"]


def test_dial_tells_how_it_went(world: World) -> None:
    world.voice(
        ENTRY,
        '<Response><Dial action="/twilio/voice/after" timeout="20"><Number>+525550000199</Number>'
        "</Dial><Say>never</Say></Response>",
    )
    world.voice("/twilio/voice/after", say("Nadie contesta"))
    with world.phone() as phone:
        call = phone.call()
        assert call.phase == "dialing"
        assert call.transfer("no-answer").heard == ["Nadie contesta"]
        call = phone.call()
        assert call.transfer("answered").phase == "bridged"
        call.transfer("over")
    refused, done = (hit.form for hit in world.clinic.at("/twilio/voice/after"))
    assert refused["DialCallStatus"] == "no-answer"
    assert (done["DialCallStatus"], done["DialBridged"]) == ("completed", "true")


def test_record_posts_a_recording(world: World) -> None:
    world.voice(ENTRY, '<Response><Record action="/twilio/voice/kept" maxLength="30"/></Response>')
    with world.phone() as phone:
        phone.call().say("llámenme por favor")
    form = world.clinic.at("/twilio/voice/kept")[0].form
    assert form["RecordingSid"].startswith("RE")
    assert int(form["RecordingDuration"]) >= 1


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_reject_ends_an_unanswered_call(world: World, reason: str, status: str) -> None:
    world.voice(ENTRY, f'<Response><Reject reason="{reason}"/></Response>')
    with world.phone() as phone:
        assert phone.call().status == status


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (("<Response><Say>", "text/xml", 200), 12100),
        (("<Hello/>", "text/xml", 200), 12102),
        (("boom", "text/html", 500), 11200),
        (("{}", "application/json", 200), 12300),
    ],
)
def test_a_failing_app_is_heard_as_an_application_error(
    world: World, answer: tuple[str, str, int], code: int
) -> None:
    world.clinic.scripts[ENTRY] = lambda _form: answer
    with world.phone() as phone:
        call = phone.call()
        assert call.ended
        assert call.heard == [APPLICATION_ERROR]
        assert phone.alerts[0][0] == code


def test_an_app_slower_than_the_limit_is_heard_as_an_application_error(world: World) -> None:
    gate = threading.Event()

    def slow(_form: Mapping[str, str]) -> tuple[str, str, int]:
        gate.wait(5)
        return xml("<Response/>")

    world.clinic.scripts[ENTRY] = slow
    with world.phone() as phone:
        phone.set_behaviour(webhook_timeout=0.2)
        assert phone.call().heard == [APPLICATION_ERROR]
    gate.set()


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ('<Say lang="es">x</Say>', "no attribute"),
        ("<Gather><Dial>+5255</Dial></Gather>", "may not stand"),
        ('<Gather numDigits="banana"/>', "not a number"),
        ('<Gather input="voice"/>', "not one of"),
        ('<Gather speechModel="deepgram_nova-3" speechTimeout="auto"/>', "speechModel"),
        ("<Speak>x</Speak>", "may not stand"),
        ("<Say></Say>", "nothing to say"),
        ('<Redirect method="PUT">/x</Redirect>', "not one of"),
    ],
)
def test_what_the_sdk_lets_through_the_debugger_names(inside: str, problem: str) -> None:
    _, problems = read_twiml(f"<Response>{inside}</Response>", "text/xml", "voice")
    assert problem in problems[0].text


@pytest.mark.parametrize(
    "inside",
    [
        '<Gather input="speech dtmf" hints="uno, dos" actionOnEmptyResult="true" timeout="4"/>',
        '<Gather language="pt-BR"><Say voice="Polly.Camila-Neural">Oi</Say></Gather>',
        '<Say language="es-MX">El <say-as interpret-as="date">2026-01-02</say-as></Say>',
        '<Dial timeout="20" action="/a"><Number url="/whisper">+525550000199</Number></Dial>',
        '<Record maxLength="30" playBeep="true" action="/a"/>',
    ],
)
def test_good_twiml_has_no_problems(inside: str) -> None:
    assert read_twiml(f"<Response>{inside}</Response>", "text/xml", "voice")[1] == []


def make_call(world: World, **more: object):  # type: ignore[no-untyped-def]
    return world.client().calls.create(
        to="+525500000001",
        from_=CLINIC,
        url=f"{world.url}/twilio/voice/reminder",
        status_callback=f"{world.url}/twilio/voice/status",
        **more,
    )


def test_the_clinic_calls_and_the_patient_answers(world: World) -> None:
    world.voice("/twilio/voice/reminder", MENU)
    world.voice("/twilio/voice/menu", say("Confirmada"))
    made = make_call(world, status_callback_event=["initiated", "ringing", "answered", "completed"])
    assert made.status in {"queued", "ringing"}
    with world.phone() as phone:
        call = phone.wait_for_call().answer()
        assert call.press("1").heard_last == "Confirmada"
        assert call.status == "completed"
    hits = world.clinic.wait_for(4, "/twilio/voice/status")
    statuses = [hit.form["CallStatus"] for hit in hits]
    assert statuses == ["queued", "ringing", "in-progress", "completed"]
    assert [hit.form["SequenceNumber"] for hit in hits] == ["0", "1", "2", "3"]
    assert world.clinic.at("/twilio/voice/reminder")[0].form["CallStatus"] == "in-progress"
    assert world.client().calls(made.sid).fetch().duration == "0"


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("human", "human"), ("machine", "machine_end_beep"), ("fax", "fax"),
        ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_who_or_what_answers_is_told(world: World, by: Any, told: str) -> None:
    world.voice("/twilio/voice/reminder", say("Clínica Aurora"))
    make_call(world, machine_detection="DetectMessageEnd")
    with world.phone() as phone:
        phone.wait_for_call().answer(by=by)
    hit = world.clinic.at("/twilio/voice/reminder")[0]
    assert hit.form["AnsweredBy"] == told


def test_a_declined_call_is_busy(world: World) -> None:
    make_call(world)
    with world.phone() as phone:
        call = phone.wait_for_call()
        call.hang_up()
        assert call.status == "busy"
    [hit] = world.clinic.wait_for(1, "/twilio/voice/status")
    assert hit.form["CallStatus"] == "busy"
    assert world.clinic.at("/twilio/voice/reminder") == []


def test_a_phone_that_is_off_does_not_answer(world: World) -> None:
    with world.phone() as phone:
        phone.set_condition("off")
    make_call(world)
    [hit] = world.clinic.wait_for(1, "/twilio/voice/status")
    assert hit.form["CallStatus"] == "no-answer"


def test_a_live_call_is_redirected_and_ended_by_the_api(world: World) -> None:
    world.voice(ENTRY, MENU)
    world.voice("/twilio/voice/elsewhere", "<Response><Gather><Say>Aquí</Say></Gather></Response>")
    with world.phone() as phone:
        call = phone.call()
        world.client().calls(call.sid).update(url=f"{world.url}/twilio/voice/elsewhere")
        call.settle(1)
        assert call.heard[-1] == "Aquí"
        world.client().calls(call.sid).update(status="completed")
        call.settle(9)
        assert call.ended
        with pytest.raises(TwilioRestException) as refused:
            world.client().calls(call.sid).update(status="completed")
        assert refused.value.code == 21220


@pytest.mark.parametrize(
    ("to", "sender", "code"), [("x", CLINIC, 21211), ("+525500000001", "+5255", 21210)]
)
def test_a_bad_call_is_refused(world: World, to: str, sender: str, code: int) -> None:
    with pytest.raises(TwilioRestException) as refused:
        world.client().calls.create(to=to, from_=sender, url=f"{world.url}/twilio/voice")
    assert refused.value.code == code


def test_at_the_pages_pace_the_clinic_waits_until_a_line_was_heard(world: World) -> None:
    world.voice(ENTRY, "<Response><Say>uno</Say><Say>dos</Say></Response>")
    with world.phone() as phone:
        record: CallRecord = world.twilio.call(phone.number, "page")
        assert world.twilio.state.wait(lambda: len(record.lines) == 1, 5)
        time.sleep(0.1)
        assert [line.text for line in record.lines] == ["uno"]
        phone.act(record.sid, "heard", {"index": 1})
        assert world.twilio.state.wait(lambda: len(record.lines) == 2, 5)
        phone.act(record.sid, "heard", {"index": 2})
        assert world.twilio.state.wait(lambda: record.phase == "ended", 5)
