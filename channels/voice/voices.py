"""Which voice speaks and which model listens, by language.

https://www.twilio.com/docs/voice/twiml/say/text-speech
https://www.twilio.com/docs/voice/twiml/gather
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from clinic.languages import Language


@dataclass(frozen=True, slots=True)
class Voice:
    """locale: BCP 47, for Say and Gather alike: Gather does not inherit it.

    speech_model: None for Twilio's default, the only one that hears Mexican Spanish.
    """

    locale: str
    name: str
    speech_model: str | None = None


VOICES: Final[Mapping[Language, Voice]] = {
    "es": Voice("es-MX", "Polly.Mia-Neural"),
    "pt": Voice("pt-BR", "Polly.Camila-Neural", "phone_call"),
    "en": Voice("en-US", "Polly.Joanna-Neural", "phone_call"),
}
