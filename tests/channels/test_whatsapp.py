import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels import open_channels
from channels.base import Channel, Unreadable
from channels.whatsapp.content import compose, fits, with_room
from conversations.model import Choice, Delivery, Outbound
from conversations.ports import SendFailed
from integrations.twilio import TwilioAccount
from tests.channels import payloads
from tests.channels.double import Trouble, Twilio, content_problems, form_problems, openapi_folder

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONFIRM = '/confirm_appointment{"visit": "v1:1"}'
TWO = (Choice("Confirmar", CONFIRM), Choice("Cambiar", "/menu"))
SLOTS = tuple(
    Choice(f"jue {day} jun 10:00", f'/choose{{"slot": "{day}"}}', "Dra. Sol" if day % 2 else "")
    for day in range(1, 8)
)


def _channel(double: Twilio | None = None) -> Channel:
    account = TwilioAccount(
        payloads.ACCOUNT,
        payloads.TOKEN,
        double.url if double else "http://127.0.0.1:1",
        whatsapp_from=payloads.CLINIC,
        messaging_service_sid="MG" + "0" * 32,
        public_base_url="https://clinic.example",
    )
    return open_channels(account)["whatsapp"]


def _message(text: str = "Su cita es mañana «temprano»", **more: Any) -> Outbound:
    given: dict[str, Any] = {
        "id": "m1",
        "channel": "whatsapp",
        "to": "whatsapp:+5215500000001",
        "sender": "",
        "language": "es",
    }
    return Outbound(**{**given, "text": text, **more})


def _filled(form: dict[str, str]) -> dict[str, str]:
    variables = json.loads(form["ContentVariables"])
    assert isinstance(variables, dict)
    return variables


def test_a_tap_brings_its_payload_and_its_title() -> None:
    inbound = _channel().parse(payloads.tap(CONFIRM, "Confirmar"), AT)
    assert (inbound.payload, inbound.text) == (CONFIRM, "Confirmar")


def test_a_pick_of_a_list_brings_its_payload_and_its_title() -> None:
    inbound = _channel().parse(payloads.picked('/choose{"slot": "3"}', "jue 3 jun"), AT)
    assert (inbound.payload, inbound.text) == ('/choose{"slot": "3"}', "jue 3 jun")


def test_a_title_without_a_payload_is_plain_text() -> None:
    inbound = _channel().parse(payloads.whatsapp(Body="Confirmar"), AT)
    assert (inbound.payload, inbound.text) == (None, "Confirmar")


@pytest.mark.parametrize("sender", ["whatsapp:+5511900000001", "whatsapp:US.ABC123XYZ"])
def test_the_address_is_kept_as_it_came(sender: str) -> None:
    assert _channel().parse(payloads.whatsapp(From=sender), AT).sender == sender


def test_free_text_has_a_window_of_a_day() -> None:
    capabilities = _channel().capabilities
    assert capabilities.service_window == timedelta(hours=24)
    assert capabilities.tappable == 10


def test_a_read_receipt_is_understood_and_another_channels_is_not() -> None:
    read = payloads.status("read", From=f"whatsapp:{payloads.CLINIC}", EventType="READ")
    receipt = _channel().receipt(read)
    assert receipt is not None
    assert receipt.state is Delivery.READ
    with pytest.raises(Unreadable):
        _channel().receipt(payloads.status("sent"))


def test_without_choices_the_text_goes_as_it_is(twilio: Twilio) -> None:
    _channel(twilio).send(_message(sender="whatsapp:+525550000100"))
    assert twilio.messages == [
        {
            "To": "whatsapp:+5215500000001",
            "From": "whatsapp:+525550000100",
            "Body": "Su cita es mañana «temprano»",
            "StatusCallback": "https://clinic.example/twilio/status?message=m1",
        }
    ]


def test_a_bare_number_is_addressed_on_whatsapp(twilio: Twilio) -> None:
    _channel(twilio).send(_message(to="+525500000001"))
    assert twilio.messages[0]["To"] == "whatsapp:+525500000001"
    assert twilio.messages[0]["From"] == f"whatsapp:{payloads.CLINIC}"


def test_few_choices_become_buttons_that_carry_the_payload(twilio: Twilio) -> None:
    _channel(twilio).send(_message(choices=TWO))
    types = twilio.contents[0]["types"]
    assert types["twilio/quick-reply"]["actions"] == [
        {"type": "QUICK_REPLY", "title": "{{t1}}", "id": "{{p1}}"},
        {"type": "QUICK_REPLY", "title": "{{t2}}", "id": "{{p2}}"},
    ]
    assert types["twilio/text"] == {"body": "{{b1}}\n1 {{t1}}\n2 {{t2}}"}
    form = twilio.messages[0]
    assert form["ContentSid"] == twilio.contents[0]["sid"]
    assert "Body" not in form
    assert "MessagingServiceSid" not in form
    assert _filled(form) == {
        "b1": "Su cita es mañana «temprano»",
        "t1": "Confirmar",
        "p1": CONFIRM,
        "t2": "Cambiar",
        "p2": "/menu",
    }


def test_many_choices_become_a_list_with_descriptions(twilio: Twilio) -> None:
    _channel(twilio).send(_message(choices=SLOTS))
    picker = twilio.contents[0]["types"]["twilio/list-picker"]
    assert picker["button"] == "Ver opciones"
    assert len(picker["items"]) == 7
    assert picker["items"][0] == {"id": "{{p1}}", "item": "{{t1}}", "description": "{{d1}}"}
    assert picker["items"][1].get("description") is None
    filled = _filled(twilio.messages[0])
    assert (filled["t1"], filled["d1"]) == ("jue 1 jun 10:00", "Dra. Sol")
    assert "d2" not in filled


def test_few_choices_with_descriptions_are_a_list_too(twilio: Twilio) -> None:
    _channel(twilio).send(_message(choices=SLOTS[:2]))
    assert twilio.contents[0]["types"]["twilio/list-picker"] is not None


def test_a_content_is_made_once_and_holds_nothing_of_the_patient(twilio: Twilio) -> None:
    channel = _channel(twilio)
    channel.send(_message("Ana, su cita es mañana", choices=TWO))
    channel.send(_message("Otra cosa", choices=TWO))
    _channel(twilio).send(_message("De otro proceso", choices=TWO))
    assert len(twilio.contents) == 1
    assert "Ana" not in json.dumps(twilio.contents)
    assert len(twilio.messages) == 3


def test_another_language_or_shape_is_another_content(twilio: Twilio) -> None:
    channel = _channel(twilio)
    channel.send(_message(choices=TWO))
    channel.send(_message(choices=TWO, language="pt"))
    channel.send(_message(choices=(*TWO, Choice("Otra", "/greet"))))
    channel.send(_message("x" * 300, choices=TWO))
    names = [content["friendly_name"] for content in twilio.contents]
    assert len(set(names)) == len(names) == 4


def test_a_long_body_is_put_together_from_variables_that_are_short_enough() -> None:
    text = "palabra 😀 " * 80
    _, filled = compose(text[:900], TWO, "es")
    bodies = [filled[f"b{number}"] for number in range(1, len(filled)) if f"b{number}" in filled]
    assert "".join(bodies) == text[:900].strip()
    assert all(0 < len(body.encode("utf-16-be")) // 2 <= 255 for body in bodies)


def test_long_titles_and_descriptions_are_cut_readably() -> None:
    long = Choice("Confirmar la cita de mañana", CONFIRM)
    _, filled = compose("Hola", (long, TWO[1]), "es")
    assert filled["t1"] == "Confirmar la cita…"
    wordy = Choice("Dermatología pediátrica avanzada", "/a", "palabra " * 20)
    _, filled = compose("Hola", (wordy,), "es")
    assert len(filled["t1"]) <= 24
    assert len(filled["d1"]) <= 72


def test_titles_that_begin_alike_are_shown_by_what_tells_them_apart() -> None:
    names = [f"Química sanguínea de {n} elementos" for n in (6, 12, 27)]
    shown = with_room([Choice(name, f"/choose{n}") for n, name in enumerate(names)])
    assert [choice.title for choice in shown] == ["6 elementos", "12 elementos", "27 elementos"]
    assert [choice.description for choice in shown] == names
    assert fits("¿Cuál?", shown)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("x" * 1025, TWO),
        ("", TWO),
        ("Hola", (*TWO, TWO[0])),
        ("Hola", (Choice("Otorrinolaringología-pediátrica-1", "/a"),
                  Choice("Otorrinolaringología-pediátrica-2", "/b"))),
        ("Hola", (Choice("Sí", "/a" + "x" * 200),)),
        ("Hola", tuple(Choice(f"Opción {n}", f"/o{n}") for n in range(11))),
    ],
)  # fmt: skip
def test_what_whatsapp_cannot_show_is_answered_with_digits(
    twilio: Twilio, text: str, choices: tuple[Choice, ...]
) -> None:
    assert not fits(text, choices)
    _channel(twilio).send(_message(text, choices=choices))
    assert twilio.contents == []
    assert f"1 {choices[0].title}" in twilio.messages[-1]["Body"]


@pytest.mark.parametrize(
    "trouble", [Trouble(400, 20001), Trouble(500), Trouble(429, 20429), Trouble(0)]
)
def test_without_a_content_the_choices_go_as_digits(twilio: Twilio, trouble: Trouble) -> None:
    twilio.fail("POST /v1/Content", trouble)
    channel = _channel(twilio)
    channel.send(_message(choices=TWO))
    assert twilio.messages[0]["Body"].endswith("1 Confirmar\n2 Cambiar")
    channel.send(_message(choices=TWO))
    assert "ContentSid" in twilio.messages[1]


def test_a_list_of_contents_that_cannot_be_read_stops_nothing(twilio: Twilio) -> None:
    twilio.fail("GET /v1/Content", Trouble(500))
    _channel(twilio).send(_message(choices=TWO))
    assert "ContentSid" in twilio.messages[0]


def test_a_content_deleted_at_twilio_is_made_anew(twilio: Twilio) -> None:
    channel = _channel(twilio)
    channel.send(_message(choices=TWO))
    twilio.fail("/Messages.json", Trouble(400, 21655))
    channel.send(_message(choices=TWO))
    assert twilio.messages[-1]["Body"].endswith("2 Cambiar")
    channel.send(_message(choices=TWO))
    assert len(twilio.contents) == 2


def test_a_content_message_that_may_have_gone_is_not_sent_again(twilio: Twilio) -> None:
    twilio.fail("/Messages.json", Trouble(0))
    with pytest.raises(SendFailed) as caught:
        _channel(twilio).send(_message(choices=TWO))
    assert caught.value.unknown
    assert len(twilio.messages) == 1


def test_every_request_fits_twilios_own_description(twilio: Twilio) -> None:
    folder = openapi_folder()
    if folder is None:
        pytest.skip("TWILIO_OPENAPI_DIR is not set")
    channel = _channel(twilio)
    channel.send(_message())
    channel.send(_message(choices=TWO))
    channel.send(_message(choices=SLOTS))
    assert [form_problems(folder, form) for form in twilio.messages] == [[], [], []]
    made = [request.body for request in twilio.requests if request.body]
    assert [content_problems(folder, body) for body in made] == [[], []]


def test_the_description_itself_refuses_what_is_wrong() -> None:
    folder = openapi_folder()
    if folder is None:
        pytest.skip("TWILIO_OPENAPI_DIR is not set")
    assert form_problems(folder, {"To": "+1", "Sender": "x"})
    assert content_problems(folder, {"language": "es", "types": {"twilio/text": {}}})
