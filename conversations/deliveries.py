"""The outbox: what is queued is claimed, handed to its provider, and followed to the handset."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from clinic.clock import Clock, system_clock
from clinic.consents import Purpose
from clinic.ports import Patients
from conversations.doubts import Doubts
from conversations.model import Choice, Load, Receipt
from conversations.outbox import Claimed, Line, Outbox
from conversations.pace import InProcessPace
from conversations.ports import Finder, Pace, Paced, Sender, SendFailed
from integrations.database import Database

logger = logging.getLogger(__name__)

_BATCH: Final = 50
_LONGEST: Final = timedelta(seconds=10)
"""Of one round of sending: then the sweep sees to other things too."""
_NO_SUCH_CHANNEL: Final = "no_channel"
_SENDER_BROKE: Final = "sender_broke"

_DEAD: Final = timedelta(minutes=5)
_LOOKS_EVERY: Final = timedelta(seconds=30)
_GRACE: Final = timedelta(minutes=3)
"""A provider's list may lag: what is not in it by then was not taken."""
_MARGIN: Final = timedelta(minutes=1)  # between our clock and the provider's
_GIVES_UP: Final = timedelta(hours=1)
_PATIENCE: Final = timedelta(hours=4)
"""As long as WhatsApp itself keeps what it cannot send."""

StillTrue = Callable[[Iterable[Choice], datetime, datetime], bool]


WhenToCall = Callable[[str, Sequence[Choice], datetime], datetime | None]
"""From when on an address may be called to offer those choices: `now` itself, later, or never,
because what they are about has changed."""

_RING_AGAIN: Final = timedelta(minutes=1)


def _always(_choices: Iterable[Choice], _said_at: datetime, _now: datetime) -> bool:
    return True


def _at_any_time(_address: str, _choices: Sequence[Choice], now: datetime) -> datetime:
    return now


class Deliveries:
    """Sends what is queued, and keeps what the providers tell of it.

    No transaction is open while a provider is called. Whether a message that timed out was taken
    is not known: it is sent again only where its provider can be asked, and has it not.

    still_true: whether what outreach said with those choices then may be said now. spoken: the
    channels on which a message is a call; when_to_call: from when on one may ring.
    """

    def __init__(
        self,
        database: Database,
        senders: Mapping[str, Sender],
        patients: Patients,
        *,
        pace: Pace | None = None,
        still_true: StillTrue = _always,
        clock: Clock = system_clock,
        spoken: Collection[str] = (),
        when_to_call: WhenToCall = _at_any_time,
    ) -> None:
        self._outbox = Outbox(database, lambda address: not patients.opted_out(address))
        self._doubts = Doubts(database)
        self._senders = senders
        self._patients = patients
        self._pace = pace or InProcessPace(clock)
        self._still_true = still_true
        self._clock = clock
        self._spoken = spoken
        self._when_to_call = when_to_call

    def send_due(self, now: datetime, conversation_id: str | None = None) -> int:
        """Sends what is due, of all conversations or of one; returns how many were tried.

        Messages of one conversation go out in order: one that must be tried again holds the rest.
        What a sender may not yet send stays queued.
        """
        tried, ends = 0, self._clock() + _LONGEST
        resting: set[Line] = set()
        while heads := self._outbox.due(now, conversation_id, _BATCH, resting):
            before = tried, len(resting)
            for each in heads:
                if each.line in resting or not self._outbox.claim(each.id, now):
                    continue
                tried += 1
                if not self._send(each, now):
                    resting.add(each.line)
            if (tried, len(resting)) == before:  # other workers have them
                break
            if self._clock() > ends:
                break
        return tried

    def apply(self, receipt: Receipt) -> bool:
        """Keeps the provider's word on a message; False when no message of ours is meant."""
        row = self._outbox.apply(receipt, self._clock())
        if row is None:
            logger.warning("receipt_of_nothing state=%s", receipt.state)
            return False
        if receipt.opted_out:
            self._opt_out(row, receipt.error_code or "", row.at)
        sender = self._senders.get(row.outbound.channel)
        if receipt.slow and sender is not None and isinstance(sender, Paced):
            self._pace.slow_down(sender.load(row.outbound))
        return True

    def reconcile(self, now: datetime) -> None:
        """Settles what was under way when a worker died or a provider did not answer.

        After five minutes it counts as uncertain and no longer holds what follows. The provider is
        asked for it: what it has is accepted, what it has not after a while is sent again. What
        cannot be told within an hour counts as failed, and the staff are told.
        """
        self._doubts.raise_for(now - _DEAD, now)
        for each in self._doubts.due(now, _BATCH):
            self._settle(each, now)
        self._doubts.give_up(now - _GIVES_UP, now)

    def _settle(self, doubtful: Claimed, now: datetime) -> None:
        sender = self._senders.get(doubtful.outbound.channel)
        claimed_at = doubtful.claimed_at or now
        found: Receipt | None = None
        sure = False
        if sender is not None and isinstance(sender, Finder):
            try:
                taken = self._doubts.taken(doubtful)
                found = sender.find(doubtful.outbound, claimed_at - _MARGIN, taken)
                sure = now - claimed_at >= _GRACE
            except Exception as error:  # noqa: BLE001  (whatever broke, nothing is known)
                code = error.code if isinstance(error, SendFailed) else type(error).__name__
                logger.warning("cannot_be_found message=%s error=%s", doubtful.id, code)
        if found is not None:
            self.apply(found)
            logger.info("found message=%s state=%s", doubtful.id, found.state)
        elif sure:
            self._doubts.send_again(doubtful, now)
            logger.info("not_found message=%s", doubtful.id)
        else:
            self._doubts.look_again(doubtful, now + _LOOKS_EVERY)

    def _send(self, claimed: Claimed, now: datetime) -> bool:
        """False when its sender must rest."""
        if not self._may_go(claimed, now):
            return True
        sender = self._senders.get(claimed.outbound.channel)
        if sender is None:
            self._outbox.fail(claimed.id, _NO_SUCH_CHANNEL, now, alert=True)
            return True
        load: Load | None = None
        try:
            load = sender.load(claimed.outbound) if isinstance(sender, Paced) else None
            if load and (wait := self._pace.take(load, answers=claimed.answers)):
                self._outbox.put_back(claimed.id, now + timedelta(seconds=wait))
                return False
            provider_id = sender.send(claimed.outbound)
        except SendFailed as failure:
            return self._failed(claimed, failure, load, now)
        except Exception as error:  # noqa: BLE001  (whatever broke, the message may have left)
            logger.error("sender_broke message=%s error=%s", claimed.id, type(error).__name__)
            self._outbox.mark_uncertain(claimed.id, _SENDER_BROKE, now + _LOOKS_EVERY)
        else:
            self._outbox.accept(claimed.id, provider_id)
            logger.info("accepted message=%s", claimed.id)
        return True

    def _may_go(self, claimed: Claimed, now: datetime) -> bool:
        """Whether it is still wanted, still true and the time for it; else that is noted."""
        calls = claimed.outbound.channel in self._spoken
        purpose = Purpose.CALLS if calls else Purpose.MESSAGES
        if claimed.author == "outreach" and self._patients.opted_out(claimed.address, purpose):
            self._outbox.withhold(claimed.id, "opted_out")
            return False
        if (moot := self._moot(claimed, now)) is not None:
            self._outbox.fail(claimed.id, moot, now)
            return False
        return not calls or self._may_ring(claimed, now)

    def _may_ring(self, call: Claimed, now: datetime) -> bool:
        """Not at night, not beside another call there, and not about what is no longer so."""
        at = self._when_to_call(call.address, call.outbound.choices, now)
        if at is None:
            self._outbox.fail(call.id, "outdated", now)
            return False
        if at <= now and self._outbox.is_on_the_phone(call.address, call.id, now):
            at = now + _RING_AGAIN
        if at > now:
            self._outbox.put_back(call.id, at)
        return at <= now

    def _moot(self, claimed: Claimed, now: datetime) -> str | None:
        """Why the words are not to be said any more, if so."""
        if claimed.instead_of is not None and self._outbox.arrived(claimed.instead_of):
            return "arrived"
        if claimed.answers:
            return None
        true = self._still_true(claimed.outbound.choices, claimed.at, now)
        return None if true else "changed"

    def _failed(
        self, claimed: Claimed, failure: SendFailed, load: Load | None, now: datetime
    ) -> bool:
        """False when its sender must rest."""
        logger.warning("send_failed message=%s code=%s", claimed.id, failure.code)
        if failure.opted_out:
            self._outbox.withhold(claimed.id, failure.code)
            self._opt_out(claimed, failure.code, now)
        elif failure.unknown:
            self._outbox.mark_uncertain(claimed.id, failure.code, now + _LOOKS_EVERY)
        elif failure.slow and load is not None and now - claimed.at < _PATIENCE:
            pause = timedelta(seconds=self._pace.slow_down(load))
            self._outbox.put_back(claimed.id, now + pause, failure.code)
            return False
        elif failure.retryable and self._outbox.retry(claimed.id, failure.code, now):
            return True
        else:
            self._outbox.fail(
                claimed.id,
                failure.code,
                now,
                alert=failure.ours or failure.slow,
                elsewhere=failure.elsewhere,
            )
        return True

    def _opt_out(self, message: Claimed, code: str, at: datetime) -> None:
        """The provider knows of a STOP that never reached us."""
        self._patients.set_consent(
            message.address,
            given=False,
            channel=message.outbound.channel,
            words=f"provider error {code}",
            at=at,
        )
