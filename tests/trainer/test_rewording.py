"""Responses are reworded, shown, written and taken back; nobody's change is lost."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from console.access import audit
from console.access.users import add_user
from tests.console.conftest import PASSWORD, House, any_house, token_of  # noqa: F401
from trainer.command import trainer as command
from trainer.desk import Desk
from trainer.labels import Labels
from trainer.response_checks import tidy
from trainer.responses import Place, wordings
from trainer.rewordings import AlreadyReworded, Rewordings
from trainer.wording_desk import BadWording, NoSuchWording, Outdated, WordingDesk
from trainer.writing import Changed, show, write

PLACE = Place("utter_hello", "es")
PAGE, LABELS = "/console/training/responses", "/console/training/labels"


@pytest.fixture
def words(clinic: House) -> WordingDesk:
    return WordingDesk(clinic.settings, clinic.database, clinic.catalogue)


def _domain(project: Path) -> bytes:
    return (project / "domain.yml").read_bytes()


def _edit(project: Path, old: str, new: str) -> None:
    path = project / "domain.yml"
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))


def test_what_is_reworded_waits_is_shown_and_is_written(
    clinic: House, words: WordingDesk, desk: Desk, project: Path
) -> None:
    before = _domain(project)
    words.reword(PLACE, "Hola, buen día.\r\n", "eva", clinic.time.now)
    shown = show(desk.project, desk.labels, desk.rewordings)
    changed = [line for line in shown.diff.splitlines() if line[:4] in {"+  -", "-  -"}]
    assert changed == [
        '-  - {condition: *es, text: "Hola."}',
        '+  - {condition: *es, text: "Hola, buen día."}',
    ]
    assert _domain(project) == before, "showing writes nothing"
    write(desk.project, desk.labels, desk.rewordings, shown.token, clinic.time.now)
    assert wordings(_domain(project))[PLACE].text == "Hola, buen día."
    assert words.waiting() == {}
    words.reword(PLACE, "Hola.", "eva", clinic.time.now)
    token = show(desk.project, desk.labels, desk.rewordings).token
    write(desk.project, desk.labels, desk.rewordings, token, clinic.time.now)
    assert _domain(project) == before, "and back to the same bytes"


def test_a_new_wording_takes_the_place_of_the_one_that_waits(
    clinic: House, words: WordingDesk
) -> None:
    first = words.reword(PLACE, "Hola, uno.", "eva", clinic.time.now)
    second = words.reword(PLACE, "Hola, dos.", "eva", clinic.time.now)
    assert [(each.id, each.text) for each in words.rewordings.to_write()] == [
        (second, "Hola, dos.")
    ]
    assert not words.rewordings.undo(first, "eva", clinic.time.now)
    assert words.reword(PLACE, "Hola.", "eva", clinic.time.now) == "", "as the file has it"
    assert words.waiting() == {}


def test_two_cannot_reword_the_same_unknowingly(clinic: House, words: WordingDesk) -> None:
    response = words.response("utter_hello")
    assert response is not None
    seen = words.shown(response, "es")[0].state
    words.reword(PLACE, "Hola, uno.", "eva", clinic.time.now, state=seen)
    with pytest.raises(Outdated):
        words.reword(PLACE, "Hola, dos.", "max", clinic.time.now, state=seen)


def test_of_each_place_one_wording_waits_the_database_sees_to_it(any_house: House) -> None:  # noqa: F811
    kept = Rewordings(any_house.database)
    first = kept.keep(PLACE, "Hola.", "uno", "eva", any_house.time.now)
    with pytest.raises(AlreadyReworded):
        kept.keep(PLACE, "Hola.", "dos", "max", any_house.time.now)
    kept.keep(PLACE, "Hola.", "tres", "max", any_house.time.now, over=first)
    with pytest.raises(AlreadyReworded):
        kept.keep(PLACE, "Hola.", "cuatro", "eva", any_house.time.now, over=first)
    assert [each.text for each in kept.to_write()] == ["tres"]
    kept.mark_written(kept.to_write(), any_house.time.now)
    kept.keep(PLACE, "tres", "cinco", "eva", any_house.time.now)
    assert [each.text for each in kept.written_lately(5)] == ["tres"]


def test_an_engineer_s_other_words_are_not_overwritten_and_nothing_is_lost(
    clinic: House, words: WordingDesk, desk: Desk, project: Path
) -> None:
    words.reword(PLACE, "Hola, mía.", "eva", clinic.time.now)
    shown = show(desk.project, desk.labels, desk.rewordings)
    _edit(project, 'text: "Hola."', 'text: "Hola, del ingeniero."')
    with pytest.raises(Changed) as refused:
        write(desk.project, desk.labels, desk.rewordings, shown.token, clinic.time.now)
    assert "Hola, del ingeniero." in (refused.value.theirs or "")
    again = show(desk.project, desk.labels, desk.rewordings)
    assert list(again.overtaken.values()) == ["Hola, del ingeniero."]
    write(desk.project, desk.labels, desk.rewordings, again.token, clinic.time.now)
    assert wordings(_domain(project))[PLACE].text == "Hola, del ingeniero."
    response = words.response("utter_hello")
    assert response is not None
    present = words.shown(response, "es")[0]
    assert (present.text, present.theirs) == ("Hola, mía.", "Hola, del ingeniero.")
    words.reword(PLACE, "Hola, mía.", "eva", clinic.time.now, state=present.state)
    token = show(desk.project, desk.labels, desk.rewordings).token
    write(desk.project, desk.labels, desk.rewordings, token, clinic.time.now)
    assert wordings(_domain(project))[PLACE].text == "Hola, mía."


def test_a_response_that_an_engineer_took_out_is_said_to_be_gone(
    clinic: House, words: WordingDesk, desk: Desk, project: Path
) -> None:
    words.reword(PLACE, "Hola, mía.", "eva", clinic.time.now)
    _edit(project, "utter_hello:", "utter_hi:")
    assert list(show(desk.project, desk.labels, desk.rewordings).overtaken.values()) == [""]


def test_what_cannot_be_reworded_is_refused(clinic: House, words: WordingDesk) -> None:
    with pytest.raises(NoSuchWording):
        words.reword(Place("utter_forged", "es"), "x", "eva", clinic.time.now)
    with pytest.raises(BadWording):
        words.reword(PLACE, "Reply YES", "eva", clinic.time.now)
    assert tidy("a\u00a0b\t c \r\n\r\n") == "a b  c"


def test_the_preview_is_what_the_channels_make(clinic: House, words: WordingDesk) -> None:
    response = words.response("utter_greet")
    assert response is not None
    made = words.preview(
        response, "es", {Place("utter_greet", "es"): "Holá, señor"}, clinic.time.now
    )
    assert made is not None
    assert made.sms.pieces[0].startswith("Hola, señor\n1 Confirmar mi cita\n2 Cambiar mi cita")
    assert (made.sms.plain, made.sms.segments) == (True, 1)
    assert made.whatsapp.text == "Holá, señor"
    assert made.whatsapp.list_button == "Ver opciones"
    assert len(made.whatsapp.buttons) == 7
    assert made.voice.said[1] == "Para confirmar, marque 1."
    assert made.voice.said[0].startswith("Clínica Aurora"), "a call has its own wording"
    assert "<Say" in made.voice.twiml


def test_the_preview_shows_examples_of_the_catalogue_and_buttons(
    clinic: House, words: WordingDesk
) -> None:
    response = words.response("utter_ask_sure_to_cancel")
    assert response is not None
    made = words.preview(response, "es", {}, clinic.time.now)
    assert made is not None
    assert "Consulta de dermatología" in made.whatsapp.text
    assert "{" not in made.whatsapp.text
    assert [title for title, _ in made.whatsapp.buttons] == [
        *("Sí, cancelar", "No, conservarla", "Mejor otra fecha")
    ]
    assert made.whatsapp.list_button == ""


def test_a_title_is_reworded_shown_and_written_beside_its_text(
    clinic: House, words: WordingDesk, project: Path
) -> None:
    before = _domain(project).decode()
    title = Place("utter_ask_sure_to_cancel", "es", button=1)
    response = words.response(title.response)
    assert response is not None
    kept = words.reword(title, "Sí, cancélela", "eva", clinic.time.now)
    text = replace(title, button=0)
    assert (
        words.reword(text, "¿Cancelo {service}, {when}, {branch}?", "eva", clinic.time.now) != kept
    )
    made = words.preview(response, "es", {}, clinic.time.now)
    assert made is not None
    assert made.whatsapp.buttons[0][0] == "Sí, cancélela"
    assert "1 Si, cancélela" in made.sms.pieces[0]
    token = show(words.project, Labels(clinic.database), words.rewordings).token
    write(words.project, Labels(clinic.database), words.rewordings, token, clinic.time.now)
    after = _domain(project).decode()
    changed = [
        (one, other)
        for one, other in zip(before.splitlines(), after.splitlines(), strict=True)
        if one != other
    ]
    assert len(changed) == 2
    assert changed[1] == (
        changed[1][0],
        changed[1][0].replace('"Sí, cancelar"', '"Sí, cancélela"'),
    )


def test_a_title_that_responses_share_changes_in_all_and_each_says_where(
    clinic: House, words: WordingDesk
) -> None:
    greet, menu = words.response("utter_greet"), words.response("utter_menu")
    assert greet is not None
    assert menu is not None
    title = Place("utter_greet", "es", button=2)
    in_menu = replace(title, response="utter_menu")
    assert "utter_menu" in words.elsewhere(greet)[title]
    assert words.elsewhere(menu)[in_menu] == ["utter_greet"]
    with pytest.raises(NoSuchWording):
        words.reword(in_menu, "Mover mi cita", "eva", clinic.time.now)
    words.reword(title, "Mover mi cita", "eva", clinic.time.now)
    made = words.preview(menu, "es", {}, clinic.time.now)
    assert made is not None
    assert made.whatsapp.buttons[1][0] == "Mover mi cita"


# --- the pages ----------------------------------------------------------------------------------


@pytest.fixture
def trainer(clinic: House, sign_in: object) -> FlaskClient:
    return _enter(clinic, sign_in, "eva", "trainer")


def _enter(clinic: House, sign_in: object, name: str, role: str) -> FlaskClient:
    add_user(clinic.database, name, PASSWORD, role, clock=clinic.clock)
    browser = clinic.app().test_client()
    sign_in(browser, name)  # type: ignore[operator]
    return browser


def _form(page: str) -> dict[str, str]:
    """What a browser would send of the response's form, texts aside."""
    found = re.findall(r'name="(state-[^"]+)" value="([^"]*)"', page)
    states = {name: html.unescape(value) for name, value in found}
    return {"csrf_token": token_of(page), "lang": "es", **states}


def test_a_trainer_rewords_looks_undoes_and_writes(
    clinic: House, trainer: FlaskClient, project: Path
) -> None:
    listed = trainer.get(PAGE).text
    assert 'href="/console/training/responses/utter_hello?lang=es"' in listed
    page = trainer.get(f"{PAGE}/utter_hello?lang=es").text
    form = _form(page) | {"text-all-1": "Hola, ¿cómo está?"}
    looked = trainer.post(f"{PAGE}/utter_hello", data=form | {"act": "preview"})
    assert (looked.status_code, "Hola, ¿como esta?" in looked.text) == (200, True)
    kept = trainer.post(f"{PAGE}/utter_hello", data=form | {"act": "keep"})
    assert (kept.status_code, "kept=1" in kept.location) == (303, True)
    assert "Por escribir" in trainer.get(f"{PAGE}?flow=small_talk").text
    waiting = trainer.get(LABELS).text
    assert "+  - {condition: *es, text: &#34;Hola, ¿cómo está?&#34;}" in waiting
    identifier = waiting.split('<button name="id" value="', 1)[1].split('"', 1)[0]
    undo = {"csrf_token": token_of(waiting), "id": identifier}
    assert trainer.post("/console/training/rewordings/undo", data=undo).status_code == 303
    assert trainer.post("/console/training/rewordings/undo", data=undo).status_code == 409
    assert trainer.post(f"{PAGE}/utter_hello", data=form | {"act": "keep"}).status_code == 303
    shown = trainer.get(LABELS).text
    token = shown.split('name="token" value="', 1)[1].split('"', 1)[0]
    done = trainer.post(
        LABELS, data={"csrf_token": token_of(shown), "token": token}, follow_redirects=True
    )
    assert "se entrene y se publique" in done.text
    assert wordings(_domain(project))[PLACE].text == "Hola, ¿cómo está?"
    noted = [each.action for each in audit.read(clinic, limit=4)]
    assert noted == [
        *("labels_written", "response_reworded", "response_undone", "response_reworded")
    ]


def test_the_title_of_a_button_is_reworded_on_the_same_page(
    clinic: House, trainer: FlaskClient
) -> None:
    path = f"{PAGE}/utter_ask_sure_to_cancel"
    page = trainer.get(f"{path}?lang=es").text
    assert 'name="text-all-1-button-1"' in page
    assert "<small>/deny</small>" in page
    assert page.count('name="text-') == 4, "a call has the same titles, and a text of its own"
    form = _form(page) | {"act": "keep", "text-all-1-button-1": "No, conservarla"}
    twice = trainer.post(path, data=form)
    assert (twice.status_code, "Otro botón ya dice" in twice.text) == (409, True)
    kept = trainer.post(path, data=form | {"text-all-1-button-1": "Sí, <b>ya</b>"})
    assert (kept.status_code, "formato" in kept.text) == (409, True)
    kept = trainer.post(path, data=form | {"text-all-1-button-1": "Sí, cancélela"})
    assert kept.status_code == 303
    assert "Botón 1" in trainer.get(LABELS).text
    assert "<strong>Sí, cancélela</strong>" in trainer.get(f"{path}?lang=es").text


def test_what_is_refused_stays_in_the_form_with_its_reason(
    clinic: House, trainer: FlaskClient
) -> None:
    form = _form(trainer.get(f"{PAGE}/utter_hello?lang=es").text) | {"act": "keep"}
    for text, why in (
        ("Responda YES <script>alert(1)</script>", "da de baja o de alta"),
        ("Hola\u202e", "invisibles"),
        ("", "vacío"),
        ("hola " * 2000, "demasiado largo"),
        ("Hola {visit}", "nadie completa"),
    ):
        answer = trainer.post(f"{PAGE}/utter_hello", data=form | {"text-all-1": text})
        assert (answer.status_code, why in answer.text) == (409, True), text[:20]
        assert html.escape(text[:20]) in answer.text or "\u202e" in text
        assert "<script>alert" not in answer.text


def test_a_form_that_was_open_meanwhile_explains_itself(
    clinic: House, trainer: FlaskClient, words: WordingDesk
) -> None:
    form = _form(trainer.get(f"{PAGE}/utter_hello?lang=es").text) | {"act": "keep"}
    words.reword(PLACE, "Hola, de Max.", "max", clinic.time.now)
    answer = trainer.post(f"{PAGE}/utter_hello", data=form | {"text-all-1": "Hola, de Eva."})
    assert answer.status_code == 409
    for text in ("Hola, de Eva.", "Hola, de Max.", "mientras usted escribía"):
        assert text in answer.text
    again = _form(answer.text) | {"act": "keep", "text-all-1": "Hola, de Eva."}
    assert trainer.post(f"{PAGE}/utter_hello", data=again).status_code == 303
    assert words.waiting()[PLACE].text == "Hola, de Eva."


def test_responses_are_found_by_their_words(trainer: FlaskClient) -> None:
    page = trainer.get(PAGE).text
    token = token_of(page)
    found = trainer.post(PAGE, data={"csrf_token": token, "words": "QUEDÓ cancelada"}).text
    assert "utter_cancelled" in found
    assert "utter_greet" not in found
    none = trainer.post(PAGE, data={"csrf_token": token, "words": "<b>\u202e" + "z" * 10000})
    assert (none.status_code, "<b>" in none.text) == (200, False)


def test_a_manager_reads_and_changes_nothing(clinic: House, sign_in: object) -> None:
    manager = _enter(clinic, sign_in, "mia", "manager")
    page = manager.get(f"{PAGE}/utter_hello?lang=es")
    assert page.status_code == 200
    assert "readonly" in page.text
    assert 'value="keep"' not in page.text
    form = {"csrf_token": token_of(page.text), "act": "keep", "text-all-1": "x"}
    assert manager.post(f"{PAGE}/utter_hello", data=form).status_code == 403
    assert manager.get(f"{PAGE}/utter_forged").status_code == 404


def test_without_the_files_the_pages_say_so(trainer: FlaskClient, project: Path) -> None:
    (project / "domain.yml").write_bytes(b"responses: [")
    assert "TRAINING_DATA" in trainer.get(PAGE).text
    assert trainer.get(f"{PAGE}/utter_hello").status_code == 404


# --- the commands -------------------------------------------------------------------------------


def _run(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_the_commands_do_what_the_pages_do(
    clinic: House, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULTA_HOME", str(project.parent))
    monkeypatch.setenv("TRAINING_DATA", str(project))
    found = json.loads(_run("responses", "hola", "--lang", "es", "--json").stdout)
    assert {"utter_hello", "utter_greet"} <= {each["response"] for each in found}
    shown = json.loads(_run("response", "utter_hello", "--lang", "es", "--json").stdout)
    assert shown["sms"]["pieces"] == ["Hola."]
    refused = _run("response", "utter_hello", "--lang", "es", "--text", "Reply YES")
    assert (refused.exit_code, "keyword YES" in refused.stderr) == (2, True)
    assert _run("response", "utter_forged", "--lang", "es").exit_code == 2
    kept = _run("response", "utter_hello", "--lang", "es", "--text", "Hola, hola.").stdout.strip()
    assert 'text: "Hola, hola."' in json.loads(_run("diff", "--json").stdout)["diff"]
    assert _run("undo", kept).exit_code == 0
    assert _run("undo", kept).exit_code == 2
    title = ("response", "utter_ask_sure_to_cancel", "--lang", "es", "--button", "1")
    taken_back = _run(*title, "--text", "Sí, ya").stdout.strip()
    assert '+    - {title: "Sí, ya", payload' in json.loads(_run("diff", "--json").stdout)["diff"]
    assert _run("undo", taken_back).exit_code == 0
    assert _run(*title[:-1], "9", "--text", "Sí, ya").exit_code == 2
    _run("response", "utter_hello", "--lang", "es", "--text", "Hola, hola.")
    assert _run("write").stdout == "1 written.\n"
    assert wordings(_domain(project))[PLACE].text == "Hola, hola."
