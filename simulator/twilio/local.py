"""The local Twilio as one object: what the API, the phones and the tests hold."""

from clinic.clock import Clock, system_clock
from simulator.twilio import calls, inbound
from simulator.twilio.carrier import Carrier
from simulator.twilio.inbound import Letter
from simulator.twilio.model import CallRecord, Pace, Setup, StoredMessage
from simulator.twilio.state import State
from simulator.twilio.webhooks import Webhooks


class LocalTwilio:
    """A test double of Twilio: takes the app's API requests and plays the patients' phones.

    It calls nothing but the app itself, at Setup.public_base_url on this machine.
    """

    def __init__(self, setup: Setup, clock: Clock = system_clock) -> None:
        self.setup = setup
        self.state = State(clock)
        self.webhooks = Webhooks(setup)
        self.carrier = Carrier(setup, self.state, self.webhooks)

    def close(self) -> None:
        """Ends the background work."""
        self.carrier.close()

    def send(self, channel: str, number: str, letter: Letter) -> StoredMessage:
        """A patient's message; returns when the app's webhook has answered."""
        return inbound.deliver(self, channel, number, letter)

    def call(self, number: str, pace: Pace = "instant") -> CallRecord:
        """A patient calls; goes on in the background. Raises ApiError when too many talk."""
        return calls.start_inbound(self, number, pace)
