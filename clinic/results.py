"""Reports of studies: which of them a patient may open, and the link that leads to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a report's file."""

CODE_LASTS: Final = timedelta(minutes=10)
CODE_TRIES: Final = 5
CODES_PER_LINK: Final = 3
CODE_EVERY: Final = timedelta(minutes=1)


class ReportStatus(StrEnum):
    """Where a report stands, in FHIR's words (DiagnosticReport.status, R4)."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    AMENDED = "amended"
    CORRECTED = "corrected"
    ENTERED_IN_ERROR = "entered-in-error"


class ReleasePolicy(StrEnum):
    """How a report reaches the patient."""

    AUTO = "auto"  # as soon as it is final
    MANUAL = "manual"  # once somebody of the staff has released it
    IN_PERSON = "in_person"  # told by a person, never opened by a link


_TELLABLE: Final = frozenset({ReportStatus.FINAL, ReportStatus.AMENDED, ReportStatus.CORRECTED})


@dataclass(frozen=True, slots=True)
class Report:
    """A report at its present version. service: a code of the catalogue. `at` is UTC."""

    id: str
    version: int
    patient_id: str
    service: str
    status: ReportStatus
    policy: ReleasePolicy
    at: datetime
    media_type: str
    size: int
    released_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the patient may open it."""
        if self.status not in _TELLABLE or self.policy is ReleasePolicy.IN_PERSON:
            return False
        return self.policy is ReleasePolicy.AUTO or self.released_at is not None


@dataclass(frozen=True, slots=True)
class ResultLink:
    """What leads a patient to their open reports until it expires (UTC).

    phone: E.164, where the link went and its codes go.
    """

    id: str
    patient_id: str
    phone: str
    expires_at: datetime


class CodeAnswer(StrEnum):
    """What came of a code that was tried, or of asking for one."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"  # too late, or tried too often: a new one is needed
    TOO_SOON = "too_soon"
    TOO_MANY = "too_many"


class ReportUnknown(LookupError):
    """No report has this id."""


class BadReport(ValueError):
    """The file cannot be taken; the text says why."""


_SIGNS: Final = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)


def media_type_of(content: bytes) -> str:
    """What the file is by its first bytes, whatever it is called. Raises BadReport."""
    if len(content) > LARGEST:
        raise BadReport(f"the file is larger than {LARGEST // 1024 // 1024} MB")
    for sign, media_type, _ in _SIGNS:
        if content.startswith(sign):
            return media_type
    raise BadReport("the file is neither PDF nor PNG nor JPEG")


def suffix_of(media_type: str) -> str:
    """The ending of a file of that type."""
    return next(suffix for _, known, suffix in _SIGNS if known == media_type)
