"""All that the clinic says of its own accord, as WhatsApp would judge it."""

import re
from collections.abc import Mapping

import pytest

from channels.base import TemplateText
from channels.whatsapp.rules import problems
from clinic.languages import LANGUAGES, Language
from outreach.notices import Notice, Value
from outreach.templates import NOTICES, templates_of

CLINIC = "Clínica Aurora"
ALL = templates_of(CLINIC)
_PROMOTES = re.compile(
    r"\b(descuento|promoci[oó]n|oferta especial|gratis|precio|desconto|promoção|grátis|preço|"
    r"discount|promotion|free of charge|price|sale)\b",
    re.IGNORECASE,
)
_HEALTH = re.compile(
    r"\b(an[aá]lisis|ex[aá]men\w*|estudio|dermat\w*|sangre|diagn\w*|tratamiento|sangue|tratamento|"
    r"blood|treatment|test|doctor\w*|m[eé]dic\w*)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.name)
def test_every_template_keeps_whatsapps_rules(text: TemplateText) -> None:
    assert problems(text) == []


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.name)
def test_every_template_promotes_nothing_and_tells_nothing_of_health(text: TemplateText) -> None:
    words = " ".join([text.body, *text.samples, *text.buttons])
    assert not _PROMOTES.search(words)
    assert not _HEALTH.search(words)
    assert text.body.startswith(CLINIC)
    assert len(text.buttons) <= 3


def test_no_two_templates_have_the_same_words_or_the_same_name() -> None:
    assert len({(text.language, text.body) for text in ALL}) == len(ALL)
    assert len({text.name for text in ALL}) == len(ALL)


def samples(notice: Notice, language: Language) -> Mapping[str, Value]:
    return {field: words[language] for field, words in notice.samples.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.name)
def test_the_template_says_what_the_free_text_says(notice: Notice, language: Language) -> None:
    values = samples(notice, language)
    payloads = [f"/choice{number}" for number in range(len(notice.buttons))]
    template = notice.template(language, CLINIC, values, payloads)
    body = notice.submitted(language, CLINIC).body
    for number, value in enumerate(template.variables, start=1):
        body = body.replace(f"{{{{{number}}}}}", value)
    free = notice.text(language, CLINIC, values, how_to_stop=True)
    assert body == free.replace("\n", " ")
    assert template.name == notice.submitted(language, CLINIC).name
    assert [choice.payload for choice in template.choices] == payloads


def test_a_list_has_a_line_for_each_in_free_text_and_none_in_a_variable() -> None:
    notice = next(each for each in NOTICES if each.name == "reminder_several")
    values = {"visits": ["hoy a las 3", "hoy a las 5"]}
    text = notice.text("es", CLINIC, values, how_to_stop=False)
    assert text == "Clínica Aurora le recuerda estas citas:\n- hoy a las 3\n- hoy a las 5."
    template = notice.template("es", CLINIC, values, ["/a", "/b", "/c"])
    assert template.variables == ("hoy a las 3; hoy a las 5",)


def test_other_words_are_another_template() -> None:
    names = {text.name for text in ALL}
    assert names.isdisjoint(text.name for text in templates_of("Clínica Boreal"))
    assert names == {text.name for text in templates_of(CLINIC)}
