"""Patients' messages as the engine has read them."""

from tests.console.conftest import House

ANA = "+525500000001"


def hear(
    clinic: House, text: str, *ranking: tuple[str, float], address: str = ANA, **more: object
) -> str:
    """A message that came in a second after the last, and its reading; returns its id."""
    clinic.time.pass_(seconds=1)
    message = clinic.hear(address, text)
    best = ranking[0] if ranking else (None, 0.0)
    read = {"intent": best[0], "confidence": best[1], "ranking": [list(each) for each in ranking]}
    clinic.correct(message, **(read | more))
    return message.id
