"""The catalogue's pages: what is changed there is what the bot says, and nothing is lost."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from clinic.appointments import AppointmentStatus
from clinic.definitions import ServiceDefinition
from console.access import audit
from console.catalogue.standing import FLAGS
from console.language import catalogue as texts
from integrations.csv_lines import MESSAGES
from tests.console.conftest import NOW, House, token_of
from tests.console.stocked import (
    EVA,
    PRICE,
    SERVICE,
    ULTRASOUND,
    SignIn,
    enter_as,
    fields,
    price,
)


@pytest.fixture
def enter(shop: House, sign_in: SignIn) -> Callable[..., FlaskClient]:
    def as_(role: str, *branches: str) -> FlaskClient:
        return enter_as(shop, sign_in, role, *branches)

    return as_


def test_a_list_tells_prices_of_today_and_what_is_amiss(manager: FlaskClient, shop: House) -> None:
    page = manager.get("/console/catalogue").text
    assert "Ultrasonido abdominal" in page
    assert "$950.00 MXN" in page
    assert "Falta la preparación: pt" in page
    assert "Sin precio: Paulista, Roma" in page  # the consult has none anywhere


def test_an_end_that_is_near_a_shared_name_and_nobody_there_are_pointed_out(
    manager: FlaskClient, shop: House
) -> None:
    price(shop, date(2026, 3, 1), 90000, date(2026, 3, 20))
    entry = shop.editor.entry("derma")
    known = entry.definition.names
    twin = ServiceDefinition("other", "consult", 30, known, {"es": ["USG  Abdómen"]}, 0, {})
    shop.editor.define(twin, None, EVA)
    shop.editor.place("other", {"roma": []}, 1, EVA)
    page = manager.get("/console/catalogue").text
    assert "Precio por terminar: Roma 2026-03-20" in page
    assert "Nombre compartido: usg abdomen" in page
    assert "Nadie lo hace: Roma" in page


@pytest.mark.parametrize(
    ("query", "found", "hidden"),
    [
        ("?q=USG+abdómen", "ultrasound", "services/derma"),
        ("?kind=consult", "services/derma", "services/ultrasound"),
        ("?branch=paulista", "services/derma", "services/ultrasound"),
        ("?flag=no_preparation", "services/ultrasound", "services/derma"),
        ("?q=nothing+like+it", "Ningún servicio", "services/"),
    ],
)
def test_search_and_filters_are_links(
    manager: FlaskClient, query: str, found: str, hidden: str
) -> None:
    page = manager.get(f"/console/catalogue{query}").text
    assert found in page
    assert hidden not in page.split('<main id="content"', 1)[1].split("<section", 1)[1]


@pytest.mark.parametrize("query", ["?kind=x", "?branch=norte", "?flag=x"])
def test_a_filter_that_is_none_is_not_there(manager: FlaskClient, query: str) -> None:
    assert manager.get(f"/console/catalogue{query}").status_code == 404


def test_a_changed_service_is_what_the_bot_says(manager: FlaskClient, shop: House) -> None:
    typed = fields(manager.get(f"{SERVICE}/edit").text)
    typed |= {"kind": "study", "fasting_hours": "10", "preparation_en": "Fast for 10 hours."}
    typed["preparation_es"] = "Ayuno de 10 horas."
    answer = manager.post(f"{SERVICE}/edit", data=typed)
    assert answer.status_code == 303
    page = manager.get(answer.location + "?lang=es&at=roma&channel=whatsapp").text
    assert "Ultrasonido abdominal en Roma: $950.00 MXN, impuestos incluidos (Público)." in page
    assert "Preparación para Ultrasonido abdominal: Ayuno de 10 horas." in page
    newest = audit.read(shop, limit=1)[0]
    assert (newest.action, newest.subject_id) == ("catalogue_service_changed", "ultrasound")
    assert newest.details["changed"] == ["changed service  fasting_hours,preparation"]


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    manager: FlaskClient, shop: House
) -> None:
    typed = fields(manager.get(f"{SERVICE}/edit").text)
    typed |= {"kind": "study", "minutes": "soon", "name_pt": "x" * 10_000, "name_es": ""}
    typed["preparation_es"] = "<script>Sin ayuno</script>"
    answer = manager.post(f"{SERVICE}/edit", data=typed)
    assert answer.status_code == 409
    for words in ("Debe ser un número entero de 5 a 1440", "Tiene más de 100 caracteres"):
        assert words in answer.text
    assert "La primera regla debe decir las 8 horas de ayuno" in answer.text
    assert "&lt;script&gt;Sin ayuno" in answer.text
    assert "<script>Sin" not in answer.text
    assert shop.editor.entry("ultrasound").definition == ULTRASOUND


def test_a_stale_form_shows_what_changed_and_keeps_what_was_typed(
    manager: FlaskClient, shop: House
) -> None:
    typed = fields(manager.get(f"{SERVICE}/edit").text) | {"kind": "study"}
    entry = shop.editor.entry("ultrasound")
    names = {**ULTRASOUND.names, "en": "Ultrasound of the abdomen"}
    changed = ServiceDefinition(
        *("ultrasound", "study", 30, names, ULTRASOUND.synonyms, 8, ULTRASOUND.preparation)
    )
    shop.editor.define(changed, entry.version, EVA)
    typed["name_es"] = "Ultrasonido de abdomen"
    answer = manager.post(f"{SERVICE}/edit", data=typed)
    assert answer.status_code == 409
    assert "Alguien cambió este servicio" in answer.text
    assert "Ultrasound of the abdomen" in answer.text
    assert "eva" in answer.text
    assert 'value="Ultrasonido de abdomen"' in answer.text
    again = manager.post(f"{SERVICE}/edit", data=fields(answer.text) | {"kind": "study"})
    assert again.status_code == 303
    assert shop.editor.entry("ultrasound").definition.names["es"] == "Ultrasonido de abdomen"


def test_a_new_service_goes_on_to_where_it_is_done(manager: FlaskClient, shop: House) -> None:
    typed = fields(manager.get("/console/catalogue/new").text)
    typed |= {"code": "tsh", "kind": "study", "name_es": "TSH", "minutes": "15"}
    answer = manager.post("/console/catalogue/new", data=typed)
    assert answer.status_code == 303
    assert answer.location.endswith("/catalogue/services/tsh/places")
    page = manager.get(answer.location).text
    form = {"csrf_token": token_of(page), "version": "1", "branches": ["roma"]}
    form["who"] = ["derma-roma"]
    assert manager.post(answer.location, data=form).status_code == 303
    assert shop.catalogue.service("tsh").branches == {"roma"}
    taken = manager.post("/console/catalogue/new", data=typed)
    assert taken.status_code == 409
    assert "Ya hay un servicio con ese código" in taken.text


def test_taking_a_service_off_a_branch_says_first_what_that_means(
    manager: FlaskClient, shop: House
) -> None:
    ana = shop.patient("Ana Torres", "+525500000001")
    visit = shop.visit(ana, "roma", NOW + timedelta(days=1))
    page = manager.get("/console/catalogue/services/derma/places").text
    form = {"csrf_token": token_of(page), "version": "1", "branches": ["paulista"]}
    form["who"] = ["derma-paulista"]
    path = "/console/catalogue/services/derma/places"
    asked = manager.post(path, data=form)
    assert asked.status_code == 409
    assert "citas agendadas: 1" in asked.text
    assert "Las citas agendadas se quedan como están" in asked.text
    assert shop.editor.entry("derma").version == 1
    assert manager.post(path, data=form | {"sure": "roma"}).status_code == 303
    assert shop.catalogue.service("derma").branches == {"paulista"}
    assert shop.schedule.appointment(visit.id).status is AppointmentStatus.BOOKED


def test_the_bot_says_that_it_does_not_do_it_here(manager: FlaskClient) -> None:
    page = manager.get(f"{SERVICE}?lang=pt&at=paulista&channel=sms").text
    assert "Nao fazemos Ultrassom abdominal em Paulista" in page
    assert "1 Roma - Ciudad de México" in page
    assert "Aquí el asistente no da un precio" in page
    spoken = manager.get(f"{SERVICE}?lang=es&at=roma&channel=voice").text
    assert "950 pesos" in spoken
    assert "Para agendar, marque 1" in spoken


def test_a_service_that_is_done_nowhere_is_not_offered(manager: FlaskClient, shop: House) -> None:
    shop.editor.place("ultrasound", {}, 2, EVA)
    page = manager.get(f"{SERVICE}?lang=es&at=roma&channel=whatsapp").text
    assert "Ya no se ofrece" in page
    assert "No encuentro ese servicio entre los que hacemos" in page


def test_a_domain_that_cannot_be_read_is_said_and_breaks_no_page(
    manager: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = manager.get(SERVICE)
    assert answer.status_code == 200
    assert "No se puede mostrar: domain.yml" in answer.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("usg abdomen", "Sí: lo toma por este servicio"),
        ("dermatologia", "No: lo toma por otro"),
        ("xyzzy", "No encuentra nada"),
        ("<b>usg abdomen\u202e</b>" + "x" * 10_000, ""),
    ],
)
def test_a_name_can_be_tried_as_a_patient_would_say_it(
    manager: FlaskClient, words: str, said: str
) -> None:
    form = {"csrf_token": token_of(manager.get(SERVICE).text), "text": words, "lang": "es"}
    answer = manager.post(f"{SERVICE}/try", data=form)
    assert answer.status_code == 200
    assert said in answer.text
    assert "<b>usg" not in answer.text


def test_a_manager_of_one_branch_changes_its_prices_alone(
    enter: Callable[..., FlaskClient], shop: House
) -> None:
    bound = enter("manager", "paulista")
    assert bound.get(SERVICE).status_code == 200
    assert bound.get(PRICE).status_code == 404
    token = token_of(bound.get("/console/account").text)
    assert bound.post(PRICE, data={"csrf_token": token}).status_code == 404
    assert bound.post(f"{PRICE}/change", data={"csrf_token": token}).status_code == 404
    assert bound.get(f"{SERVICE}/edit").status_code == 403
    assert bound.get("/console/catalogue/new").status_code == 403
    form = {"csrf_token": token, "version": "2", "branches": ["paulista", "roma"]}
    assert bound.post(f"{SERVICE}/places", data=form).status_code == 404
    form = {"csrf_token": token, "version": "2", "branches": ["paulista"], "who": ["derma-roma"]}
    assert bound.post(f"{SERVICE}/places", data=form).status_code == 404
    form = {"csrf_token": token, "version": "2", "branches": ["paulista"]}
    assert bound.post(f"{SERVICE}/places", data=form).status_code == 303
    assert set(shop.editor.entry("ultrasound").places) == {"roma", "paulista"}
    assert bound.get(f"{SERVICE}/prices/paulista/public").status_code == 200


@pytest.mark.parametrize("role", ["reception", "auditor"])
def test_who_only_reads_is_offered_no_change(enter: Callable[..., FlaskClient], role: str) -> None:
    reader = enter(role)
    page = reader.get(SERVICE).text
    for offered in ("/edit", "/places", "/prices/", "catalogue/import", "catalogue/new"):
        assert offered not in page + reader.get("/console/catalogue").text
    assert reader.get(f"{SERVICE}/edit").status_code == 403


def test_what_is_not_there_is_not_found(manager: FlaskClient) -> None:
    for path in (
        "/console/catalogue/services/nothing",
        "/console/catalogue/services/nothing/edit",
        f"{SERVICE}/prices/norte/public",
        f"{SERVICE}/prices/roma/nobody",
        f"{PRICE}?do=correct&id=nothing",
        f"{PRICE}?do=burn",
    ):
        assert manager.get(path).status_code == 404, path


def test_every_flag_and_fault_has_its_words() -> None:
    keys = {f"catalogue_{kind}_{flag}" for flag in FLAGS for kind in ("flag", "hint")}
    assert keys | {f"fault_{code}" for code in MESSAGES} <= set(texts())
