"""What patients said of their visits, and the alert of a low score, as the staff see them."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from clinic.feedback import Feedback
from clinic.patients import Patient

if TYPE_CHECKING:
    from tests.console.conftest import House

ANA = "+525500000001"


def said(house: "House", score: int, words: str = "") -> Patient:
    """Ana was here, and said so much of it."""
    ana = house.patient("Ana Torres", ANA)
    visit = house.visit(ana, "roma", house.time.now + timedelta(minutes=1))
    house.time.pass_(minutes=9)
    talk = house.hear(ANA, str(score)).conversation_id
    feedback = Feedback(
        visit.id, ana.id, visit.service, visit.branch, score, house.time.now, "sms", talk
    )
    house.feedbacks.keep(feedback)
    house.feedbacks.add_words(visit.id, words)
    if feedback.is_low:
        house.conversations.alert(talk, "feedback", house.time.now)
    return ana


def test_score_and_words_stand_with_the_visit(house: "House", staff: FlaskClient) -> None:
    ana = said(house, 2, "Esperé una hora <b>de pie</b>")
    page = staff.get(f"/console/patients/{ana.id}").text
    assert "Opinión: 2 de 5" in page
    assert "Esperé una hora &lt;b&gt;de pie&lt;/b&gt;" in page


def test_a_visit_without_an_answer_shows_none(house: "House", staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", ANA)
    house.visit(ana, "roma", house.time.now + timedelta(hours=1))
    assert "Opinión" not in staff.get(f"/console/patients/{ana.id}").text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "calificó mal su visita"),
        ("pt", "avaliou mal a consulta"),
        ("en", "gave a visit a low score"),
    ],
)
def test_a_low_score_alerts_the_staff_in_their_language(
    house: "House", staff: FlaskClient, language: str, words: str
) -> None:
    said(house, 1)
    page = staff.get("/console/waiting", headers={"Accept-Language": language}).text
    assert words in page


def test_a_high_score_alerts_nobody(house: "House", staff: FlaskClient) -> None:
    said(house, 5)
    assert "calificó mal" not in staff.get("/console/waiting").text
