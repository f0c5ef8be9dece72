"""What sounds like an emergency and is none: over the same folded text as `emergency_rules`."""

# ruff: noqa: E501 - a pattern is read whole, on its line

from typing import Final

_ILL: Final = r"(?:infarto|ataques?|heart attack|cardiac arrest|paro|parada|derrame|avc|acv|evc|embolia|stroke|convuls\w+|seizures?|dolor|dor|pain|falta de (?:aire|ar)|shortness of breath|desmay\w+|desmai\w+|fainting|asma|asthma|sangrado|sangramento|bleeding|suicid\w+|anafil\w+|anaphyl\w+)"
# The rest of a question about the clinic, up to where somebody's own body comes in.
_ASKED: Final = r"(?:(?!\b(?:tengo|tiene|traigo|siento|siente|estoy|esta|estou|to|ta|tem|tenho|sinto|sente|me duele|le duele|i have|i ve|i m|has|having|my|mi|meu|minha)\b)[^;])*"

PHRASES: Final = (
    # Studies of the same parts of the body
    r"\b(?:radiografia|rx|rayos x|placa|tele|raio ?x|x ?ray|ultrasonido|ultrassom|ecografia|tomografia|resonancia|ressonancia|estudio|exame|examen|eco|ct|mri|scan|tac) (?:simple )?(?:de(?:l)?|do|da|of(?: the| my)?) (?:el |la |o |a )?(?:torax|pecho|peito|chest|corazon|coracao|heart)\b",
    r"\bchest (?:x ?ray|ct|scan|film|mri)\b",
    # Who sees to it, whether the clinic does: about the clinic, not about a body
    rf"\b(?:que|cual|qual|what|which) (?:especialista|especialidad|especialidade|doctora?|medic[oa]|estudios?|exames?|specialist|tests?)\b{_ASKED}{_ILL}\b{_ASKED}",
    rf"\b(?:quien|quem|who) (?:me |lo |la )?(?:ve|ven|atiende|atende|trata|cuida|do i see|should i see|sees|treats)\b{_ASKED}{_ILL}\b{_ASKED}",
    rf"\b{_ILL}\b(?: \w+){{0,4}} (?:quien|quem|lo|la) (?:ve|ven|atiende|atende|trata)\b{_ASKED}",
    rf"\b(?:atienden|tratan|hacen|manejan|atendem|tratam|fazem|cuidam de|do you (?:treat|see|do|handle|test)|you treat|cubre|cobre|covers?)\b{_ASKED}{_ILL}\b{_ASKED}",
    rf"^(?:y |e |and )?(?:what (?:is|are|s)|o que e|que es|q es)(?: (?:a|an|un|una|um|uma|el|la|o|the))? {_ILL}(?: \w+){{0,2}}$",
    rf"\b(?:riesgo|risco|risk|seguro|sintomas|signos|signs) (?:de|of|contra) (?:un |um |a )?{_ILL}\b|\b{_ILL} (?:risk|prevention|screening)\b",
    # What came after it
    rf"\b(?:despues|depois|luego|tras|after|since) (?:(?:de|do|da|del|la|el|a|an|my|his|her|mi|su|meu|seu|un|um|o) )*{_ILL}\b",
    # It is over, or there is none
    r"\b(?:pecho|peito|chest|corazon|coracao|heart)(?: \w+)? (?:doesn t|does not|no longer|isn t|didn t|nao|no|ya no) (?:me |le |\w+ )?(?:hurts?|hurting|duele|doi|dole|doendo|dolia)\b",
    rf"\b{_ILL} (?:(?:de|no|en el|en|in my|do|del|of|in the) )?(?:(?:pecho|peito|chest) )?(?:(?:ja|ya|me|se|is|has|s) )*(?:passou|paso|quito|gone|went away|stopped|sumiu|melhorou|desaparecio)\b",
    # Places, people and things that do not answer
    r"\bpronto socorro\b|\bprimeiros socorros\b|\bprimeros auxilios\b",
    r"\b(?:web ?site|site|app|aplicacion|aplicativo|pagina|page|portal|sistema|system|link|doctora?|medic[oa]|nobody|no one|nadie|ninguem|telefono|telefone|phone|bot|clinica|clinic) (?:\w+ )?(?:no|nao|is not|isn t|not|doesn t|won t) (?:\w+ )?(?:respond\w*|contesta\w*|answer\w*|reacciona)\b",
    r"\b(?:socorro|auxilio|help)(?: ;)? (?:(?:no|nao|eu|yo|i|can t|don t) )*(?:(?:se|me|lo|la) )?(?:encuentro|entiendo|acho|achei|entendi|entendo|find|get|understand|como|how|puedo (?:pagar|entrar|agendar)|consigo (?:pagar|marcar|entrar|agendar))\b",
    r"\b(?:hablar|falar|talk|speak)(?: \w+)? (?:por|no|pelo|on the|al) (?:telefono|telefone|phone|celular)\b",
    # A bruise, a sample, a name
    r"\b(?:saca\w*|tira(?:r|ram|ndo)|tomar|draw\w*|coletar|colher) (?:\w+ )?(?:sangre|sangue|blood)\b",
    r"\b(?:brazo|braco|arm|pierna|perna|leg|ojo|olho|eye|mano|mao|hand|dedo|finger|rodilla|joelho|una|unha)\b(?: \w+){0,3} (?:morad[oa]|rox[oa]|blue|purple|azul)\b|\b(?:dona|senora|sra|maria(?: do)?|del|la|a) socorro\b",
    # Figures of speech
    r"\b(?:de|con) infarto\b(?= (?:el|los|ese|esos|la)|$)",
    r"\bataque de (?:risa|riso|nervios)\b",
    r"\bmatar (?:el |o )?tempo\b|\bmatar (?:el )?tiempo\b|\bmatar (?:saudade|a saudade|aula|a aula|la curiosidad)\b",
    r"\bwith all my heart\b|\bfrom the bottom of my heart\b|\bbroken heart\b|\bde (?:todo )?(?:corazon|coracao)\b",
    r"\bstroke of (?:luck|genius)\b|\bbreast stroke\b|\bheat stroke prevention\b|\bsin aliento por\b",
    r"\b(?:ahog\w+|afog\w+|sufoc\w+|sofoc\w+|asfixi\w+|drown\w+|swamped|suffocating|chok\w+) (?:de|en|em|con|com|no|in|with|by|the|my|our) (?:\w+ )?(?:trabajo|trabalho|deudas?|dividas?|tareas?|pendientes|servico|estudos?|gastos|pagos|work|emails?|debts?|bills?|schedule|agenda|calendar)\b",
    r"\b(?:infarto|infart\w+|heart attack|ataque|treco|paro|derrame|atragant\w+|engasg\w+|chok\w+|desangr\w+|sangr\w+)(?: \w+){0,4} (?:precios?|precos?|price|valor|costo|custo|bill|cuenta|conta|cost|pagando|pagar|descuento|desconto|discount)\b",
    r"\b(?:precios?|precos?|price|valor|bill|cuenta|conta|costo)(?: \w+){0,5} (?:infarto|infart\w+|heart attack|ataque|stroke)\b",
    r"\b(?:trafico|transito|traffic|fila|calor|aburrimiento|tedio|verguenza|pena|oso|vergonha|embarrass\w+)\b.{0,25} (?:(?:me )?(?:quiero|voy a|quero|vou|want to|going to|ll|will) (?:me )?)?(?:morir|morirme|morrer|die|muero|morro)\b",
    r"\b(?:despierta|acorda|wake(?: up)?|acordar|despertar)(?: \w+)? (?:temprano|cedo|early|tarde|late)\b",
    r"\b(?:vivir|viver|live|living) (?:\w+ )?(?:lejos|longe|far|cerca|perto|near)\b",
    r"\b(?:falta|falto|sin|sem|no|lack of) (?:\w+ )?(?:aire|ar|air) (?:en|na|no|in) (?:la |the |el |o )?(?:sala|consultorio|recepcion|recepcao|waiting|clinica|room|oficina|carro|coche|car)\b",
    r"\bforca de vontade\b|\bfuerza de voluntad\b|\bpeito do pe\b|\bdeja respirar (?:tanto|tantos|con tanto)\b",
    r"\bme (?:va a dar|da|dio) un infarto (?:con|por|de ver|al ver) (?:el|los|ese|esos|la|lo|tanto)(?: \w+)?\b",
)
"""Taken out before the rules look; what is left of the message may still be an emergency."""

BY_KIND: Final[dict[str, tuple[str, ...]]] = {
    "breathing": (
        r"\b(?:por|pelo|pela|through|from|out of) (?:la |el |o |a |my |the |his |her )?(?:nariz|nose|fosa)\b",
        r"\b(?:stuffy|blocked|runny|congested|stuffed) nose\b|\bnariz (?:tapada|entupid[oa]|constipada|congestionada)\b|\bnose is (?:stuffy|blocked|stuffed)\b",
    ),
    "unconscious": (
        r"\b(?:casi|quase|almost|nearly)(?: (?:me|se|i))? (?:desmay\w+|desmai\w+|faint\w*|pass(?:ed)? out)\b",
        r"\b(?:desmay\w+|desmai\w+|faint\w*|pass out|mareo) (?:cuando|quando|when|if|al|con|com|com o|at)(?: \w+){0,4} (?:sangre|sangue|blood|agujas?|agulhas?|needles?)\b",
    ),
    "bleeding": (
        r"^(?!.*\b(?:no para|nao para|won t stop|mucha sangre|muita|muito|mucho|a lot|so much)\b).*\b(?:encias?|gengivas?|gums?)\b",
    ),
}
"""What makes an emergency of that kind, and of no other, harmless wherever it is said."""

LAUGHTER: Final = r"\b(?:(?:ja|je|ji){2,}\w*|k{3,}|(?:ha){2,}h?|lol|lmao|(?:rs){2,}\w*|xd)\b"
"""Who laughs speaks in figures; not where it is about one's life or HAPPENING."""

WHOLE: Final = (
    r"\b(?:antecedentes?|historial|historico|history|prevenir|prevencion|prevenc\w*|prevent\w*|evitar|prevention)\b",
    r"\b(?:curso|taller|platica|charla|palestra|capacitacion|first aid)\b",
    r"\b(?:murio|fallecio|faleceu|morreu|died|passed away)\b",
    r"\b(?<!desde el )(?:el ano pasado|ano passado|ano pasado|last year)\b",
    r"(?<!desde la )(?<!desde a )(?<!since )\b(?:semana pasada|semana passada|mes pasado|mes passado|verano pasado|last (?:week|month|summer|winter|spring|fall))\b",
    r"\b(?:\d+|un|una|dos|tres|um|dois|a|two|three|several|few|many|couple of) (?:meses|mes|anos|ano|months?|years?) (?:atras|ago|antes)\b|\b(?:anos|meses|years|months) (?:atras|ago)\b",
    r"\bhace (?:\w+ ){0,2}?(?:anos|ano|meses|mes)\b|\b(?:faz|ha) (?:\w+ ){0,2}?(?:anos|ano|meses|mes)\b|\b(?:hace|faz|ha) (?:mucho )?(?:tiempo|tempo)\b|\b(?:a )?(?:while|long time) (?:ago|back)\b",
    r"\b(?:en|em|in|desde) (?:19|20)\d\d\b",
    r"\b(?:cuando era (?:nin[oa]|chic[oa]|joven|bebe)|quando (?:era )?(?:crianca|bebe|pequen[oa])|when (?:i|he|she) was (?:a kid|little|young|a child|a baby)|as a (?:baby|child|kid)|de pequen[oa]|de (?:bebe|nin[oa]|crianca))\b",
    r"\b(?:rehabilitacion|reabilitacao|rehab|secuelas|sequelas)\b",
    r"\b(?:ya paso|ja passou|post infarto|pos infarto|chequeo|check ?up|control (?:de|post))\b",
)
"""What moves the whole message into the past or into business, unless it is also HAPPENING."""

HAPPENING: Final = (
    r"\b(?:ahora|ahorita|agora|now|right now|me esta|me estan|esta (?:teniendo|sangrando|convulsionando))\b",
    r"\b(?:otra vez|de nuevo|again|de novo|hoy|hoje|today|ayuda|socorro|help|urgente|quiero morir|empeor\w+|piorou|desde ayer|desde ontem|desde anoche|since yesterday)\b",
    r"\b(?:me|le) (?:duele|aprieta|falta el aire|cuesta respirar)\b|\b(?:no puedo|no puede|nao consigo|nao consegue|can t) (?:respirar|breathe)\b|\bestou com dor\b|\bto com dor\b|\bchest hurts\b|\b(?:i m|he s|she s) having\b",
)

WELL_NOW: Final = r"\b(?:(?:ya|ja|but|pero|mas|i m|he s|she s|estoy|esta|estou|to|ta|am|all) )+(?:bien|bem|mejor|melhor|fine|ok|okay|better|well)(?: (?:now|ahora|agora|today|hoy|hoje))?\b"
"""Whoever is well again: "now" in such words tells of no danger."""

DENIED: Final = (
    r"\b(?:ya no|no|nao|n|not|sin|sem|without|never|nunca|don t|do not|didn t|isn t|doesn t|ni|nem|nor|any)"
    r"(?: (?:es|e|ha|he|hay|tengo|tiene|tenho|tem|have|has|had|having|siento|sinto|sentir|feel|me|le|hubo|tuve|tive|estoy|estou|to|tou"
    r"|is|it|it s|a|an|un|una|um|uma|ningun|ninguna|nenhum|nenhuma|any|the|el|la|o|mi|mais|mas|nada|de|do|fue|foi|was"
    r"|voy a|vou|quiero|quero|want to|want|presento|presenta|present|suffer|from|experiencing"
    r"|pienso|penso|thinking|about|com|con|with|sintiendo|sentindo|sou|soy))*$"
)
"""The words right before, that say there is none of it."""
