"""What must be said when the engine cannot speak, in the three languages.

SMS-friendly and short; all that the engine can say itself is worded in domain.yml.
"""

from collections.abc import Mapping
from typing import Final

from clinic.emergency import EmergencyLines
from clinic.languages import Language

Words = Mapping[Language, str]

ENGINE_DOWN: Final[Words] = {
    "es": "En este momento no puedo responderle por una falla nuestra. Su mensaje quedó guardado y "
    "le respondo en cuanto pueda; el personal ya está avisado.",
    "pt": "Neste momento não consigo responder por uma falha nossa. Sua mensagem ficou guardada "
    "e respondo assim que puder; a equipe já foi avisada.",
    "en": "I can't answer right now because of a problem on our side. Your message is kept and "
    "I'll answer as soon as I can; our staff have been told.",
}
GIVEN_UP: Final[Words] = {
    "es": "No pude atender su mensaje y no hice ningún cambio con él. Una persona de la clínica lo "
    "verá y le responderá.",
    "pt": "Não consegui atender sua mensagem e não fiz nenhuma alteração com ela. Uma pessoa da "
    "clínica vai ver e responder.",
    "en": "I couldn't handle your message and changed nothing because of it. Someone at the clinic "
    "will read it and answer you.",
}
CALL_TROUBLE: Final[Words] = {
    "es": "Lo siento, en este momento no puedo atenderle por una falla nuestra. Avisé al personal "
    "para que le busque.",
    "pt": "Desculpe, neste momento não consigo atender por uma falha nossa. Avisei a equipe para "
    "entrar em contato com você.",
    "en": "I'm sorry, I can't help you right now because of a problem on our side. I've told our "
    "staff to get in touch with you.",
}
OPTED_OUT: Final[Words] = {
    "es": "Listo: no le enviaremos más mensajes a este número. Sus citas siguen como están. "
    "Para volver a recibirlos escriba START.",
    "pt": "Pronto: não enviaremos mais mensagens para este número. Suas consultas continuam como "
    "estão. Para voltar a receber, escreva START.",
    "en": "Done: we won't send any more messages to this number. Your appointments stay as they "
    "are. To get messages again, write START.",
}
OPTED_IN: Final[Words] = {
    "es": "Listo: volverá a recibir nuestros mensajes en este número.",
    "pt": "Pronto: você voltará a receber nossas mensagens neste número.",
    "en": "Done: you'll get our messages at this number again.",
}
NO_MORE_CALLS: Final[Words] = {
    "es": "Listo: ya no le haremos llamadas automáticas a este número. Sus citas y los mensajes "
    "siguen como están.",
    "pt": "Pronto: não faremos mais ligações automáticas para este número. Suas consultas e as "
    "mensagens continuam como estão.",
    "en": "Done: we won't make any more automatic calls to this number. Your appointments and our "
    "messages stay as they are.",
}
WITH_ASSISTANT: Final[Words] = {
    "es": "Le atiende otra vez el asistente de la clínica. ¿Puedo ayudarle en algo más?",
    "pt": "Quem atende agora é de novo o assistente da clínica. Posso ajudar em algo mais?",
    "en": "You are with the clinic's assistant again. Is there anything else I can help with?",
}
NOT_FORGOTTEN: Final[Words] = {
    "es": "No le hemos olvidado: nadie ha podido responderle todavía y su mensaje sigue en espera.",
    "pt": "Não esquecemos de você: ninguém conseguiu responder ainda e sua mensagem está na fila.",
    "en": "We have not forgotten you: nobody has been able to answer yet; you are still in line.",
}
HOLDING: Final[Words] = {
    "es": "Un momento, por favor, lo estoy revisando.",
    "pt": "Um momento, por favor, estou verificando.",
    "en": "One moment, please, I'm checking.",
}
NOT_CAUGHT: Final[Words] = {
    "es": "Perdón, no le entendí. ¿Me lo repite?",
    "pt": "Desculpe, não entendi. Pode repetir?",
    "en": "Sorry, I didn't catch that. Could you say it again?",
}
_RESCUE: Final[Words] = {
    "es": "Si es una emergencia, llame ahora al {rescue}. No espere nuestra respuesta. Ya "
    "avisamos al personal de la clínica.",
    "pt": "Se for uma emergência, ligue agora para o {rescue}. Não espere nossa resposta. Já "
    "avisamos a equipe da clínica.",
    "en": "If this is an emergency, call {rescue} now. Don't wait for our reply. We've alerted the "
    "clinic's staff.",
}
_RESCUE_UNKNOWN: Final[Words] = {
    "es": "Si es una emergencia, llame ahora al número de emergencias de su país. No espere "
    "nuestra respuesta. Ya avisamos al personal de la clínica.",
    "pt": "Se for uma emergência, ligue agora para o número de emergência do seu país. Não espere "
    "nossa resposta. Já avisamos a equipe da clínica.",
    "en": "If this is an emergency, call your country's emergency number now. Don't wait for our "
    "reply. We've alerted the clinic's staff.",
}
_CRISIS: Final[Words] = {
    "es": "No está en soledad. Ahora mismo puede hablar con alguien, gratis y a cualquier hora: "
    "{crisis}.",
    "pt": "Você não está só. Agora mesmo pode falar com alguém, de graça e a qualquer hora: "
    "{crisis}.",
    "en": "You are not alone. You can talk with someone right now, free and at any hour: {crisis}.",
}


def emergency_words(kind: str, lines: EmergencyLines | None, language: Language) -> str:
    """What is said at once to an emergency of that kind (`understanding.emergencies`)."""
    if lines is None:
        return _RESCUE_UNKNOWN[language]
    rescue = " ".join(
        filter(None, (lines.rescue, f"({lines.rescue_name})" * bool(lines.rescue_name)))
    )
    said = _RESCUE[language].format(rescue=rescue)
    if kind != "self_harm":
        return said
    crisis = _CRISIS[language].format(crisis=f"{lines.crisis_name}, {lines.crisis}")
    return f"{crisis} {said}"
