from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from tests.simulator.conftest import CLINIC, World

ANA = "whatsapp:+525500000001"
ASKS = "¿Viene usted {{1}} a la clínica?"


def create(world: World, types: dict[str, Any], variables: dict[str, str] | None = None) -> Any:
    made = {}
    for name, given in types.items():
        value = dict(given)
        if name == "twilio/quick-reply":
            value["actions"] = [ContentList.QuickReplyAction(row) for row in value["actions"]]
        if name == "twilio/list-picker":
            value["items"] = [ContentList.ListItem(row) for row in value["items"]]
        made[name] = value
    body = {
        "friendly_name": "t",
        "language": "es",
        "variables": variables or {},
        "types": ContentList.Types(made),
    }
    request = ContentList.ContentCreateRequest(body)
    return world.client().content.v1.contents.create(content_create_request=request)


def buttons(count: int, title: str = "Sí") -> list[dict[str, str]]:
    return [
        {"type": "QUICK_REPLY", "title": f"{title}{number}", "id": f"/choose{number}"}
        for number in range(count)
    ]


def quick_reply(count: int, title: str = "Sí") -> dict[str, Any]:
    return {"twilio/quick-reply": {"body": ASKS, "actions": buttons(count, title)}}


def send(world: World, sid: str, **more: Any) -> Any:
    return world.client().messages.create(
        to=ANA,
        from_=f"whatsapp:{CLINIC}",
        content_sid=sid,
        status_callback=f"{world.url}/twilio/status",
        **more,
    )


def test_a_quick_reply_is_shown_and_its_tap_posted(world: World) -> None:
    content = create(world, quick_reply(2), {"1": "mañana"})
    with world.phone(channel="whatsapp") as phone:
        phone.text("hola")
        send(world, content.sid, content_variables='{"1": "hoy"}')
        shown = phone.wait_for_reply()
        assert (shown.text, shown.titles) == ("¿Viene usted hoy a la clínica?", ("Sí0", "Sí1"))
        phone.tap("sí1")
    tapped = world.clinic.at("/twilio/whatsapp")[1].form
    assert tapped["ButtonPayload"] == "/choose1"
    assert tapped["ButtonText"] == tapped["Body"] == "Sí1"


def test_a_list_picker_is_shown_with_its_rows(world: World) -> None:
    rows = [{"id": "a", "item": "Jueves 10:00", "description": "Roma"}]
    types = {"twilio/list-picker": {"body": "Elija", "button": "Ver", "items": rows}}
    content = create(world, types)
    with world.phone(channel="whatsapp") as phone:
        phone.text("hola")
        send(world, content.sid)
        shown = phone.wait_for_reply()
        assert shown.buttons[0].description == "Roma"
        phone.tap("Jueves 10:00", shown)
    assert world.clinic.at("/twilio/whatsapp")[1].form["ButtonPayload"] == "a"


@pytest.mark.parametrize(
    "types",
    [
        quick_reply(11),
        quick_reply(1, "x" * 20),
        {"twilio/quick-reply": {"body": "x" * 1025, "actions": buttons(1)}},
        {"twilio/list-picker": {"body": "b", "button": "x", "items": []}},
        {
            "twilio/list-picker": {
                "body": "b",
                "button": "x",
                "items": [{"id": "1", "item": "x" * 25}],
            }
        },
        {
            "twilio/list-picker": {
                "body": "b",
                "button": "x",
                "items": [{"id": "1", "item": "x", "description": "d" * 73}],
            }
        },
    ],
)
def test_what_does_not_fit_whatsapp_is_refused(world: World, types: dict[str, Any]) -> None:
    with pytest.raises(TwilioRestException) as refused:
        create(world, types)
    assert refused.value.status == 400


def test_more_than_three_quick_replies_in_session_fail_later(world: World) -> None:
    content = create(world, quick_reply(4))
    with world.phone(channel="whatsapp") as phone:
        phone.text("hola")
        assert send(world, content.sid).status == "queued"
    [hit] = world.clinic.wait_for(1, "/twilio/status")
    assert hit.form["ErrorCode"] == "63005"


def submit(world: World, sid: str, name: str = "reminder") -> Any:
    approval = world.client().content.v1.contents(sid).approval_create
    request = {"name": name, "category": "UTILITY"}
    return approval.create(ApprovalCreateList.ContentApprovalRequest(request))


def word_on(world: World, sid: str) -> Any:
    return world.client().content.v1.contents(sid).approval_fetch().fetch().whatsapp


def test_an_approved_template_goes_out_outside_the_window(world: World) -> None:
    content = create(world, quick_reply(2), {"1": "mañana"})
    assert submit(world, content.sid).status == "received"
    assert word_on(world, content.sid)["status"] == "approved"
    with world.phone(channel="whatsapp") as phone:
        send(world, content.sid, content_variables='{"1": "el jueves"}')
        shown = phone.wait_for_reply()
        assert shown.text == "¿Viene usted el jueves a la clínica?"
        phone.tap("Sí1", shown)
    assert world.clinic.at("/twilio/whatsapp")[0].form["ButtonPayload"] == "/choose1"


def test_a_review_may_take_its_time_and_change_its_mind(world: World) -> None:
    world.twilio.state.behaviour.review = "by_hand"
    content = create(world, quick_reply(2), {"1": "mañana"})
    submit(world, content.sid)
    assert word_on(world, content.sid)["status"] == "received"
    expected = []
    with world.phone(channel="whatsapp") as phone:
        for status, code in (
            ("pending", 63016),
            ("rejected", 63040),
            ("paused", 63041),
            ("disabled", 63042),
        ):
            phone.review_template("reminder", status, "because")
            assert word_on(world, content.sid)["status"] == status
            assert send(world, content.sid, content_variables='{"1": "hoy"}').status == "queued"
            expected.append(("failed", str(code)))
        hits = world.clinic.wait_for(4, "/twilio/status")
        failed = [(hit.form["MessageStatus"], hit.form["ErrorCode"]) for hit in hits]
        assert sorted(failed) == sorted(expected)
        phone.text("hola")
        send(world, content.sid, content_variables='{"1": "hoy"}')
        assert phone.wait_for_reply().text == "¿Viene usted hoy a la clínica?"


@pytest.mark.parametrize(
    "body",
    [
        "{{1}} es el día de su cita en la clínica",
        "El día de su cita en la clínica es {{1}}.",
        "Su cita en la clínica es {{1}}, {{2}} y aquí le esperamos",
        "Su cita en la clínica es {{2}} y aquí le esperamos",
        "Cita {{1}} aquí",
    ],
)
def test_words_that_break_whatsapps_rules_are_rejected(world: World, body: str) -> None:
    types = {"twilio/quick-reply": {"body": body, "actions": buttons(1)}}
    content = create(world, types, {"1": "hoy", "2": "mañana"})
    submit(world, content.sid)
    word = word_on(world, content.sid)
    assert (word["status"], word["rejection_reason"][:14]) == ("rejected", "INVALID_FORMAT")


def test_the_same_words_twice_or_without_a_sample_are_rejected(world: World) -> None:
    without, first, second = (create(world, quick_reply(2), given) for given in SAMPLES)
    for name, content in (("a", without), ("b", first), ("c", second)):
        submit(world, content.sid, name)
    words = [word_on(world, content.sid)["status"] for content in (without, first, second)]
    assert words == ["rejected", "approved", "rejected"]


SAMPLES: list[dict[str, str]] = [{}, {"1": "hoy"}, {"1": "hoy"}]


def test_a_content_is_submitted_once(world: World) -> None:
    content = create(world, quick_reply(2), {"1": "mañana"})
    submit(world, content.sid)
    with pytest.raises(TwilioRestException):
        submit(world, content.sid)


def test_contents_are_listed_with_whatsapps_word_on_each(world: World) -> None:
    asked, plain = (create(world, quick_reply(each), {"1": "hoy"}) for each in (1, 2))
    submit(world, asked.sid)
    listed = world.client().content.v1.content_and_approvals.list(page_size=1)
    words = {each.sid: each.approval_requests["status"] for each in listed}
    assert words == {asked.sid: "approved", plain.sid: "unsubmitted"}


def test_a_list_picker_is_never_approved(world: World) -> None:
    rows = [{"id": "a", "item": "uno"}]
    types = {"twilio/list-picker": {"body": "b", "button": "x", "items": rows}}
    content = create(world, types)
    submit(world, content.sid)
    assert word_on(world, content.sid)["status"] == "rejected"


def test_contents_are_listed_fetched_and_deleted(world: World) -> None:
    made = {create(world, {"twilio/text": {"body": str(number)}}).sid for number in range(3)}
    contents = world.client().content.v1.contents
    assert {content.sid for content in contents.list(page_size=2)} == made
    one = made.pop()
    assert contents(one).fetch().sid == one
    assert contents(one).delete()
    with pytest.raises(TwilioRestException) as refused:
        contents(one).fetch()
    assert refused.value.code == 20404


@pytest.mark.parametrize(
    ("sid", "variables", "code"), [("HX" + "0" * 32, "{}", 21655), (None, "no json", 21656)]
)
def test_a_bad_content_is_refused_at_once(
    world: World, sid: str | None, variables: str, code: int
) -> None:
    sid = sid or create(world, {"twilio/text": {"body": "x"}}).sid
    with pytest.raises(TwilioRestException) as refused:
        send(world, sid, content_variables=variables)
    assert refused.value.code == code
