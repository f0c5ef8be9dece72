import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, Request
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder, TestResponse

from channels import open_channels
from channels.base import Callback, Reply, Route, Unreadable
from channels.gateway import create_gateway, raw_target
from channels.sms import SmsChannel
from conversations.model import Delivery, Inbound, Receipt
from integrations.twilio import TwilioAccount, signature_is_valid
from tests.channels import payloads

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
BASE = "https://clinic.example"


class Echo:
    def routes(self) -> Mapping[str, Route]:
        return {"": self.enter, "again": self.enter}

    def enter(self, callback: Callback) -> Reply:
        if "CallSid" not in callback.form:
            raise Unreadable("CallSid is missing")
        return Reply(f"<Response><!--{callback.args.get('s', '')}--></Response>")


class Gateway:
    def __init__(self, base: str = BASE, token: str = payloads.TOKEN) -> None:
        self.received: list[Inbound] = []
        self.receipts: list[Receipt] = []
        self.broken: Exception | None = None
        self.base = base
        account = TwilioAccount(payloads.ACCOUNT, token)
        blueprint = create_gateway(
            {**open_channels(account), "pigeon": SmsChannel(account)},
            account=account,
            public_base_url=base,
            clock=lambda: AT,
            receive=self._receive,
            apply=self.receipts.append,
            answerers={"voice": Echo()},
        )
        app = Flask("gateway")
        app.register_blueprint(blueprint)
        self.client = app.test_client()

    def _receive(self, inbound: Inbound) -> None:
        if self.broken:
            raise self.broken
        self.received.append(inbound)

    def post(
        self,
        target: str,
        form: Mapping[str, str],
        *,
        sign: str | None = payloads.TOKEN,
        **more: Any,
    ) -> TestResponse:
        headers = {}
        if sign is not None:
            url = self.base + target
            headers["X-Twilio-Signature"] = RequestValidator(sign).compute_signature(url, form)
        path, _, query = target.partition("?")
        more.setdefault("environ_overrides", {"RAW_URI": target})
        return self.client.post(path, data=form, query_string=query, headers=headers, **more)


def test_twilios_own_example_of_a_signature_is_valid() -> None:
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675310",
        "Digits": "1234",
        "From": "+14158675310",
        "To": "+18005551212",
    }
    url = "https://example.com/myapp.php?foo=1&bar=2"
    signature = "L/OH5YylLD5NRKLltdqwSvS0BnU="
    assert signature_is_valid("12345", url, form, signature)
    assert not signature_is_valid("12345", url, {**form, "Digits": "1"}, signature)
    assert not signature_is_valid("12345", url + "0", form, signature)


@pytest.mark.parametrize("signature", [None, "", "x", "é", "L/OH5YylLD5NRKLltdqwSvS0BnU"])
def test_no_signature_or_a_wrong_one_is_never_valid(signature: str | None) -> None:
    assert not signature_is_valid("12345", "https://example.com/", {}, signature)


def test_without_a_token_nothing_is_valid() -> None:
    empty = RequestValidator("").compute_signature("https://example.com/", {})
    assert not signature_is_valid("", "https://example.com/", {}, empty)


def test_a_parameter_that_comes_twice_is_signed_twice() -> None:
    form = MultiDict([("a", "1"), ("a", "2")])
    signature = RequestValidator("t").compute_signature("https://example.com/", form)
    assert signature_is_valid("t", "https://example.com/", form, signature)


@pytest.mark.parametrize(
    ("path", "form"), [("/twilio/sms", payloads.sms()), ("/twilio/whatsapp", payloads.whatsapp())]
)
def test_a_message_is_stored_and_acknowledged_with_nothing(path: str, form: dict[str, str]) -> None:
    gateway = Gateway()
    response = gateway.post(path, form)
    assert response.status_code == 200
    assert response.mimetype == "text/xml"
    assert response.text == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
    assert [inbound.text for inbound in gateway.received] == [form["Body"]]
    assert gateway.received[0].received_at == AT


@pytest.mark.parametrize("sign", [None, "", "another-token"])
@pytest.mark.parametrize("path", ["sms", "whatsapp", "status", "voice", "voice/again", "pigeon"])
def test_a_forged_or_unsigned_request_is_refused_unread(path: str, sign: str | None) -> None:
    gateway = Gateway()
    response = gateway.post(f"/twilio/{path}", payloads.sms(), sign=sign)
    assert response.status_code == 403
    assert gateway.received == []
    assert gateway.receipts == []


def test_a_changed_body_is_refused() -> None:
    gateway = Gateway()
    signature = RequestValidator(payloads.TOKEN).compute_signature(
        f"{BASE}/twilio/sms", payloads.sms()
    )
    response = gateway.client.post(
        "/twilio/sms",
        data=payloads.sms(Body="otra cosa"),
        headers={"X-Twilio-Signature": signature},
    )
    assert response.status_code == 403


def test_without_a_token_of_ours_everything_is_refused() -> None:
    gateway = Gateway(token="")
    assert gateway.post("/twilio/sms", payloads.sms(), sign="").status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "?name=Jos%C3%A9",
        "?a=%2F%7B%7D&b=1",
        "?a=b+c&d=%20",
        "?message=m1&part=1",
        "?a=%C3%A9&a=%c3%a9",
        "?q=~'()*!",
    ],
)
def test_a_query_is_signed_as_it_was_written(query: str) -> None:
    gateway = Gateway()
    assert gateway.post(f"/twilio/sms{query}", payloads.sms()).status_code == 200
    without_raw = gateway.post(f"/twilio/sms{query}", payloads.sms(), environ_overrides={})
    assert without_raw.status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        payloads.sms(Body=""),
        payloads.sms(Body="¡Hola! ñ 王 😀"),
        payloads.sms(NewParameter="x", ToState=""),
        payloads.sms(Body="a&b=c+d %20"),
    ],
)
def test_blank_unknown_and_odd_parameters_are_signed_and_taken(form: dict[str, str]) -> None:
    gateway = Gateway()
    assert gateway.post("/twilio/sms", form).status_code == 200
    assert gateway.received[0].text == form["Body"]


@pytest.mark.parametrize("base", [BASE, "http://127.0.0.1:8000", f"{BASE}:8443", f"{BASE}/clinic"])
def test_the_address_is_the_public_one_and_not_what_a_proxy_says(base: str) -> None:
    gateway = Gateway(base)
    response = gateway.post("/twilio/sms", payloads.sms(), base_url="http://10.0.0.5:8000")
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("sms", payloads.sms(From=None)),
        ("sms", payloads.sms(From="")),
        ("sms", payloads.sms(MessageSid=None, SmsSid=None, SmsMessageSid=None)),
        ("whatsapp", {}),
        ("voice", {"From": "+1"}),
        ("status", {"MessageStatus": "sent"}),
        ("status", {}),
    ],
)
def test_what_cannot_be_read_is_answered_with_400(path: str, form: dict[str, str]) -> None:
    gateway = Gateway()
    response = gateway.post(f"/twilio/{path}", form)
    assert response.status_code == 400
    assert response.mimetype == "text/plain"
    assert gateway.received == []


def test_an_oversize_body_is_refused() -> None:
    gateway = Gateway()
    assert gateway.post("/twilio/sms", payloads.sms(Body="x" * 70_000)).status_code == 413
    assert (
        gateway.post("/twilio/sms", payloads.sms(Body="x" * 70_000), sign=None).status_code == 403
    )
    assert gateway.received == []


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "options", "head"])
@pytest.mark.parametrize("path", ["sms", "whatsapp", "status", "voice", "voice/again"])
def test_any_other_method_is_not_allowed(method: str, path: str) -> None:
    assert Gateway().client.open(f"/twilio/{path}", method=method).status_code == 405


def test_a_receipt_is_noted_and_answered_with_nothing() -> None:
    gateway = Gateway()
    response = gateway.post("/twilio/status?message=m1", payloads.status("delivered"))
    assert (response.status_code, response.data) == (204, b"")
    (receipt,) = gateway.receipts
    assert (receipt.message_id, receipt.state) == ("m1", Delivery.DELIVERED)


def test_a_whatsapp_receipt_comes_by_the_same_address() -> None:
    gateway = Gateway()
    ends = {"From": f"whatsapp:{payloads.CLINIC}", "To": "whatsapp:+5215500000001"}
    assert gateway.post("/twilio/status", payloads.status("read", **ends)).status_code == 204
    assert gateway.receipts[0].state is Delivery.READ


def test_a_state_that_tells_nothing_is_acknowledged_all_the_same() -> None:
    gateway = Gateway()
    assert gateway.post("/twilio/status", payloads.status("receiving")).status_code == 204
    assert gateway.receipts == []


def test_what_twilio_says_cannot_be_replaced_by_the_address() -> None:
    gateway = Gateway()
    gateway.post("/twilio/status?MessageStatus=read&message=m1", payloads.status("failed"))
    assert gateway.receipts[0].state is Delivery.FAILED


def test_a_failure_of_ours_shows_no_traceback_and_logs_no_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    gateway = Gateway()
    gateway.broken = RuntimeError("no voy a poder el jueves")
    with caplog.at_level(logging.INFO):
        response = gateway.post("/twilio/sms", payloads.sms())
    assert response.status_code == 500
    assert response.mimetype == "text/plain"
    assert "Traceback" not in response.text
    assert "RuntimeError" in caplog.text
    assert "jueves" not in caplog.text


def test_a_new_channel_is_served_without_a_change_here() -> None:
    gateway = Gateway()
    assert gateway.post("/twilio/pigeon", payloads.sms()).status_code == 200
    assert len(gateway.received) == 1


def test_a_call_is_answered_by_its_own_routes() -> None:
    gateway = Gateway()
    assert gateway.post("/twilio/voice", payloads.call()).status_code == 200
    assert "<!--3-->" in gateway.post("/twilio/voice/again?s=3", payloads.call()).text
    assert gateway.received == []


@pytest.mark.parametrize(
    ("raw", "target"),
    [
        ("/a/b?c=%C3%A9", "/a/b?c=%C3%A9"),
        ("http://10.0.0.5:8000/a?b", "/a?b"),
        ("/a?b#c", "/a?b"),
    ],
)
def test_the_raw_target_is_what_the_server_saw(raw: str, target: str) -> None:
    environ = EnvironBuilder("/other").get_environ()
    assert raw_target(Request({**environ, "RAW_URI": raw})) == target


def test_without_a_raw_target_the_path_is_quoted_again() -> None:
    environ = EnvironBuilder("/twilio/josé", query_string="a=%C3%A9").get_environ()
    environ.pop("RAW_URI", None)
    environ.pop("REQUEST_URI", None)
    assert raw_target(Request(environ)) == f"/twilio/{quote('josé')}?a=%C3%A9"
