"""The tables of the clinic's own store: one module, because they refer to each other.

Only the adapters beside it read these rows; everybody else sees `clinic`'s dataclasses.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from clinic.languages import Language
from clinic.patients import name_words
from integrations.database import Base, Instant


class BranchRow(Base):
    """A branch; `zone` is its IANA name."""

    __tablename__ = "branches"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    city: Mapped[str]
    district: Mapped[str]
    address: Mapped[str]
    country: Mapped[str]
    currency: Mapped[str]
    zone: Mapped[str]
    phone: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(JSON)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class BranchHoursRow(Base):
    """A span in which a branch is open, in its wall time; Monday is 0."""

    __tablename__ = "branch_hours"

    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    opens: Mapped[time] = mapped_column(primary_key=True)
    closes: Mapped[time]


class PractitionerRow(Base):
    """Who sees patients: the length of their slots, and their shift in the branch's wall time.

    Without a shift they see patients whenever the branch is open.
    """

    __tablename__ = "practitioners"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    title: Mapped[str]
    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"), index=True)
    slot_minutes: Mapped[int]
    shift_starts: Mapped[time | None]
    shift_ends: Mapped[time | None]


class ServiceRow(Base):
    """A service; the JSON columns are keyed by language. version counts its changes."""

    __tablename__ = "services"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    minutes: Mapped[int]
    names: Mapped[dict[Language, str]] = mapped_column(JSON)
    synonyms: Mapped[dict[Language, list[str]]] = mapped_column(JSON)
    preparation: Mapped[dict[Language, str]] = mapped_column(JSON)
    fasting_hours: Mapped[int]
    preparation_version: Mapped[int]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class ServiceBranchRow(Base):
    """A service is done at a branch."""

    __tablename__ = "service_branches"

    service: Mapped[str] = mapped_column(ForeignKey("services.code"), primary_key=True)
    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"), primary_key=True)


class PractitionerServiceRow(Base):
    """A practitioner does a service."""

    __tablename__ = "practitioner_services"

    practitioner: Mapped[str] = mapped_column(ForeignKey("practitioners.code"), primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("services.code"), primary_key=True, index=True)


class SlotRow(Base):
    """A time of a practitioner, whether free or not; never changed once it is made."""

    __tablename__ = "slots"
    __table_args__ = (
        UniqueConstraint("practitioner", "start"),
        Index(None, "branch", "start"),
        Index(None, "start"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    practitioner: Mapped[str] = mapped_column(ForeignKey("practitioners.code"))
    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"))
    start: Mapped[datetime] = mapped_column(Instant)
    end: Mapped[datetime] = mapped_column(Instant)
    minutes: Mapped[int]


_LIVE = text("status <> 'cancelled'")


class AppointmentRow(Base):
    """A visit; the database itself refuses a second live one in a slot."""

    __tablename__ = "appointments"
    __table_args__ = (
        Index(
            "uq_appointments_live_slot",
            "slot_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(None, "service", "status"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    status: Mapped[str]
    slot_id: Mapped[str] = mapped_column(ForeignKey("slots.id"), index=True)
    service: Mapped[str] = mapped_column(ForeignKey("services.code"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)


class AppointmentChangeRow(Base):
    """The audit trail: one row for each change, with how it left the visit. Only ever added to.

    key is unique: it is also what keeps a repeated change from acting twice. `request` is what
    the key stood for.
    """

    __tablename__ = "appointment_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointments.id"), index=True)
    version: Mapped[int]
    event: Mapped[str]
    status: Mapped[str]
    slot_id: Mapped[str] = mapped_column(ForeignKey("slots.id"))
    actor: Mapped[str]
    channel: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    reason: Mapped[str | None]
    key: Mapped[str] = mapped_column(unique=True)
    request: Mapped[dict[str, Any]] = mapped_column(JSON)


class TellingRow(Base):
    """The patient is to be told of the change with that key, once it is made."""

    __tablename__ = "visit_tellings"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    settled: Mapped[bool] = mapped_column(default=False, index=True)


class PatientRow(Base):
    """A person. folded: the words of the name, by which they are found; it follows the name."""

    __tablename__ = "patients"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    birth_date: Mapped[date] = mapped_column(index=True)
    language: Mapped[Language] = mapped_column(String)
    folded: Mapped[str] = mapped_column(default="", server_default=text("''"))

    @validates("name")
    def _fold(self, _key: str, name: str) -> str:
        self.folded = " ".join(name_words(name))
        return name


class PatientMergeRow(Base):
    """Two records were one person: what was `merged_id` is now `kept_id`.

    before: how it was, as far as it must be known to part them again (`console.patients.merging`).
    """

    __tablename__ = "patient_merges"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kept_id: Mapped[str] = mapped_column(index=True)
    merged_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class PatientAddressRow(Base):
    """A patient is reached at a canonical address; a family may share one."""

    __tablename__ = "patient_addresses"

    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True, index=True)


class ConsentRow(Base):
    """What an address agreed to or refused, for one purpose; the newest holds, all are kept."""

    __tablename__ = "consents"
    __table_args__ = (Index(None, "address", "purpose", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    purpose: Mapped[str]
    given: Mapped[bool]
    channel: Mapped[str]
    words: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)


class WaitlistRow(Base):
    """A patient waits for a time for a service at a branch.

    practitioner: the only one who will do, null for any. notice_hours: how long before the visit
    the patient must know, null for as long as the clinic asks of itself. times: when it suits, as
    `clinic.waitlist.WeekTime.plain` writes it; null for any time. priority: the higher goes first.
    """

    __tablename__ = "waitlist"
    __table_args__ = (Index(None, "service", "branch", "at"),)

    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("services.code"), primary_key=True)
    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    practitioner: Mapped[str | None] = mapped_column(ForeignKey("practitioners.code"))
    notice_hours: Mapped[int | None]
    times: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    priority: Mapped[int] = mapped_column(default=0, server_default="0")


class OfferRow(Base):
    """A freed slot put to a waiting patient, once for each time that it was freed; kept for good.

    freed: the change that freed the slot. told: whether the patient's message is stored.
    """

    __tablename__ = "waitlist_offers"
    __table_args__ = (
        UniqueConstraint("freed", "patient_id"),
        Index(None, "patient_id", "at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    freed: Mapped[int] = mapped_column(ForeignKey("appointment_changes.id"))
    slot_id: Mapped[str] = mapped_column(ForeignKey("slots.id"), index=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    service: Mapped[str] = mapped_column(ForeignKey("services.code"))
    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"))
    at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    told: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str] = mapped_column(index=True)
    outcome_at: Mapped[datetime | None] = mapped_column(Instant)


class FeedbackRow(Base):
    """What a patient said of a visit: one row a visit; service and branch as they were then."""

    __tablename__ = "feedback"

    visit_id: Mapped[str] = mapped_column(ForeignKey("appointments.id"), primary_key=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    service: Mapped[str] = mapped_column(ForeignKey("services.code"))
    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"))
    score: Mapped[int]
    words: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    channel: Mapped[str]
    conversation_id: Mapped[str]


class OutreachRuleRow(Base):
    """A rule for what the clinic starts (`clinic.outreach_rules`); "" is any service or branch."""

    __tablename__ = "outreach_rules"

    kind: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(primary_key=True)
    branch: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class RecallRow(Base):
    """Until when a patient is not told that a service is due again; null: never again."""

    __tablename__ = "recalls"

    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"), primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("services.code"), primary_key=True)
    put_off_until: Mapped[datetime | None] = mapped_column(Instant)


class PlanRow(Base):
    """An agreement under which prices differ; "public" is everybody's."""

    __tablename__ = "plans"

    code: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[Language, str]] = mapped_column(JSON)
    aliases: Mapped[list[str]] = mapped_column(JSON)


class PriceRow(Base):
    """A price from one day to another (inclusive), in the branch's calendar.

    amount: minor units; tax_rate: basis points (1600 is 16 %). Of two prices in force the one
    that began later holds: a promotion needs no hole in the list. version counts its corrections.
    """

    __tablename__ = "prices"
    __table_args__ = (UniqueConstraint("service", "branch", "plan", "valid_from"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("services.code"))
    branch: Mapped[str] = mapped_column(ForeignKey("branches.code"))
    plan: Mapped[str] = mapped_column(ForeignKey("plans.code"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    amount: Mapped[int]
    currency: Mapped[str]
    tax_rate: Mapped[int]
    tax_included: Mapped[bool]
    version: Mapped[int]


class CatalogueChangeRow(Base):
    """What was changed in the catalogue, by whom and why; only ever added to.

    what, key, before, after: as in `clinic.editing.Difference`. version: the service's after it.
    """

    __tablename__ = "catalogue_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("services.code"), index=True)
    version: Mapped[int]
    what: Mapped[str]
    key: Mapped[list[str]] = mapped_column(JSON)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str]
    source: Mapped[str]
    reason: Mapped[str]


class KeptQuoteRow(Base):
    """A price as it was told in a conversation: what the clinic has to stand by."""

    __tablename__ = "kept_quotes"

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    price_id: Mapped[str] = mapped_column(ForeignKey("prices.id"), index=True)
    version: Mapped[int]
    service: Mapped[str]
    branch: Mapped[str]
    plan: Mapped[str]
    total: Mapped[int]
    tax: Mapped[int]
    currency: Mapped[str]
    valid_until: Mapped[date | None]
