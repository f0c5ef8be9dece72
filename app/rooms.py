"""The rooms above this one, found by the names they announce: app/ imports none of them."""

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

WEB = "consulta.web"
USERS = "consulta.users"
OUTREACH = "consulta.outreach"
CAMPAIGNS = "consulta.campaigns"
COMMANDS = "consulta.commands"
TEMPLATES = "consulta.templates"


def announced(group: str) -> dict[str, Callable[..., Any]]:
    """What the rooms of the house offer under a group of entry points, loaded, by name."""
    return {each.name: each.load() for each in sorted(entry_points(group=group))}


def names(group: str) -> list[str]:
    """What the rooms offer under a group, without loading any of it."""
    return sorted(entry_points(group=group).names)


def offer(group: str, name: str) -> Callable[..., Any]:
    """One of them. Raises LookupError where no room offers it."""
    found = tuple(entry_points(group=group, name=name))
    if not found:
        raise LookupError(f"no room offers {name} ({group}): install the project anew")
    loaded: Callable[..., Any] = found[0].load()
    return loaded
