"""A kind of message that the clinic begins: worded once, as free text and as a template."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from string import Formatter
from typing import Literal

from channels.base import TemplateText
from clinic.languages import Language
from conversations.model import Choice, Template
from outreach.words import HOW_TO_STOP, Words

Value = str | Sequence[str]
"""What stands in a message; a sequence is a list, with a line for each in free text."""


@dataclass(frozen=True)
class Notice:
    """What is said on one occasion, in every language.

    words: with named fields; {clinic} is the clinic's name, which stands in a template as it is.
    samples: for every other field an example, by which WhatsApp judges the template. buttons: their
    titles. Two notices must not have the same words: WhatsApp would reject the second.
    """

    name: str
    words: Words
    samples: Mapping[str, Words]
    buttons: tuple[Words, ...] = ()
    category: Literal["UTILITY", "MARKETING"] = "UTILITY"

    def text(
        self, language: Language, clinic: str, values: Mapping[str, Value], *, how_to_stop: bool
    ) -> str:
        """As free text."""
        shown = {
            field: value if isinstance(value, str) else "".join(f"\n- {each}" for each in value)
            for field, value in values.items()
        }
        text = self.words[language].format(clinic=clinic, **shown).replace(" \n", "\n")
        return f"{text}\n{HOW_TO_STOP[language]}" if how_to_stop else text

    def template(
        self,
        language: Language,
        clinic: str,
        values: Mapping[str, Value],
        payloads: Sequence[str] = (),
    ) -> Template:
        """As a template. payloads: what its buttons carry, in their order."""
        return Template(
            self.submitted(language, clinic).name,
            tuple(_in_one_line(values[field]) for field in self._fields(language)),
            tuple(
                Choice(title[language], payload)
                for title, payload in zip(self.buttons, payloads, strict=True)
            ),
        )

    def submitted(self, language: Language, clinic: str) -> TemplateText:
        """What is put before the provider: other words are another template, with another name."""
        fields = self._fields(language)
        numbered = {field: f"{{{{{number}}}}}" for number, field in enumerate(fields, start=1)}
        words = self.words[language].format(clinic=clinic, **numbered)
        body = f"{words} {HOW_TO_STOP[language]}"
        buttons = tuple(title[language] for title in self.buttons)
        all_of_it = json.dumps([body, buttons, self.category])
        version = sha256(all_of_it.encode()).hexdigest()[:8]
        return TemplateText(
            name=f"consulta_{self.name}_{language}_{version}",
            language=language,
            body=body,
            samples=tuple(self.samples[field][language] for field in fields),
            buttons=buttons,
            category=self.category,
        )

    def _fields(self, language: Language) -> list[str]:
        """In the order in which the language names them."""
        named = [field for _, field, _, _ in Formatter().parse(self.words[language]) if field]
        return [field for field in named if field != "clinic"]


def _in_one_line(value: Value) -> str:
    """WhatsApp takes no line break in a variable."""
    text = value if isinstance(value, str) else "; ".join(value)
    return " ".join(text.split())
