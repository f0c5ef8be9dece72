"""How patients reach the clinic: one folder a channel, and the gateway that serves them."""

from importlib import import_module
from typing import Final

from channels.base import Channel
from integrations.twilio import TwilioAccount

CHANNELS: Final = ("sms", "whatsapp", "voice")
"""The folders here that are channels: a new one is named in this line, and nowhere else."""


def open_channels(account: TwilioAccount) -> dict[str, Channel]:
    """Every channel by its name; each folder offers its own as `create`."""
    return {name: import_module(f"channels.{name}").create(account) for name in CHANNELS}
