"""What simulated patients, reception and phones share in one month."""

from dataclasses import dataclass, field
from itertools import count

from app.services import Services
from conversations.model import Inbound
from outreach.simulation.desk import Desk
from outreach.simulation.diary import Diary
from outreach.simulation.rates import Rates
from outreach.simulation.timeline import Timeline

SPOKEN = "voice"


@dataclass
class World:
    """The clinic, its clock, and how patients behave."""

    services: Services
    timeline: Timeline
    diary: Diary
    desk: Desk
    rates: Rates
    seed: int
    _received: "count[int]" = field(default_factory=lambda: count(1))

    def note(self, what: str) -> None:
        """It happened now."""
        self.diary.note(what, self.diary.day(self.timeline()))

    def hears(
        self,
        sender: str,
        channel: str,
        text: str,
        *,
        payload: str | None = None,
        opt_out: str | None = None,
    ) -> None:
        """A patient writes or says something, and the clinic stores it as every channel does."""
        number = next(self._received)
        inbound = Inbound(
            channel=channel,
            provider_id=f"{channel}-{number}",
            sender=sender,
            recipient=self.services.account.sms_from,
            text=text,
            received_at=self.timeline(),
            payload=payload,
            call_id=f"CA{number:032d}" if channel == SPOKEN else None,
            opt_out=opt_out,
        )
        self.services.conversations.receive(inbound, self.services.patients)
        self.note("answers")
