"""What patients write, tap and press in each language, and how the answers can be told."""

from dataclasses import dataclass

from clinic.languages import Language


@dataclass(frozen=True)
class Said:
    """One language's words. The answers' are parts without accents, which SMS leaves out."""

    hello: str
    confirm: str
    cancel: str
    reschedule: str
    price: str
    price_of: str
    yes: str
    no: str
    menu_confirm: str
    menu_reschedule: str
    menu_cancel: str
    menu_price: str
    tap_sure: str
    hear_confirmed: str
    hear_sure: str
    hear_cancelled: str
    hear_times: str
    hear_moved: str
    hear_booked: str
    hear_which_service: str


SAID: dict[Language, Said] = {
    "es": Said(
        hello="hola",
        confirm="confirmo mi cita",
        cancel="necesito cancelar mi cita",
        reschedule="quiero cambiar mi cita",
        price="¿cuánto cuesta el perfil de lípidos?",
        price_of="perfil de lípidos",
        yes="sí",
        no="no gracias",
        menu_confirm="Confirmar mi cita",
        menu_reschedule="Cambiar mi cita",
        menu_cancel="Cancelar mi cita",
        menu_price="Precios",
        tap_sure="Sí, cancelar",
        hear_confirmed="Confirmada:",
        hear_sure="¿Cancelo su cita",
        hear_cancelled="cancelada",
        hear_times="Tengo estos horarios",
        hear_moved="Listo, su cita qued",
        hear_booked="agendada",
        hear_which_service="quiere saber el precio",
    ),
    "pt": Said(
        hello="oi, bom dia",
        confirm="quero confirmar minha consulta",
        cancel="preciso cancelar minha consulta",
        reschedule="quero remarcar minha consulta",
        price="quanto custa o perfil lipídico?",
        price_of="perfil lipídico",
        yes="sim",
        no="não, obrigado",
        menu_confirm="Confirmar consulta",
        menu_reschedule="Mudar consulta",
        menu_cancel="Cancelar consulta",
        menu_price="Preços",
        tap_sure="Sim, cancelar",
        hear_confirmed="Confirmada:",
        hear_sure="Cancelo a sua consulta",
        hear_cancelled="cancelada",
        hear_times="Tenho estes",
        hear_moved="Pronto, sua consulta ficou",
        hear_booked="marcada",
        hear_which_service="quer saber o pre",
    ),
    "en": Said(
        hello="hello",
        confirm="I want to confirm my visit",
        cancel="I need to cancel my appointment",
        reschedule="I want to change my appointment",
        price="how much is a lipid profile?",
        price_of="lipid profile",
        yes="yes",
        no="no thanks",
        menu_confirm="Confirm my visit",
        menu_reschedule="Change my visit",
        menu_cancel="Cancel my visit",
        menu_price="Prices",
        tap_sure="Yes, cancel",
        hear_confirmed="Confirmed:",
        hear_sure="Shall I cancel",
        hear_cancelled="cancelled",
        hear_times="times are free",
        hear_moved="Done, your visit is now",
        hear_booked="booked",
        hear_which_service="like the price of",
    ),
}

KEY_CONFIRM, KEY_RESCHEDULE, KEY_CANCEL, KEY_PRICE = "1", "2", "3", "5"
"""The menu's keys in a call: its order is the same in every language."""


def price_in_words(total: int, currency: str, *, spoken: bool) -> str:
    """How an amount in minor units stands in an answer."""
    if spoken:
        return f"{total // 100} "
    if currency == "BRL":
        return "R$ " + f"{total / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"${total / 100:,.2f} {currency}"
