"""Times and money in the patient's words: one form to read, one to hear, one short enough to tap.

Names of days and months come from CLDR through Babel; what is spoken avoids signs and figures that
a voice reads wrongly.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, get_currency_precision

from clinic.languages import Language

_LOCALES: Final[dict[Language, str]] = {"es": "es_MX", "pt": "pt_BR", "en": "en_US"}
_DAY: Final[dict[Language, str]] = {
    "es": "EEEE d 'de' MMMM",
    "pt": "EEEE, d 'de' MMMM",
    "en": "EEEE, MMMM d",
}
_SHORT_DAY: Final[dict[Language, str]] = {"es": "EEE d MMM", "pt": "EEE d MMM", "en": "EEE MMM d"}
_AT: Final[dict[Language, str]] = {"es": "a las", "pt": "às", "en": "at"}
_NEAR: Final[dict[Language, tuple[str, str]]] = {
    "es": ("hoy", "mañana"),
    "pt": ("hoje", "amanhã"),
    "en": ("today", "tomorrow"),
}
_CLOCK_OF: Final[dict[Language, str]] = {
    "es": "hora de {place}",
    "pt": "horário de {place}",
    "en": "{place} time",
}
_PARTS: Final[dict[Language, tuple[str, str, str]]] = {
    "es": ("de la mañana", "de la tarde", "de la noche"),
    "pt": ("da manhã", "da tarde", "da noite"),
    "en": ("in the morning", "in the afternoon", "in the evening"),
}
_UNITS: Final[dict[tuple[str, Language], tuple[str, str]]] = {
    ("MXN", "es"): ("peso", "pesos"),
    ("MXN", "pt"): ("peso mexicano", "pesos mexicanos"),
    ("MXN", "en"): ("Mexican peso", "Mexican pesos"),
    ("BRL", "es"): ("real", "reales"),
    ("BRL", "pt"): ("real", "reais"),
    ("BRL", "en"): ("real", "reais"),
    ("USD", "es"): ("dólar", "dólares"),
    ("USD", "pt"): ("dólar", "dólares"),
    ("USD", "en"): ("dollar", "dollars"),
}
_CENTS: Final[dict[Language, tuple[str, str]]] = {
    "es": ("con", "centavos"),
    "pt": ("e", "centavos"),
    "en": ("and", "cents"),
}
_SIGNS: Final[dict[str, str]] = {"MXN": "$", "BRL": "R$", "USD": "US$"}


def day(value: date, language: Language) -> str:
    """A day to read or hear: "jueves 26 de noviembre"."""
    return _plain(format_date(value, _DAY[language], locale=_LOCALES[language]))


def clock(value: datetime, language: Language, *, spoken: bool = False) -> str:
    """A wall time: "10:30 a.m.", "15:30" in Portuguese, "10 y media de la mañana" when spoken."""
    if spoken:
        return _spoken_clock(value, language)
    if language == "pt":
        return f"{value:%H:%M}"
    text = _plain(format_time(value, "h:mm a", locale=_LOCALES["en"]))
    return text if language == "en" else text.replace("AM", "a.m.").replace("PM", "p.m.")


def when(
    start: datetime,
    zone: ZoneInfo,
    language: Language,
    now: datetime,
    *,
    spoken: bool = False,
    place: str | None = None,
) -> str:
    """A visit's time on its branch's clock: "mañana, jueves 26 de noviembre a las 10:00 a.m.".

    place: where those clocks hang, for who lives by others; it may not be the same day there, so
    that none is called today or tomorrow.
    """
    local = start.astimezone(zone)
    words = [
        day(local.date(), language),
        f"{_at(local, language)} {clock(local, language, spoken=spoken)}",
    ]
    if place is not None:
        return f"{' '.join(words)}, {_CLOCK_OF[language].format(place=place)}"
    ahead = (local.date() - now.astimezone(zone).date()) // timedelta(days=1)
    if ahead in (0, 1):
        words.insert(0, f"{_NEAR[language][ahead]},")
    return " ".join(words)


def short_when(start: datetime, zone: ZoneInfo, language: Language) -> str:
    """The same in at most 20 characters, for a button: "jue 26 nov 10:30 am"."""
    local = start.astimezone(zone)
    short = _plain(format_date(local.date(), _SHORT_DAY[language], locale=_LOCALES[language]))
    clock_text = f"{local:%H:%M}" if language == "pt" else f"{local:%I:%M %p}".lower().lstrip("0")
    return f"{short.replace('.', '')} {clock_text}"


def _at(local: datetime, language: Language) -> str:
    one = local.hour % 12 == 1 and language != "pt"
    if language == "es" and one:
        return "a la"
    return "à" if language == "pt" and local.hour == 1 else _AT[language]


def money(minor: int, currency: str, language: Language, *, spoken: bool = False) -> str:
    """An amount in minor units: "$1,234.50 MXN", "R$ 1.234,50", "1234 pesos con 50 centavos"."""
    precision = get_currency_precision(currency)
    amount = Decimal(minor).scaleb(-precision)
    if spoken:
        return _spoken_money(amount, currency, language)
    pattern = "#,##0" + ("." + "0" * precision if precision else "")
    figures = format_decimal(amount, pattern, locale=_LOCALES["pt" if language == "pt" else "es"])
    if currency == "BRL":
        return f"R$ {figures}"
    return f"{_SIGNS.get(currency, '')}{figures} {currency}"


def _spoken_money(amount: Decimal, currency: str, language: Language) -> str:
    whole = int(amount)
    cents = int((amount - whole) * 100)
    default = Locale.parse(_LOCALES[language]).currencies.get(currency, currency)
    one, many = _UNITS.get((currency, language), (default, default))
    words = f"{whole} {one if whole == 1 else many}"
    if not cents:
        return words
    joint, name = _CENTS[language]
    return f"{words} {joint} {cents} {name}"


def _spoken_clock(value: datetime, language: Language) -> str:
    hour = value.hour % 12 or 12
    if language == "pt":
        return _spoken_portuguese(value)
    part = _PARTS[language][0 if value.hour < 12 else 1 if value.hour < 19 else 2]
    if value.hour == 12 and value.minute == 0:
        return {"es": "12 del mediodía", "en": "12 noon"}[language]
    if language == "en":
        return f"{hour}:{value:%M} {part}" if value.minute else f"{hour} {part}"
    minutes = {0: "", 15: " y cuarto", 30: " y media"}.get(value.minute, f" y {value.minute}")
    return f"{hour}{minutes} {part}"


def _spoken_portuguese(value: datetime) -> str:
    if value.hour == 12 and value.minute == 0:
        return "12 horas"
    if value.minute == 0:
        return f"{value.hour} {'hora' if value.hour == 1 else 'horas'}"
    return f"{value.hour} e {'meia' if value.minute == 30 else value.minute}"


def _plain(text: str) -> str:
    """Without the no-break spaces of CLDR, which would double the price of a text message."""
    return text.replace("\u202f", " ").replace("\xa0", " ")
