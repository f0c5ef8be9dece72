"""How to prepare for a service, in the clinic's own words."""

from actions.turn import Turn


def preparation(turn: Turn, service_code: str) -> str:
    """The clinic's text in the patient's language; empty where none is needed."""
    prepare = turn.services.catalogue.service(service_code).preparation
    if prepare is None:
        return ""
    return prepare.texts.get(turn.language) or prepare.texts["es"]
