"""Questions for medical advice, which the bot never gives: they are for a doctor or a nurse.

What to take, how much, whether to stop it, whether something is serious, what a result means. Not:
how to prepare for a study, whether the clinic treats something, what it costs, when a result is
ready. Over folded words, as in `opt_out`.
"""

# ruff: noqa: E501 - a pattern is read whole, on its line

import re
from typing import Final

from understanding.words import bare

_MEDICINE: Final = (
    r"(?:pastill\w+|pildoras?|pilulas?|medicin\w*|medicament\w*|medications?|meds|remedios?|comprimid\w+|pills?|tablets?|capsulas?"
    r"|antibiotic\w*|antibiotico\w*|jarabes?|xaropes?|syrup|pomadas?|crema|creme|cream|ointment|gotas|drops|insulina?|vitaminas?|vitamins?|melaton\w*"
    r"|anticoncep\w*|birth control|suero|supplements?|suplementos?|ibuprofen\w*|paracetamol\w*|acetaminophen|tylenol|advil|aspirin\w*|aas|dipirona|novalgina|naproxen\w*"
    r"|diclofenac\w*|ketorolac\w*|tramadol|rivotril|xanax|sertralin\w*|fluoxetin\w*|loratadin\w*|prednison\w*|cortison\w*|nimesulid\w*|dorflex"
    r"|buscap\w*|levotirox\w*|atenolol|warfarin\w*|viagra|ozempic|\w+(?:cil+in[ae]?|micin\w*|mycin|prazol\w*|sartan\w*|pril|statina?|zepam|zolam|metformin\w*|formina?|oxacin\w*))"
)
_COMPLAINT: Final = (
    r"(?:tos|tosse|cough\w*|dolor\w*|dor|dores|pain|\w*aches?|fiebre|febre|fever|temperatura|gripa|gripe|flu|cold|resfriad\w+|catarro|diarr\w+|vomit\w*|nausea\w*|mareos?|tontura"
    r"|dizz\w+|alergias?|allerg\w+|ronchas?|rash|hives|manchas?|hongos?|micose|fungus|infec\w+|gastritis|gastrite|colic\w*|garganta|throat|cabeza|cabeca|head|estomago|stomach"
    r"|panza|barriga|belly|espalda|costas|back|rodilla|joelho|knee|muela|dente|tooth\w*|insomnio|insonia|dormir|sleep|nervios|nervos|nerves|ansie\w+|anxiety|presion|pressao|pressure"
    r"|bolitas?|bulto|caroco|lump|lunar|pinta|mole|moret\w+|roxo|bruise|sangr\w+|bleed\w*|hinch\w+|inchad\w+|inflam\w+|swollen|swell\w*|ganglios?|glands?|duel\w+|doi|doa|doer|hurts?|hurting"
    r"|popo|coco|poop\w*|pee|orinar|xixi|tobillo|tornozelo|ankle|acidez|azia|heartburn|cruda|estre\w+|constipa\w+|picazon|coceira|itch\w*|acne|asma|asthma)"
)
_FINDING: Final = (
    r"(?:glucosa|glicose|glicemia|glucose|azucar|acucar|sugar|colesterol|cholesterol|triglicerid\w+|triglycerid\w+|hemoglobin\w*|leucocitos|globulos|plaquetas|platelets?|white cell\w*|red cell\w*|cell count|count"
    r"|creatinin\w*|acido urico|uric acid|tsh|tiroides|thyroid|psa|bi ?rads|positiv[oe]s?|negativ[oe]s?|reactivo|presion|pressao|blood pressure|ferritin\w*|nodul\w+|quistes?|cistos?|cysts?)"
)
_ILLNESS: Final = r"(?:cancer|diabetes|dengue|covid|gripa|gripe|flu|apendicit\w+|appendicit\w+|tumor|ulcera|ulcer|infec\w+|alergia|allergy|anemia|artrit\w+|neumonia|pneumonia|hernia|migrana|migraine|vih|hiv|hpv|vph|grave|serious)"
_STUDY: Final = (
    r"(?:estudios?|examen|examenes|exames?|exam|tests?|prueba|pruebas|analisis|laboratorio|labs?|blood ?work|ultrason\w+|ultrassom|ultrasound|eco|radiografia|raio ?x|x ?ray|rayos x|resonancia|ressonancia|mri"
    r"|tomografia|ct|scan|endoscop\w+|colonoscop\w+|mastografia|mamografia|mammogram|papanicol\w+|pap|cultivo|urocultura|culture|perfil|panel|hormonal|hemograma|biopsia|biopsy|cirugia|cirurgia|operacion|procedimiento|procedimento|surgery|procedure|espermograma|densitometria)"
)
_MAY_I: Final = (
    r"(?:puedo|puede|podemos|podria|se puede|posso|pode|podemos|can|could|may|me puedo|esta bien|esta mal|es malo|e ruim|faz mal|hace dano|hace mal|es peligroso|e perigoso|es seguro|e seguro"
    r"|tem problema|hay problema|pasa algo|is it (?:ok|okay|safe|dangerous|bad|fine)|recomiend\w+|recomend\w+|do you recommend|debo|deberia|devo|should|conviene|preciso|tengo que)"
)
_NOT_FOR_TRAVEL: Final = r"(?! (?:\w+ )?(?:llegar|ir|chegar|get|venir|vir|la cita|a consulta|cancelar|cambiar|reagendar|remarcar|agendar|marcar|estudio|exame|examen)\b)"

_ADVICE: Final = (
    # What to take, give or put on
    rf"\b(?:que|q|ke|oque|oq|o que|what|whats|wat|cual|qual|which|con que|algo que)\b(?: \w+){{0,4}} (?:tomo|tomar\w*|toma|doy|dou|dar\w*|pongo|ponerme|passo|passar|aplico|uso|usar|take|give|put|use|unto)(?: \w+){{0,5}} (?:para|pra|pa|pal|pro|pros|for|4|to stop)\b{_NOT_FOR_TRAVEL}",
    rf"\b{_COMPLAINT}\b(?: \w+){{0,6}} (?:que|o que|oq|q|what)(?: \w+){{0,4}} (?:tomo|tomar|tome|doy|dou|dar|take|give|recom\w+|hago|faco|do i do|pongo|passo|sugier\w+|suger\w+)\b",
    rf"\b(?:que|o que|oq|what|what s|whats) (?:\w+ ){{0,3}}?(?:hago|hacer|faco|fazer|do|doy|dou|give|dar|puedo dar\w*|posso dar)(?: \w+){{0,5}} (?:si|con|com|se|para|por|pra|about|if|for|a)(?: \w+){{0,5}} {_COMPLAINT}\b",
    r"\b(?:que|q|o que|oq|what|what s|whats) (?:es|e|seria|is|s)? ?(?:lo )?(?:mas )?(?:bueno|mejor|bom|melhor|good|best)(?: \w+)? (?:para|pra|pa|for)\b(?! (?:el estacion|llegar|ir|chegar))(?! (?:\w+ )?(?:cita|consulta|visit))",
    rf"\b(?:que|qual|cual|what|which|algun|alguna|algum|alguma|some) (?:\w+ )?{_MEDICINE}\b(?: \w+){{0,2}} (?:sirve|serve|sirven|tomo|tomar|me pongo|passo|uso|usar|works?|do i|should|can i|puedo|posso|es buen\w+|e bom|recom\w+|para|pra|for)\b",
    r"\b(?:con que|como|how) (?:\w+ ){0,3}?(?:se (?:quita|cura|alivia|baja|trata|tira)|me quito|quitar\w*|curar\w*|cura|cure|bajo|bajar|baixar|baixo|tirar|tiro|aliviar|alivio|melhorar|treat|(?:i )?get rid of|bring down|relieve|ease|reduce|lower)\b(?: (?:la|el|las|los|o|a|os|as|the|my|mi|un|una|uma|um|this|sore|bad|stuffy)){0,2} "
    + _COMPLAINT,
    rf"\b(?:remedio|remedios|receita) (?:caser[oa]s?|caseir[oa]s?|natural\w*)\b|\bhome remed\w+\b|\b(?:hielo|gelo|ice) (?:o|ou|or) (?:calor|heat)\b|\b(?:algo|alguma coisa|something|un remedio|um remedio|medicine|anything) (?:\w+ )?(?:para|pra|for|to|bueno para) (?:(?:el|la|los|o|a|os|the|my|eu|mi) )?{_COMPLAINT}\b",
    r"\b(?:me receta|me receita|me recetan|recet[ae]me|receteme|recetenme|me receite|prescribe|prescribe me|recetar\w*) (?:algo|alguma coisa|un|um|something|anything)\b",
    # Whether it may be taken, with what, how much, how often
    rf"\b{_MAY_I}\b(?: \w+){{0,5}} (?:tom\w+|take|taking|usar|use|aplic\w+|inyect\w+|injet\w+|inject|dar\w*|give|poner\w*|passar|partir|split|cortar|crush|mezcl\w+|mistur\w+|mix\w*|combin\w+|beber|drink|juntar)\b(?: \w+){{0,5}} {_MEDICINE}\b",
    rf"\b(?:alcohol|cerveza|cerveja|beber|bebida|beer|wine|vino|drink)\b(?: \w+){{0,5}} {_MEDICINE}\b|\b(?:mezclar|misturar|mix\w*|combinar) (?:\w+ ){{0,3}}?{_MEDICINE}\b",
    rf"\b(?:cuant[oa]s?|quant[oa]s?|how (?:much|many|often|long))\b(?: \w+){{0,3}} {_MEDICINE}\b(?: \w+){{0,4}} (?:tom\w+|puedo|posso|doy|dou|dar|take|give|inject|aplico|pongo|can i|should|uso|por dia|al dia|a day)\b",
    rf"\b(?:cada cuanto|cada cuantas? (?:horas?|dias?|tiempo)|de quantas em quantas|de quanto em quanto|cuanto tiempo|por cuantos dias|quantos dias|how often|how long|how much|how many)\b(?: \w+){{0,5}} (?:tom\w+|take|doy|dou|give|aplic\w+|pong\w+|use|inject)\b(?: \w+){{0,4}} {_MEDICINE}\b",
    rf"\b(?:dosis|dose|dosage|dosagem)\b(?: \w+){{0,3}} (?:{_MEDICINE}|nin[oa]|crianca|child|kg|kilos?)\b|\b{_MEDICINE} (?:dose|dosage)\b|\b(?:subo|subir|aumento|aumentar|bajo|bajar|increase|raise|lower|double|diminuo|diminuir|dobro)\b(?: \w+){{0,3}} (?:dosis|dose|{_MEDICINE})\b",
    rf"\b{_MEDICINE}\b(?: \w+){{0,3}} (?:sirve|serve|engorda|ayuda|funciona|work|help|make you|adelgaza|es bueno|e bom|da sono|da sueno|hace dano|faz mal)\b|\b(?:sirve|serve|does|do|ayuda|funciona)(?: (?:la|el|o|a|tomar))? {_MEDICINE}\b(?: \w+)? (?:para|pra|for|work|help|make)\b",
    r"\b(?:efectos?|efeitos?|side) (?:secundarios?|colaterais|colateral|adversos?|effects?)\b",
    # Whether to stop it, or what if it was missed
    rf"\b(?:dejo|dejar|suspendo|suspender|paro|parar|interromp\w+|interrump\w+|stop|quit|come off|deixar|largar)\b(?: \w+){{0,4}} (?:{_MEDICINE}|tratamiento|tratamento|treatment|dose|dosis)\b(?! (?:con quien|falo com|who))",
    rf"\b(?:olvid\w+|esquec\w+|missed|forgot|salt[eo])\b(?: \w+){{0,4}} {_MEDICINE}\b(?: \w+){{0,3}} (?:que|o que|what)\b",
    # Whether it is normal, serious, to be worried about
    rf"\b(?:normal|grave|seri[oa]|serious|(?:es|seria|sera|esta) mal[oa]|ruim|(?:is|are|it|this|that) bad|peligros\w+|perigos\w+|dangerous|preocupante)\b(?: \w+){{0,9}} (?:{_COMPLAINT}|{_FINDING}|despues de|depois d[aeo])\b|\b(?:{_COMPLAINT}|{_FINDING})\b(?: \w+){{0,7}} (?:es (?:malo|grave|normal|peligroso|serio)|e (?:ruim|grave|normal|perigoso)|(?:is )?(?:that|this|it) (?:bad|serious|normal|dangerous)|serious|is bad|grave)$|\b(?:is|are) (?:\w+ ){{0,3}}?{_FINDING}\b(?: \w+){{0,4}} bad$",
    r"\b(?:debo|deberia|tengo que|me tengo que|devo|preciso|should|do i need to|need to|hay que)\b(?: (?:i|me|be|que))* (?:preocupar\w*|worr\w+|concerned)\b|\bme preocupo\b",
    rf"\b(?:tengo que|debo|necesito|hay que|preciso|devo|do i need to|should i|do i have to) (?:ir|see|go|ver)(?: (?:al|ao|a|to|un|um|the))* (?:medico|doctor|hospital|urgencias|er|pronto socorro)\b(?: \w+){{0,4}} {_COMPLAINT}",
    # What it is
    rf"\b(?:sera|serao|puede ser|pode ser|podria ser|could (?:it|this|\w+) be|is it|is this|is that|es|eso es|isso e|e|are|son|sao|be)\b(?: \w+){{0,6}} (?:que e )?{_ILLNESS}$|\b{_ILLNESS} (?:o|ou|or) {_ILLNESS}$|\b(?:puede ser|pode ser|podria ser|could) (?:\w+ )*?{_ILLNESS}\b",
    rf"\b(?:mis|meus|my) (?:sintomas|symptoms)\b|\b{_COMPLAINT}\b(?: \w+){{0,5}} (?:que sera|o que sera|que podra ser|que puede ser|o que pode ser|what could it be|what is it|what can it be)\b",
    rf"\b(?:que (?:enfermedad )?tengo|que es lo que tengo|o que (?:eu )?tenho|what do i have|what s wrong)\b(?: \w+){{0,3}} (?:si|se|if|when|cuando|with|quando|{_COMPLAINT})\b|\b(?:por ?que|pq|why)\b(?: \w+){{0,3}} {_COMPLAINT}\b",
    # What a result means
    rf"\b(?:significa\w*|quiere decir|quer dizer|what do(?:es)?|mean|means|que es eso|que es|o que e|o que e isso|what is that|what s that|interpret\w*)\b(?: \w+){{0,7}} (?:{_FINDING}|result(?:ado)?s?(?! (?:pendiente|en proceso))|altos?|altas?|baj[oa]s?|high|low|elevad\w+)\b",
    rf"\b{_FINDING}\b(?: \w+){{0,6}} (?:que significa|o que significa|que quiere decir|o que quer dizer|what does (?:it|that) mean|que es|que es eso|o que e isso|what is that|what s that|es diabetes|is that \w+)\b",
)
_NOT_ADVICE: Final = (
    # Getting ready for a study, medicines included
    rf"\b(?:antes|before|previo|previa|prior|el dia|no dia|day|la noche anterior|para|for|durante|during)\b(?: (?:de|del|do|da|la|el|a|al|of|my|mi|meu|the|to|los|las|o|un|um|una|hacerme|fazer|hacer|realizar\w*|sangre|sangue|blood|hormone|hormonal|thyroid|tiroides)){{0,4}} {_STUDY}\b",
    r"\b(?:esa manana|ese dia|nessa manha|nesse dia|that morning|(?:on )?the morning|that day|dias antes|days (?:before|ahead)|vispera|vespera)\b|\b(?:ropa|roupa|clothes|wear|exit|entrance|entrada|saida|salida|bus|camion|metro|onibus)\b|\b(?:outro dia|otro dia|another (?:day|date)|reagend\w+|remarc\w+|reschedul\w+)\b",
    r"\bda pra (?:passar|mudar|remarcar|trocar|marcar)\b",
    # What the clinic does, sells and costs
    r"\b(?:cuanto (?:cuesta|vale|cobran|sale|es)|precio|quanto (?:custa|e|cobram|fica|sai)|preco|how much (?:is|are|does|do you charge)|price|cost)\b",
    r"\b(?:tienen|venden|aplican|hacen|atienden|surten|tem (?:consulta|medico|exame|vacina|farmacia|remedio|vaga)|vendem|aplicam|fazem|atendem|do you (?:sell|have|treat|do|give|offer|test))\b",
    r"\b(?:que|cual|con que|qual|which|what) (?:especialista|especialidad|especialidade|doctora?|medic[oa]|estudios?|exames?|examen|tests?|specialist)\b",
    r"\b(?:cita|agendar|agendo|appointment|book|marcar (?:consulta|horario)|quero (?:consulta|marcar)|want an? (?:visit|appointment))\b(?! (?:que me doy))",
)
_IS_ADVICE: Final = re.compile("|".join(f"(?:{way})" for way in _ADVICE))
_IS_OTHER: Final = re.compile("|".join(f"(?:{way})" for way in _NOT_ADVICE))


def asks_for_advice(text: str) -> bool:
    """Whether a message asks what only a doctor may say, in Spanish, Portuguese or English."""
    said = bare(text)
    return bool(_IS_ADVICE.search(said)) and not _IS_OTHER.search(said)
