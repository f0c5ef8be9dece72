"""WhatsApp through Twilio: choices are tapped, and free text has a window of 24 hours."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from channels.base import Capabilities, Unreadable
from channels.failures import send_failed
from channels.texts import numbered, split
from channels.twilio_messages import MAX_CHARS, Messages, parse_message, parse_receipt
from channels.whatsapp.content import MAX_ITEMS, Contents, compose, fits, variables, with_room
from conversations.model import Choice, Inbound, Outbound, Receipt
from conversations.ports import SendFailed
from integrations.twilio import TwilioAccount

log = logging.getLogger(__name__)

_PREFIX = "whatsapp:"

# The Content is refused and nothing was sent, so plain text may be tried: 20404 and 21655 mean
# that it is gone, the others that it or its variables do not please.
_CONTENT_REFUSED = frozenset({"20404", "21655", "21656", "50541", "63027", "63028"})


class WhatsAppChannel:
    """WhatsApp: up to ten choices are tapped; the address may be opaque, without a number."""

    name = "whatsapp"
    capabilities = Capabilities(
        max_chars=MAX_CHARS, tappable=MAX_ITEMS, service_window=timedelta(hours=24)
    )

    def __init__(self, account: TwilioAccount) -> None:
        self._account = account
        self._messages = Messages(account)

    def parse(self, form: Mapping[str, str], at: datetime) -> Inbound:
        """Reads a webhook's parameters, a tap's too. Raises Unreadable."""
        return parse_message(self.name, form, at)

    def receipt(self, form: Mapping[str, str]) -> Receipt | None:
        """Reads a status callback. Raises Unreadable, also for another channel's."""
        if not form.get("From", _PREFIX).startswith(_PREFIX):
            raise Unreadable("the receipt is of another channel")
        return parse_receipt(form)

    def send(self, message: Outbound) -> str:
        """Sends with taps where WhatsApp can show them, else with digits. Raises SendFailed."""
        choices = with_room(message.choices)
        if choices and fits(message.text, choices):
            sid = self._send_content(message, choices)
            if sid is not None:
                return sid
        pieces = split(numbered(message.text, message.choices), MAX_CHARS)
        return self._messages.create_pieces(pieces, message.id, **self._ends(message))

    @cached_property
    def _contents(self) -> Contents:
        return Contents(self._messages.client)

    def _send_content(self, message: Outbound, choices: Sequence[Choice]) -> str | None:
        """None where the Content cannot be had or is refused: then nothing was sent."""
        shape, filled = compose(message.text, choices, message.language)
        try:
            content_sid = self._contents.sid(shape)
        except SendFailed:
            raise
        except Exception as error:  # noqa: BLE001  # no Content is no reason to say nothing
            log.warning("no Content for %s: %s", shape.friendly_name, send_failed(error).code)
            return None
        try:
            return self._messages.create(
                content_sid=content_sid,
                content_variables=variables(filled),
                status_callback=self._account.status_callback(message.id),
                **self._ends(message),
            )
        except SendFailed as failure:
            if failure.code not in _CONTENT_REFUSED:
                raise
            log.warning("Content %s refused: %s", shape.friendly_name, failure.code)
            self._contents.forget(shape)
            return None

    def _ends(self, message: Outbound) -> dict[str, str]:
        sender = message.sender or self._account.whatsapp_from
        return {"to": _address(message.to), "from_": _address(sender)}


def _address(address: str) -> str:
    return address if address.startswith(_PREFIX) else _PREFIX + address


def create(account: TwilioAccount) -> WhatsAppChannel:
    """The channel of this folder."""
    return WhatsAppChannel(account)
