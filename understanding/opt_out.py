"""Wishing to get no more messages: as a keyword, and in any words.

CANCEL, CANCELAR and END alone are not read as such, although the provider does so in English:
at a clinic they mean the visit, and opting out must never be confused with cancelling one.
"""

# ruff: noqa: E501 - a pattern is read whole

import re
from typing import Final, Literal

from understanding.words import bare

OptOut = Literal["stop", "start", "help"]

_STOP: Final = """
stop|stop all|stopall|unsubscribe|quit|revoke|optout|opt out|alto|parar|pare|para ya|sair|baja
|dar de baja|darme de baja|dame de baja|deme de baja|denme de baja|desuscribir|desuscribirme
|cancelar suscripcion|cancelar la suscripcion|cancelar mensajes|detener|detener mensajes
|alto mensajes|descadastrar|descadastre|descadastre me|descadastra|me descadastre
|cancelar inscricao|desinscrever|desinscrever me|parar mensagens|parem|stop messages|stop texting
|stop texting me|no mas|no mas mensajes|no mas sms|chega de mensagens|sem mensagens
"""
_START: Final = """
start|unstop|iniciar|inicio|comenzar|empezar|reanudar|alta|reactivar|volver a recibir|voltar
|comecar|retomar|reativar|resume|subscribe|suscribir|suscribirme|inscrever|resubscribe
"""
_HELP: Final = "help|ayuda|ajuda|info|informacion|informacao|socorro ajuda|help me|ayudame|me ajuda"


def _keywords(table: str) -> frozenset[str]:
    return frozenset(word.strip() for word in table.replace("\n", "").split("|"))


_MEANING: Final[dict[str, OptOut]] = {
    **dict.fromkeys(_keywords(_HELP), "help"),
    **dict.fromkeys(_keywords(_START), "start"),
    **dict.fromkeys(_keywords(_STOP), "stop"),
}
_PADDING = re.compile(
    r"^(?:por favor|please|pls|porfa|pf) | (?:por favor|please|pls|porfa|pf|ya|now)$"
)


def read_opt_out(text: str) -> OptOut | None:
    """What a message asks that consists of a keyword and nothing else; None for all others."""
    message = bare(text)
    return _MEANING.get(message) or _MEANING.get(_PADDING.sub("", message))


_THINGS: Final = (
    r"(?:mensajes?(?! de (?:voz|audio))|mensajitos?|msjs?|msgs?|sms|textos?|whats(?: ?app)?s?|wasaps?|guasaps?|wpp|zap"
    r"|recordatorios?|avisos?|publicidad|promociones|notificaciones|notificacion|correos?|spam"
    r"|mensagens|mensagem|mensagen|msg|lembretes?|propagandas?|notificacoes|torpedos?"
    r"|texts?|messages?|reminders?|notifications?|anything|promos?|contact)"
)
_SEND_ES: Final = (
    r"(?:mand|envi|escrib|contact|molest|llam|marqu|busqu|text|notifi[cq]u?|chinguen|jod|fastidi)"
    r"(?:e|en|es|ar|arme|arnos|ir|irme|an|a|ando|ndo|iendo|eis)?"
)
_RULES: Final = (
    # Spanish
    (
        rf"\b(?:no|ya no|nunca|jamas) (?:me |nos |le |quiero que me |quiero que me sigan )+{_SEND_ES}"
        r"(?:me)? (?:mas|nada|ya|otra vez|nunca)\b"
    ),
    (
        rf"\b(?:no|ya no|nunca|jamas) (?:quiero que )?(?:me|nos) (?:esten |sigan |siga |vuelvan? a )?"
        rf"(?:(?:mand|envi|escrib|notifi[cq])(?!aron|aste|iste|ieron|ado)\w*|lleguen?) (?:\w+ ){{0,3}}?{_THINGS}\b"
    ),
    r"\b(?:no|ya no|nunca) (?:me|nos) (?:esten |sigan |siga |vuelvan? a )(?:\w+)",
    (
        r"\b(?:no|ya no) (?:me|nos) (?:escriban|molesten|contacten|texteen|manden|envien)\b"
        r"(?! (?:los|el|la|las|mi|mis|resultado|por|a|al|hasta|antes|todavia|aun)\b)"
    ),
    (
        rf"\b(?:no|ya no) (?:quiero|queremos|deseo|quisiera|me interesa) (?:seguir )?(?:recibir"
        rf"|recibiendo|saber|ver)? ?(?:\w+ ){{0,3}}?{_THINGS}\b"
    ),
    (
        rf"\b(?:dejen?|deja|paren?|eviten?|basta|suspendan?|detengan?) (?:ya )?(?:de|con|los|tantos)? ?"
        rf"(?:\w+ ){{0,4}}?(?:{_THINGS}|mandarme|enviarme|escribirme|molestarme|molestar|escribir"
        r"|textear|textearme|contactarme|mandar|fastidiar|joder|chingar)\b"
    ),
    r"\bdejenme (?:en paz|de)\b",
    (
        r"\b(?:quit|borr|elimin|saqu|sac|remuev)\w{1,6} (?:\w+ ){0,4}?"
        r"(?:lista(?! de espera)|base de datos|contactos|registro|numero|telefono|sistema|envios)\b"
    ),
    (
        r"\b(?:dar(?:me|nos)?|d[ea]n?me|quiero|quisiera|me dan?|solicito|pido)(?: \w+){0,2}? (?:de )?"
        r"(?:la )?baja (?:de (?:los|sus|la|las|el|este|esta|todo)|por favor|mi numero|a mi)"
    ),
    r"\b(?:darme|deme|denme|dame|darse|me dan|me den|doy) de baja\b(?! (?:la|mi|una|el) (?:cita|consulta))",
    rf"\bcancel\w+ (?:\w+ ){{0,2}}?(?:suscripcion|subscription|inscricao|{_THINGS})\b",
    r"\b(?:desuscri|desinscri|desapunt|desregistr)\w+",
    rf"\b(?:ya no|no) mas (?:\w+ )?{_THINGS}\b",
    rf"\bsin (?:mas )?{_THINGS}\b(?=.*\b(?:favor|gracias)\b)",
    r"\b(?:no|nao|n|ya no) (?:quiero|quero|deseo|desejo) (?:mas |mais )?(?:recibir|receber) (?:mas |mais )?nada\b",
    r"\b(?:no|ya no|nao|n) (?:me |nos )?(?:sigan|siga|sigas|continuen|continue|continuem|vuelvan a|volte a|voltem a|insistan|insistam) ?(?:a )?(?:me )?(?:mand|envi|escrib|escrev|molest|llam|contact|contat|text|incomod|marc|lig|busc|insist)\w*\b(?! (?:esperando|adelante))",
    r"\b(?:no|nao|n|ya no) (?:les |lhes )?(?:autorizo|permito|doy permiso|dou permissao|consiento|consinto|acepto|aceito) (?:mas |mais )?(?:que )?(?:me |nos )?(?:\w+ ){0,3}?(?:contact\w*|contat\w*|mand\w*|envi\w*|escrib\w*|escrev\w*|llam\w*|mensajes|mensagens|publicidad)\b",
    r"\b(?:parenle|parele|parale|ya parenle|bajenle|ya estuvo|ya basta|ya chole) (?:\w+ ){0,4}?(?:mensaj\w+|sms|recordatorios|avisos|whats\w*|textos)\b",
    r"\b(?:no|ya no|nao|n) (?:quiero|quisiera|deseo|quero|desejo|gostaria de) (?:mas |mais )?(?:que me (?:sigan |estejam |esten )?|ser |estar siendo |que voces me |que vcs me )(?:contact\w+|contat\w+|molest\w+|mand\w+|envi\w+|escrib\w+|escrev\w+|incomod\w+|notific\w+|busc\w+|perturb\w+)\b(?! (?:los|el|la|las|o|a|os) (?:result|receta|ubica|preco|precio))",
    r"\b(?:dejar|parar|pararem|dejen|parem|deixar|deixem|cessar) (?:ya )?de (?:me )?(?:mand|envi|escrib|escrev|molest|contact|contat|text|incomod|insist|notific|llen|ench)\w*",
    r"\b(?:estoy|estou) (?:hart[oa]|cansad[oa]|fart[oa]) d[eo] (?:\w+ ){0,3}?(?:mensaj\w+|mensag\w+|sms|recordatorios|lembretes|avisos|whats\w*)\b",
    # Portuguese
    (
        r"\b(?:nao|nunca|jamais) (?:me |nos )?(?:mand|envi|escrev|contat|incomod|perturb|lig|chate)\w* "
        rf"(?:me )?(?:mais|nada|(?:\w+ ){{0,2}}?{_THINGS})\b"
    ),
    (
        r"\b(?:nao|n) (?:quero|queremos|desejo|gostaria de|vou querer) (?:mais )?(?:continuar )?"
        rf"(?:receb\w+|sab\w+|ter)? ?(?:\w+ ){{0,3}}?{_THINGS}\b"
    ),
    (
        r"\b(?:nao|n) (?:quero|desejo) (?:mais )?(?:que )?(?:voces |vcs )?(?:me )?"
        r"(?:mand|envi|escrev|contat|incomod|perturb)\w+"
    ),
    (
        rf"\b(?:pare|parem|para|chega|deixe?m?|cessem?|suspend\w+) (?:ja )?(?:de|com|os|as)? ?"
        rf"(?:\w+ ){{0,4}}?(?:{_THINGS}|mandar|enviar|escrever|incomodar|perturbar|encher|contatar)\b"
    ),
    r"\bme deixem? em paz\b",
    (
        r"\b(?:tir|remov|exclu|apag|delet|retir)\w+ (?:\w+ ){0,5}?"
        r"(?:lista(?! de espera)|cadastro|contatos|base|numero|telefone|whats\w*|sistema)\b"
    ),
    rf"\bsair (?:da|dessa|desta) lista\b|\b(?:nao|sem) mais {_THINGS}\b",
    r"\b(?:descadastr|desinscrev)\w+",
    r"\b(?:cansei|enchi o saco|to cansad[oa]|tou cansad[oa]) d(?:e|essas?|esses?|as|os) (?:\w+ ){0,2}?(?:mensage\w+|msgs?|lembretes|avisos)\b",
    r"\b(?:tir|remov|exclu|apag|delet|retir|quit|borr|elimin|saqu)\w+ (?:por favor )?(?:meu|minha|meus|o meu|mi|mis|el) (?:\w+ )?(?:contato|contacto|telefono|telefone|numero|celular|whats\w*|datos|dados)\b",
    # English
    r"\b(?:enough|sick|tired|done|fed up) (?:with|of) (?:\w+ ){0,3}?(?:texts?|messages?|reminders?|notifications?|spam|sms)\b",
    r"\b(?:rather|prefer|like|want|wish|asked?|please) (?:to )?not (?:to )?(?:get|receive|be sent|be contacted|be texted|be messaged|hear|have)\b(?: \w+){0,3}? (?:texts?|messages?|reminders?|notifications?|contact\w*|texted|messaged|spam|from you|alerts?)\b|\b(?:rather|prefer|wish|asked?|please) not (?:to )?be (?:contacted|texted|messaged|called)\b",
    r"\bcease (?:all )?(?:communications?|contact|messages?|texts?)\b|\b(?:end|stop|cancel|turn off|disable|discontinue|halt) (?:all |my |the |these |those |your |future |any |further )*(?:communications?|text messages|texts|messages|messaging|reminders|notifications|alerts|subscription|sms)\b",
    r"\b(?:get|take) (?:me|my \w+) off (?:of )?(?:this|these|your|the (?:mailing |message |text |sms |contact )*(?:list|texts|messages|thread)|here)\b|\bno (?:longer|more) (?:\w+ ){0,4}?(?:messages?|texts?|reminders?|notifications?|contact(?:ed)?)\b|\bmake (?:it|these|the \w+) stop\b",
    (
        r"\b(?:stop|quit|cease) (?:\w+ ){0,3}?"
        rf"(?:sending|texting|messaging|contacting|writing|bothering|spamming|bugging|{_THINGS})\b"
    ),
    (
        r"\b(?:do not|don t|dont|never|no longer|not) (?:want you to |ever )?"
        r"(?:send|text|message|contact|write|bother|spam|bug) (?:to )?(?:me|us|this number)\b"
        r"(?! (?:the|my|until|before|a copy|at (?:work|night)|results))"
    ),
    (
        r"\b(?:do not|don t|dont|no longer|not|never) (?:want|wish|need|like|care)(?: to)?"
        rf"(?: (?:get|receive|hear|be|any|more|your|these|those|from|to|of|sent|the))* ?"
        rf"(?:{_THINGS}|hear from you|contacted|texted|messaged)\b"
    ),
    rf"\bno more (?:\w+ )?{_THINGS}\b",
    (
        r"\b(?:take|remove|get|drop|delete|leave|strike|cross) (?:me|my \w+|us"
        r"|this number)(?: \w+){0,4}? "
        r"(?:off|out|from|of)\b(?: \w+){0,4}? ?\b(?<!wait )(?<!waiting )(?:list|lists|database|texts?|messages?|system|records"
        r"|contacts|alerts)"
    ),
    r"\b(?:opt|opting) (?:me )?out\b|\bunsubscri\w+\b",
    r"\bleave me alone\b|\blose my number\b|\b(?:delete|remove|forget) my (?:phone )?number\b",
)
_WANTS_NONE: Final = re.compile("|".join(f"(?:{rule})" for rule in _RULES))


def wants_no_more_messages(text: str) -> bool:
    """Whether a message asks, in any words, that the clinic write no more.

    Leans to yes: whoever asks is asked once more, while a missed wish keeps bothering someone.
    """
    return read_opt_out(text) == "stop" or bool(_WANTS_NONE.search(bare(text)))
