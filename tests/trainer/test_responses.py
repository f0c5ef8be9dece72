"""A response gets another text, and not a byte of anybody else's lines changes."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.examples import BadFile
from trainer.response_checks import problems, tidy
from trainer.responses import NO_FLOW, Place, read_responses, reword, wordings

ROOT = Path(__file__).resolve().parents[2]
REAL = (ROOT / "domain.yml").read_bytes()
PLACES = sorted(place for place, each in wordings(REAL).items() if each.own)
TEXTS = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n\"'\\#:{}&*-"),
    min_size=1,
    max_size=60,
).filter(lambda text: text == text.strip())


def _parsed(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(content, yaml.CSafeLoader)
    return found


def _texts(content: bytes) -> dict[Place, str]:
    return {place: each.text for place, each in wordings(content).items()}


def test_every_text_of_the_real_file_is_found_where_it_stands() -> None:
    source = REAL.decode()
    read = [
        (name, each["condition"][0]["value"], each.get("channel", ""), each["text"].strip())
        for name, variations in _parsed(REAL)["responses"].items()
        for each in variations
    ]
    found = [each for response in read_responses(REAL) for each in response.wordings]
    assert [
        (one.place.response, one.place.language, one.place.channel, one.text) for one in found
    ] == read
    for one in found:
        assert one.own
        assert yaml.safe_load(source[one.begin : one.end]).strip() == one.text


def test_every_title_of_the_real_file_is_found_where_it_stands() -> None:
    source = REAL.decode()
    read = [
        (name, number, button["title"], button["payload"])
        for name, variations in _parsed(REAL)["responses"].items()
        for each in variations
        for number, button in enumerate(each.get("buttons", []), 1)
    ]
    found = [
        each
        for response in read_responses(REAL)
        for one in response.wordings
        for each in one.buttons
    ]
    assert [
        (each.title.place.response, each.title.place.button, each.title.text, each.payload)
        for each in found
    ] == read
    written: set[int] = set()
    for each in found:
        assert each.title.own == (each.title.begin not in written), "an alias repeats it"
        assert yaml.safe_load(source[each.title.begin : each.title.end]) == each.title.text
        written.add(each.title.begin)


def test_every_response_stands_under_its_flow() -> None:
    assert [each.name for each in read_responses(REAL) if each.flow == NO_FLOW] == []


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(PLACES), TEXTS, min_size=1, max_size=4))
def test_only_the_lines_of_what_is_reworded_change(new: dict[Place, str]) -> None:
    made, there = reword(REAL, new), wordings(REAL)
    changed = {there[place].begin: text for place, text in new.items()}
    assert _texts(made) == {place: changed.get(w.begin, w.text) for place, w in there.items()}
    before, after = REAL.decode().split("\n"), made.decode().split("\n")
    assert len(before) == len(after)
    lines = {REAL.decode()[: there[place].begin].count("\n") for place in new}
    assert {
        n for n, (one, other) in enumerate(zip(before, after, strict=True)) if one != other
    } <= (lines)


def test_each_response_in_each_language_is_reworded_alone_and_back_again() -> None:
    parsed = _parsed(REAL)
    responses = read_responses(REAL)
    for number in range(max(len(each.wordings) for each in responses)):
        chosen = [each for each in responses if number < len(each.wordings)]
        source = REAL.decode()
        for each in reversed(chosen):
            wording = each.wordings[number]
            source = source[: wording.begin] + '"otra"' + source[wording.end :]
        made = _parsed(source.encode())["responses"]
        for name, before in parsed["responses"].items():
            differing = [n for n, one in enumerate(made[name]) if one != before[n]]
            assert differing == ([number] if number < len(before) else []), name
            assert all(made[name][n]["text"] == "otra" for n in differing)
    all_new = {
        each: f"{each.response} {each.number} {each.button} «{each.language}»" for each in PLACES
    }
    made_all = reword(REAL, all_new)
    before = {place: _texts(REAL)[place] for place in PLACES}
    assert reword(made_all, before) == REAL, "and back to the same bytes"
    rest = {key: value for key, value in parsed.items() if key != "responses"}
    assert {k: v for k, v in _parsed(made_all).items() if k != "responses"} == rest


ODD = """\
responses:
  # flow: odd
  utter_odd:  # mine
  - condition: &es [{type: slot, name: language, value: es}]
    text: |
      dos
      líneas

    channel: voice
  - {condition: *es, text: sin comillas , buttons: []}  # un comentario
  - {condition: *es, text: 'con ''una'' comilla'}
  utter_tapped:
  - condition: *es
    text: &same "igual"
    buttons: &taps
    - {title: "común", payload: /a}
  - {condition: *es, text: *same, buttons: *taps}
  - condition: *es
    text: *same
    buttons:
    - {title: Sí , payload: /affirm}
    - title: 'No'  # dos
      payload: /deny
  utter_shared:
  - {condition: *es, text: *same}
  - {text: "en todos"}
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_way_of_writing_a_text_is_changed_and_its_neighbours_stay(ending: str) -> None:
    content = ODD.replace("\n", ending).encode()
    own = [place for place, each in wordings(content).items() if each.own]
    assert [(p.response, p.channel, p.number, p.button) for p in own] == [
        ("utter_odd", "voice", 1, 0),
        ("utter_odd", "", 1, 0),
        ("utter_odd", "", 2, 0),
        ("utter_tapped", "", 1, 1),
        ("utter_tapped", "", 3, 1),
        ("utter_tapped", "", 3, 2),
    ]
    made = reword(content, dict.fromkeys(own, 'a: "b" # c'))
    assert made.decode() == (
        ODD.replace("|\n      dos\n      líneas", '"a: \\"b\\" # c"')
        .replace("sin comillas", '"a: \\"b\\" # c"')
        .replace("'con ''una'' comilla'", '"a: \\"b\\" # c"')
        .replace('"común"', '"a: \\"b\\" # c"')
        .replace("title: Sí ", 'title: "a: \\"b\\" # c" ')
        .replace("'No'", '"a: \\"b\\" # c"')
        .replace("\n", ending)
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"responses: [", b"\xff", b"intents: []\n", b"responses:\n  utter_a: text\n"],
)
def test_a_file_that_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        reword(content, {PLACES[0]: "x"})


def test_a_text_that_is_shared_or_not_there_is_refused() -> None:
    content = ODD.encode()
    for place in (Place("utter_shared", "es"), Place("utter_none", "es")):
        with pytest.raises(BadFile):
            reword(content, {place: "x"})


@pytest.mark.parametrize(
    ("name", "title", "found"),
    [
        ("utter_ask_sure_to_cancel", "Sí, cancelar la cita ya", {("clipped", "20")}),
        ("utter_ask_sure_to_cancel", "no, conservarla", {("twice", "no, conservarla")}),
        ("utter_ask_sure_to_cancel", "Alto", {("keyword", "Alto")}),
        ("utter_ask_sure_to_cancel", "", {("empty", "")}),
        ("utter_ask_sure_to_cancel", "Sí\nya", {("hidden", "")}),
        ("utter_ask_sure_to_cancel", "Sí, {nobody}", {("unknown", "nobody")}),
        ("utter_ask_sure_to_cancel", "x" * 73, {("long", "72")}),
        ("utter_ask_sure_to_cancel", "Sí, quiero cancelar mi cita", set()),
        ("utter_greet", "Confirmar una cita mía", set()),
    ],
)
def test_a_title_that_does_not_do_is_told(
    name: str, title: str, found: set[tuple[str, str]]
) -> None:
    response = next(each for each in read_responses(REAL) if each.name == name)
    wording = next(each for each in response.wordings if each.place.language == "es")
    first = wording.buttons[0].title
    assert {(each.kind, each.about) for each in problems(response, first, title)} == found


def _problems(name: str, text: str, language: str = "es") -> set[tuple[str, str]]:
    response = next(each for each in read_responses(REAL) if each.name == name)
    wording = next(each for each in response.wordings if each.place.language == language)
    return {(each.kind, each.about) for each in problems(response, wording, tidy(text))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {("empty", "")}),
        (" \n\t", {("empty", "")}),
        ("Hola <b>usted</b>", {("markup", "<b>")}),
        ("Vea [aquí](http://x)", {("markup", "[aquí](http://x)")}),
        ("Hola\u202e odnum", {("hidden", "")}),
        ("Hola\x07", {("hidden", "")}),
        ("Hola {", {("braces", "")}),
        ("Hola {visit}", {("unknown", "visit")}),
        ("Responda YES", {("keyword", "YES")}),
        ("Reply with cancel to stop", {("keyword", "CANCEL")}),
        ("Escriba «alto» si quiere", {("keyword", "ALTO")}),
        ("Envíe START", {("keyword", "START")}),
        ("Sí, puede cancelar o parar cuando guste", set()),
        ("¿En qué le ayudo, dígame?", set()),
    ],
)
def test_what_patients_must_not_be_told_is_refused(text: str, found: set[tuple[str, str]]) -> None:
    assert _problems("utter_greet", text) == found


def test_ten_thousand_characters_are_refused() -> None:
    assert ("long", "1600") in _problems("utter_greet", "hola " * 2000)


def test_how_to_come_back_after_a_stop_may_be_said() -> None:
    assert _problems("utter_stopped", "Listo. Escriba START para volver.") == set()
    assert _problems("utter_stopped", "Listo. Escriba STOP.") == {("keyword", "STOP")}


def test_a_value_that_the_other_languages_tell_is_pointed_out() -> None:
    told = "Confirmada: {service}, sucursal {branch}."
    assert _problems("utter_confirmed", told) == {("missing", "when")}
    assert _problems("utter_confirmed", told + " {price}") == {
        ("missing", "when"),
        ("unknown", "price"),
    }


def test_what_costs_many_text_messages_is_pointed_out() -> None:
    assert _problems("utter_hello", "hola " * 100) == {("dear", "4")}


def test_nothing_that_is_said_today_is_refused() -> None:
    refused = {
        (each.place, problem.kind)
        for response in read_responses(REAL)
        for each in response.wordings
        for problem in problems(response, each, tidy(each.text))
    }
    assert refused == set()
