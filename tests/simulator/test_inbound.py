import threading

import pytest

from simulator.phone import PhoneError
from simulator.twilio import LocalTwilio, Setup
from simulator.twilio.inbound import Letter
from tests.simulator.conftest import CLINIC, World, xml


def test_a_text_reaches_the_app_signed_with_all_it_says(world: World) -> None:
    with world.phone() as phone:
        phone.text("¿Cuánto cuesta? é & =")
    [hit] = world.clinic.at("/twilio/sms")
    assert hit.signed
    assert hit.form["Body"] == "¿Cuánto cuesta? é & ="
    assert (hit.form["From"], hit.form["To"]) == ("+525500000001", CLINIC)
    assert hit.form["NumMedia"] == "0"
    assert hit.form["MessageSid"] == hit.form["SmsSid"]
    assert hit.headers["I-Twilio-Idempotency-Token"]


def test_whatsapp_tells_the_profile_and_the_number(world: World) -> None:
    with world.phone(channel="whatsapp", name="Ana Torres") as phone:
        phone.text("hola")
    form = world.clinic.at("/twilio/whatsapp")[0].form
    assert form["From"] == "whatsapp:+525500000001"
    assert (form["ProfileName"], form["WaId"]) == ("Ana Torres", "525500000001")


def test_a_place_and_a_picture_come_as_twilio_writes_them(world: World) -> None:
    with world.phone() as phone:
        phone.share_location(19.41, -99.16, "Roma")
        picture = {"url": "https://api.twilio.com/m/1", "content_type": "image/jpeg"}
        phone.text("", channel="whatsapp", media=[picture])
    place, picture_hit = world.clinic.at("/twilio/whatsapp")
    assert (place.form["Latitude"], place.form["Longitude"]) == ("19.41", "-99.16")
    assert place.form["Body"] == ""
    assert picture_hit.form["NumMedia"] == "1"
    assert picture_hit.form["MediaContentType0"] == "image/jpeg"
    assert picture_hit.form["MessageSid"].startswith("MM")


def test_a_repeat_carries_the_same_message_sid(world: World) -> None:
    with world.phone() as phone:
        phone.repeat(phone.text("hola"))
    first, second = world.clinic.at("/twilio/sms")
    assert first.form["MessageSid"] == second.form["MessageSid"]
    assert second.signed


def test_an_answer_in_twiml_is_sent(world: World) -> None:
    twiml = "<Response><Message>Buenos días</Message><Message><Body>2</Body></Message></Response>"
    world.clinic.scripts["/twilio/sms"] = lambda _form: xml(twiml)
    with world.phone() as phone:
        phone.text("hola")
        assert [phone.wait_for_reply().text for _ in range(2)] == ["Buenos días", "2"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (("oops", "text/plain", 500), 11200),
        (("<Response>", "text/xml", 200), 12100),
        (("<Answer/>", "text/xml", 200), 12102),
        (("{}", "application/json", 200), 12300),
    ],
)
def test_a_webhook_that_fails_is_told_by_twilios_code(
    world: World, answer: tuple[str, str, int], code: int
) -> None:
    world.clinic.scripts["/twilio/sms"] = lambda _form: answer
    with world.phone() as phone:
        with pytest.raises(PhoneError, match=str(code)):
            phone.text("hola")
        assert phone.alerts[0][0] == code


def test_a_slow_webhook_is_cut_off(world: World) -> None:
    gate = threading.Event()
    world.clinic.scripts["/twilio/sms"] = lambda _form: (
        (gate.wait(5) and "") or "<Response/>",
        "text/xml",
        200,
    )
    with world.phone() as phone:
        phone.set_behaviour(webhook_timeout=0.2)
        with pytest.raises(PhoneError, match="11200"):
            phone.text("hola")
    gate.set()


def test_advanced_opt_out_says_that_it_answered(world: World) -> None:
    with world.phone() as phone:
        phone.set_behaviour(advanced_opt_out=True)
        phone.text("stop")
    assert world.clinic.at("/twilio/sms")[0].form["OptOutType"] == "STOP"


def test_an_app_that_is_not_on_this_machine_is_never_called() -> None:
    setup = Setup("AC" + "0" * 32, "t", "https://clinic.example", CLINIC, CLINIC, CLINIC)
    twilio = LocalTwilio(setup)
    message = twilio.send("sms", "+525500000001", Letter(text="hola"))
    assert message.error_code == 11100
    twilio.close()
