"""How patients write the names of services: endings, sounds, and words that name none."""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from understanding.words import word_set

STOPWORDS: Final = word_set(
    """
    a al ao aos as às con com da das de del do dos e el en em es for la las lo los na nas no nos
    o of os para por pra pro the to un una uno um uma y with and or ou u su mi meu minha my se
    que i in on at is it me te le d l
    """
)
"""Words that carry nothing in a service's name."""

GENERIC: Final = word_set(
    """
    consulta consult consultation cita visita visit appointment estudio study exame examen exam
    prueba test teste analisis analise analysis servicio servico service elementos elementos
    element completo completa complete total medico medica medical doctor doctora dr dra doutor
    doutora especialista specialist specialty especialidad simple simples toma muestra sample
    panel scan laboratorio lab laboratory clinico clinica clinical procedimiento procedimento
    procedure revision imagen imagem image imaging primera vez first valoracion avaliacao sesion
    sessao session
    """
)
"""Words that name no service by themselves and may be left out of a name."""

BACKGROUND: Final = word_set(
    """
    hola buenas buenos dias tardes noches bom boa dia tarde noite oi ola hello hi hey good
    morning afternoon evening si sim yes no nao not ok okay vale claro gracias obrigado obrigada
    thanks thank you please favor porfa quiero quisiera quero queria gostaria want would like
    need necesito preciso hora horas horario hour hours hoy hoje today manana amanha tomorrow
    ayer ontem yesterday lunes martes miercoles jueves viernes sabado domingo segunda terca
    quarta quinta sexta feira monday tuesday wednesday thursday friday saturday sunday enero
    febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro
    fevereiro marco maio junho julho setembro outubro novembro dezembro january february march
    april may june july august september october november december semana semanas week weeks mes
    meses month months ano anos year years cancelar cancel cancela cancelo confirmar confirm
    confirmo confirma cambiar cambio change mover move mudar agendar reagendar agenda marcar
    remarcar desmarcar book booking reschedule programar apartar precio precios preco precos
    price prices costo costos cost cuesta cuestan custa custam cuanto quanto cuanta vale sale
    cobran cobram charge mucho muito much many cuando quando when donde onde where como how que
    cual qual what which quien quem who ubicacion endereco direccion address sucursal branch
    unidade clinica hospital persona pessoa person alguien alguem someone hablar falar speak
    talk ayuda ajuda help resultado resultados result results listo listos ready pago pagar
    payment pay tarjeta cartao card efectivo dinheiro cash seguro insurance convenio plan plano
    doctor doctora doctores mama papa mae pai hijo hija filho filha esposo esposa marido hermano
    hermana irmao irma abuela abuelo mother father son daughter wife husband brother sister
    madre padre nino nina crianca bebe child baby puedo posso puede pode can could may tengo
    tenho have has tiene tem hacer fazer hacen fazem make do ir llegar chegar arrive llego voy
    vou going salir sair saber know ver see quedar ficar stay poder venir vir come traer trazer
    bring llevar levar tomar take comer eat agua water ayuno jejum fasting fast antes depois
    despues after before mejor melhor better temprano cedo early tarde late pronto soon lista
    espera wait esperando waiting tambien tambem also solo apenas only mas mais more menos less
    otra otro outra outro other another misma mismo mesma mesmo same todo toda tudo todos todas
    all nada nothing algo something alguna algun bien bem well mal malo mala bad dolor dor pain
    dolores sangre sangue pecho peito chest cabeza cabeca head corazon coracao heart estomago
    stomach barriga espalda costas back pierna perna leg brazo braco arm mano mao hand pie pe
    foot ojo ojos olho olhos eye eyes boca mouth nariz nose oido ouvido ear garganta throat piel
    pele skin pelo cabello cabelo hair cara rosto face cuerpo corpo body vida life casa home
    trabajo trabalho work llamar ligar call llamada ligacao mensaje mensajes mensagem mensagens
    message messages numero number telefono telefone phone correo email nombre nome name fecha
    data date nacimiento nascimento birth edad idade age recordatorio lembrete reminder aviso
    notice lugar local place centro center calle rua street ciudad cidade city mexico
    guadalajara paulo sao brasil espanol espanhol spanish portugues portuguese english ingles
    idioma lingua language nuevo nueva novo nova new primero primera primeiro primeira first
    segundo second tercero ultima ultimo last proxima proximo next siguiente tiempo tempo time
    rato momento moment minutos minuto minutes minute luego entonces entao then pero mas but
    porque because aunque although si mientras while cerca near lejos longe far abierto abierta
    aberto aberta open abren abrem cierran fecham close cerrado fechado closed general geral
    control controle recepcion recepcao reception enfermera enfermeira nurse receta receita
    prescription medicina remedio remedios medicine medicamento pastillas comprimidos pills
    libre livre free disponible disponivel available lugares espacio espaco vaga vagas turno
    turnos cita citas consulta consultas visita visitas appointment appointments perdon desculpa
    sorry disculpe disculpa mande gusto prazer senor senora senhor senhora mister serio verdad
    verdade rapido rapida quick fast urgente urgent normal ahora agora now ahorita ja ya siempre
    sempre always nunca never cada every entre between desde hasta ate until sobre about unos
    umas unas uns pregunta pergunta question duda duvida problema problem tema asunto assunto
    queja reclamacao complaint equivoque engano mistake equivocado errado wrong correcto certo
    right lento slow bueno buena bom muerto fiesta festa party viaje viagem trip avion aviao
    plane carro coche car camion autobus bus trafico transito traffic lluvia chuva rain examen
    examenes exames prueba pruebas estudio estudios test tests analisis tipo type tipos types
    grupo group ayunas ayuna interior exterior camara contar cuenta conta account bella bello
    """
)
"""Everyday words of patients: never taken for a misspelt name, nor for one when alone."""

SHORT_WORDS: Final = word_set(
    """
    am as at by do eh el em en es ex go ha he hi if in is it la le lo me mi my na no of ok on or
    os ou pa pe po pm ra se si so su ta te to tu tv un up us va vi vo vs we ya yo xq q ti da de
    di um oi ai ja la cv rt tb vc hj td bj qt nd ap av ac hr hs
    """
)
"""Two-letter words: an abbreviation that looks the same must be written in capitals."""

_IRREGULAR: Final = {
    "abdomen": "abdom", "abdominal": "abdom", "abdominais": "abdom", "abdominales": "abdom",
    "pelvis": "pelv", "pelve": "pelv", "pelvico": "pelv", "pelvica": "pelv", "pelvic": "pelv",
    "tiroides": "tiroid", "tiroideo": "tiroid", "tiroidea": "tiroid", "tireoide": "tiroid",
    "tireoideo": "tiroid", "tireoidiano": "tiroid", "thyroid": "tiroid", "tiroidal": "tiroid",
    "sanguinea": "sanguin", "sanguineo": "sanguin", "sanguineos": "sanguin",
    "sanguineas": "sanguin",
    "nutricion": "nutri", "nutricao": "nutri", "nutriologo": "nutri", "nutriologa": "nutri",
    "nutricionista": "nutri", "nutritionist": "nutri", "nutrition": "nutri", "nutrologo": "nutri",
    "dentista": "dent", "dental": "dent", "dentist": "dent", "dentario": "dent", "dentaria": "dent",
    "mama": "mam", "mamas": "mam", "mamario": "mam", "mamaria": "mam",
    "torax": "torax", "toracico": "torax", "toracica": "torax", "thorax": "torax",
    "embarazo": "embaraz", "embarazada": "embaraz", "gravidez": "gravid", "gravida": "gravid",
    "pregnancy": "pregnan", "pregnant": "pregnan",
    "lipidos": "lipid", "lipidico": "lipid", "lipids": "lipid", "lipid": "lipid",
    "hepatico": "hepat", "hepatica": "hepat", "hepaticas": "hepat", "higado": "hepat",
    "renal": "ren", "renales": "ren", "rinon": "ren", "rinones": "ren", "rins": "ren",
    "orina": "orin", "urina": "orin", "urine": "orin", "pap": "papanicolau",
    "papanicolaou": "papanicolau", "papanicolao": "papanicolau", "papanicolau": "papanicolau",
    "papnicolau": "papanicolau", "x": "x", "equis": "x", "xis": "x", "ray": "ray", "rays": "ray",
    "pediatra": "pediatr", "pediatria": "pediatr", "pediatrics": "pediatr",
    "paediatrics": "pediatr",
    "pediatrician": "pediatr", "pediatrico": "pediatr", "pediatric": "pediatr",
    "psicologo": "psicolog", "psychologist": "psicolog", "psychology": "psicolog",
    "ortopedia": "ortoped", "ortopedista": "ortoped", "orthopedics": "ortoped",
    "orthopedist": "ortoped", "ortopedico": "ortoped", "orthopedic": "ortoped",
    "traumatologo": "traumatolog", "oculista": "oftalmolog", "optometrista": "optometr",
}  # fmt: skip
_ENDINGS: Final = (
    (re.compile(r"(?:logias?|log[oa]s?|logistas?|logists?|logy|logic[oa]?s?|logical)$"), "log"),
    (re.compile(r"(?:iatr(?:ia|as?|ics|ist|ists|y|ic[oa]?)|iatricians?)$"), "iatr"),
    (re.compile(r"(?:ciones|cion|coes|cao|tions?)$"), "cion"),
    (re.compile(r"(?:graf(?:ia|ias|o)|graph(?:y|s)?|gram(?:a|as|s)?)$"), "gra"),
    (re.compile(r"(?:ic[oa]s?|ics?)$"), "ic"),
    (re.compile(r"(?:al|ais|ales|als)$"), "al"),
    (re.compile(r"(?:[aeo]s?|s)$"), ""),
)
_SOUNDS: Final = (
    (re.compile(r"ph"), "f"), (re.compile(r"th"), "t"), (re.compile(r"ch"), "x"),
    (re.compile(r"(?:qu|q|k)(?=[ei])"), "k"), (re.compile(r"c(?=[eiy])|z|ss|sc(?=[ei])"), "s"),
    (re.compile(r"[cq]u?(?=[aou])|c"), "k"), (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"gu(?=[ei])"), "g"), (re.compile(r"v|w"), "b"), (re.compile(r"ll|lh|y"), "i"),
    (re.compile(r"h"), ""), (re.compile(r"m(?=[bp])|m$"), "n"), (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"x(?=[^aeiou]|$)"), "s"),
)  # fmt: skip


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The part of a folded word that its forms in the three languages share."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 5 or not word.isalpha():
        return word
    for ending, put in _ENDINGS:
        shorter = ending.sub(put, word)
        if shorter != word and len(shorter) >= 3:
            return shorter
    return word


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A key that words share which sound alike to a Spanish or Portuguese ear."""
    for pattern, put in _SOUNDS:
        word = pattern.sub(put, word)
    return word


@lru_cache(maxsize=65536)
def likeness(said: str, name: str) -> float:
    """How alike two folded words are, 0 to 1; 0 for what no typo explains (short: all or none)."""
    if said == name:
        return 1.0
    shorter = min(len(said), len(name))
    if shorter < 4 or not said.isalpha() or not name.isalpha():
        return 0.0
    if stem(said) == stem(name):
        return 0.98
    allowed = 1 if shorter < 6 else 2 if shorter < 9 else 3
    written = OSA.distance(said, name, score_cutoff=allowed)
    heard = OSA.distance(sound(said), sound(name), score_cutoff=allowed)
    apart = min(written, heard + 0.4)
    if apart > allowed:
        return 0.0
    alike = 1 - apart / max(len(said), len(name))
    return alike if said[0] == name[0] or sound(said)[:1] == sound(name)[:1] else alike - 0.06
