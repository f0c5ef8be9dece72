"""Twilio: the account, its client, the signature of its webhooks, and what its errors mean."""

from integrations.twilio.account import TwilioAccount
from integrations.twilio.errors import ERRORS, Failure, Rule, rule_for
from integrations.twilio.failures import read_failure
from integrations.twilio.http import ForeignHost
from integrations.twilio.signature import signature_is_valid

__all__ = [
    "ERRORS",
    "Failure",
    "ForeignHost",
    "Rule",
    "TwilioAccount",
    "read_failure",
    "rule_for",
    "signature_is_valid",
]
