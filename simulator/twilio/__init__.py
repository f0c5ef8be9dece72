"""A local Twilio: a test double that signs, delivers, refuses and calls as Twilio does."""

from simulator.twilio.api import create_blueprint
from simulator.twilio.inbound import Letter
from simulator.twilio.local import LocalTwilio
from simulator.twilio.model import Behaviour, Setup, Speech
from simulator.twilio.webhooks import is_loopback

__all__ = [
    "Behaviour",
    "Letter",
    "LocalTwilio",
    "Setup",
    "Speech",
    "create_blueprint",
    "is_loopback",
]
