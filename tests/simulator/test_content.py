from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from tests.simulator.conftest import CLINIC, World

ANA = "whatsapp:+525500000001"


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
    return {"twilio/quick-reply": {"body": "¿{{1}}?", "actions": buttons(count, title)}}


def send(world: World, sid: str, **more: Any) -> Any:
    return world.client().messages.create(
        to=ANA,
        from_=f"whatsapp:{CLINIC}",
        content_sid=sid,
        status_callback=f"{world.url}/twilio/status",
        **more,
    )


def test_a_quick_reply_is_shown_and_its_tap_posted(world: World) -> None:
    content = create(world, quick_reply(2), {"1": "Viene"})
    with world.phone(channel="whatsapp") as phone:
        phone.text("hola")
        send(world, content.sid, content_variables='{"1": "Confirma"}')
        shown = phone.wait_for_reply()
        assert (shown.text, shown.titles) == ("¿Confirma?", ("Sí0", "Sí1"))
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


def test_an_approved_template_goes_out_outside_the_window(world: World) -> None:
    content = create(world, quick_reply(2))
    approval = world.client().content.v1.contents(content.sid).approval_create
    request = {"name": "reminder", "category": "UTILITY"}
    asked = approval.create(ApprovalCreateList.ContentApprovalRequest(request))
    assert asked.status == "received"
    fetched = world.client().content.v1.contents(content.sid).approval_fetch().fetch()
    assert fetched.whatsapp["status"] == "approved"
    with world.phone(channel="whatsapp") as phone:
        send(world, content.sid, content_variables='{"1": "Viene"}')
        assert phone.wait_for_reply().text == "¿Viene?"


def test_a_list_picker_is_never_approved(world: World) -> None:
    rows = [{"id": "a", "item": "uno"}]
    types = {"twilio/list-picker": {"body": "b", "button": "x", "items": rows}}
    content = create(world, types)
    approval = world.client().content.v1.contents(content.sid).approval_create
    request = {"name": "slots", "category": "UTILITY"}
    approval.create(ApprovalCreateList.ContentApprovalRequest(request))
    fetched = world.client().content.v1.contents(content.sid).approval_fetch().fetch()
    assert fetched.whatsapp["status"] == "rejected"


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
