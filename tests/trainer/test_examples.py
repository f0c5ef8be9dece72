"""Examples go into data/nlu.yml and out again, and not a byte of anybody else's changes."""

from pathlib import Path

import pytest

from trainer.examples import (
    BadFile,
    Example,
    add_intents,
    insert,
    read_blocks,
    read_examples,
    read_intents,
    remove,
)

ROOT = Path(__file__).resolve().parents[2]
REAL = (ROOT / "data" / "nlu.yml").read_bytes()
DOMAIN = (ROOT / "domain.yml").read_bytes()
NEW = [
    Example("confirm_appointment", "es", 'ahí le caigo sin falta: "seguro" # de veras'),
    Example("ask_price", "pt", "- quanto fica: o exame? é 'caro'"),
    Example(*("out_of_scope", "en"), "the very last block of the file"),
    Example("ask_price", "pt", "quanto sai a brincadeira toda"),
]


def _small(text: str) -> bytes:
    return text.replace("|>", "examples: |").encode()


def test_putting_in_and_taking_out_gives_back_the_same_bytes() -> None:
    for examples in ([one] for one in NEW):
        assert remove(insert(REAL, examples), examples) == REAL
    assert remove(insert(REAL, NEW), NEW) == REAL


def test_putting_in_only_adds_lines_to_the_right_blocks() -> None:
    made = insert(REAL, NEW)
    kept = iter(made.splitlines(keepends=True))
    assert all(line in kept for line in REAL.splitlines(keepends=True)), "order and lines stay"
    assert len(made.splitlines()) == len(REAL.splitlines()) + len(NEW)
    before, after = (set(read_examples(content)) for content in (REAL, made))
    assert after - before == set(NEW)
    last = next(b for b in read_blocks(made) if (b.intent, b.language) == ("ask_price", "pt"))
    assert last.texts[-2:] == (NEW[1].text, NEW[3].text)


def test_every_block_of_the_real_file_is_found_where_it_stands() -> None:
    lines = REAL.decode().splitlines()
    for block in read_blocks(REAL):
        told = [line.strip().removeprefix("- ") for line in lines[block.first : block.end]]
        assert told == list(block.texts)


def test_a_new_intent_gets_blocks_at_the_end_and_a_line_in_the_domain() -> None:
    new = [Example("ask_parking", language, f"parking {language}") for language in ("es", "pt")]
    made = insert(REAL, new)
    assert made.startswith(REAL)
    assert set(read_examples(made)) - set(read_examples(REAL)) == set(new)
    domain = add_intents(DOMAIN, ["ask_parking"])
    assert read_intents(domain) == (*read_intents(DOMAIN), "ask_parking")
    assert domain.replace(b"- ask_parking: {use_entities: []}\n", b"") == DOMAIN


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_line_ends_stay_as_they_are(ending: str, last: str) -> None:
    text = "nlu:\n  # mine\n- intent: a\n  metadata: {language: es}\n  |>\n    - uno  \n\n    - dos"
    content = _small(text.replace("\n", ending) + last.replace("\n", ending))
    new = [Example("a", "es", "tres")]
    made = insert(content, new)
    assert (
        made
        == content.rstrip(b"\r\n")
        + f"{ending}    - tres".encode()
        + last.replace("\n", ending).encode()
    )
    assert [each.text for each in read_examples(made)][-1] == "tres"


@pytest.mark.parametrize("content", [b"", b"nlu: [", b"\xff", b"nlu:\n- intent: a\n"])
def test_a_file_that_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        insert(content, NEW)
