"""Finding messages by what was said, on both databases, whatever is typed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from console.access.users import add_user
from console.inbox import finding
from console.inbox.words import excerpt, read
from console.tables import UserBranchRow
from tests.console.conftest import PASSWORD, House, token_of

ANA, BETO = "+525500000001", "+525500000002"
SignIn = Callable[..., str]


@pytest.fixture
def desk(any_house: House, sign_in: SignIn) -> FlaskClient:
    """The reception at work, on either database."""
    add_user(any_house.database, "reception", PASSWORD, "reception", clock=any_house.clock)
    client = any_house.app().test_client()
    sign_in(client)
    return client


def _search(client: FlaskClient, words: str, **narrowed: str) -> str:
    """The part of the page with the messages."""
    token = token_of(client.get("/console/search").text)
    form = {"csrf_token": token, "words": words, **narrowed}
    answer = client.post("/console/search", data=form)
    assert answer.status_code == 200
    return answer.text.partition('id="said-title"')[2]


@pytest.mark.parametrize(
    "words",
    [
        *("jueves", "JUEVES", "jue", "manana", "Mañana", "man\u0303ana", "no podre ir"),
        *(
            "podre_ir",
            '"podré ir mañana"',
            "ir jueves",
            "¿jueves?",
            "jueves*",
            '"mañana" jue',
            "e\u0301l no",
        ),
    ],
)
def test_words_are_found_without_their_accents_case_or_end(
    any_house: House, desk: FlaskClient, words: str
) -> None:
    ana = any_house.patient("Ana Torres", ANA)
    said = any_house.hear(ANA, "Él dice que no podré ir mañana, ¿tal vez el jueves?")
    any_house.hear(ANA, "otra cosa")
    page = _search(desk, words)
    assert f"/console/patients/{ana.id}?at={said.id}#m-{said.id}" in page
    assert "<mark>" in page
    assert "otra cosa" not in page


@pytest.mark.parametrize("words", ["eves", '"ir podré"', "jueves lunes", "ju", '"jue"', "torres"])
def test_what_was_not_said_so_is_not_found(any_house: House, desk: FlaskClient, words: str) -> None:
    any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "No podré ir mañana, ¿tal vez el jueves?")
    assert "No se encontró en ningún mensaje" in _search(desk, words)


@pytest.mark.parametrize(
    "words",
    [
        *('"', '""', '"sin cerrar', "*", "a*", "-", "NOT", "AND OR NEAR(", "text:jueves", "a^2"),
        *("'; drop table messages; --", "\\", "%", "& | ! <->", ":*", "(", "\u202eseveuj", "🙏"),
        *("x" * 10_000, "a " * 5_000, "\x00jueves\x07", "<script>alert(1)</script>", "日本語"),
    ],
)
def test_whatever_is_typed_has_an_answer(any_house: House, desk: FlaskClient, words: str) -> None:
    any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "nos vemos el jueves")
    token = token_of(desk.get("/console/search").text)
    answer = desk.post("/console/search", data={"csrf_token": token, "words": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_channel_and_days_narrow_what_is_found(any_house: House, desk: FlaskClient) -> None:
    any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "cita por SMS")
    any_house.time.pass_(minutes=1)
    any_house.hear(f"whatsapp:{ANA}", "cita por WhatsApp", channel="whatsapp")
    assert "por WhatsApp" not in _search(desk, "cita", channel="sms")
    assert "por SMS" in _search(desk, "cita", channel="sms")
    assert "por SMS" in _search(desk, "cita", since="2026-03-05", until="2026-03-05")
    assert "por SMS" not in _search(desk, "cita", since="2026-03-06")
    assert "por SMS" not in _search(desk, "cita", until="2026-03-04")


def test_the_newest_are_shown_first_and_the_earlier_ones_on_asking(
    any_house: House, desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    any_house.patient("Ana Torres", ANA)
    for number in range(finding.PAGE + 1):
        any_house.time.pass_(seconds=1)
        any_house.hear(ANA, f"mensaje número {number:03}")
    page = _search(desk, "mensaje")
    assert page.index(f"número {finding.PAGE:03}") < page.index("número 001")
    assert "número 000" not in page
    before = page.split('name="before" value="', 1)[1].split('"', 1)[0]
    assert "número 000" in _search(desk, "mensaje", before=before)
    assert _search(desk, "mensaje", before="x")


def test_common_words_are_found_too_where_the_database_looks_back(
    any_house: House, desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_FEW", 2)
    any_house.patient("Ana Torres", ANA)
    for number in range(6):
        any_house.time.pass_(seconds=1)
        any_house.hear(ANA, f"cita número {number}")
    page = _search(desk, "cit")
    assert page.index("número 5") < page.index("número 0")


def test_messages_of_other_branches_are_not_found(any_house: House, desk: FlaskClient) -> None:
    ana, beto = any_house.patient("Ana Torres", ANA), any_house.patient("Beto Ruiz", BETO)
    any_house.visit(ana, "roma", any_house.time.now + timedelta(days=1))
    any_house.visit(beto, "paulista", any_house.time.now + timedelta(days=1))
    any_house.hear(ANA, "cita de Ana")
    any_house.hear(BETO, "cita de Beto")
    with any_house.database.begin() as session:
        session.add(UserBranchRow(user_name="reception", branch="roma"))
    page = _search(desk, "cita")
    assert "Ana Torres" in page
    assert "Beto" not in page


def test_a_message_leads_to_its_place_in_a_long_thread(any_house: House, desk: FlaskClient) -> None:
    any_house.patient("Ana Torres", ANA)
    said = any_house.hear(ANA, "la palabra rara es paralelepípedo")
    for number in range(230):
        any_house.time.pass_(seconds=1)
        any_house.hear(ANA, f"mensaje {number:03}")
    link = _search(desk, "paralele").split('href="', 1)[1].split('"', 1)[0]
    page = desk.get(link).text
    assert f'id="m-{said.id}"' in page
    assert "mensaje 049" in page
    assert "mensaje 200" not in page
    assert "Ver mensajes posteriores" in page


def test_markup_in_a_message_is_shown_and_never_run(any_house: House, desk: FlaskClient) -> None:
    any_house.patient("Ana Torres", ANA)
    any_house.hear(ANA, "<script>jueves</script> \u202ex")
    page = _search(desk, "jueves")
    assert "&lt;script&gt;<mark>jueves</mark>" in page
    assert "\u202e" not in page


def test_an_excerpt_shows_where_the_words_stand() -> None:
    text = "bla " * 100 + "nos vemos mañana en la clínica" + " bla" * 100
    shown = str(excerpt(text, read('"en la" manan')))
    assert "nos vemos <mark>mañana</mark> <mark>en la</mark> clínica" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 400
