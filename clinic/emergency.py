"""Whom to call when a life may be in danger, country by country."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class EmergencyLines:
    """The numbers of one country (ISO 3166 alpha-2) as they are dialled there.

    rescue: who sends an ambulance. crisis: who listens to a person who may hurt themselves.
    source: where both are published.
    """

    country: str
    rescue: str
    rescue_name: str
    crisis: str
    crisis_name: str
    source: str


LINES: Final = {
    lines.country: lines
    for lines in (
        EmergencyLines(
            "MX",
            "911",
            "",
            "800 911 2000",
            "Línea de la Vida",
            "https://www.gob.mx/conasama and https://www.gob.mx/911",
        ),
        EmergencyLines(
            "BR", "192", "SAMU", "188", "CVV", "https://www.gov.br/saude and https://cvv.org.br"
        ),
        EmergencyLines(
            "US",
            "911",
            "",
            "988",
            "988 Lifeline",
            "https://www.911.gov and https://988lifeline.org",
        ),
    )
}


def lines_of(country: str | None) -> EmergencyLines | None:
    """The lines of a country, or None where we know none."""
    return LINES.get(country or "")
