"""What patients read of their results: messages and pages, in the three languages."""

from collections.abc import Mapping
from typing import Final

from clinic.languages import Language

Words = Mapping[Language, str]

READY: Final[Words] = {
    "es": "{clinic}: tiene un documento listo. Ábralo aquí, con un código que le enviaremos: "
    "{link} (válido {hours} horas).",
    "pt": "{clinic}: você tem um documento pronto. Abra aqui, com um código que enviaremos: "
    "{link} (válido por {hours} horas).",
    "en": "{clinic}: a document of yours is ready. Open it here, with a code that we'll send you: "
    "{link} (good for {hours} hours).",
}
SENT: Final[Words] = {
    "es": "{clinic}: aquí abre sus documentos, con un código que le enviaremos: {link} "
    "(válido {hours} horas).",
    "pt": "{clinic}: aqui você abre seus documentos, com um código que enviaremos: {link} "
    "(válido por {hours} horas).",
    "en": "{clinic}: open your documents here, with a code that we'll send you: {link} "
    "(good for {hours} hours).",
}
CODE: Final[Words] = {
    "es": "{clinic}: su código es {code}. Vale 10 minutos. Nadie de la clínica se lo pedirá.",
    "pt": "{clinic}: seu código é {code}. Vale 10 minutos. Ninguém da clínica vai pedi-lo.",
    "en": "{clinic}: your code is {code}. It's good for 10 minutes. Nobody at the clinic will ask "
    "you for it.",
}
HOW_TO_STOP: Final[Words] = {
    "es": "Para no recibir más mensajes escriba ALTO.",
    "pt": "Para não receber mais mensagens escreva PARAR.",
    "en": "To get no more messages write STOP.",
}

PAGE: Final[Mapping[Language, Mapping[str, str]]] = {
    "es": {
        "title": "Sus documentos",
        "hello": "Sus documentos están listos",
        "why": "Para cuidar su privacidad, primero le enviamos un código al teléfono que termina "
        "en {ending}.",
        "send": "Enviarme el código",
        "sent": "Le enviamos un código al teléfono que termina en {ending}. Puede tardar un "
        "minuto.",
        "code": "Código de seis cifras",
        "birth": "Fecha de nacimiento del paciente",
        "birth_why": "Varias personas usan este teléfono: díganos de quién son los documentos.",
        "open": "Abrir",
        "again": "Enviar otro código",
        "wrong": "Ese código o esa fecha no coincide. Revíselo e inténtelo otra vez.",
        "over": "Ese código ya no sirve. Pida otro.",
        "too_soon": "Acabamos de enviarle uno. Espere un minuto antes de pedir otro.",
        "too_many": "Ya le enviamos varios códigos para este enlace. Escríbanos para recibir un "
        "enlace nuevo.",
        "list": "Elija qué abrir",
        "download": "Abrir",
        "none": "No hay documentos que abrir en este momento. Si espera uno, escríbanos.",
        "leave": "Esta página se cierra sola en 15 minutos. Si el teléfono no es suyo, borre lo "
        "que descargue.",
        "gone": "Este enlace ya no abre",
        "gone_why": "Los enlaces duran poco para cuidar su privacidad. Escriba \u201cmis "
        "resultados\u201d al número de la clínica y le enviamos uno nuevo.",
        "language": "Idioma",
    },
    "pt": {
        "title": "Seus documentos",
        "hello": "Seus documentos estão prontos",
        "why": "Para proteger sua privacidade, primeiro enviamos um código ao telefone que "
        "termina em {ending}.",
        "send": "Enviar o código",
        "sent": "Enviamos um código ao telefone que termina em {ending}. Pode levar um minuto.",
        "code": "Código de seis algarismos",
        "birth": "Data de nascimento do paciente",
        "birth_why": "Várias pessoas usam este telefone: diga de quem são os documentos.",
        "open": "Abrir",
        "again": "Enviar outro código",
        "wrong": "Esse código ou essa data não confere. Verifique e tente de novo.",
        "over": "Esse código não vale mais. Peça outro.",
        "too_soon": "Acabamos de enviar um. Espere um minuto antes de pedir outro.",
        "too_many": "Já enviamos vários códigos para este link. Escreva para nós e receba um "
        "link novo.",
        "list": "Escolha o que abrir",
        "download": "Abrir",
        "none": "Não há documentos para abrir neste momento. Se espera um, escreva para nós.",
        "leave": "Esta página se fecha sozinha em 15 minutos. Se o telefone não é seu, apague o "
        "que baixar.",
        "gone": "Este link não abre mais",
        "gone_why": "Os links duram pouco para proteger sua privacidade. Escreva \u201cmeus "
        "resultados\u201d ao número da clínica e enviamos um novo.",
        "language": "Idioma",
    },
    "en": {
        "title": "Your documents",
        "hello": "Your documents are ready",
        "why": "To keep them private we first send a code to the phone that ends in {ending}.",
        "send": "Send me the code",
        "sent": "We sent a code to the phone that ends in {ending}. It may take a minute.",
        "code": "Six-digit code",
        "birth": "The patient's date of birth",
        "birth_why": "Several people use this phone: tell us whose documents you want.",
        "open": "Open",
        "again": "Send another code",
        "wrong": "That code or that date does not match. Check it and try again.",
        "over": "That code is no longer good. Ask for another one.",
        "too_soon": "We have just sent you one. Wait a minute before you ask for another.",
        "too_many": "We have sent several codes for this link. Write to us and get a new link.",
        "list": "Choose what to open",
        "download": "Open",
        "none": "There is nothing to open right now. If you expect something, write to us.",
        "leave": "This page closes by itself in 15 minutes. If this is not your phone, delete "
        "what you download.",
        "gone": "This link no longer opens",
        "gone_why": "Links do not last long, to keep what is yours private. Write \u201cmy "
        "results\u201d to the clinic's number and we send you a new one.",
        "language": "Language",
    },
}
