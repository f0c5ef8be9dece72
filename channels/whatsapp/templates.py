"""The clinic's templates at WhatsApp: Contents of Twilio that WhatsApp has approved.

https://www.twilio.com/docs/content/content-api-resources
https://www.twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from channels.base import Approval, TemplateText
from channels.failures import send_failed
from channels.twilio_messages import Messages
from channels.whatsapp import rules
from clinic.languages import Language
from conversations.ports import SendFailed

log = logging.getLogger(__name__)

PREFIX: Final = "consulta_"
"""Names of ours begin so; an account may hold templates of others."""

FRESH_FOR: Final = 300.0
"""Seconds that an answer of Twilio's holds: WhatsApp may pause a template at any time."""

_AGAIN_AFTER: Final = 30.0
"""Seconds until Twilio is asked again that did not answer."""

_UNSUBMITTED: Final = "unsubmitted"
_LANGUAGES: Final[Mapping[Language, str]] = {"es": "es", "pt": "pt_BR", "en": "en"}
"""As WhatsApp names them: it knows no "pt"."""

# What Twilio reports a while after it has taken a message with such a template.
_REFUSED: Final = {"rejected": 63040, "paused": 63041, "disabled": 63042}
_NOT_APPROVED: Final = 63016

_Known = Mapping[str, tuple[str, Approval]]


class WhatsAppTemplates:
    """`channels.base.Templates` at Twilio. seconds: a clock that only goes on."""

    def __init__(self, messages: Messages, seconds: Callable[[], float] = time.monotonic) -> None:
        self._messages = messages
        self._seconds = seconds
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._failure: SendFailed | None = None
        self._look_at = 0.0

    def sid(self, name: str) -> str:
        """The approved template's Content. Raises SendFailed, as Twilio itself would later."""
        sid, approval = self._look().get(name, ("", Approval(_UNSUBMITTED)))
        if approval.given:
            return sid
        raise refusal(_REFUSED.get(approval.status, _NOT_APPROVED))

    def approved(self, name: str) -> bool:
        """Whether the template may be sent, as last heard; False where Twilio is away."""
        try:
            found = self._look().get(name)
        except SendFailed:
            return False
        return found is not None and found[1].given

    def approvals(self) -> Mapping[str, Approval]:
        """WhatsApp's word on each of ours, by name, asked now. Raises SendFailed."""
        self.forget()
        return {name: approval for name, (_, approval) in self._look().items()}

    def forget(self) -> None:
        """What is known is out of date."""
        with self._lock:
            self._known, self._failure, self._look_at = None, None, 0.0

    def push(self, texts: Sequence[TemplateText]) -> Mapping[str, str]:
        """Creates and submits what never was; why not, by name. Raises SendFailed."""
        self.forget()
        known, failed = self._look(), {}
        for text in texts:
            sid, approval = known.get(text.name, ("", Approval(_UNSUBMITTED)))
            if approval.status != _UNSUBMITTED:
                continue
            try:
                _submit(self._messages.client, text, sid)
            except Exception as error:  # noqa: BLE001  # the SDK and requests raise without a base
                failed[text.name] = _explained(error)
        self.forget()
        return failed

    def problems(self, text: TemplateText) -> Sequence[str]:
        """What WhatsApp would reject."""
        return rules.problems(text)

    def _look(self) -> _Known:
        """Ours as Twilio has them; those last heard of, where it does not answer now."""
        with self._lock:
            if self._seconds() >= self._look_at:
                try:
                    self._known, self._failure = dict(_listed(self._messages.client)), None
                    self._look_at = self._seconds() + FRESH_FOR
                except Exception as error:  # noqa: BLE001  # the SDK raises without a base
                    self._failure = _away(error)
                    self._look_at = self._seconds() + _AGAIN_AFTER
                    log.warning("templates_unknown code=%s", self._failure.code)
            if self._known is not None:
                return self._known
            assert self._failure is not None
            raise self._failure


def refusal(code: int) -> SendFailed:
    """What Twilio would report of the message, read as if it had said it at once."""
    return send_failed(TwilioRestException(400, "", code=code))


def _away(error: Exception) -> SendFailed:
    """Nothing was sent by asking, so what came of it is never unknown."""
    failure = send_failed(error)
    later = failure.retryable or failure.unknown
    return SendFailed(failure.code, retryable=later, ours=failure.ours)


def _listed(client: Client) -> Iterator[tuple[str, tuple[str, Approval]]]:
    """Ours, those that are approved last: of two with one name it is the one that counts."""
    found = []
    for content in client.content.v1.content_and_approvals.list(page_size=500):
        asked: dict[str, Any] = dict(content.approval_requests or {})
        status = str(asked.get("status") or _UNSUBMITTED).lower()
        reason = str(asked.get("rejection_reason") or "")
        approval = Approval(status, str(asked.get("category") or ""), reason)
        if str(content.friendly_name).startswith(PREFIX):
            found.append((str(content.friendly_name), (str(content.sid), approval)))
    yield from sorted(found, key=lambda each: each[1][1].given)


def _submit(client: Client, text: TemplateText, sid: str) -> None:
    """Creates the Content where there is none (sid: "") and asks WhatsApp to approve it."""
    contents = client.content.v1.contents
    if not sid:
        sid = contents.create(content_request(text)).sid
    contents(sid).approval_create.create(
        ApprovalCreateList.ContentApprovalRequest({"name": text.name, "category": text.category})
    )


def content_request(text: TemplateText) -> ContentList.ContentCreateRequest:
    """The template as a Content; what its buttons carry are the variables after the body's."""
    first = len(text.samples) + 1
    buttons = [
        ContentList.QuickReplyAction(
            {"type": "QUICK_REPLY", "title": title, "id": f"{{{{{number}}}}}"}
        )
        for number, title in enumerate(text.buttons, start=first)
    ]
    samples = [*text.samples, *(f"/choice-{number}" for number in range(1, len(buttons) + 1))]
    shown: dict[str, Any] = {"twilio/text": ContentList.TwilioText({"body": text.body})}
    if buttons:
        reply = ContentList.TwilioQuickReply({"body": text.body, "actions": buttons})
        shown = {"twilio/quick-reply": reply}
    return ContentList.ContentCreateRequest(
        {
            "friendly_name": text.name,
            "language": _LANGUAGES[text.language],
            "variables": {str(n): sample for n, sample in enumerate(samples, start=1)},
            "types": ContentList.Types(shown),
        }
    )


def _explained(error: Exception) -> str:
    if isinstance(error, TwilioRestException):
        return f"Twilio's error {error.code}: {error.msg}"
    return f"no answer of Twilio ({send_failed(error).code})"
