"""Patients, their addresses and consents, kept in the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, exists, func, select, true
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from clinic.addresses import canonical
from clinic.consents import Consent, Purpose
from clinic.languages import LANGUAGES, Language
from clinic.patients import Patient, PatientUnknown, bears_name, name_words
from integrations.database import Base, Database, be_alone
from integrations.tables import ConsentRow, PatientAddressRow, PatientMergeRow, PatientRow

_AT_ONCE = 1000
"""So many values fit into one query of either database."""


class DatabasePatients:
    """`clinic.ports.Patients` over the clinic's own tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def patient(self, patient_id: str) -> Patient:
        """Of a record that was merged into another, the other. Raises PatientUnknown."""
        with self._database.read() as session:
            return _patient(_survivor(session, patient_id))

    def at_address(self, address: str) -> Sequence[Patient]:
        """Who is reached at the address, the eldest first."""
        query = (
            select(PatientRow)
            .join(PatientAddressRow, PatientAddressRow.patient_id == PatientRow.id)
            .where(PatientAddressRow.address == canonical(address))
            .order_by(PatientRow.birth_date, PatientRow.id)
        )
        with self._database.read() as session:
            return [_patient(row) for row in session.scalars(query)]

    def addresses(self, patient_id: str) -> Sequence[str]:
        """Where the patient is reached."""
        query = (
            select(PatientAddressRow.address)
            .where(PatientAddressRow.patient_id == patient_id)
            .order_by(PatientAddressRow.address)
        )
        with self._database.read() as session:
            return list(session.scalars(query))

    def born_on(self, birth_date: date) -> Sequence[Patient]:
        """Who was born that day."""
        query = select(PatientRow).filter_by(birth_date=birth_date).order_by(PatientRow.id)
        with self._database.read() as session:
            return [_patient(row) for row in session.scalars(query)]

    def named(self, name: str, birth_date: date) -> Sequence[Patient]:
        """Who was born that day and bears that name (`clinic.patients.bears_name`)."""
        return [each for each in self.born_on(birth_date) if bears_name(each.name, name)]

    def search(self, words: str, limit: int) -> Sequence[Patient]:
        """For the staff: at most `limit` patients whose names have all these parts of words."""
        parts = name_words(words)
        if not parts:
            return []
        query = select(PatientRow).where(*(PatientRow.folded.contains(part) for part in parts))
        with self._database.read() as session:
            rows = session.scalars(query.order_by(PatientRow.name, PatientRow.id).limit(limit))
            return [_patient(row) for row in rows]

    def register(self, name: str, birth_date: date, language: Language, address: str) -> Patient:
        """A new patient; the one who is there already when the same is registered again.

        Raises ValueError for a name without words.
        """
        words = name_words(name)
        if not words:
            raise ValueError("a patient needs a name")
        row = PatientRow(
            id=uuid4().hex,
            name=" ".join(name.split()),
            birth_date=birth_date,
            language=_checked(language),
        )
        with self._database.begin() as session:
            be_alone(session, "register")
            for known in self._born(session, birth_date, address):
                if name_words(known.name) == words:
                    return _patient(known)
            session.add(row)
            session.flush()
            _attach(session, row.id, address)
            return _patient(row)

    def attach(self, patient_id: str, address: str) -> None:
        """From now on the patient is also reached there."""
        with self._database.begin() as session:
            _row(session, patient_id)
            _attach(session, patient_id, address)

    def detach(self, patient_id: str, address: str) -> None:
        """The patient is not reached there any more."""
        with self._database.begin() as session:
            _row(session, patient_id)
            session.execute(
                delete(PatientAddressRow).where(
                    PatientAddressRow.patient_id == patient_id,
                    PatientAddressRow.address == canonical(address),
                )
            )

    def correct(self, patient_id: str, name: str, birth_date: date) -> None:
        """The name and birth date as they should have been. Raises ValueError for no name."""
        if not name_words(name):
            raise ValueError("a patient needs a name")
        with self._database.begin() as session:
            row = _row(session, patient_id)
            row.name, row.birth_date = " ".join(name.split()), birth_date

    def set_language(self, patient_id: str, language: Language) -> None:
        """The language the patient wants."""
        with self._database.begin() as session:
            _row(session, patient_id).language = _checked(language)

    def opted_out(self, address: str, purpose: Purpose = Purpose.MESSAGES) -> bool:
        """Whether the last word of the address on that, or on messages altogether, was no."""
        with self._database.read() as session:
            return any(
                _last_word(session, address, each) is False for each in {Purpose.MESSAGES, purpose}
            )

    def agreed(self, address: str, purpose: Purpose) -> bool:
        """Whether the last word on that was yes, and the address has not said STOP."""
        with self._database.read() as session:
            return (
                _last_word(session, address, purpose) is True
                and _last_word(session, address, Purpose.MESSAGES) is not False
            )

    def reachable(
        self, patient_ids: Collection[str], purpose: Purpose = Purpose.MESSAGES
    ) -> Mapping[str, Sequence[str]]:
        """Of each who has any, the addresses whose last word on that was not no."""
        query = (
            select(PatientAddressRow.patient_id, PatientAddressRow.address)
            .where(*(_not_refused(each) for each in {Purpose.MESSAGES, purpose}))
            .order_by(PatientAddressRow.address)
        )
        ids = list(patient_ids)
        found: dict[str, list[str]] = {}
        with self._database.read() as session:
            for start in range(0, len(ids), _AT_ONCE):
                those = query.where(PatientAddressRow.patient_id.in_(ids[start : start + _AT_ONCE]))
                for patient_id, address in session.execute(those):
                    found.setdefault(patient_id, []).append(address)
        return found

    def set_consent(
        self,
        address: str,
        *,
        given: bool,
        channel: str,
        words: str,
        at: datetime,
        purpose: Purpose = Purpose.MESSAGES,
    ) -> None:
        """Keeps a no or a yes; what was said before is kept too."""
        with self._database.begin() as session:
            session.add(
                ConsentRow(
                    address=canonical(address),
                    purpose=purpose,
                    given=given,
                    channel=channel,
                    words=words,
                    at=at,
                )
            )

    def consents(self, address: str) -> Sequence[Consent]:
        """All that the address ever agreed to or refused, the oldest first."""
        query = (
            select(ConsentRow)
            .filter_by(address=canonical(address))
            .order_by(ConsentRow.at, ConsentRow.id)
        )
        with self._database.read() as session:
            return [
                Consent(
                    row.address, Purpose(row.purpose), row.given, row.channel, row.words, row.at
                )
                for row in session.scalars(query)
            ]

    def _born(self, session: Session, birth_date: date, address: str) -> Sequence[PatientRow]:
        there = exists().where(
            PatientAddressRow.patient_id == PatientRow.id,
            PatientAddressRow.address == canonical(address),
        )
        query = select(PatientRow).where(PatientRow.birth_date == birth_date, there)
        return session.scalars(query).all()


def _not_refused(purpose: Purpose) -> ColumnElement[bool]:
    """The last word of a patient's address on that was not no."""
    last_word = (
        select(ConsentRow.given)
        .where(ConsentRow.address == PatientAddressRow.address, ConsentRow.purpose == purpose)
        .order_by(ConsentRow.at.desc(), ConsentRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(last_word, true())


def _last_word(session: Session, address: str, purpose: Purpose) -> bool | None:
    """None where the address never said anything on that."""
    query = (
        select(ConsentRow.given)
        .filter_by(address=canonical(address), purpose=purpose)
        .order_by(ConsentRow.at.desc(), ConsentRow.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def _row(session: Session, patient_id: str) -> PatientRow:
    row = session.get(PatientRow, patient_id)
    if row is None:
        raise PatientUnknown
    return row


def _survivor(session: Session, patient_id: str) -> PatientRow:
    """The row, or that into which it was merged, however often."""
    while session.get(PatientRow, patient_id) is None:
        merged = select(PatientMergeRow.kept_id).filter_by(merged_id=patient_id, undone_at=None)
        kept = session.scalar(merged)
        if kept is None:
            raise PatientUnknown
        patient_id = kept
    return _row(session, patient_id)


def _attach(session: Session, patient_id: str, address: str) -> None:
    _add_once(session, PatientAddressRow, patient_id=patient_id, address=canonical(address))


def _add_once(session: Session, table: type[Base], **values: str) -> None:
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    session.execute(insert(table).values(values).on_conflict_do_nothing())


def _checked(language: Language) -> Language:
    if language not in LANGUAGES:
        raise ValueError("the clinic does not speak this language")
    return language


def _patient(row: PatientRow) -> Patient:
    return Patient(row.id, row.name, row.birth_date, row.language)
