import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException

from channels.failures import send_failed
from integrations.twilio import ERRORS, ForeignHost, TwilioAccount, read_failure
from integrations.twilio.errors import source
from integrations.twilio.http import MappedHttpClient
from tests.channels.double import Trouble, Twilio
from tests.channels.payloads import ACCOUNT, TOKEN


def _account(double: Twilio) -> TwilioAccount:
    return TwilioAccount(ACCOUNT, TOKEN, double.url, sms_from="+15005550006")


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://api.twilio.com/2010-04-01/x.json?a=%20b", "B/api/2010-04-01/x.json?a=%20b"),
        ("https://content.twilio.com/v1/Content", "B/content/v1/Content"),
        ("https://messaging.twilio.com/v2/x", "B/messaging/v2/x"),
    ],
)
def test_every_product_is_mapped_under_the_double(url: str, place: str) -> None:
    base = "http://127.0.0.1:9"
    assert MappedHttpClient(base + "/", 10).place(url) == place.replace("B", base)


@pytest.mark.parametrize("base", ["", "http://127.0.0.1:9"])
@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/x",
        "http://api.twilio.com/x",
        "https://api.twilio.com.example.com/x",
        "https://api.dublin.ie1.twilio.com/x",
        "https://twilio.com/x",
    ],
)
def test_any_other_host_is_refused(base: str, url: str) -> None:
    with pytest.raises(ForeignHost):
        MappedHttpClient(base, 10).request("GET", url)


def test_without_a_double_requests_go_to_twilio() -> None:
    assert MappedHttpClient("", 10).place("https://api.twilio.com/x") == "https://api.twilio.com/x"


def test_the_environment_changes_neither_region_nor_proxy_nor_account(
    twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    monkeypatch.setenv("TWILIO_EDGE", "dublin")
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "f" * 32)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    client = _account(twilio).client()
    client.messages.create(to="+525500000001", from_="+15005550006", body="hola")
    assert twilio.requests[0].path == f"/api/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def test_a_client_waits_ten_seconds_at_most() -> None:
    assert TwilioAccount(ACCOUNT, TOKEN).client().http_client.timeout == 10


def test_an_account_shows_no_token() -> None:
    assert TOKEN not in repr(TwilioAccount(ACCOUNT, TOKEN))


def test_without_an_account_there_is_no_client() -> None:
    with pytest.raises(TwilioException):
        TwilioAccount("", "").client()


def _failing(double: Twilio, trouble: Trouble, timeout: float = 10) -> Exception:
    double.fail("/Messages.json", trouble)
    client = _account(double).client()
    client.http_client.timeout = timeout
    with pytest.raises((TwilioException, requests.RequestException)) as caught:
        client.messages.create(to="+525500000001", from_="+15005550006", body="hola")
    error: Exception = caught.value
    return error


@pytest.mark.parametrize(
    ("trouble", "code", "flag"),
    [
        (Trouble(429, 20429), "20429", "retryable"),
        (Trouble(429), "429", "retryable"),
        (Trouble(503, 20503), "20503", "retryable"),
        (Trouble(500, 20500), "20500", "retryable"),
        (Trouble(500), "500", "retryable"),
        (Trouble(400, 21610), "21610", "opted_out"),
        (Trouble(400, 21606), "21606", "ours"),
        (Trouble(401, 20003), "20003", "ours"),
        (Trouble(404, 20404), "20404", "ours"),
        (Trouble(400, 21211), "21211", None),
        (Trouble(400, 99999), "99999", None),
        (Trouble(502), "502", "unknown"),
        (Trouble(504), "504", "unknown"),
        (Trouble(0), "connection-lost", "unknown"),
    ],
)
def test_a_refusal_says_what_follows_from_it(
    twilio: Twilio, trouble: Trouble, code: str, flag: str | None
) -> None:
    failed = send_failed(_failing(twilio, trouble))
    flags = {"retryable", "opted_out", "ours", "unknown"}
    assert failed.code == code
    assert {name for name in flags if getattr(failed, name)} == ({flag} if flag else set())


def test_silence_after_the_request_was_written_is_unknown(twilio: Twilio) -> None:
    failed = send_failed(_failing(twilio, Trouble(200, delay=5), timeout=0.2))
    assert (failed.code, failed.unknown, failed.retryable) == ("timeout", True, False)


def test_a_connection_that_never_stood_is_retryable(twilio: Twilio) -> None:
    client = TwilioAccount(ACCOUNT, TOKEN, "http://127.0.0.1:1").client()
    with pytest.raises(requests.ConnectionError) as caught:
        client.messages.create(to="+525500000001", from_="+15005550006", body="hola")
    failure = read_failure(caught.value)
    assert (failure.code, failure.retryable, failure.unknown) == ("connection", True, False)


def test_a_missing_account_and_a_foreign_host_are_our_fault() -> None:
    assert read_failure(TwilioException("none")).ours
    assert read_failure(ForeignHost("x")).ours


def test_an_answer_nobody_can_read_is_unknown() -> None:
    assert read_failure(ValueError("not JSON")).unknown


def test_every_code_has_a_meaning_and_at_most_one_consequence() -> None:
    for code, rule in ERRORS.items():
        assert rule.meaning
        assert sum((rule.retryable, rule.opted_out, rule.ours)) <= 1, code
    assert source(21610).endswith("/errors/21610")


def test_a_rest_exception_without_a_code_is_read_by_its_status() -> None:
    assert read_failure(TwilioRestException(404, "/x")).code == "404"


def test_no_request_is_logged(twilio: Twilio, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="twilio")
    _account(twilio).client().messages.create(to="+525500000001", from_="+1", body="hola")
    assert "525500000001" not in caplog.text
