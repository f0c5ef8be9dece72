"""What every store of feedback behind `clinic.ports.Feedbacks` must do."""

from dataclasses import replace
from datetime import timedelta

from clinic.feedback import Feedback
from tests.integrations.small_clinic import NOW, SmallClinic


def given(clinic: SmallClinic, score: int = 5, talk: str = "first") -> Feedback:
    visit = clinic.booked()
    return Feedback(
        visit.id, visit.patient_id, visit.service, visit.branch, score, NOW, "sms", talk
    )


def test_a_score_is_kept_with_visit_service_branch_and_channel(clinic: SmallClinic) -> None:
    answer = given(clinic)
    assert clinic.feedbacks.keep(answer)
    assert clinic.feedbacks.of_visit(answer.visit_id) == answer
    assert clinic.feedbacks.of_patient(clinic.ana) == [answer]


def test_of_a_visit_that_nobody_spoke_of_there_is_nothing(clinic: SmallClinic) -> None:
    assert clinic.feedbacks.of_visit(clinic.booked().id) is None
    assert clinic.feedbacks.of_patient(clinic.ana) == []


def test_words_are_kept_with_the_score(clinic: SmallClinic) -> None:
    answer = given(clinic, 2)
    clinic.feedbacks.keep(answer)
    clinic.feedbacks.add_words(answer.visit_id, "Esperé una hora")
    assert clinic.feedbacks.of_visit(answer.visit_id) == replace(answer, words="Esperé una hora")


def test_the_conversation_that_gave_a_score_corrects_it_and_keeps_the_words(
    clinic: SmallClinic,
) -> None:
    answer = given(clinic, 1)
    clinic.feedbacks.keep(answer)
    clinic.feedbacks.add_words(answer.visit_id, "Todo bien")
    corrected = replace(answer, score=5, at=NOW + timedelta(minutes=1), channel="whatsapp")
    assert clinic.feedbacks.keep(corrected)
    assert clinic.feedbacks.of_patient(clinic.ana) == [replace(corrected, words="Todo bien")]


def test_another_conversation_changes_nothing(clinic: SmallClinic) -> None:
    answer = given(clinic, 5)
    clinic.feedbacks.keep(answer)
    assert not clinic.feedbacks.keep(replace(answer, score=1, conversation_id="second"))
    assert clinic.feedbacks.of_visit(answer.visit_id) == answer


def test_answers_come_oldest_first_and_are_the_patients_own(clinic: SmallClinic) -> None:
    later, earlier = given(clinic), given(clinic)
    earlier = replace(earlier, at=NOW - timedelta(days=1))
    beto = clinic.booked(clinic.beto)
    his = Feedback(beto.id, clinic.beto, beto.service, beto.branch, 3, NOW, "sms", "his")
    for each in (later, earlier, his):
        clinic.feedbacks.keep(each)
    assert clinic.feedbacks.of_patient(clinic.ana) == [earlier, later]
