"""What every patient registry behind `clinic.ports.Patients` must do."""

from datetime import date, timedelta

import pytest

from clinic.consents import Purpose
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


def test_a_purpose_is_refused_alone_and_a_stop_refuses_all(clinic: SmallClinic) -> None:
    patients, address = clinic.patients, "+525500000001"

    def say(given: bool, purpose: Purpose, minutes: int) -> None:
        at = NOW + timedelta(minutes=minutes)
        patients.set_consent(address, given=given, channel="sms", words="9", at=at, purpose=purpose)

    assert not patients.opted_out(address, Purpose.CALLS)
    assert not patients.agreed(address, Purpose.NEWS)
    say(False, Purpose.CALLS, 1)
    say(True, Purpose.NEWS, 2)
    assert patients.opted_out(address, Purpose.CALLS)
    assert not patients.opted_out(address)
    assert patients.agreed(address, Purpose.NEWS)
    say(True, Purpose.CALLS, 3)
    say(False, Purpose.MESSAGES, 4)
    assert patients.opted_out(address, Purpose.CALLS)
    assert not patients.agreed(address, Purpose.NEWS)
    assert [(each.purpose, each.given) for each in patients.consents(address)] == [
        (Purpose.CALLS, False),
        (Purpose.NEWS, True),
        (Purpose.CALLS, True),
        (Purpose.MESSAGES, False),
    ]


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


def test_who_refused_calls_is_reachable_by_messages_alone(clinic: SmallClinic) -> None:
    both, reachable = [clinic.ana, clinic.beto], clinic.patients.reachable
    for address, purpose in (("+525500000001", Purpose.CALLS), ("+525500000002", Purpose.MESSAGES)):
        clinic.patients.set_consent(
            address, given=False, channel="voice", words="4", at=NOW, purpose=purpose
        )
    assert set(reachable(both)) == {clinic.ana}
    assert reachable(both, Purpose.CALLS) == {}
    clinic.patients.set_consent(
        "+525500000001", given=True, channel="sms", words="1", at=NOW, purpose=Purpose.CALLS
    )
    assert set(reachable(both, Purpose.CALLS)) == {clinic.ana}


def test_a_mistake_in_a_record_is_put_right(clinic: SmallClinic) -> None:
    patients, born = clinic.patients, date(1988, 4, 13)
    patients.correct(clinic.ana, " Ana  Torres Luna ", born)
    now = patients.patient(clinic.ana)
    assert (now.name, now.birth_date) == ("Ana Torres Luna", born)
    assert list(patients.born_on(born)) == [now]
    patients.detach(clinic.ana, "whatsapp:+5215500000001")
    assert list(patients.addresses(clinic.ana)) == []
    with pytest.raises(ValueError, match="name"):
        patients.correct(clinic.ana, "?", born)
    with pytest.raises(PatientUnknown):
        patients.correct("nobody", "Ana Torres", born)
    with pytest.raises(PatientUnknown):
        patients.detach("nobody", "+525500000001")
