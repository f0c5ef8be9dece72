"""How Twilio writes its resources in JSON, and its pages."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from simulator.twilio.errors import ApiError
from simulator.twilio.model import CallRecord, StoredContent, StoredMessage, channel_of

Json = dict[str, Any]
_Kept = TypeVar("_Kept")
API_VERSION = "2010-04-01"
_CONTENT = "https://content.twilio.com/v1/Content"


def _rfc2822(at: datetime | None) -> str | None:
    return format_datetime(at.astimezone(UTC)) if at else None


def message_json(account: str, message: StoredMessage) -> Json:
    """A Message resource. Twilio gives the text of a content only once it is sent."""
    uri = f"/{API_VERSION}/Accounts/{account}/Messages/{message.sid}"
    fresh = message.status in {"accepted", "scheduled"}
    return {
        "account_sid": account,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": _rfc2822(message.created),
        "date_sent": _rfc2822(message.sent),
        "date_updated": _rfc2822(message.updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": None,
        "from": message.sender,
        "messaging_service_sid": message.service_sid,
        "num_media": str(len(message.media)),
        "num_segments": "0" if fresh else str(message.segments),
        "price": None,
        "price_unit": "USD" if channel_of(message.recipient) == "sms" else None,
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json", "feedback": f"{uri}/Feedback.json"},
        "to": message.recipient,
        "uri": f"{uri}.json",
    }


def call_json(account: str, call: CallRecord) -> Json:
    """A Call resource."""
    uri = f"/{API_VERSION}/Accounts/{account}/Calls/{call.sid}"
    over = call.started and call.finished
    return {
        "account_sid": account,
        "answered_by": call.answered_by,
        "api_version": API_VERSION,
        "caller_name": None,
        "date_created": _rfc2822(call.created),
        "date_updated": _rfc2822(call.updated),
        "direction": call.direction,
        "duration": str(duration_of(call)) if over else None,
        "end_time": _rfc2822(call.finished),
        "forwarded_from": None,
        "from": call.caller,
        "from_formatted": call.caller,
        "group_sid": None,
        "parent_call_sid": None,
        "phone_number_sid": None,
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "sid": call.sid,
        "start_time": _rfc2822(call.started),
        "status": call.status,
        "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
        "to": call.called,
        "to_formatted": call.called,
        "trunk_sid": None,
        "uri": f"{uri}.json",
    }


def duration_of(call: CallRecord) -> int:
    """Whole seconds from the answer to the end."""
    if call.started is None or call.finished is None:
        return 0
    return max(0, round((call.finished - call.started).total_seconds()))


def content_json(account: str, content: StoredContent) -> Json:
    """A Content resource."""
    url = f"{_CONTENT}/{content.sid}"
    written = content.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "account_sid": account,
        "date_created": written,
        "date_updated": written,
        "friendly_name": content.friendly_name,
        "language": content.language,
        "links": {
            "approval_create": f"{url}/ApprovalRequests/whatsapp",
            "approval_fetch": f"{url}/ApprovalRequests",
        },
        "sid": content.sid,
        "types": content.types,
        "url": url,
        "variables": content.variables,
    }


def approval_json(content: StoredContent) -> Json:
    """WhatsApp's word on a content."""
    return {
        "allow_category_change": False,
        "category": content.category,
        "content_type": next(iter(content.types)),
        "name": content.name,
        "rejection_reason": content.reason,
        "status": content.approval,
    }


def read_page(args: dict[str, str]) -> tuple[int, int]:
    """(page, page size) of a list request. Raises ApiError 20001."""
    try:
        page, size = int(args.get("Page", "0")), int(args.get("PageSize", "50"))
    except ValueError as error:
        raise ApiError(20001, "Page and PageSize are numbers") from error
    if page < 0 or not 1 <= size <= 1000:
        raise ApiError(20001, "PageSize is 1 to 1000")
    return page, size


def api_page(
    path: str,
    key: str,
    kept: Sequence[_Kept],
    write: Callable[[_Kept], Json],
    args: dict[str, str],
) -> Json:
    """One page of a list of the 2010 API; links are relative."""
    page, size = read_page(args)
    shown = kept[page * size : (page + 1) * size]

    def link(number: int) -> str:
        others = {name: value for name, value in args.items() if not name.startswith("Page")}
        token = {"PageToken": f"PA{number}"} if number else {}
        return f"{path}?{urlencode({**others, 'PageSize': size, 'Page': number, **token})}"

    return {
        key: [write(item) for item in shown],
        "end": page * size + max(0, len(shown) - 1),
        "first_page_uri": link(0),
        "next_page_uri": link(page + 1) if (page + 1) * size < len(kept) else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": link(page - 1) if page else None,
        "start": page * size,
        "uri": link(page),
    }


def content_page(
    account: str, kept: Sequence[StoredContent], args: dict[str, str], *, approvals: bool = False
) -> Json:
    """One page of contents; links are absolute. approvals: with WhatsApp's word on each."""
    page, size = read_page(args)
    url = f"{_CONTENT}AndApprovals" if approvals else _CONTENT

    def link(number: int) -> str:
        return f"{url}?{urlencode({'PageSize': size, 'Page': number})}"

    def write(item: StoredContent) -> Json:
        written = content_json(account, item)
        if approvals:
            del written["links"], written["url"]
            written["approval_requests"] = approval_json(item)
        return written

    return {
        "contents": [write(item) for item in kept[page * size :][:size]],
        "meta": {
            "first_page_url": link(0),
            "key": "contents",
            "next_page_url": link(page + 1) if (page + 1) * size < len(kept) else None,
            "page": page,
            "page_size": size,
            "previous_page_url": link(page - 1) if page else None,
            "url": link(page),
        },
    }
