"""Patients, their addresses and what they agreed to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from clinic.consents import Consent, Purpose
from clinic.languages import Language
from clinic.patients import Patient


class Patients(Protocol):
    """Patients, their addresses and what they agreed to.

    An address is canonical (`clinic.addresses.canonical`): an E.164 number or an opaque
    channel identity.
    """

    def patient(self, patient_id: str) -> Patient:
        """Of a record that was merged into another, the other. Raises PatientUnknown."""

    def at_address(self, address: str) -> Sequence[Patient]:
        """Who is reached at the address: nobody, one person, or a family."""

    def addresses(self, patient_id: str) -> Sequence[str]:
        """Where the patient is reached."""

    def named(self, name: str, birth_date: date) -> Sequence[Patient]:
        """Who was born that day and bears that name (`clinic.patients.bears_name`)."""

    def search(self, words: str, limit: int) -> Sequence[Patient]:
        """For the staff: at most `limit` patients whose names have all these parts of words.

        Accents and case aside; by name.
        """

    def born_on(self, birth_date: date) -> Sequence[Patient]:
        """Who was born that day."""

    def register(self, name: str, birth_date: date, language: Language, address: str) -> Patient:
        """A new patient."""

    def attach(self, patient_id: str, address: str) -> None:
        """From now on the patient is also reached there."""

    def detach(self, patient_id: str, address: str) -> None:
        """The patient is not reached there any more."""

    def correct(self, patient_id: str, name: str, birth_date: date) -> None:
        """The name and birth date as they should have been. Raises ValueError for no name."""

    def set_language(self, patient_id: str, language: Language) -> None:
        """The language the patient wants."""

    def opted_out(self, address: str, purpose: Purpose = Purpose.MESSAGES) -> bool:
        """Whether the address refused that, or messages altogether."""

    def agreed(self, address: str, purpose: Purpose) -> bool:
        """Whether the address asked for that, and has not refused it or messages since."""

    def reachable(
        self, patient_ids: Collection[str], purpose: Purpose = Purpose.MESSAGES
    ) -> Mapping[str, Sequence[str]]:
        """Of each who has any, the addresses that are not `opted_out` of that."""

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
        """Keeps a no (a STOP) or a yes (a START): the words used, the channel, the instant."""

    def consents(self, address: str) -> Sequence[Consent]:
        """All that the address ever agreed to or refused, the oldest first."""
