"""The GSM 7-bit alphabet: which text fits it, how to make it fit, and what it costs.

One character outside it (á, í, “, a no-break space) turns the whole message to UCS-2, where a
segment holds 70 characters instead of 160. é, ñ, ü, ¿ and ¡ are inside. See 3GPP TS 23.038 and
https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding
"""

import unicodedata
from functools import cache

from gsm0338 import Codec

from channels.texts import units

_CODEC = Codec()
_SINGLE_GSM, _PART_GSM = 160, 153
_SINGLE_UCS2, _PART_UCS2 = 70, 67

_TYPOGRAPHY = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "…": "...", "•": "-", "·": "-", "→": "->", "←": "<-", "×": "x", "÷": "/",
    "º": "o", "ª": "a", "°": "o", "©": "(c)", "®": "(R)", "™": "TM",
    "✓": "-", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i",
}  # fmt: skip
_DROPPED = frozenset({"So", "Sk", "Cf", "Cc", "Mn", "Me", "Co", "Cn", "Cs"})


def is_gsm(text: str) -> bool:
    """Whether every character is in the alphabet."""
    return all(_septets(character) for character in text)


def segments(text: str) -> int:
    """How many segments the message costs; an empty one costs one."""
    return len(cut(text))


def cut(text: str) -> tuple[str, ...]:
    """The segments in which the message travels; no escaped character or surrogate pair is cut."""
    gsm = is_gsm(text)
    size = _septets if gsm else units
    single, part = (_SINGLE_GSM, _PART_GSM) if gsm else (_SINGLE_UCS2, _PART_UCS2)
    if sum(map(size, text)) <= single:
        return (text,)
    parts, used = [""], 0
    for character in text:
        if used + size(character) > part:
            parts.append("")
            used = 0
        parts[-1] += character
        used += size(character)
    return tuple(parts)


def to_gsm(text: str) -> str:
    """The text in the alphabet: accents and typography made plain, pictures left out.

    A text with letters of another script stays as it was: it would lose its meaning.
    """
    composed = unicodedata.normalize("NFC", text)
    plain = [_plain(character) for character in composed]
    if any(piece is None for piece in plain):
        return composed
    return _tidy("".join(piece for piece in plain if piece), composed)


@cache
def _septets(character: str) -> int:
    """1, 2 for an escaped character, 0 for one outside the alphabet."""
    try:
        return len(_CODEC.encode(character)[0])
    except UnicodeError:
        return 0


@cache
def _plain(character: str) -> str | None:
    """What stands for the character; None for a letter for which nothing can."""
    if character == "\n" or (_septets(character) and character not in "\r\x0c\x1b"):
        return character
    if character in _TYPOGRAPHY:
        return _TYPOGRAPHY[character]
    category = unicodedata.category(character)
    if character in "\t\u2028\u2029" or category == "Zs":
        return " "
    if category in _DROPPED:
        return ""
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    return bare if bare and all(_septets(part) for part in bare) else None


def _tidy(plain: str, before: str) -> str:
    """Without the double spaces that a picture left behind."""
    if len(plain) == len(before):
        return plain
    lines = plain.split("\n")
    return "\n".join(" ".join(line.split(" ")).replace("  ", " ").strip() for line in lines)
