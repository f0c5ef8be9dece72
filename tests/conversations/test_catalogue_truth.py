"""What the console shows as the bot's answer is what a patient gets, also after a change."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final, cast
from uuid import uuid4

import pytest

from clinic.editing import By, PriceEdit
from clinic.languages import Language
from console.catalogue.said import Bot, rendered
from console.needs import Needs
from conversations.model import Inbound, Message, Utterance
from tests.conversations.play import CLINIC
from tests.conversations.stage import Stage

pytestmark = pytest.mark.engine

STUDY, ROMA, PUBLIC = "abdominal-ultrasound", "roma", "public"
ORTHO = "orthopaedics-consult"
ASKED: Final[Mapping[Language, tuple[str, str]]] = {
    "es": (
        "¿cuánto cuesta un ultrasonido abdominal en Roma?",
        "¿cómo me preparo para el ultrasonido abdominal?",
    ),
    "pt": (
        "quanto custa um ultrassom abdominal na unidade Roma?",
        "como me preparo para o ultrassom abdominal?",
    ),
    "en": (
        "how much is an abdominal ultrasound at Roma?",
        "how do I prepare for the abdominal ultrasound?",
    ),
}


def _say(stage: Stage, phone: str, text: str) -> list[Message]:
    """What is answered to a text message."""
    turns, conversations = stage.services.turns, stage.services.conversations
    stored = turns.receive(Inbound("sms", uuid4().hex, phone, CLINIC, text, stage.now()))
    assert stored is not None
    turns.run(stored.conversation_id)
    messages = conversations.messages(stored.conversation_id)
    return [each for each in messages if each.in_reply_to == stored.id]


def _texts(stage: Stage, message: Message) -> list[str]:
    """The message as the text messages in which it goes out."""
    said = Utterance(message.text, message.choices)
    return list(rendered(said, stage.services.channels["sms"], "es").pieces)


def _needs(stage: Stage) -> Needs:
    return cast("Needs", stage.services)


@contextmanager
def _nowhere(stage: Stage, service: str) -> Iterator[None]:
    """The service is done nowhere meanwhile."""
    editor = stage.services.editor
    by, was = By("eva", "console", stage.now()), editor.entry(service)
    editor.place(service, {}, was.version, by)
    try:
        yield
    finally:
        editor.place(service, was.places, editor.entry(service).version, by)


@pytest.mark.parametrize("language", ASKED)
def test_a_patient_hears_what_the_console_shows(stage: Stage, language: Language) -> None:
    phone, bot = stage.new_address(language), Bot(_needs(stage), language, "sms")
    asked, prepare = ASKED[language]
    (answer,) = _say(stage, phone, asked)
    _, shown = bot.price(STUDY, ROMA, PUBLIC)
    assert _texts(stage, answer) == list(shown.pieces)
    (answer,) = _say(stage, phone, prepare)
    _, shown = bot.preparation(STUDY)
    assert _texts(stage, answer) == list(shown.pieces)


def test_a_corrected_price_is_told_from_that_moment(stage: Stage) -> None:
    phone, editor = stage.new_address("es"), stage.services.editor
    (before,) = _say(stage, phone, ASKED["es"][0])
    price = next(
        each
        for each in editor.prices(STUDY)
        if each.terms.key[1:3] == (ROMA, PUBLIC) and each.terms.valid_to is None
    )
    by = By("eva", "console", stage.now(), "typed wrongly")
    for amount in (price.terms.amount + 1000, price.terms.amount):
        edit = PriceEdit(STUDY, ROMA, PUBLIC, replace(price.terms, amount=amount), price.id)
        shown = editor.preview_price(edit, stage.now())
        assert shown.broken  # the patient was told the other
        editor.change_price(edit, shown.token, by)
        (after,) = _say(stage, phone, ASKED["es"][0])
        assert (after.text == before.text) == (amount == price.terms.amount)


def test_a_service_no_longer_done_is_not_promised_by_an_old_choice(stage: Stage) -> None:
    phone = stage.new_address("es")
    stage.register("es", phone, family=False)
    (elsewhere,) = _say(stage, phone, "¿cuánto cuesta la consulta de ortopedia en Roma?")
    assert elsewhere.text.startswith("No hacemos Consulta de ortopedia")
    assert [each.title for each in elsewhere.choices] == ["Providencia"]
    with _nowhere(stage, ORTHO):
        (answer,) = _say(stage, phone, "1")
        assert answer.text.startswith("No encuentro ese servicio")
    (priced,) = _say(stage, phone, ASKED["es"][0])
    assert priced.choices[0].title == "Agendar"
    with _nowhere(stage, STUDY):
        (answer,) = _say(stage, phone, "1")
        assert answer.text.startswith("No encuentro ese servicio")
