"""Campaigns in the console: chosen, previewed, begun once, watched, and nothing forged."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services import Services, open_services
from app.settings import Settings
from clinic.appointments import Appointment, Change
from clinic.campaigns import Campaign, CampaignState
from clinic.consents import Purpose
from clinic.hours import local_day
from console.access.users import add_user
from console.outreach.campaign_rows import cell
from console.web import create_blueprints
from integrations.demo.cast import ANA, CARLA, JOAO
from outreach.campaigns import run_campaigns
from tests import databases
from tests.conftest import NOW
from tests.console.conftest import PASSWORD, token_of

PEREZ = "roma:roma-dermatology-1"
_VISIT = re.compile(r'name="visit" value="([^"]+)"')
_KEY = re.compile(r'name="key" value="([0-9a-f]{32})"')


@dataclass
class Clinic:
    """The demo clinic on a Tuesday, with a member of the staff at work."""

    services: Services
    staff: FlaskClient
    now: list[datetime] = field(default_factory=lambda: [NOW])

    @property
    def zone_day(self) -> str:
        """The day of Ana's visit."""
        zone = self.services.catalogue.branch("roma").zone
        return local_day(self.visit().start, zone).isoformat()

    def visit(self, patient: str = ANA.id) -> Appointment:
        return self.services.schedule.appointments(patient)[0]

    def page(self, **query: str) -> str:
        asked = {"where": PEREZ, "day": self.zone_day} | query
        return self.staff.get("/console/campaigns/move", query_string=asked).text

    def form(self, page: str, **changed: object) -> dict[str, object]:
        """What the page's own form would send."""
        found = _KEY.search(page)
        assert found
        fields: dict[str, object] = {
            "csrf_token": token_of(page),
            "key": found[1],
            "where": PEREZ,
            "day": self.zone_day,
            "until": "",
            "from": "",
            "to": "",
            "reason": "practitioner",
            "visit": _VISIT.findall(page),
        }
        return fields | changed

    def begin(self, **changed: object) -> Campaign:
        self.staff.post("/console/campaigns/move", data=self.form(self.page(), **changed))
        return self.services.campaigns.campaigns(1)[0]

    def step(self, campaign: Campaign, name: str) -> int:
        path = f"/console/campaigns/{campaign.id}"
        token = token_of(self.staff.get(path).text)
        return self.staff.post(f"{path}/{name}", data={"csrf_token": token}).status_code

    def look(self) -> list[str]:
        return [each["to"] for each in run_campaigns(self.services, self.now[0])]

    def wants_news(self, address: str) -> None:
        self.services.patients.set_consent(
            address, given=True, channel="sms", words="sí", at=NOW, purpose=Purpose.NEWS
        )


@pytest.fixture
def clinic(tmp_path: Path, sign_in: Callable[[FlaskClient], str]) -> Iterator[Clinic]:
    now = [NOW]
    with databases.fresh("sqlite", tmp_path, databases.aurora) as url:
        settings = Settings(consulta_home=tmp_path, database_url=url)
    services = open_services(settings, lambda: now[0])
    add_user(services.database, "reception", PASSWORD, "manager", clock=services.clock)
    app = Flask("console_tests", root_path=".")
    app.secret_key = "for these tests alone"
    app.config["TESTING"] = True
    for blueprint in create_blueprints(services):
        app.register_blueprint(blueprint)
    staff = app.test_client()
    sign_in(staff)
    yield Clinic(services, staff, now)
    services.close()


def test_the_visits_of_the_times_are_found_and_ticked(clinic: Clinic) -> None:
    page = clinic.page()
    assert _VISIT.findall(page) == [str(clinic.visit().ref)]
    assert "Ana Torres" in page
    assert page.count(" checked") >= 2, "the visit and the likely reason"


def test_who_cannot_be_told_is_marked_with_the_reason(clinic: Clinic) -> None:
    visit = clinic.visit(CARLA.id)
    zone = clinic.services.catalogue.branch("roma").zone
    page = clinic.page(where="roma:", day=local_day(visit.start, zone).isoformat())
    assert str(visit.ref) in page
    assert "pidió no recibir mensajes" in page


def test_other_hours_of_the_day_find_nothing(clinic: Clinic) -> None:
    assert "No hay citas por mover" in clinic.page(**{"from": "12:00"})
    assert "Ana Torres" in clinic.page(**{"from": "09:30", "to": "10:30"})
    assert "no valen" in clinic.page(**{"from": "12:00", "to": "11:00"})


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"where": "nowhere:"}, 404),
        ({"where": "roma:paulista-dermatology-1"}, 400),
        ({"day": "tomorrow"}, 400),
        ({"from": "noon"}, 400),
    ],
)
def test_a_place_or_time_that_there_is_not_is_refused(
    clinic: Clinic, changed: dict[str, str], status: int
) -> None:
    asked = {"where": PEREZ, "day": clinic.zone_day} | changed
    assert clinic.staff.get("/console/campaigns/move", query_string=asked).status_code == status


def test_the_preview_shows_the_text_the_cost_and_no_full_name(clinic: Clinic) -> None:
    form = clinic.form(clinic.page())
    page = clinic.staff.post("/console/campaigns/move/preview", data=form).text
    assert "A••• T•••" in page
    assert "Ana Torres" not in page
    assert "tenemos que cambiar su cita" in page
    assert "US$" in page
    assert "precios de lista de" in page
    assert clinic.look() == [], "a preview begins nothing"


def test_a_campaign_is_begun_told_and_watched(clinic: Clinic) -> None:
    campaign = clinic.begin()
    assert campaign.begun_by == "reception"
    path = f"/console/campaigns/{campaign.id}"
    assert 'hx-trigger="every 10s"' in clinic.staff.get(path).text
    assert clinic.look() == [ANA.id]
    page = clinic.staff.get(path).text
    assert "1 de 1 atendidos" in page
    assert "Dicho, sin acuse" in page
    assert "hx-trigger" not in page.partition("<main")[2], "nothing is under way any more"
    assert "reception la inició" in page
    assert campaign.id in clinic.staff.get("/console/campaigns").text


def test_a_form_that_is_sent_twice_begins_one_campaign(clinic: Clinic) -> None:
    form = clinic.form(clinic.page())
    first = clinic.staff.post("/console/campaigns/move", data=form)
    clinic.look()
    again = clinic.staff.post("/console/campaigns/move", data=form)
    assert first.location == again.location
    assert len(clinic.services.campaigns.campaigns(5)) == 1


def test_two_of_the_staff_who_begin_the_same_share_one_campaign(clinic: Clinic) -> None:
    mine, theirs = clinic.form(clinic.page()), clinic.form(clinic.page())
    assert mine["key"] != theirs["key"]
    first = clinic.staff.post("/console/campaigns/move", data=mine)
    assert clinic.staff.post("/console/campaigns/move", data=theirs).location == first.location
    assert "Ya está en una campaña" in clinic.page()


@pytest.mark.parametrize("forged", ["nothing:1", "not a visit", "other branch"])
def test_a_forged_visit_begins_nothing(clinic: Clinic, forged: str) -> None:
    ref = str(clinic.visit(JOAO.id).ref) if forged == "other branch" else forged
    form = clinic.form(clinic.page(), visit=[str(clinic.visit().ref), ref])
    answer = clinic.staff.post("/console/campaigns/move", data=form)
    assert answer.status_code == 409
    assert "La lista cambió" in answer.text
    assert clinic.services.campaigns.campaigns(5) == []


def test_a_visit_that_changed_since_the_list_was_shown_begins_nothing(clinic: Clinic) -> None:
    form = clinic.form(clinic.page())
    clinic.services.schedule.confirm(clinic.visit().ref, Change("patient", "sms", "c", NOW))
    assert clinic.staff.post("/console/campaigns/move", data=form).status_code == 409
    assert clinic.services.campaigns.campaigns(5) == []


def test_nothing_ticked_and_bad_forms_are_refused(clinic: Clinic) -> None:
    page = clinic.page()
    send = clinic.staff.post
    nobody = send("/console/campaigns/move", data=clinic.form(page, visit=[]))
    assert (nobody.status_code, "Marque al menos una cita" in nobody.text) == (409, True)
    for changed in ({"key": "mine"}, {"reason": "she is ill"}):
        form = clinic.form(page, **changed)
        assert send("/console/campaigns/move", data=form).status_code == 400


def test_its_course_is_changed_by_buttons(clinic: Clinic) -> None:
    campaign = clinic.begin()
    assert clinic.step(campaign, "pause") == 303
    assert clinic.look() == []
    assert "En pausa" in clinic.staff.get(f"/console/campaigns/{campaign.id}").text
    clinic.step(campaign, "resume")
    assert clinic.look() == [ANA.id]
    clinic.step(campaign, "close")
    assert clinic.look() == [ANA.id]
    assert "Cancelada por la clínica" in clinic.staff.get(f"/console/campaigns/{campaign.id}").text
    clinic.step(campaign, "open")
    clinic.step(campaign, "stop")
    state = clinic.services.campaigns.campaign(campaign.id)
    assert (state.state, state.closed) == (CampaignState.STOPPED, False)
    assert clinic.step(campaign, "burn") == 404


def test_a_campaign_that_there_is_not_is_not_found(clinic: Clinic) -> None:
    assert clinic.staff.get("/console/campaigns/nothing").status_code == 404
    assert clinic.staff.get("/console/campaigns/nothing/results.csv").status_code == 404
    form = {"csrf_token": token_of(clinic.page())}
    assert clinic.staff.post("/console/campaigns/nothing/pause", data=form).status_code == 404


def test_the_results_come_as_a_file(clinic: Clinic) -> None:
    campaign = clinic.begin()
    clinic.look()
    answer = clinic.staff.get(f"/console/campaigns/{campaign.id}/results.csv")
    assert answer.mimetype == "text/csv"
    head, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert head == ["Paciente", "Cita", "Estado", "Teléfono", "Canal", "Detalle"]
    assert row[0] == "Ana Torres"
    assert row[2:5] == ["Dicho, sin acuse", f"'{ANA.phone}", "SMS"]


@pytest.mark.parametrize("text", ["=1+1", "+52", "-1", "@a", "\ta", "\ra"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell("Ana") == "Ana"


# --- news ---------------------------------------------------------------------------------------


def _news(clinic: Clinic, **query: str) -> str:
    asked = {"branch": "roma", "service": "", "months": "6"} | query
    return clinic.staff.get("/console/campaigns/news", query_string=asked).text


def _news_form(page: str, **texts: str) -> dict[str, str]:
    found = _KEY.search(page)
    assert found
    fields = {"csrf_token": token_of(page), "key": found[1], "branch": "roma", "months": "6"}
    return fields | texts


def test_news_are_counted_for_those_who_asked_and_the_others_left_out(clinic: Clinic) -> None:
    clinic.wants_news(ANA.phone)
    page = _news(clinic)
    assert "1 pidieron noticias y las reciben" in page
    assert "no pidió noticias" in page
    assert 'name="text_es"' in page
    assert 'name="text_pt"' not in page, "nobody there is written to in Portuguese"


def test_news_need_words_in_the_language_of_each(clinic: Clinic) -> None:
    clinic.wants_news(ANA.phone)
    page = _news(clinic)
    answer = clinic.staff.post("/console/campaigns/news", data=_news_form(page, text_pt="Oi"))
    assert answer.status_code == 409
    assert "Falta el texto" in answer.text
    long = _news_form(page, text_es="a" * 481)
    assert clinic.staff.post("/console/campaigns/news", data=long).status_code == 400
    assert clinic.services.campaigns.campaigns(5) == []


def test_news_are_previewed_and_sent_to_who_asked_for_them(clinic: Clinic) -> None:
    clinic.wants_news(ANA.phone)
    form = _news_form(_news(clinic), text_es="Abrimos los domingos.")
    page = clinic.staff.post("/console/campaigns/news/preview", data=form).text
    assert "Clinica Aurora: Abrimos los domingos." in page
    assert clinic.look() == []
    answer = clinic.staff.post("/console/campaigns/news", data=form)
    assert clinic.staff.post("/console/campaigns/news", data=form).location == answer.location
    assert clinic.look() == [ANA.id]
    page = clinic.staff.get(answer.location).text
    assert "Fuera de la lista" in page


def test_where_nobody_asked_there_is_nothing_to_send(clinic: Clinic) -> None:
    page = _news(clinic)
    assert "Nadie de este grupo pidió noticias" in page
    assert "<textarea" not in page
    assert clinic.staff.get("/console/campaigns/news?branch=nowhere").status_code == 404
    assert clinic.staff.get("/console/campaigns/news?branch=roma&months=7").status_code == 400


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_page_is_there_in_every_language(clinic: Clinic, language: str) -> None:
    campaign = clinic.begin()
    clinic.staff.set_cookie("consulta_language", language)
    paths = ("", "/move", "/news", "/news?branch=roma", f"/{campaign.id}")
    for path in paths:
        answer = clinic.staff.get(f"/console/campaigns{path}")
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text
        assert "style=" not in answer.text
        assert answer.text.count("<script") == answer.text.count('<script src="/console/static/')
