"""Each of many by itself: one that fails keeps none of the others."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


@contextmanager
def apart(kind: str, about: str = "") -> Iterator[None]:
    """Ends an error inside with a line in the log. about: an id of ours.

    The error's own text is left out: it may hold a patient's words.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001  (whatever it is, the others go on)
        log.error("outreach_failed kind=%s about=%s error=%s", kind, about, type(error).__name__)
