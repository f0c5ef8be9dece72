"""Which Twilio is spoken to: the account that was set, or the simulator in its place."""

from app.secrets import twilio_auth_token
from app.settings import Settings
from integrations.twilio import TwilioAccount
from integrations.twilio.rates import parse_rates

SIMULATED_SID = "AC" + "0" * 32
SIMULATOR_PATH = "/simulator/twilio"
"""Where the simulator serves Twilio's products, each under its own name."""


def resolve_account(settings: Settings) -> TwilioAccount:
    """The account that channels send through and webhooks are signed by."""
    base = settings.twilio_api_base_url
    if settings.simulated and not base:
        base = settings.local_url + SIMULATOR_PATH
    return TwilioAccount(
        account_sid=settings.twilio_account_sid or SIMULATED_SID,
        auth_token=twilio_auth_token(settings),
        api_base_url=base,
        sms_from=settings.twilio_sms_from,
        whatsapp_from=settings.twilio_whatsapp_from,
        voice_from=settings.twilio_voice_from,
        messaging_service_sid=settings.twilio_messaging_service_sid,
        public_base_url=settings.public_base_url,
        sender_rates=parse_rates(settings.sender_rates),
    )
