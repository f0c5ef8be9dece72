"""What a Say element sounds like to a browser: its language, and roughly how long it takes."""

from typing import Final

_NAMED: Final = {
    "mia": "es-MX",
    "andres": "es-MX",
    "lupe": "es-US",
    "pedro": "es-US",
    "lucia": "es-ES",
    "sergio": "es-ES",
    "conchita": "es-ES",
    "camila": "pt-BR",
    "vitoria": "pt-BR",
    "thiago": "pt-BR",
    "joanna": "en-US",
    "matthew": "en-US",
    "ruth": "en-US",
}
_WORDS_A_SECOND: Final = 2.5


def language_of(language: str | None, voice: str | None) -> str:
    """The BCP 47 language spoken: what Say tells, or what its voice implies."""
    if language:
        return language
    name = (voice or "").lower().removeprefix("polly.")
    if name.startswith("google."):
        return "-".join(name.removeprefix("google.").split("-")[:2])
    return _NAMED.get(name.partition("-")[0], "en-US")


def seconds_to_say(text: str) -> float:
    """How long a voice takes."""
    return max(1.0, len(text.split()) / _WORDS_A_SECOND)
