"""What each role opens, whose patients somebody sees, and what is noted of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from console.access import audit, permissions, staff
from console.access.guard import PUBLIC
from console.access.users import Role, add_user
from console.tables import UserBranchRow
from tests.console.conftest import NOW, PASSWORD, House, token_of

SignIn = Callable[..., str]


def _ways(client: FlaskClient) -> list[tuple[str, str, str]]:
    """(endpoint, method, path) of every way into the console."""
    adapter = client.application.url_map.bind("localhost")
    return [
        (rule.endpoint, method, adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, "x")))
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("console.") and rule.endpoint not in PUBLIC
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
    ]


@pytest.fixture
def enter(house: House, sign_in: SignIn) -> Callable[[Role], FlaskClient]:
    def as_(role: Role) -> FlaskClient:
        add_user(house.database, role, PASSWORD, role, clock=house.clock)
        client = house.app().test_client()
        sign_in(client, role)
        return client

    return as_


def test_every_page_is_for_named_roles_and_every_named_page_is_there(client: FlaskClient) -> None:
    there = {endpoint for endpoint, _, _ in _ways(client)}
    assert there == set(permissions.OPENS)


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_own_pages_and_no_others(
    enter: Callable[[Role], FlaskClient], role: Role
) -> None:
    client = enter(role)
    token = token_of(client.get("/console/account").text)
    for endpoint, method, path in _ways(client):
        if endpoint in {"console.sign_out", "console.live"}:
            continue
        answer = client.open(path, method=method, data={"csrf_token": token})
        opened = answer.status_code != 403
        assert opened == permissions.allows(endpoint, role), f"{role} {method} {path}"


@pytest.mark.parametrize("role", Role)
def test_everybody_begins_on_a_page_that_opens_for_them(
    enter: Callable[[Role], FlaskClient], role: Role
) -> None:
    answer = enter(role).get("/console/", follow_redirects=True)
    assert answer.status_code == 200
    assert len(answer.history) == 1


def test_whoever_is_of_one_branch_sees_its_patients_and_nobody_else_s(
    house: House, staff: FlaskClient
) -> None:
    ana = house.patient("Ana Torres", "+525500000001")
    joao = house.patient("João Pereira", "+5511900000001")
    new = house.patient("Beto Ruiz", "+525500000002")
    house.visit(ana, "roma", NOW + timedelta(days=1))
    house.visit(joao, "paulista", NOW + timedelta(days=1))
    with house.database.begin() as session:
        session.add(UserBranchRow(user_name="reception", branch="roma"))
    for patient, status in ((ana, 200), (joao, 404), (new, 200)):
        assert staff.get(f"/console/patients/{patient.id}").status_code == status
    agenda = staff.get("/console/agenda?day=2026-03-06").text
    assert "Ana Torres" in agenda
    assert "João Pereira" not in agenda
    assert staff.get("/console/agenda?branch=paulista").status_code == 404
    talk = house.hear("+5511900000001", "quero falar com uma pessoa").conversation_id
    house.conversations.hand_off(talk, "wish", house.clock())
    waiting = staff.get("/console/waiting").text
    assert "João Pereira" not in waiting
    handoff = house.conversations.open_handoffs()[0]
    form = {"csrf_token": token_of(waiting), "id": handoff.id}
    assert staff.post("/console/waiting", data=form).status_code == 404
    page = staff.get("/console/search").text
    for words in ("João", "+5511900000001"):
        found = staff.post("/console/search", data={"csrf_token": token_of(page), "words": words})
        assert "João Pereira" not in found.text


def test_each_look_at_a_patient_is_noted(house: House, staff: FlaskClient) -> None:
    ana = house.patient("Ana Torres", "+525500000001")
    staff.get(f"/console/patients/{ana.id}")
    newest = audit.read(house, limit=1)[0]
    assert (newest.user, newest.role, newest.action) == ("reception", "reception", "patient_viewed")
    assert (newest.subject, newest.subject_id, newest.at) == ("patient", ana.id, NOW)


def test_a_name_that_nobody_has_is_not_noted_for_it_may_be_a_password(
    house: House, client: FlaskClient, sign_in: SignIn
) -> None:
    sign_in(client, "my secret phrase", "x")
    newest = audit.read(house, limit=1)[0]
    assert (newest.action, newest.user) == ("sign_in_failed", "")


def test_the_auditor_reads_the_log(house: House, enter: Callable[[Role], FlaskClient]) -> None:
    ana = house.patient("Ana Torres", "+525500000001")
    auditor = enter(Role.AUDITOR)
    auditor.get(f"/console/patients/{ana.id}")
    page = auditor.get("/console/audit?action=patient_viewed").text
    assert "Vio a un paciente" in page
    assert ana.id[:8] in page
    assert auditor.get("/console/audit?before=x").status_code == 400
    assert "Nada que mostrar" in auditor.get("/console/audit?before=1").text


def test_an_admin_adds_somebody_who_then_signs_in_with_the_password_shown(
    house: House, enter: Callable[[Role], FlaskClient], sign_in: SignIn
) -> None:
    admin = enter(Role.ADMIN)
    form = {"csrf_token": token_of(admin.get("/console/users").text)}
    page = admin.post("/console/users", data=form | {"name": "Eva", "role": "reception"}).text
    password = page.split("<code>", 1)[1].split("</code>", 1)[0]
    assert "Agenda" in sign_in(house.app().test_client(), "eva", password)
    again = admin.post("/console/users", data=form | {"name": "EVA", "role": "reception"})
    assert again.status_code == 400
    assert "ya existe" in again.text


def test_who_is_kept_out_is_out_at_once(house: House, enter: Callable[[Role], FlaskClient]) -> None:
    reception, admin = enter(Role.RECEPTION), enter(Role.ADMIN)
    form = {"csrf_token": token_of(admin.get("/console/users").text)}
    changed = form | {"role": "reception", "disabled": "on", "branches": ["roma"]}
    assert admin.post("/console/users/reception", data=changed).status_code == 200
    assert reception.get("/console/agenda").status_code == 303
    member = next(one for one in staff.members(house.database) if one.name == "reception")
    assert member.disabled
    assert member.branches == {"roma"}


def test_the_last_admin_stays_one(house: House, enter: Callable[[Role], FlaskClient]) -> None:
    admin = enter(Role.ADMIN)
    form = {"csrf_token": token_of(admin.get("/console/users").text), "role": "auditor"}
    answer = admin.post("/console/users/admin", data=form)
    assert answer.status_code == 400
    assert "Debe quedar alguien" in answer.text
    assert admin.get("/console/users").status_code == 200


def test_a_new_password_ends_the_sessions_of_the_old_one(
    house: House, staff: FlaskClient, sign_in: SignIn
) -> None:
    elsewhere = house.app().test_client()
    sign_in(elsewhere)
    form = {"csrf_token": token_of(staff.get("/console/account").text), "new": "another long one"}
    wrong = staff.post("/console/account/password", data=form | {"old": "not it"})
    assert wrong.status_code == 400
    assert elsewhere.get("/console/agenda").status_code == 200
    right = staff.post("/console/account/password", data=form | {"old": PASSWORD})
    assert "La contraseña cambió" in right.text
    assert staff.get("/console/agenda").status_code == 200
    assert elsewhere.get("/console/agenda").status_code == 303
    assert "Agenda" in sign_in(elsewhere, "reception", "another long one")
