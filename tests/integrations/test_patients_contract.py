"""What every patient registry behind `clinic.ports.Patients` must do."""

from datetime import date, timedelta

import pytest

from clinic.catalogue import UnknownBranch, UnknownService
from clinic.patients import PatientUnknown
from tests.integrations.small_clinic import NOW, SmallClinic

FAMILY = "+525500000006"


def test_a_family_shares_an_address_and_a_patient_has_several(clinic: SmallClinic) -> None:
    lucia = clinic.patients.register("Lucía Rivas", date(1985, 5, 17), "es", FAMILY)
    mateo = clinic.patients.register("Mateo Rivas", date(2014, 10, 3), "es", FAMILY)
    assert list(clinic.patients.at_address(FAMILY)) == [lucia, mateo]
    clinic.patients.attach(lucia.id, "MX.1234567890")
    clinic.patients.attach(lucia.id, "MX.1234567890")
    assert list(clinic.patients.addresses(lucia.id)) == [FAMILY, "MX.1234567890"]
    assert list(clinic.patients.at_address("MX.1234567890")) == [lucia]
    assert list(clinic.patients.at_address("+525599999999")) == []


@pytest.mark.parametrize(
    "written", ["+5215500000001", "whatsapp:+5215500000001", "+52 55 0000 0001"]
)
def test_one_phone_is_one_address_however_it_is_written(clinic: SmallClinic, written: str) -> None:
    assert [patient.id for patient in clinic.patients.at_address(written)] == [clinic.ana]
    clinic.patients.attach(clinic.ana, written)
    assert list(clinic.patients.addresses(clinic.ana)) == ["+525500000001"]


def test_a_brazilian_number_without_its_ninth_digit_is_the_same_person(
    clinic: SmallClinic,
) -> None:
    joao = clinic.patients.register("João Pereira", date(1979, 7, 2), "pt", "+551100000001")
    assert list(clinic.patients.at_address("whatsapp:+5511900000001")) == [joao]


@pytest.mark.parametrize("said", ["lucia rivas", "Rivas, Lucía", "LUCIA RIVAS", "Sra. Lucía Rivas"])
def test_a_name_is_found_without_accents_or_case(clinic: SmallClinic, said: str) -> None:
    born = date(1985, 5, 17)
    lucia = clinic.patients.register("Lucía Rivas", born, "es", FAMILY)
    assert list(clinic.patients.named(said, born)) == [lucia]
    assert list(clinic.patients.named(said, born + timedelta(days=1))) == []


@pytest.mark.parametrize("said", ["Lucía", "Rivas", "Lucía Torres", "", "Lucía Rivas Torres"])
def test_a_name_too_short_or_of_somebody_else_finds_nobody(clinic: SmallClinic, said: str) -> None:
    born = date(1985, 5, 17)
    clinic.patients.register("Lucía Rivas", born, "es", FAMILY)
    assert list(clinic.patients.named(said, born)) == []


def test_registering_the_same_person_again_makes_no_second(clinic: SmallClinic) -> None:
    again = clinic.patients.register("ANA TORRES", date(1988, 3, 14), "en", "+5215500000001")
    assert again == clinic.patients.patient(clinic.ana)
    assert len(clinic.patients.at_address("+525500000001")) == 1


def test_a_patient_has_a_language(clinic: SmallClinic) -> None:
    clinic.patients.set_language(clinic.ana, "en")
    assert clinic.patients.patient(clinic.ana).language == "en"


def test_an_unknown_patient_says_so(clinic: SmallClinic) -> None:
    with pytest.raises(PatientUnknown):
        clinic.patients.patient("nobody")
    with pytest.raises(PatientUnknown):
        clinic.patients.attach("nobody", FAMILY)
    with pytest.raises(PatientUnknown):
        clinic.patients.set_language("nobody", "pt")
    with pytest.raises(PatientUnknown):
        clinic.patients.wait_for("nobody", "consult", "centro", NOW)


def test_the_last_word_of_an_address_counts(clinic: SmallClinic) -> None:
    patients, address = clinic.patients, "+525500000001"

    def say(given: bool, words: str, minutes: int) -> None:
        at = NOW + timedelta(minutes=minutes)
        patients.set_consent(address, given=given, channel="sms", words=words, at=at)

    assert not patients.opted_out(address)
    say(False, "BAJA", 1)
    assert patients.opted_out("whatsapp:+5215500000001")
    say(True, "ALTA", 3)
    say(False, "STOP", 2)
    assert not patients.opted_out(address)
    say(False, "PARAR", 3)
    assert patients.opted_out(address)
    assert not patients.opted_out("+525500000002")


def test_who_said_stop_last_is_not_reachable_there(clinic: SmallClinic) -> None:
    clinic.patients.attach(clinic.ana, "MX.1234567890")
    both = [clinic.ana, clinic.beto]
    words = iter(["STOP", "START", "STOP"])
    for days, expected in enumerate((False, True, False)):
        at = NOW + timedelta(days=days)
        clinic.patients.set_consent(
            "+525500000001", given=expected, channel="sms", words=next(words), at=at
        )
        reached = {who: list(where) for who, where in clinic.patients.reachable(both).items()}
        assert reached == {
            clinic.ana: ["+525500000001"] * expected + ["MX.1234567890"],
            clinic.beto: ["+525500000002"],
        }
    assert clinic.patients.reachable([]) == {}
    clinic.patients.set_consent("+525500000002", given=False, channel="sms", words="STOP", at=NOW)
    assert clinic.patients.reachable([clinic.beto]) == {}


def test_a_patient_waits_once_and_keeps_the_place(clinic: SmallClinic) -> None:
    patients = clinic.patients
    patients.wait_for(clinic.beto, "consult", "centro", NOW)
    patients.wait_for(clinic.ana, "consult", "centro", NOW + timedelta(hours=1))
    patients.wait_for(clinic.beto, "consult", "centro", NOW + timedelta(hours=2))
    assert list(patients.waiting(clinic.beto)) == [("consult", "centro")]
    assert list(patients.waitlist("consult", "centro")) == [
        (clinic.beto, NOW),
        (clinic.ana, NOW + timedelta(hours=1)),
    ]
    patients.stop_waiting(clinic.beto, "consult", "centro")
    patients.stop_waiting(clinic.beto, "consult", "centro")
    assert list(patients.waiting(clinic.beto)) == []


def test_nobody_waits_for_what_there_is_not(clinic: SmallClinic) -> None:
    with pytest.raises(UnknownService):
        clinic.patients.wait_for(clinic.ana, "nothing", "centro", NOW)
    with pytest.raises(UnknownBranch):
        clinic.patients.wait_for(clinic.ana, "consult", "nowhere", NOW)
