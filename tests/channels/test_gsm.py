import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.sms.gsm import is_gsm, segments, to_gsm
from channels.texts import numbered, shorten, split, units
from conversations.model import Choice


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("é" * 160, 1),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("á" * 134, 2),
        ("á" * 135, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("[" * 76 + "a" + "[" * 76, 2),
        ("[" * 77 + "a" + "[" * 76, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("a" + "😀" * 66, 2),
        ("a" + "😀" * 67, 3),
    ],
)
def test_segments_are_counted_as_the_carrier_counts_them(text: str, count: int) -> None:
    assert segments(text) == count


def test_a_spanish_reminder_costs_one_segment_when_made_plain() -> None:
    text = (
        "Su cita médica será el miércoles 3 de junio a las 10:00 con la Dra. García. "
        "1 confirmar, 2 cambiar"
    )
    assert (segments(text), segments(to_gsm(text))) == (2, 1)


@pytest.mark.parametrize("character", "éüñÉÜÑ¿¡€àÇ@£$_\n")
def test_what_the_alphabet_has_stays(character: str) -> None:
    assert to_gsm(f"a{character}a") == f"a{character}a"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("á í ó ú Á Í Ó Ú", "a i o u A I O U"),
        ("ã õ â ê ô ç Ã Õ Â Ê Ô À", "a o a e o c A O A E O A"),
        ("«hola» “bien” ‘sí’", '"hola" "bien" \'si\''),
        ("10:00 – 11:00 — ya…", "10:00 - 11:00 - ya..."),
        ("$1\u00a0234\u202f50", "$1 234 50"),
        ("1º y 2ª", "1o y 2a"),
        ("¡Listo! ✅ Nos vemos 😀", "¡Listo! Nos vemos"),
        ("a\u0301\u200b", "a"),
        ("e\u0301", "é"),
        ("uno\r\ndos\ttres", "uno\ndos tres"),
        ("👍🏽", ""),
    ],
)
def test_what_would_cost_more_is_made_plain(text: str, plain: str) -> None:
    assert to_gsm(text) == plain


def test_letters_of_another_script_keep_the_whole_text() -> None:
    assert to_gsm("José → 王芳") == "José → 王芳"


@given(st.text())
def test_any_text_is_made_plain_or_left_alone(text: str) -> None:
    plain = to_gsm(text)
    assert is_gsm(plain) or plain == unicodedata.normalize("NFC", text)
    assert segments(plain) >= 1


@given(st.text(alphabet="aá €[😀.\n", max_size=400), st.integers(min_value=10, max_value=100))
def test_every_piece_fits_and_no_word_is_lost(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_long_text_is_cut_after_a_sentence() -> None:
    first, second = split("Una frase corta. " * 5 + "Y la otra.", 90)
    assert first.endswith("corta.")
    assert second.endswith("Y la otra.")


def test_choices_are_numbered_below_the_text() -> None:
    choices = (Choice("Confirmar", "/a"), Choice("jue 4 jun", "/b", "Dra. Sol"))
    assert numbered("¿Qué desea?", choices) == "¿Qué desea?\n1 Confirmar\n2 jue 4 jun - Dra. Sol"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Confirmar", 20, "Confirmar"),
        ("Confirmar la cita de mañana", 20, "Confirmar la cita…"),
        ("Otorrinolaringología pediátrica", 20, "Otorrinolaringologí…"),
        ("  dos   espacios ", 20, "dos espacios"),
        ("😀" * 12, 20, "😀" * 9 + "…"),
    ],
)
def test_a_title_is_cut_so_that_it_stays_readable(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
    assert units(short) <= limit
