"""What TwiML may hold, derived from the installed SDK's own classes: it has no schema."""

import inspect
import re
import xml.etree.ElementTree as ET

from twilio.twiml import voice_response

_IN_GATHER = {"Say", "Play", "Pause"}
_MAX_DOCUMENT = 64 * 1024
_MAX_SAY = 3000
_NO_MODEL = {"es-MX"}


def _camel(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(part.capitalize() for part in rest)


def _verbs(parent: str) -> dict[str, set[str]]:
    """The elements that may stand within `parent`, each with its attributes."""
    owner = (
        voice_response.VoiceResponse if parent == "Response" else getattr(voice_response, parent)
    )
    found = {}
    for name, method in inspect.getmembers(owner, inspect.isfunction):
        element = name.capitalize()
        if name.startswith("_") or not hasattr(voice_response, element):
            continue
        parameters = set(inspect.signature(method).parameters) - {"self", "kwargs"}
        found[element] = {_camel(parameter) for parameter in parameters}
    return found


def problems(document: str) -> list[str]:
    """What is wrong with a document; nothing when Twilio would take it."""
    found = [] if len(document.encode()) <= _MAX_DOCUMENT else ["longer than 64 KB"]
    root = ET.fromstring(document)
    if root.tag != "Response":
        return [*found, "the root is not Response"]
    return found + _within(root)


def _within(parent: ET.Element) -> list[str]:
    found = []
    allowed = _verbs(parent.tag)
    for element in parent:
        if element.tag not in allowed:
            found.append(f"{element.tag} within {parent.tag}")
            continue
        unknown = set(element.attrib) - allowed[element.tag]
        found += [f"{element.tag} has no {name}" for name in unknown]
        if parent.tag == "Gather" and element.tag not in _IN_GATHER:
            found.append(f"{element.tag} within Gather")
        found += _details(element) + (_within(element) if len(element) else [])
    return found


def _details(element: ET.Element) -> list[str]:
    found = []
    if element.tag == "Say" and not 0 < len(element.text or "") <= _MAX_SAY:
        found.append("Say is empty or too long")
    if element.tag == "Say" and not element.get("language"):
        found.append("Say has no language")
    if element.tag in {"Gather", "Dial"} and not str(element.get("action")).startswith("http"):
        found.append(f"{element.tag} has no absolute action")
    if element.tag == "Gather":
        found += _gather(element)
    return found


def _gather(element: ET.Element) -> list[str]:
    found = []
    if not element.get("language"):
        found.append("Gather has no language of its own")
    if element.get("actionOnEmptyResult") != "true":
        found.append("Gather is silent on silence")
    if not re.fullmatch(r"\d+", element.get("speechTimeout", "")):
        found.append("speechTimeout is not a number")
    if element.get("language") in _NO_MODEL and element.get("speechModel"):
        found.append("the model does not hear this language")
    if len(element.get("hints", "").split(",")) > 500:
        found.append("too many hints")
    return found
