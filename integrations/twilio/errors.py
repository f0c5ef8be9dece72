"""What Twilio's error codes mean for us, as data.

Each code has its page: https://www.twilio.com/docs/api/errors/<code>
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Elsewhere = Literal["text", "voice"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from an error code.

    retryable: the same message may be taken later. opted_out: the address wants nothing more.
    ours: our configuration is wrong and somebody must look. slow: we send too fast.
    elsewhere: by what the patient may be reached all the same. again: where a receipt says it, how
    many minutes to wait before each further try; after the last it stays undelivered.
    """

    meaning: str
    retryable: bool = False
    opted_out: bool = False
    ours: bool = False
    slow: bool = False
    elsewhere: Elsewhere | None = None
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request to Twilio failed. unknown: Twilio may have acted on it all the same."""

    code: str
    retryable: bool = False
    opted_out: bool = False
    ours: bool = False
    unknown: bool = False
    slow: bool = False
    elsewhere: Elsewhere | None = None


def _later(meaning: str, *again: int) -> Rule:
    return Rule(meaning, retryable=True, again=again)


def _slower(meaning: str, *again: int) -> Rule:
    return Rule(meaning, retryable=True, slow=True, again=again)


def _ours(meaning: str, elsewhere: Elsewhere | None = None) -> Rule:
    return Rule(meaning, ours=True, elsewhere=elsewhere)


def _elsewhere(meaning: str, by: Elsewhere) -> Rule:
    return Rule(meaning, elsewhere=by)


ERRORS: Final[Mapping[int, Rule]] = {
    11200: _ours("our webhook did not answer"),
    11750: _ours("our TwiML is too long"),
    12100: _ours("our TwiML is not XML"),
    12102: _ours("our TwiML has no Response"),
    12200: _ours("our TwiML breaks the schema"),
    12300: _ours("our answer has the wrong content type"),
    13335: _ours("speechTimeout auto does not go with the speech model"),
    14107: Rule("more than 15 answers in 30 seconds between two numbers"),
    20003: _ours("the account's credentials are refused"),
    20404: _ours("what was asked for does not exist"),
    20429: _slower("too many requests at once"),
    20500: _later("an error at Twilio"),
    20503: _later("Twilio is not available"),
    21201: _ours("a call without a number to call"),
    21205: _ours("the address of our TwiML is not valid"),
    21210: _ours("the calling number is not ours"),
    21211: Rule("the number is not valid"),
    21214: Rule("the number cannot be reached"),
    21215: _ours("no permission to call that country"),
    21216: Rule("the number must not be called"),
    21217: Rule("the number looks wrong"),
    21219: _ours("a trial account calls only numbers it has verified"),
    21408: _ours("no permission to send to that country"),
    21606: _ours("the sender cannot send to that number"),
    21609: _ours("the status callback is not valid"),
    21610: Rule("the patient opted out", opted_out=True),
    21611: _slower("the sender's queue is full"),
    21614: _elsewhere("the number is not a mobile", "voice"),
    21617: _ours("the text is too long"),
    21626: _ours("the status callback's event is not valid"),
    21655: _ours("the content is not valid"),
    21656: _ours("the content's variables are not valid"),
    21703: _ours("no sender of the service can do this"),
    21704: _ours("the service has no sender"),
    21910: _ours("sender and number are of different channels"),
    30001: _slower("the sender's queue is full", 10, 60),
    30002: _ours("the account is suspended"),
    30003: _later("the handset is off or out of reach", 10, 60),
    30004: Rule("blocked by the patient or the carrier"),
    30005: Rule("the number is not in use"),
    30006: _elsewhere("a landline, or a carrier out of reach", "voice"),
    30007: Rule("filtered by the carrier as spam"),
    30008: _later("the carrier gives no reason", 5),
    30022: _slower("the campaign's rate is used up", 5, 30),
    30023: _later("the campaign's day is used up"),
    30027: _later("the campaign's day at the carrier is used up"),
    30032: _ours("the toll-free number is not verified"),
    30034: _ours("the number belongs to no campaign"),
    30410: Rule("the carrier did not answer in time; it may have delivered"),
    30450: Rule("blocked as a suspected fraud"),
    30610: _later("quiet hours at the patient's place"),
    30640: Rule("the number must not be texted"),
    35111: _ours("a scheduled message needs its time"),
    35114: _ours("the time is too near or too far to schedule"),
    35118: _ours("a scheduled message needs a messaging service"),
    35126: _ours("the channel cannot be scheduled"),
    50541: _ours("a content variable is too long"),
    63003: _elsewhere("the number is not on WhatsApp", "text"),
    63007: _ours("there is no such WhatsApp sender"),
    63013: _ours("against WhatsApp's policy"),
    63015: _ours("the number has not joined the sandbox"),
    63016: _elsewhere("more than 24 hours after the patient's last message", "text"),
    63018: _slower("WhatsApp's rate is used up", 5, 30),
    63019: Rule("the media could not be fetched"),
    63024: _elsewhere("the number is not valid on WhatsApp", "text"),
    63027: _ours("the template lacks this language"),
    63028: _ours("the number of variables does not fit the template"),
    63032: _elsewhere("the patient takes part in an experiment of WhatsApp", "text"),
    63033: Rule("the patient has blocked the clinic"),
    63034: Rule("the media is too big"),
    63038: _later("the account's day is used up"),
    63040: _ours("the template was rejected", "text"),
    63041: _ours("the template is paused", "text"),
    63042: _ours("the template is disabled", "text"),
    63049: _elsewhere("WhatsApp chose not to deliver a marketing template", "text"),
    63051: _ours("the WhatsApp account is locked", "text"),
}


def source(code: int) -> str:
    """Twilio's own page about the code."""
    return f"https://www.twilio.com/docs/api/errors/{code}"


def rule_for(code: int, status: int | None = None) -> Rule:
    """The rule of a code; of one not listed, what the HTTP status says."""
    if code in ERRORS:
        return ERRORS[code]
    return Rule(
        "an error not listed here",
        retryable=status in {429, 500, 503},
        slow=status == 429,
        ours=status in {401, 403, 404},
    )
