"""What the call itself says around the conversation: keys, silence, waiting, farewell."""

import re
from collections.abc import Mapping
from typing import Final

from clinic.languages import Language

Line = Mapping[Language, str]

CHOICE_DO: Final[Line] = {
    "es": "Para {what}, marque {key}.",
    "pt": "Para {what}, tecle {key}.",
    "en": "To {what}, press {key}.",
}
CHOICE: Final[Line] = {
    "es": "{what}: marque {key}.",
    "pt": "{what}: tecle {key}.",
    "en": "{what}: press {key}.",
}
OR_SAY_IT: Final[Line] = {
    "es": "O dígamelo con sus palabras.",
    "pt": "Ou diga com as suas palavras.",
    "en": "Or just say it.",
}
OR_READ_IT: Final[Line] = {
    "es": "Si prefiere leerlo, diga «por mensaje».",
    "pt": "Se preferir ler, diga «por mensagem».",
    "en": "If you would rather read it, say “by text”.",
}
OTHER_LANGUAGES: Final[Mapping[Language, tuple[tuple[str, Language], ...]]] = {
    "es": (("8", "en"), ("9", "pt")),
    "pt": (("8", "es"), ("9", "en")),
    "en": (("8", "es"), ("9", "pt")),
}
LANGUAGE_KEY: Final[Line] = {
    "es": "Para español, marque {key}.",
    "pt": "Para português, tecle {key}.",
    "en": "For English, press {key}.",
}
CALLING: Final[Line] = {
    "es": "Le llamamos de {clinic}.",
    "pt": "Ligamos da {clinic}.",
    "en": "This is a call from {clinic}.",
}
IS_IT_YOU: Final[Line] = {
    "es": "Para escucharnos, marque 1 o diga sí.",
    "pt": "Para nos ouvir, tecle 1 ou diga sim.",
    "en": "To hear why we call, press 1 or say yes.",
}
FOR_A_PERSON: Final[Line] = {
    "es": "Para hablar con una persona, marque 0.",
    "pt": "Para falar com uma pessoa, tecle 0.",
    "en": "To talk to a person, press 0.",
}
NO_MORE_CALLS: Final[Line] = {
    "es": "Para no recibir más llamadas automáticas, marque 9.",
    "pt": "Para não receber mais ligações automáticas, tecle 9.",
    "en": "To get no more automatic calls, press 9.",
}
STILL_THERE: Final[Line] = {
    "es": "¿Sigue en la línea? Se lo repito.",
    "pt": "Ainda está na linha? Vou repetir.",
    "en": "Are you still there? Let me say it again.",
}
WRONG_KEY: Final[Line] = {
    "es": "Esa tecla no es una de las opciones. Se las repito.",
    "pt": "Essa tecla não é uma das opções. Vou repetir.",
    "en": "That key is not one of the options. Here they are again.",
}
HOW_TO_GO_ON: Final[Line] = {
    "es": "No alcanzo a oírle. Marque 0 para hablar con una persona, o asterisco para repetir.",
    "pt": "Não consigo ouvir. Tecle 0 para falar com uma pessoa, ou asterisco para repetir.",
    "en": "I cannot hear you. Press 0 to talk to a person, or star to hear it again.",
}
ANYTHING_ELSE: Final[Line] = {
    "es": "¿En qué más le puedo ayudar?",
    "pt": "Em que mais posso ajudar?",
    "en": "What else can I do for you?",
}
HOLDING: Final[Line] = {
    "es": "Un momento, por favor, lo estoy consultando.",
    "pt": "Um momento, por favor, estou consultando.",
    "en": "One moment, please, I am looking that up.",
}
STILL_HOLDING: Final[Line] = {
    "es": "Sigo en ello, gracias por esperar.",
    "pt": "Continuo verificando, obrigado por esperar.",
    "en": "Still working on it, thank you for waiting.",
}
TOO_SLOW: Final[Line] = {
    "es": "Lo siento, ahora mismo no puedo darle una respuesta segura.",
    "pt": "Desculpe, neste momento não consigo dar uma resposta segura.",
    "en": "I am sorry, I cannot give you a sure answer right now.",
}
LONG_CALL: Final[Line] = {
    "es": "Llevamos un buen rato hablando; será mejor que le ayude una persona.",
    "pt": "Já conversamos bastante; é melhor que uma pessoa continue.",
    "en": "We have been talking for a while; a person will help you better.",
}
SORRY: Final[Line] = {
    "es": "Disculpe, tuve un problema. Un momento, por favor.",
    "pt": "Desculpe, tive um problema. Um momento, por favor.",
    "en": "Sorry, something went wrong. One moment, please.",
}
CALL_AGAIN: Final[Line] = {
    "es": "Lo siento, no puedo atenderle en este momento. Por favor, vuelva a llamar más tarde.",
    "pt": "Desculpe, não posso atender neste momento. Por favor, ligue mais tarde.",
    "en": "I am sorry, I cannot help you right now. Please call again later.",
}
CONNECTING: Final[Line] = {
    "es": "Le comunico con una persona de la clínica.",
    "pt": "Vou passar a ligação para uma pessoa da clínica.",
    "en": "I am putting you through to a person at the clinic.",
}
NOTED: Final[Line] = {
    "es": "Su petición quedó anotada y una persona de la clínica le llamará.",
    "pt": "Seu pedido ficou anotado e uma pessoa da clínica vai ligar para você.",
    "en": "Your request is noted and a person from the clinic will call you back.",
}
NUMBER_HIDDEN: Final[Line] = {
    "es": "Su número está oculto y no podemos devolverle la llamada; por favor, llame en horario "
    "de atención.",
    "pt": "Seu número está oculto e não podemos retornar; por favor, ligue no horário de "
    "atendimento.",
    "en": "Your number is hidden, so we cannot call you back; please call during opening hours.",
}
NOBODY_ANSWERED: Final[Line] = {
    "es": "En este momento nadie pudo contestar.",
    "pt": "No momento ninguém pôde atender.",
    "en": "Nobody was able to answer just now.",
}
TEXTED: Final[Line] = {
    "es": "Le escribo las opciones en un mensaje, para que conteste cuando pueda.",
    "pt": "Vou enviar as opções por mensagem, para responder quando puder.",
    "en": "I am sending you the options in a message, so that you can answer when you can.",
}
BY_TEXT: Final[Line] = {
    "es": "Aquí están las opciones que pidió en la llamada:",
    "pt": "Aqui estão as opções que você pediu na ligação:",
    "en": "Here are the options you asked for on the call:",
}
TEXT: Final[Line] = {
    "es": "En la llamada no alcanzamos a oírle. Puede seguir por aquí:",
    "pt": "Na ligação não conseguimos ouvir você. Pode continuar por aqui:",
    "en": "We could not hear you on the call. You can go on here:",
}
GOODBYE: Final[Line] = {
    "es": "Muchas gracias. Hasta luego.",
    "pt": "Muito obrigado. Até logo.",
    "en": "Thank you. Goodbye.",
}
VOICEMAIL: Final[Line] = {
    "es": "Le llamamos de {clinic}. Por favor, devuélvanos la llamada a este número. Gracias.",
    "pt": "Ligamos da {clinic}. Por favor, retorne para este número. Obrigado.",
    "en": "This is a call from {clinic}. Please call us back at this number. Thank you.",
}
REPEAT_WORDS: Final[Mapping[Language, tuple[str, ...]]] = {
    "es": ("repetir", "repita", "repite", "otra vez", "de nuevo", "cómo", "mande"),
    "pt": ("repetir", "repita", "repete", "de novo", "outra vez", "como"),
    "en": ("repeat", "again", "say again", "pardon", "say that again"),
}
HINTS: Final[Mapping[Language, tuple[str, ...]]] = {
    "es": ("sí", "no", "confirmar", "cancelar", "cambiar", "repetir", "hablar con una persona"),
    "pt": ("sim", "não", "confirmar", "cancelar", "remarcar", "repetir", "falar com uma pessoa"),
    "en": ("yes", "no", "confirm", "cancel", "change", "repeat", "talk to a person"),
}
BY_TEXT_WORDS: Final[Mapping[Language, re.Pattern[str]]] = {
    "es": re.compile(
        r"(?:por favor )?(?:(?:me )?(?:mand|envi|escrib|pas)[a-z]* )?"
        r"(?:(?:las opciones|los horarios|eso|todo) )?(?:por|en) (?:un )?(?:mensaje|texto|sms|"
        r"escrito|whatsapp)(?: de texto)?(?: por favor)?"
    ),
    "pt": re.compile(
        r"(?:por favor )?(?:(?:me )?(?:mand|envi|escrev|pass)[a-z]* )?(?:me )?"
        r"(?:(?:as opcoes|os horarios|isso|tudo) )?(?:por|em) (?:uma? )?(?:mensagem|texto|sms|"
        r"escrito|whatsapp)(?: de texto)?(?: por favor)?"
    ),
    "en": re.compile(
        r"(?:please )?(?:(?:send|text) (?:me )?)?(?:(?:it|them|that|the options|the times) )?"
        r"(?:to me )?(?:by|in a|via|as a|in) (?:text|message|sms|whatsapp)(?: message)?(?: please)?"
        r"|(?:please )?(?:text me|send me a text)(?: please)?"
    ),
}
"""Over bare folded words, whole: what a caller says who rather reads the choices."""
