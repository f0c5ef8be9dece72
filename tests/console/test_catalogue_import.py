"""A file is shown before it is taken, every fault with its line; all is taken or nothing."""

import io
from datetime import date

import pytest
from flask.testing import FlaskClient

from console.access import audit
from console.catalogue import import_page
from tests.console.conftest import NOW, House, token_of
from tests.console.stocked import EVA, SignIn, enter_as, fields, price, stock

PAGE = "/console/catalogue/import"
HEADER = "service,branch,plan,amount,currency,tax_rate,tax_included,valid_from,valid_to\n"
NEXT = "ultrasound,roma,public,990.00,MXN,16,yes,2026-06-01,\n"


def _send(client: FlaskClient, content: str | bytes) -> tuple[int, str]:
    raw = content if isinstance(content, bytes) else content.encode()
    form = {"csrf_token": token_of(client.get("/console/account").text)}
    file = (io.BytesIO(raw), "catalogue.csv")
    answer = client.post(PAGE, data=form | {"file": file}, content_type="multipart/form-data")
    return answer.status_code, answer.text


def test_what_would_change_is_shown_and_then_taken(manager: FlaskClient, shop: House) -> None:
    correction = "ultrasound,roma,public,960.00,MXN,16,yes,2026-01-01,\n"
    status, page = _send(manager, HEADER + NEXT + correction)
    assert status == 200
    assert "<del>$950.00 MXN</del>" in page
    assert "<ins>$960.00 MXN</ins>" in page
    assert "$990.00 MXN" in page
    assert len(shop.editor.prices("ultrasound")) == 1
    answer = manager.post(f"{PAGE}/take", data=fields(page))
    assert answer.status_code == 303
    assert "Se tomaron 2 cambios." in manager.get(answer.location).text
    totals = [each.terms.total for each in shop.editor.prices("ultrasound")]
    assert totals == [96000, 99000]
    newest = audit.read(shop, limit=1)[0]
    assert newest.action == "catalogue_imported"
    assert newest.details == {"added_price": 1, "changed_price": 1}
    assert shop.editor.history("ultrasound")[0].source == "file"


def test_every_fault_is_told_with_its_line_and_nothing_is_taken(
    manager: FlaskClient, shop: House
) -> None:
    content = HEADER + NEXT + "ultrasound,norte,public,x,USD,160,maybe,soon,\n"
    status, page = _send(manager, content)
    assert status == 409
    assert "No se tomó nada: 5 errores" in page
    for column in ("branch", "amount", "tax_rate", "tax_included", "valid_from"):
        assert f"<code>{column}</code>" in page
    assert "Línea 3" in page
    assert len(shop.editor.prices("ultrasound")) == 1


def test_faults_are_told_in_the_reader_s_language(manager: FlaskClient) -> None:
    form = {"csrf_token": token_of(manager.get(PAGE).text), "language": "pt", "next": PAGE}
    manager.post("/console/language", data=form)
    _, page = _send(manager, HEADER + NEXT.replace("2026-06-01", "01/06/2026"))
    assert "Deve ser uma data como 2026-01-31." in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ((HEADER + NEXT + "ultrasonído").encode("latin-1"), "debe guardarse en UTF-8"),
        ((HEADER + NEXT).encode("utf-16"), "debe guardarse en UTF-8"),
        (b"", "Elija un archivo"),
        (b"service,prize\n", "Columnas desconocidas: prize"),
        (HEADER + 'ultrasound,"open\n', "No se puede leer como CSV"),
        (HEADER + f"ultrasound,roma,public,{'9' * 10_000},MXN,16,yes,2026-06-01,\n", "importe"),
        ("service,kind,minutes,name_es\ntsh,study,15,TS\u202eH\n", "esconden o reordenan"),
        ("service,kind,minutes,name_es\ntsh,study,15,\x00\n", "errores"),
        ("service,<script>\n", "Columnas desconocidas: &lt;script&gt;"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(
    manager: FlaskClient, content: str | bytes, said: str
) -> None:
    status, page = _send(manager, content)
    assert status == 409
    assert said in page


def test_a_file_too_large_is_told_how_else_to_come_in(
    manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_page, "LARGEST", 4096)
    status, page = _send(manager, b"x" * 4097)
    assert status == 409
    assert "pasa de 4 KB: divídalo o use la línea de comandos" in page


def test_a_request_too_large_for_the_house_is_explained(manager: FlaskClient) -> None:
    manager.application.config["MAX_CONTENT_LENGTH"] = 1024
    answer = manager.post(PAGE, data={"file": (io.BytesIO(b"x" * 2048), "catalogue.csv")})
    assert answer.status_code == 413
    assert "demasiado grande" in answer.text


def test_a_mark_and_semicolons_of_a_spreadsheet_are_read(manager: FlaskClient) -> None:
    content = (HEADER + NEXT).replace(",", ";").replace("\n", "\r\n").encode("utf-8-sig")
    status, page = _send(manager, content)
    assert status == 200
    assert "$990.00 MXN" in page


def test_a_catalogue_changed_meanwhile_is_shown_anew(manager: FlaskClient, shop: House) -> None:
    correction = "ultrasound,roma,public,960.00,MXN,16,yes,2026-06-01,\n"
    _, page = _send(manager, HEADER + correction)
    price(shop, date(2026, 6, 1), 97000)
    answer = manager.post(f"{PAGE}/take", data=fields(page))
    assert answer.status_code == 409
    assert "El catálogo cambió mientras tanto" in answer.text
    assert "<del>$970.00 MXN</del>" in answer.text
    assert manager.post(f"{PAGE}/take", data=fields(answer.text)).status_code == 303
    assert shop.editor.prices("ultrasound")[-1].terms.total == 96000


def test_a_told_price_needs_a_reason_in_a_file_too(manager: FlaskClient, shop: House) -> None:
    quote = shop.prices.quote("ultrasound", "roma", "public", NOW)
    shop.prices.keep(quote, "talk", NOW)
    correction = "ultrasound,roma,public,960.00,MXN,16,yes,2026-01-01,\n"
    _, page = _send(manager, HEADER + correction)
    assert "Se dijo otro precio en 1 conversaciones" in page
    refused = manager.post(f"{PAGE}/take", data=fields(page))
    assert refused.status_code == 409
    told = fields(refused.text) | {"reason": "Lista equivocada"}
    assert manager.post(f"{PAGE}/take", data=told).status_code == 303
    assert shop.editor.history("ultrasound")[0].reason == "Lista equivocada"


@pytest.mark.parametrize("content", ["", "no base64 ü", "eJwDAAAAAAE=", "aGVsbG8="])
def test_what_was_never_shown_is_not_taken(manager: FlaskClient, content: str) -> None:
    token = token_of(manager.get(PAGE).text)
    form = {"csrf_token": token, "token": "x", "content": content}
    assert manager.post(f"{PAGE}/take", data=form).status_code == 400


def test_a_file_of_the_page_s_own_making_with_another_token_is_shown_first(
    manager: FlaskClient, shop: House
) -> None:
    _, page = _send(manager, HEADER + NEXT)
    answer = manager.post(f"{PAGE}/take", data=fields(page) | {"token": "f" * 64})
    assert answer.status_code == 409
    assert len(shop.editor.prices("ultrasound")) == 1


def test_who_is_of_one_branch_takes_only_its_prices(shop: House, sign_in: SignIn) -> None:
    places = {"roma": ["derma-roma"], "paulista": ["derma-paulista"]}
    shop.editor.place("ultrasound", places, 2, EVA)
    bound = enter_as(shop, sign_in, "manager", "paulista")
    status, page = _send(bound, HEADER + NEXT)
    assert status == 409
    assert "ultrasound (roma)" in page
    own = "ultrasound,paulista,public,260.00,BRL,2,yes,2026-01-01,\n"
    status, page = _send(bound, HEADER + own)
    assert status == 200
    forged = fields(page)
    assert bound.post(f"{PAGE}/take", data=forged).status_code == 303
    define = "service,kind,minutes,name_es\nultrasound,study,30,Otro nombre\n"
    assert _send(bound, define)[0] == 409


def test_the_file_that_is_downloaded_changes_nothing(manager: FlaskClient, shop: House) -> None:
    answer = manager.get("/console/catalogue/catalogue.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbfservice,")
    status, page = _send(manager, answer.data)
    assert status == 200
    assert "El archivo dice lo mismo que el catálogo" in page
    assert "3 servicios y precios quedan igual" in page
    assert "Confirmar" not in page
    assert "catalogue_exported" in {each.action for each in audit.read(shop, limit=3)}


def test_a_file_is_taken_on_both_databases(any_house: House, sign_in: SignIn) -> None:
    client = enter_as(stock(any_house), sign_in, "admin")
    _, page = _send(client, HEADER + NEXT)
    assert client.post(f"{PAGE}/take", data=fields(page)).status_code == 303
    assert len(any_house.editor.prices("ultrasound")) == 2
