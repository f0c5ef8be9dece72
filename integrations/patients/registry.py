"""Patients, their addresses, consents and waitlists, kept in the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete, exists, func, select, true
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from clinic.addresses import canonical
from clinic.catalogue import UnknownBranch, UnknownService
from clinic.languages import LANGUAGES, Language
from clinic.patients import Patient, PatientUnknown, bears_name, name_words
from integrations.database import Base, Database, be_alone
from integrations.tables import (
    BranchRow,
    ConsentRow,
    PatientAddressRow,
    PatientRow,
    ServiceRow,
    WaitlistRow,
)

MESSAGES = "messages"
"""The purpose of a consent that STOP withdraws: that the clinic writes or calls at all."""
_AT_ONCE = 1000
"""So many values fit into one query of either database."""


class DatabasePatients:
    """`clinic.ports.Patients` over the clinic's own tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def patient(self, patient_id: str) -> Patient:
        """Raises PatientUnknown."""
        with self._database.read() as session:
            return _patient(_row(session, patient_id))

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

    def named(self, name: str, birth_date: date) -> Sequence[Patient]:
        """Who was born that day and bears that name (`clinic.patients.bears_name`)."""
        query = select(PatientRow).filter_by(birth_date=birth_date).order_by(PatientRow.id)
        with self._database.read() as session:
            return [_patient(row) for row in session.scalars(query) if bears_name(row.name, name)]

    def search(self, words: str, limit: int) -> Sequence[Patient]:
        """For the staff: at most `limit` patients whose names have all these parts of words."""
        parts = name_words(words)
        if not parts:
            return []
        found: list[Patient] = []
        with self._database.read() as session:
            query = select(PatientRow).order_by(PatientRow.name, PatientRow.id)
            for row in session.scalars(query.execution_options(yield_per=500)):
                name = " ".join(name_words(row.name))
                if all(part in name for part in parts):
                    found.append(_patient(row))
                if len(found) == limit:
                    break
        return found

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

    def set_language(self, patient_id: str, language: Language) -> None:
        """The language the patient wants."""
        with self._database.begin() as session:
            _row(session, patient_id).language = _checked(language)

    def opted_out(self, address: str) -> bool:
        """Whether the last word of the address was to stop."""
        query = (
            select(ConsentRow.given)
            .filter_by(address=canonical(address), purpose=MESSAGES)
            .order_by(ConsentRow.at.desc(), ConsentRow.id.desc())
            .limit(1)
        )
        with self._database.read() as session:
            return session.scalar(query) is False

    def reachable(self, patient_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Of each who has any, the addresses whose last word was not to stop."""
        last_word = (
            select(ConsentRow.given)
            .where(ConsentRow.address == PatientAddressRow.address, ConsentRow.purpose == MESSAGES)
            .order_by(ConsentRow.at.desc(), ConsentRow.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        query = (
            select(PatientAddressRow.patient_id, PatientAddressRow.address)
            .where(func.coalesce(last_word, true()))
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
        self, address: str, *, given: bool, channel: str, words: str, at: datetime
    ) -> None:
        """Keeps a STOP or a START; what was said before is kept too."""
        with self._database.begin() as session:
            session.add(
                ConsentRow(
                    address=canonical(address),
                    purpose=MESSAGES,
                    given=given,
                    channel=channel,
                    words=words,
                    at=at,
                )
            )

    def waiting(self, patient_id: str) -> Sequence[tuple[str, str]]:
        """(service, branch) of each waitlist that the patient is on, the longest wait first."""
        query = (
            select(WaitlistRow.service, WaitlistRow.branch)
            .where(WaitlistRow.patient_id == patient_id)
            .order_by(WaitlistRow.at, WaitlistRow.service, WaitlistRow.branch)
        )
        with self._database.read() as session:
            return [(service, branch) for service, branch in session.execute(query)]

    def wait_for(
        self,
        patient_id: str,
        service: str,
        branch: str,
        at: datetime,
        *,
        practitioner: str | None = None,
        notice_hours: int | None = None,
    ) -> None:
        """Puts the patient on a waitlist, once only: the first time asked keeps the place.

        Raises PatientUnknown, UnknownService or UnknownBranch.
        """
        with self._database.begin() as session:
            _row(session, patient_id)
            if session.get(ServiceRow, service) is None:
                raise UnknownService(service)
            if session.get(BranchRow, branch) is None:
                raise UnknownBranch(branch)
            _add_once(
                session,
                WaitlistRow,
                patient_id=patient_id,
                service=service,
                branch=branch,
                at=at,
                practitioner=practitioner,
                notice_hours=notice_hours,
            )

    def stop_waiting(self, patient_id: str, service: str, branch: str) -> None:
        """Takes the patient off a waitlist; nothing happens to one who is not on it."""
        with self._database.begin() as session:
            session.execute(
                delete(WaitlistRow).where(
                    WaitlistRow.patient_id == patient_id,
                    WaitlistRow.service == service,
                    WaitlistRow.branch == branch,
                )
            )

    def waitlist(self, service: str, branch: str) -> Sequence[tuple[str, datetime]]:
        """(patient id, since when) of everybody who waits there, the longest wait first."""
        query = (
            select(WaitlistRow.patient_id, WaitlistRow.at)
            .where(WaitlistRow.service == service, WaitlistRow.branch == branch)
            .order_by(WaitlistRow.at, WaitlistRow.patient_id)
        )
        with self._database.read() as session:
            return [(patient_id, at) for patient_id, at in session.execute(query)]

    def _born(self, session: Session, birth_date: date, address: str) -> Sequence[PatientRow]:
        there = exists().where(
            PatientAddressRow.patient_id == PatientRow.id,
            PatientAddressRow.address == canonical(address),
        )
        query = select(PatientRow).where(PatientRow.birth_date == birth_date, there)
        return session.scalars(query).all()


def _row(session: Session, patient_id: str) -> PatientRow:
    row = session.get(PatientRow, patient_id)
    if row is None:
        raise PatientUnknown
    return row


def _attach(session: Session, patient_id: str, address: str) -> None:
    _add_once(session, PatientAddressRow, patient_id=patient_id, address=canonical(address))


def _add_once(session: Session, table: type[Base], **values: str | int | datetime | None) -> None:
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    session.execute(insert(table).values(values).on_conflict_do_nothing())


def _checked(language: Language) -> Language:
    if language not in LANGUAGES:
        raise ValueError("the clinic does not speak this language")
    return language


def _patient(row: PatientRow) -> Patient:
    return Patient(row.id, row.name, row.birth_date, row.language)
