"""Two records that are one person become one; and are parted again, exactly as they were.

All of it is one transaction. Both patients' rows are locked first, in order of their ids, so that
whoever books for one of them meanwhile comes either before, and is moved along, or after, and finds
the record gone. The conversation under way of the one that goes is ended, unless a person leads it:
the assistant has its old record in mind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import delete, inspect, select, update
from sqlalchemy.orm import Session

from clinic.patients import Patient, PatientUnknown, looks_like
from console.inbox import written
from console.needs import Needs
from conversations.model import ConversationState
from conversations.tables import ConversationRow
from integrations.campaigns.tables import CampaignRecipientRow
from integrations.database import Base, Instant
from integrations.results.tables import ReportRow, ResultLinkRow
from integrations.tables import (
    AppointmentRow,
    FeedbackRow,
    OfferRow,
    PatientAddressRow,
    PatientMergeRow,
    PatientRow,
    RecallRow,
    WaitlistRow,
)

_FOLLOW: Final[tuple[type[Base], ...]] = (
    AppointmentRow,
    ReportRow,
    ResultLinkRow,
    FeedbackRow,
    CampaignRecipientRow,
)
"""Rows with a key of their own and a patient that go along as they are."""
_PLACED: Final[tuple[type[Base], ...]] = (WaitlistRow, RecallRow)
"""Rows whose key holds the patient."""


class NotMergeable(Exception):
    """The two are the same record, or what was merged cannot be parted any more."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that stands: the record that went, by its name, when and by whom."""

    id: str
    name: str
    at: datetime
    actor: str


def likely_same(needs: Needs, patient: Patient) -> Sequence[Patient]:
    """Who was born the same day under a name like it."""
    born = needs.patients.born_on(patient.birth_date)
    return [each for each in born if each != patient and looks_like(each.name, patient.name)]


def merges_of(needs: Needs, patient_id: str) -> Sequence[Merge]:
    """What was merged into the patient and may be parted again, the newest first."""
    query = (
        select(PatientMergeRow)
        .filter_by(kept_id=patient_id, undone_at=None)
        .order_by(PatientMergeRow.at.desc())
    )
    with needs.database.read() as session:
        return [
            Merge(row.id, row.before["person"]["name"], row.at, row.actor)
            for row in session.scalars(query)
        ]


def merge(needs: Needs, kept: str, merged: str, actor: str) -> str:
    """Everything of `merged` is from now on `kept`'s, whose name and birth date stay.

    Returns the merge's id. Raises NotMergeable or PatientUnknown, and then nothing was changed.
    """
    if kept == merged:
        raise NotMergeable
    with needs.database.begin() as session:
        _lock(session, kept, merged)
        person = session.get_one(PatientRow, merged)
        before: dict[str, Any] = {
            "person": {
                "name": person.name,
                "birth_date": person.birth_date.isoformat(),
                "language": person.language,
            },
            "addresses": _move_addresses(session, merged, kept),
            "offers": _move_offers(session, merged, kept),
            "written": written.move(session, merged, kept),
            "talks": _move_talks(session, merged, kept, needs.clock()),
            **{table.__tablename__: _move_all(session, table, merged, kept) for table in _FOLLOW},
            **{
                table.__tablename__: _move_placed(session, table, merged, kept) for table in _PLACED
            },
        }
        session.flush()
        session.execute(delete(PatientRow).where(PatientRow.id == merged))
        row = PatientMergeRow(
            id=uuid4().hex,
            kept_id=kept,
            merged_id=merged,
            at=needs.clock(),
            actor=actor,
            before=before,
        )
        session.add(row)
        return row.id


def unmerge(needs: Needs, merge_id: str) -> str:
    """Parts the two again: each has what it had, and what came since stays with the survivor.

    Returns the id of the record that is back. Raises NotMergeable where that was done before, or
    where the survivor has itself been merged or erased since.
    """
    with needs.database.begin() as session:
        row = session.get(PatientMergeRow, merge_id, with_for_update=True)
        if row is None or row.undone_at is not None:
            raise NotMergeable
        kept, merged, before = row.kept_id, row.merged_id, row.before
        try:
            _lock(session, kept)
        except PatientUnknown:
            raise NotMergeable from None
        born = date.fromisoformat(before["person"]["birth_date"])
        session.add(PatientRow(**{**before["person"], "id": merged, "birth_date": born}))
        session.flush()
        _return_addresses(session, before["addresses"], kept, merged)
        _return_offers(session, before["offers"], merged)
        _return_talks(session, before["talks"], merged, needs.clock())
        written.give_back(session, before.get("written"), kept, merged)
        for table in _FOLLOW:
            _give(session, table, before[table.__tablename__], merged)
        for table in _PLACED:
            _return_placed(session, table, before[table.__tablename__], kept, merged)
        row.undone_at = needs.clock()
        return merged


def _lock(session: Session, *ids: str) -> None:
    for patient_id in sorted(ids):
        if session.get(PatientRow, patient_id, with_for_update=True) is None:
            raise PatientUnknown


def _move_all(session: Session, table: type[Base], merged: str, kept: str) -> list[Any]:
    (key,) = inspect(table).primary_key
    ids = list(session.scalars(select(key).filter_by(patient_id=merged)))
    _give(session, table, ids, kept)
    return ids


def _give(session: Session, table: type[Base], ids: list[Any], patient_id: str) -> None:
    (key,) = inspect(table).primary_key
    session.execute(update(table).where(key.in_(ids)).values(patient_id=patient_id))


def _move_addresses(session: Session, merged: str, kept: str) -> list[dict[str, Any]]:
    """Each with whether the survivor had it too."""
    had = _addresses(session, kept)
    theirs = sorted(_addresses(session, merged))
    session.execute(delete(PatientAddressRow).where(PatientAddressRow.patient_id == merged))
    session.add_all(
        PatientAddressRow(patient_id=kept, address=each) for each in theirs if each not in had
    )
    return [{"address": each, "shared": each in had} for each in theirs]


def _return_addresses(
    session: Session, before: list[dict[str, Any]], kept: str, merged: str
) -> None:
    moved = [each["address"] for each in before if not each["shared"]]
    session.execute(
        delete(PatientAddressRow).where(
            PatientAddressRow.patient_id == kept, PatientAddressRow.address.in_(moved)
        )
    )
    session.add_all(
        PatientAddressRow(patient_id=merged, address=each["address"]) for each in before
    )


def _addresses(session: Session, patient_id: str) -> set[str]:
    query = select(PatientAddressRow.address).where(PatientAddressRow.patient_id == patient_id)
    return set(session.scalars(query))


def _move_placed(
    session: Session, table: type[Base], merged: str, kept: str
) -> list[dict[str, Any]]:
    """Rows of which a patient has one for each place; where both have, the survivor's stands."""
    before = []
    for row in session.scalars(select(table).filter_by(patient_id=merged)).all():
        values = _values(row)
        both = session.get(table, _place(table, values, kept)) is not None
        before.append({**values, "both": both})
        if both:
            session.delete(row)
        else:
            session.execute(update(table).filter_by(**_key(table, values)).values(patient_id=kept))
    return before


def _return_placed(
    session: Session, table: type[Base], before: list[dict[str, Any]], kept: str, merged: str
) -> None:
    """What the survivor has given up meanwhile is not brought back."""
    for values in before:
        if values["both"]:
            session.add(_row(table, values))
        else:
            theirs = {**_key(table, values), "patient_id": kept}
            session.execute(update(table).filter_by(**theirs).values(patient_id=merged))


def _key(table: type[Base], values: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: values[column.name] for column in inspect(table).primary_key}


def _place(table: type[Base], values: Mapping[str, Any], patient_id: str) -> tuple[Any, ...]:
    return tuple({**_key(table, values), "patient_id": patient_id}.values())


def _move_offers(session: Session, merged: str, kept: str) -> list[dict[str, Any]]:
    """Where both were offered the same slot, the survivor's offer stands."""
    asked = set(session.scalars(select(OfferRow.freed).filter_by(patient_id=kept)))
    before = []
    for row in session.scalars(select(OfferRow).filter_by(patient_id=merged)).all():
        both = row.freed in asked
        before.append({**_values(row), "both": both})
        if both:
            session.delete(row)
        else:
            row.patient_id = kept
    return before


def _return_offers(session: Session, before: list[dict[str, Any]], merged: str) -> None:
    session.add_all(_row(OfferRow, offer) for offer in before if offer["both"])
    _give(session, OfferRow, [each["id"] for each in before if not each["both"]], merged)


def _move_talks(session: Session, merged: str, kept: str, now: datetime) -> list[dict[str, str]]:
    """The thread goes along; of two that are under way the survivor's goes on."""
    key, before = f"patient:{kept}", []
    taken = _is_open(session, key)
    query = select(ConversationRow).filter_by(patient_id=merged).with_for_update()
    for row in session.scalars(query.order_by(ConversationRow.id)).all():
        before.append({"id": row.id, "key": row.key})
        led = row.state == ConversationState.PERSON and not taken
        if row.state != ConversationState.CLOSED and not led:
            row.state, row.closed_at = ConversationState.CLOSED, now
        taken = taken or led
        row.patient_id = kept
        row.key = key if row.key == f"patient:{merged}" else row.key
    return before


def _return_talks(
    session: Session, before: list[dict[str, str]], merged: str, now: datetime
) -> None:
    for talk in before:
        row = session.scalar(select(ConversationRow).filter_by(id=talk["id"]).with_for_update())
        if row is None:
            continue
        if row.state not in {ConversationState.CLOSED, ConversationState.PERSON}:
            row.state, row.closed_at = ConversationState.CLOSED, now
        row.patient_id, row.key = merged, talk["key"]


def _is_open(session: Session, key: str) -> bool:
    query = select(ConversationRow.id).where(
        ConversationRow.key == key, ConversationRow.state != ConversationState.CLOSED
    )
    return session.scalar(query) is not None


def _values(row: Base) -> dict[str, Any]:
    """The row as JSON."""
    values = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _row(table: type[Base], values: Mapping[str, Any]) -> Base:
    """The row that was."""
    read = dict(values)
    for column in table.__table__.columns:
        if isinstance(column.type, Instant) and read[column.name] is not None:
            read[column.name] = datetime.fromisoformat(read[column.name])
    read.pop("both")
    return table(**read)
