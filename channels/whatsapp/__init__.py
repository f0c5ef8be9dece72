"""WhatsApp through Twilio: choices are tapped; after 24 hours of silence only templates go."""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from channels.base import Capabilities, Unreadable
from channels.failures import send_failed
from channels.texts import numbered, split, units
from channels.twilio_messages import MAX_CHARS, Messages, parse_message, parse_receipt
from channels.whatsapp.content import (
    MAX_ITEMS,
    MAX_VARIABLE,
    Contents,
    compose,
    fits,
    variables,
    with_room,
)
from channels.whatsapp.templates import WhatsAppTemplates, refusal
from conversations.model import Choice, Inbound, Load, Outbound, Receipt, Template
from conversations.ports import SendFailed
from integrations.twilio import TwilioAccount
from integrations.twilio.rates import rate_of

log = logging.getLogger(__name__)

_PREFIX = "whatsapp:"

# The Content is refused and nothing was sent, so plain text may be tried: 20404 and 21655 mean
# that it is gone, the others that it or its variables do not please.
_CONTENT_REFUSED = frozenset({"20404", "21655", "21656", "50541", "63027", "63028"})


class WhatsAppChannel:
    """WhatsApp: up to ten choices are tapped; the address may be opaque, without a number."""

    name = "whatsapp"
    capabilities = Capabilities(
        max_chars=MAX_CHARS,
        tappable=MAX_ITEMS,
        service_window=timedelta(hours=24),
        templates=True,
    )

    def __init__(self, account: TwilioAccount) -> None:
        self._account = account
        self._messages = Messages(account)
        self.templates = WhatsAppTemplates(self._messages)

    def parse(self, form: Mapping[str, str], at: datetime) -> Inbound:
        """Reads a webhook's parameters, a tap's too. Raises Unreadable."""
        return parse_message(self.name, form, at)

    def receipt(self, form: Mapping[str, str]) -> Receipt | None:
        """Reads a status callback. Raises Unreadable, also for another channel's."""
        if not form.get("From", _PREFIX).startswith(_PREFIX):
            raise Unreadable("the receipt is of another channel")
        return parse_receipt(form)

    def send(self, message: Outbound) -> str:
        """Sends with taps where WhatsApp can show them, else with digits. Raises SendFailed.

        Where free text may not go now, as its template, if it has one.
        """
        if message.template and not self.capabilities.takes_free_text(message.silence):
            return self._send_template(message, message.template)
        choices = with_room(message.choices)
        if choices and fits(message.text, choices):
            sid = self._send_content(message, choices)
            if sid is not None:
                return sid
        pieces = split(numbered(message.text, message.choices), MAX_CHARS)
        return self._messages.create_pieces(pieces, message.id, **self._ends(message))

    def _send_template(self, message: Outbound, template: Template) -> str:
        values = [*template.variables, *(choice.payload for choice in template.choices)]
        if any(units(value) > MAX_VARIABLE for value in values):
            raise refusal(63016)
        try:
            return self._messages.create(
                content_sid=self.templates.sid(template.name),
                content_variables=variables(
                    {str(number): value for number, value in enumerate(values, start=1)}
                ),
                status_callback=self._account.status_callback(message.id),
                **self._ends(message),
            )
        except SendFailed as failure:
            if failure.code in _CONTENT_REFUSED:
                self.templates.forget()
            raise

    def find(self, message: Outbound, since: datetime, taken: Collection[str]) -> Receipt | None:
        """What Twilio has of the message, with taps or with digits. Raises SendFailed.

        Of approved words Twilio shows its own text: any message that nothing else explains is it.
        """
        to = _address(message.to)
        if message.template is not None:
            return self._messages.find(to, None, message.id, since, taken)
        digits = split(numbered(message.text, message.choices), MAX_CHARS)
        for pieces in dict.fromkeys([(message.text,), digits]):
            found = self._messages.find(to, pieces, message.id, since, taken)
            if found is not None:
                return found
        return None

    def load(self, message: Outbound) -> Load:
        """One, or as many as it goes in pieces."""
        sender = _address(message.sender or self._account.whatsapp_from)
        rate = rate_of(self.name, sender, message.to, self._account.sender_rates)
        units = len(split(numbered(message.text, message.choices), MAX_CHARS))
        return Load(sender, units, rate.per_second)

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
