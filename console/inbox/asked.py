"""What is asked of the inbox: filters that are links, and where to go on from."""

from dataclasses import dataclass, replace
from typing import Final

from flask import url_for
from werkzeug.datastructures import MultiDict

STATES: Final = ("waiting", "person", "bot", "done")
"""Who answers, in the order in which the staff care."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters; "" leaves one out. after: the last line of the page before.

    sort: "" is the newest first, "waiting" who waits longest first.
    """

    state: str = ""
    channel: str = ""
    branch: str = ""
    tag: str = ""
    unread: str = ""
    mine: str = ""
    sort: str = ""
    after: str = ""

    def link(self, **other: str) -> str:
        """The inbox with these filters but for `other`, from its beginning."""
        asked = replace(self, **{"after": "", **other})
        values = {name: getattr(asked, name) for name in asked.__slots__}
        return url_for("console.show_inbox", **{k: v for k, v in values.items() if v})

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the order is asked for."""
        return self != Asked(sort=self.sort, after=self.after)


def read(values: MultiDict[str, str]) -> Asked:
    """What a page's address asks for; what makes no sense there is left out."""
    state, sort = values.get("state", ""), values.get("sort", "")
    return Asked(
        state=state if state in STATES else "",
        channel=values.get("channel", "")[:20],
        branch=values.get("branch", ""),
        tag=values.get("tag", ""),
        unread="1" if values.get("unread") else "",
        mine="1" if values.get("mine") else "",
        sort=sort if sort == "waiting" else "",
        after=values.get("after", ""),
    )
