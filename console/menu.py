"""The sections of the console, in their order: one table for the sidebar and the phone's bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from flask_login import current_user

from console.access import permissions
from console.needs import Needs
from console.outreach.undelivered_page import undelivered


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the menu. words: a key of texts/. group: what it stands under.

    primary: under the thumb on a phone; there is room for four. count: which figure it shows.
    within: the section that has it as a tab; it stands alone for those who may not open that one.
    """

    endpoint: str
    icon: str
    words: str
    group: str
    primary: bool = False
    count: str = ""
    within: str = ""


SECTIONS: Final = (
    Section("console.show_inbox", "inbox", "inbox_short", "work", primary=True),
    Section("console.show_agenda", "calendar", "agenda", "work", primary=True),
    Section("console.show_waiting", "hand", "waiting_short", "work", primary=True, count="waiting"),
    Section("console.show_search", "search", "search", "work", primary=True),
    Section("console.show_waitlist", "list", "waitlist_short", "outreach"),
    Section("console.show_campaigns", "megaphone", "campaigns", "outreach"),
    Section(
        "console.show_undelivered",
        "alert",
        "undelivered_short",
        "outreach",
        count="undelivered",
    ),
    Section("console.show_catalogue", "tag", "catalogue", "clinic"),
    Section("console.show_canned", "sms", "canned", "clinic"),
    Section("console.show_insights", "chart", "insights_short", "clinic"),
    Section("console.show_review", "bot", "training", "assistant"),
    Section(
        "console.show_responses", "sms", "responses", "assistant", within="console.show_review"
    ),
    Section("console.show_users", "people", "users", "house"),
    Section("console.show_audit", "book", "audit", "house"),
)
GROUPS: Final = ("work", "outreach", "clinic", "assistant", "house")


def sections() -> list[Section]:
    """Those that whoever is signed in may open."""
    role = current_user.role
    return [
        each
        for each in SECTIONS
        if permissions.allows(each.endpoint, role)
        and not (each.within and permissions.allows(each.within, role))
    ]


def grouped() -> list[tuple[str, list[Section]]]:
    """The same by group; groups without sections are left out."""
    mine = sections()
    together = [(group, [each for each in mine if each.group == group]) for group in GROUPS]
    return [(group, found) for group, found in together if found]


def counter(needs: Needs) -> Callable[[str], int]:
    """What says how much waits in a section, by the name of its figure; 0 for none."""
    lost = undelivered(needs)
    figures: dict[str, Callable[[], int]] = {
        "waiting": lambda: len(needs.conversations.open_handoffs()),
        "undelivered": lambda: lost.count(needs.clock()),
    }

    def count(name: str) -> int:
        return figures[name]() if name else 0

    return count


def home(role: str) -> str:
    """Where somebody of that role begins."""
    found: Sequence[str] = [
        each.endpoint for each in SECTIONS if permissions.allows(each.endpoint, role)
    ]
    return found[0] if found else "console.show_account"
