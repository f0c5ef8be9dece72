"""Replies kept ready: one text in each language, with holes for what is filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic.languages import LANGUAGES
from console.shown import plain
from console.tables import CannedRow
from integrations.database import Database

HOLES: Final = ("first_name", "clinic", "next_visit")
"""What a text may have filled in, in braces; nothing else in braces is taken."""
LONGEST_NAME: Final = 80
LONGEST: Final = 1000
HOLE: Final = re.compile(r"{([^{}]*)}")


@dataclass(frozen=True, slots=True)
class Canned:
    """Words kept ready. texts: by language, with the holes of HOLES."""

    id: str
    name: str
    texts: Mapping[str, str]


class CannedError(ValueError):
    """The words cannot be kept; `key` of texts/ says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def canned(database: Database) -> Sequence[Canned]:
    """All of them, by name."""
    with database.read() as session:
        rows = session.scalars(select(CannedRow).order_by(CannedRow.name))
        return [Canned(row.id, row.name, row.texts) for row in rows]


def keep(database: Database, identifier: str, name: str, texts: Mapping[str, str]) -> str:
    """Keeps a new one ("" for its id) or changes one; its id. Raises CannedError."""
    name = " ".join(plain(name).split())
    cleaned: dict[str, str] = {
        language: plain(texts.get(language, "")).strip() for language in LANGUAGES
    }
    _check(name, cleaned)
    try:
        with database.begin() as session:
            row = session.get(CannedRow, identifier) if identifier else CannedRow(id=uuid4().hex)
            if row is None:
                raise CannedError("canned_gone")
            row.name, row.texts = name, cleaned
            session.add(row)
            return row.id
    except IntegrityError as error:
        raise CannedError("canned_taken") from error


def remove(database: Database, identifier: str) -> bool:
    """Throws one away; False where there is none."""
    with database.begin() as session:
        row = session.get(CannedRow, identifier)
        if row is not None:
            session.delete(row)
        return row is not None


def _check(name: str, texts: Mapping[str, str]) -> None:
    if not 0 < len(name) <= LONGEST_NAME:
        raise CannedError("canned_name_bad")
    for text in texts.values():
        if not 0 < len(text) <= LONGEST:
            raise CannedError("canned_text_bad")
        if set(HOLE.findall(text)) - set(HOLES) or set("{}") & set(HOLE.sub("", text)):
            raise CannedError("canned_hole_bad")


_DEMO: Final[Mapping[str, Mapping[str, str]]] = {
    "Saludo": {
        "es": "Hola, {first_name}: le atiende una persona de {clinic}. ¿En qué le ayudo?",
        "pt": "Olá, {first_name}: quem atende é uma pessoa da {clinic}. Como posso ajudar?",
        "en": "Hello {first_name}, this is a person at {clinic}. How can I help?",
    },
    "Próxima cita": {
        "es": "Su próxima cita: {next_visit}.",
        "pt": "Sua próxima consulta: {next_visit}.",
        "en": "Your next appointment: {next_visit}.",
    },
    "Un momento": {
        "es": "Deme unos minutos, por favor: lo reviso y le escribo por aquí.",
        "pt": "Por favor, me dê alguns minutos: vou verificar e escrevo por aqui.",
        "en": "Please give me a few minutes: I will check and write to you here.",
    },
}


def add_demo(database: Database) -> None:
    """A few for a clinic that has none yet."""
    if not canned(database):
        for name, texts in _DEMO.items():
            keep(database, "", name, texts)
