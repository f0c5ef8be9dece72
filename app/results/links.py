"""Sends a patient the link to their open reports, and the code that opens it.

What is sent is not what the thread keeps: there the secret part is masked, so that nobody who reads
a conversation can open anybody's results.
"""

from datetime import datetime, timedelta

from app.results.words import CODE, HOW_TO_STOP, READY, SENT
from app.services import Services
from clinic.languages import Language
from clinic.results import ResultLink
from conversations.model import Conversation, Masked, Message
from conversations.outgoing import TEXTING, Post

_MASK = "\N{BULLET}" * 6


def phone_of(services: Services, patient_id: str, preferred: str = "") -> str | None:
    """A number on the patient's file, the preferred one if it is; None where there is none."""
    numbers = [each for each in services.patients.addresses(patient_id) if each.startswith("+")]
    return preferred if preferred in numbers else next(iter(numbers), None)


def send_link(
    services: Services,
    patient_id: str,
    phone: str,
    key: str,
    now: datetime,
    *,
    author: str = "bot",
    first: bool = False,
) -> Message:
    """Texts a new link to a phone on the patient's file, once for the key.

    author "outreach": nobody has asked for it, so that it says what it is about, and, the first
    time at that number, how to stop.
    """
    reached = _reach(services, phone, now)
    lasts = timedelta(hours=services.settings.results_link_hours)
    token = services.result_links.make(patient_id, phone, now, lasts)
    words = (READY if author == "outreach" else SENT)[reached.language]
    if first:
        words += f" {HOW_TO_STOP[reached.language]}"
    where, ends = f"{services.settings.public_base_url}/r/", (_MASK, token)
    clinic, hours = services.settings.clinic_name, services.settings.results_link_hours
    return services.conversations.say(
        reached.id,
        Masked(*(words.format(clinic=clinic, link=where + end, hours=hours) for end in ends)),
        author=author,
        at=now,
        post=_post(services, phone),
        key=key,
    )


def send_code(
    services: Services, link: ResultLink, code: str, language: Language, now: datetime
) -> None:
    """Texts the code to the phone that the link went to."""
    words, clinic = CODE[language], services.settings.clinic_name
    reached = _reach(services, link.phone, now)
    services.conversations.say(
        reached.id,
        Masked(*(words.format(clinic=clinic, code=each) for each in (_MASK, code))),
        author="system",
        at=now,
        post=_post(services, link.phone),
    )
    services.jobs.wake(reached.id)


def _reach(services: Services, phone: str, now: datetime) -> Conversation:
    return services.conversations.reach(
        phone, TEXTING, services.account.sms_from, services.patients, now
    )


def _post(services: Services, phone: str) -> Post:
    return Post(TEXTING, phone, services.account.sms_from, phone)
