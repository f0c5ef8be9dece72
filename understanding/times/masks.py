"""What looks like a time in every language and is none: phones, ids, money, counts, ages."""

# ruff: noqa: E501 - a pattern is read whole, on its line

from typing import Final

MASKS: Final = (
    r"\S+@\S+|https?://\S+|www\.\S+",
    r"\b24 ?/ ?7\b",
    r"\+\d[\d\s().-]{6,}\d",
    r"(?<![\d/.:-])\d{5,}(?![\d/:])",
    r"(?<![\d/:.-])\(?\d{2,5}\)?[ .-]\d{3,5}[ .-]?\d{4}(?!\d)",
    r"(?<![\d/:.-])\d{2}[ -]\d{2}[ -]\d{2}[ -]\d{2}(?:[ -]\d{2})?(?!\d)",
    r"\d{3}\.\d{3}\.\d{3}-\d{2}",
    r"(?:[$€£]|r\$|us\$|mx\$|usd|mxn|brl)\s?\d[\d.,]*",
    r"\d[\d.,]*\s?(?:pesos|reais|real|dolares|dollars?|mxn|usd|brl|euros?|bucks|varos|mil\b|%|kg|kilos|quilos|mg|ml|cm|mts|metros|km|grados|graus|°|lbs|pounds?|k\b)",
    r"\b(?:de|com|tengo|tiene|tenho|tem|i'm|im|is|am|he's|she's|aged?)?\s?\d{1,3} (?:anos|anitos|years? old|yo|yrs old|y/o)\b(?! (?:atras|que))",
    r"(?:#|\bno\.|\bnum\.?|\bnumero(?: de \w+)?|\bnumber|\bfolio|\bexpediente|\bprotocolo|\bpedido|\bfactura|\bnota fiscal|\bpoliza|\bpolicy|\bclaim|\borden|\bid|\bcpf|\brg|\bcurp|\bnss|\bcodigo|\bcode|\bpin|\bext\.?|\broom|\bsala|\bconsultorio|\bpiso|\bandar|\bfloor|\bapto\.?|\bdepto\.?|\binterior)\s?:?\s?(?:es |e |is )?#?[a-z]?\d[\d-]*",
    r"\b[a-z]+\d+[a-z\d-]*\b|\b\d+(?!(?:h|hs|hrs|horas?|hours?|am|pm|a|p|th|st|nd|rd|o|min|mins|ro|do|ero|ish)\b|h\d|(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic|dez|jan|apr|aug|dec|fev|mai|set|out)\w*)[a-z]\w*\b",
)
