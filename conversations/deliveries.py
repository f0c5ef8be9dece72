"""The outbox: what is queued is claimed, handed to its provider, and followed to the handset."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from clinic.ports import Patients
from conversations.model import Receipt
from conversations.outbox import Claimed, Outbox
from conversations.ports import Sender, SendFailed
from integrations.database import Database

logger = logging.getLogger(__name__)

_BATCH = 50
_NO_SUCH_CHANNEL = "no_channel"
_SENDER_BROKE = "sender_broke"


class Deliveries:
    """Sends what is queued, and keeps what the providers tell of it.

    No transaction is open while a provider is called. Whether a message that timed out was taken
    is not known: it is never sent again by itself.
    """

    def __init__(
        self, database: Database, senders: Mapping[str, Sender], patients: Patients
    ) -> None:
        self._outbox = Outbox(database)
        self._senders = senders
        self._patients = patients

    def send_due(self, now: datetime, conversation_id: str | None = None) -> int:
        """Sends what is due, of all conversations or of one; returns how many were tried.

        Messages of one conversation go out in order: one that must be tried again holds the rest.
        """
        tried = 0
        while heads := self._outbox.due(now, conversation_id, _BATCH):
            before = tried
            for each in heads:
                if self._outbox.claim(each.id, now):
                    self._send(each, now)
                    tried += 1
            if tried == before:  # other workers have them
                break
        return tried

    def apply(self, receipt: Receipt) -> bool:
        """Keeps the provider's word on a message; False when no message of ours is meant."""
        row = self._outbox.apply(receipt)
        if row is None:
            logger.warning("receipt_of_nothing state=%s", receipt.state)
            return False
        if receipt.opted_out:
            self._opt_out(row, receipt.error_code or "", row.at)
        return True

    def reconcile(self, now: datetime) -> None:
        """Settles what was under way when a worker died or a provider did not answer.

        After five minutes it counts as uncertain and no longer holds what follows; after an hour
        without a receipt as failed, and the staff are told. Asking the provider's own list before
        that is for the provider's adapter to offer.
        """
        self._outbox.doubt(now - timedelta(minutes=5))
        self._outbox.give_up(now - timedelta(hours=1), now)

    def _send(self, claimed: Claimed, now: datetime) -> None:
        if claimed.author == "outreach" and self._patients.opted_out(claimed.address):
            self._outbox.withhold(claimed.id, "opted_out")
            return
        sender = self._senders.get(claimed.outbound.channel)
        if sender is None:
            self._outbox.fail(claimed.id, _NO_SUCH_CHANNEL, now, alert=True)
            return
        try:
            provider_id = sender.send(claimed.outbound)
        except SendFailed as failure:
            self._failed(claimed, failure, now)
        except Exception as error:  # noqa: BLE001  (whatever broke, the message may have left)
            logger.error("sender_broke message=%s error=%s", claimed.id, type(error).__name__)
            self._outbox.mark_uncertain(claimed.id, _SENDER_BROKE)
        else:
            self._outbox.accept(claimed.id, provider_id)
            logger.info("accepted message=%s", claimed.id)

    def _failed(self, claimed: Claimed, failure: SendFailed, now: datetime) -> None:
        logger.warning("send_failed message=%s code=%s", claimed.id, failure.code)
        if failure.opted_out:
            self._outbox.withhold(claimed.id, failure.code)
            self._opt_out(claimed, failure.code, now)
        elif failure.unknown:
            self._outbox.mark_uncertain(claimed.id, failure.code)
        elif failure.retryable and self._outbox.retry(claimed.id, failure.code, now):
            return
        else:
            self._outbox.fail(claimed.id, failure.code, now, alert=failure.ours)

    def _opt_out(self, message: Claimed, code: str, at: datetime) -> None:
        """The provider knows of a STOP that never reached us."""
        self._patients.set_consent(
            message.address,
            given=False,
            channel=message.outbound.channel,
            words=f"provider error {code}",
            at=at,
        )
