"""How Spanish speaks of time. Patterns see folded text with digits for number words."""

# ruff: noqa: E501 - a pattern is read whole, on its line

from understanding.times.pieces import (
    AFTERNOON,
    DAWN,
    EARLY,
    LATE,
    MORNING,
    NIGHT,
    Rule,
    any_of,
    forms,
    rule,
)
from understanding.words import word_set

WEEKDAYS = forms(
    "lunes lun;martes;miercoles mier mie;jueves jue;viernes vier vie;sabado sabados sab;domingo dom",
    0,
)
MONTHS = forms(
    "enero ene;febrero feb;marzo mar;abril abr;mayo;junio jun;julio jul;agosto ago;septiembre setiembre"
    " sept sep set;octubre oct;noviembre nov;diciembre dic",
    1,
)
_WD = any_of(["lunes", "martes", "miercoles", "jueves", "viernes", "sabados?", "domingos?"])
_WD_SHORT = r"(?:lun|mier?|jue|vier?|sab|dom)"
_MON = any_of([m for m in MONTHS if m != "mar"])  # "mar" is Tuesday too
_H = r"\d{1,2}"
_MER = (
    r"(?P<mer>a\.? ?m\b\.?|p\.? ?m\b\.?|(?:(?:de|en|por) la|d la) (?:manana|tarde|noche|madrugada|tardecita"
    r"|mananita)|del (?:mediodia|medio dia|dia)|de la (?:tardecita|nochecita))"
)
_MIN = r"(?:[:.h]\s?(?P<mi>[0-5]\d)|\s+(?:y|con)\s+(?P<mi_and>[0-5]?\d|media|cuarto|pico)(?:\s+minutos)?|\s+menos\s+(?P<mi_less>cuarto|\d{1,2})|\s(?P<mi_bare>[0-5][05])(?!\s*(?:de|pesos|dias|horas)))"
_HOURS = r"(?:\s*(?:horas?|hrs?|hs|h)\b\.?)"
_NUM = r"(?P<n>\d{1,3}|un|una|uno|media|un par de|par de)"
_UNIT = r"(?P<unit>minutos?|mins?|horas?|h|dias?|semanas?|meses|mes|quincenas?|anos?)"
_NEXT = r"(?:que viene|que entra|que sigue|proxim[oa]|siguiente|entrante|que vienen)"
_WORK = r"(?:trabajo|trabajar|chamba|jale|oficina|la oficina|la chamba|turno)"
_FROM = rf"(?:(?P<today>hoy)|(?P<tomorrow>manana)|(?P<wd>{_WD}))"
_WEEK = rf"(?P<nw>(?:la )?(?:proxima|otra|siguiente) semana|(?:la )?semana {_NEXT})|(?:la |esta )?semana"

RULES: tuple[Rule, ...] = (
    # days
    rule("day", r"(?:el dia de |el )?pasado ?manana|(?:el dia )?despues de manana", "+2"),
    rule("day", r"(?:el dia de |el dia )?hoy(?: mismo)?(?: dia)?", "+0"),
    rule("now", r"ahorita(?: mismo)?|ahora(?: mismo)|en este momento|ya mismo|ahora(?= [^a-z]*$)"),
    rule("day", r"(?:el dia de |el dia )?manana(?: mismo)?", "+1"),
    rule("day", r"(?:el dia de )?(?:ayer)", "-1"),
    rule("day", r"(?:antes de ayer|anteayer|antier|antes de anoche)", "-2"),
    rule("day", r"(?:(?<=^)|(?<=, )|(?<=para )|(?<=mejor ))pasado(?! (?:manana|el|de)\b)", "+2"),
    rule("from_day", rf"(?:el |de )?{_FROM} en 8(?: dias)?(?! (?:horas|min|semanas))", "1"),
    rule(
        "from_day",
        rf"(?:el |de )?{_FROM} en (?:15|quincena)(?: dias)?(?! (?:horas|min|semanas))",
        "2",
    ),
    rule("part", r"anoche|ayer (?:en|por) la noche", "last_night"),
    rule(
        "weekday",
        rf"(?:(?:(?:el|este|la|para el|de este|los) )?(?P<next>proxim[oa]|siguiente) |(?P<this>este|esta) |(?P<last>pasado) |(?:el |los )?dia )?(?P<wd>{_WD})"
        rf"(?:,? (?:(?P<next2>{_NEXT})(?! semana)|(?P<last2>pasado)(?! manana)|de (?:la )?(?P<nextweek>(?:proxima|otra|siguiente) semana|semana {_NEXT})|de (?P<thisweek>esta (?:misma )?semana)|de la (?P<lastweek>semana pasada)))?",
    ),
    rule(
        "weekday", rf"(?:el|este|proximo|para el)? ?(?P<p>(?P<wd>{_WD_SHORT}))\b\.?(?=[ ,.:/\d]|$)"
    ),
    rule("weekday", r"(?:el|este|proximo) (?P<p>(?P<wd>mar))(?=\.| \d| a las)"),
    # dates
    rule(
        "dmy",
        rf"(?:el |dia )*(?P<d>\d{{1,2}})(?:ro|ero|do|o|°|º)?(?: de| del| d|/|-|\.)? ?(?P<m>{_MON})\b\.?(?:(?: de| del|,|/|-)? ?(?P<y>(?:19|20)\d\d|'\d\d))?",
    ),
    rule("dmy", r"(?:el |dia )*(?P<d>\d{1,2})(?: de |/|-)(?P<m>mar)\b\.?"),
    rule(
        "dmy",
        rf"(?:el )?(?P<m>{_MON})\.? (?P<d>\d{{1,2}})(?:,? (?:de |del )?(?P<y>(?:19|20)\d\d))?(?!\s*(?:a|p)\.?m|:| (?:de|a) )",
    ),
    rule(
        "dmy",
        rf"(?:el )?(?:primero|1ro|1ero|primer dia|uno) de (?P<m>{_MON})(?: de(?:l)? (?P<y>(?:19|20)\d\d))?",
        "first",
    ),
    rule(
        "dom",
        r"(?:el|al|del|dia|este|para el|el dia|proximo) (?P<p>(?:dia )?(?P<d>\d{1,2}|primero)(?: (?:de este mes|de(?:l)? mes|de(?:l)? (?P<nextmonth>(?:proximo|otro|siguiente) mes|mes que (?:viene|entra))))?)(?!\s*(?:[:/.,]\d|%|(?:de )?(?:pesos|anos|mil|elementos|dias|semanas|hora|am|pm|h)\b|[ap]\.? ?m\b))",
    ),
    rule(
        "dom",
        rf"(?:el |este |proximo )?(?P<dwd>{_WD}|{_WD_SHORT}),? (?:dia |el )?(?P<d>\d{{1,2}})(?!\s*(?:[:/.,]\d|h\b|hrs|horas|[ap]\.? ?m\b|de (?!este|la semana|\d|las)|a \d|y (?:media|cuarto)))",
    ),
    rule(
        "nth_weekday",
        rf"(?:el )?(?P<nth>primer|1er|segundo|tercer|3er|cuarto|ultimo) (?P<wd>{_WD}) de(?:l)? (?:(?P<m>{_MON})|(?P<nm>(?:este |proximo )?mes(?: que (?:viene|entra))?))",
    ),
    rule("numeric", r"(?P<a>\d{1,2})(?P<sep>[/-])(?P<b>\d{1,2})(?:(?P=sep)(?P<y>\d{4}|\d{2}))?"),
    rule("numeric", r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<y>\d{4}|\d{2})"),
    rule("iso", r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"),
    rule("holiday", r"navidad|dia de navidad", "12-25"),
    rule("holiday", r"nochebuena|noche buena", "12-24"),
    rule("holiday", r"(?:el )?(?:dia de )?ano nuevo", "1-1"),
    rule("holiday", r"fin de ano|nochevieja", "12-31"),
    rule("holiday", r"(?:el )?dia de (?:los )?muertos", "11-2"),
    rule("holiday", r"(?:dia de |los )?reyes(?: magos)?(?! \w+ez)", "1-6"),
    # shifts
    rule(
        "shift",
        rf"(?:en|dentro de|de aqui a|de hoy en|a|de aqui en) {_NUM} ?{_UNIT}(?: y (?P<half>media)| mas)?",
        "+",
    ),
    rule(
        "shift",
        rf"(?:hace|hacia) (?:como |unos |unas |ya )?{_NUM} ?{_UNIT}(?: y (?P<half>media))?",
        "-",
    ),
    rule("shift", rf"{_NUM} {_UNIT} (?:atras)", "-"),
    rule("shift", rf"{_NUM} {_UNIT} (?:despues|mas tarde)", "+"),
    rule("shift", r"(?:en|dentro de) hora y media", "90m"),
    rule("shift", r"(?:en|dentro de) (?:un )?(?:ratito|rato)", "30m"),
    rule("shift", r"(?:en|dentro de) (?:un )?cuarto de hora", "15m"),
    rule("shift", r"(?:en|dentro de) (?:tres|3) cuartos de hora", "45m"),
    rule(
        "next_n",
        r"(?:(?:en|durante|dentro de) )?(?:los|las) (?:proxim[oa]s|siguientes) (?P<n>\d{1,2}) (?P<unit>dias|semanas|meses)|(?:en |durante )?(?:los|las) (?P<n>\d{1,2}) (?:proxim[oa]s|siguientes) (?P<unit>dias|semanas|meses)",
        "+",
    ),
    rule(
        "next_n",
        r"(?:(?:en|durante) )?(?:los|las) (?:ultim[oa]s|pasad[oa]s) (?P<n>\d{1,2}) (?P<unit>dias|semanas|meses)",
        "-",
    ),
    rule("next_n", r"manana o pasado(?: manana)?", "+"),
    # spans
    rule("week", r"(?:en |durante |dentro de |para )?(?:esta|la presente) (?:misma )?semana", "+0"),
    rule(
        "week",
        rf"(?:la |en la |para la )?(?:proxima|otra|siguiente) semana|(?:la )?semana (?:{_NEXT}|de arriba)",
        "+1",
    ),
    rule("week", r"(?:la )?semana pasada|(?:la )?(?:ultima|pasada) semana", "-1"),
    rule(
        "week",
        r"(?:en )?(?:la )?(?:semana )(?:despues de la|siguiente a la) (?:proxima|que viene)|(?:la )?semana subsiguiente|de la proxima semana a la otra",
        "+2",
    ),
    rule(
        "weekend",
        r"(?:el |este )?(?:fin de semana|finde|fin de sem|find)(?: pasado)(?! manana)",
        "-1",
    ),
    rule(
        "weekend",
        r"(?:el |este |en |los |para el )*(?:(?:proximo|siguiente|otro) )?(?:fin(?:es)? de semana|findes?)(?: (?:que viene|proximo|que entra|siguiente))?",
        "+0",
    ),
    rule("month", r"(?:en |durante )?este (?:mismo )?mes", "+0"),
    rule(
        "month",
        r"(?:el |en el )?(?:proximo|siguiente|otro) mes|(?:el )?mes (?:que (?:viene|entra|sigue)|proximo|siguiente|entrante)",
        "+1",
    ),
    rule("month", r"(?:el )?mes pasado|(?:el )?(?:ultimo|pasado) mes", "-1"),
    rule(
        "year", r"(?:el )?(?:proximo ano|ano que (?:viene|entra)|ano proximo|siguiente ano)", "+1"
    ),
    rule(
        "month_part",
        rf"(?:a |en |para )?(?:los )?(?:principios?|inicios?|comienzos?|primeros dias) de(?:l)? (?:(?P<m>{_MON})|(?P<nm>(?:proximo )?mes(?: que (?:viene|entra))?))",
        "early",
    ),
    rule(
        "month_part",
        rf"(?:a |en |para )?(?:mediados?|la mitad) de(?:l)? (?:(?P<m>{_MON})|(?P<nm>(?:proximo )?mes(?: que (?:viene|entra))?))",
        "mid",
    ),
    rule(
        "month_part",
        rf"(?:a |en |para )?(?:los )?(?:finales?|fines?|fin|ultimos dias) de(?:l)? (?:(?P<m>{_MON})|(?P<nm>(?:este |proximo )?mes(?: que (?:viene|entra))?))",
        "late",
    ),
    rule(
        "week_part",
        rf"(?:a |en |para )?(?:los )?(?:principios?|inicios?|comienzos?) de (?:{_WEEK})",
        "early",
    ),
    rule("week_part", rf"(?:a |en |para )?(?:mediados?|(?:la )?mitad) de (?:{_WEEK})", "mid"),
    rule("week_part", rf"(?:a |para )?(?:los )?finales? de (?:{_WEEK})", "late"),
    rule(
        "weekdays",
        r"(?:en |los )?(?:entre semana|dias? (?:habil(?:es)?|laborales?|laborables?)|dias? de (?:entre )?semana)",
    ),
    rule(
        "month_week",
        rf"(?:la |en la )?(?P<nth>primera|segunda|tercera|cuarta|ultima) (?P<what>semana|quincena) de(?:l)? (?:(?P<m>{_MON})|(?P<nm>(?:este |proximo )?mes(?: que (?:viene|entra))?))",
    ),
    rule(
        "month_name",
        rf"(?:en|para|durante|de|hasta|desde|todo|mes de|proximo|este|despues de|antes de|a partir de) (?P<p>(?P<m>{any_of([m for m in MONTHS if len(m) > 3])}))(?: (?:de|del) (?P<y>(?:19|20)\d\d))?(?! \d| \w+ez)",
    ),
    rule(
        "month_name",
        rf"^\W*(?P<p>(?P<m>{any_of([m for m in MONTHS if len(m) > 3])}))(?: (?:de|del) (?P<y>(?:19|20)\d\d))?\W*$",
    ),
    # parts of the day
    rule("part", r"(?:esta|hoy) manana", "today_morning"),
    rule("part", r"esta tarde(?:cita)?", "today_afternoon"),
    rule("part", r"esta noche", "today_night"),
    rule("part", r"esta madrugada", "today_dawn"),
    rule(
        "part",
        r"(?:(?:por|en|a|de|durante|x) las? |(?<=, )la |toda la |turno )(?:manana|mananas|mananita)|por las mananas|matutino|a la manana|la manana(?= del)|(?<=s )(?<!\d horas )de manana|(?<!\d )(?<!media )(?<!cuarto )de manana$",
        MORNING,
    ),
    rule(
        "part",
        r"(?:(?:por|en|a|de|durante|x) las? |toda la |turno |la |de )(?:tarde|tardes|tardecita)(?! que)|vespertino",
        AFTERNOON,
    ),
    rule(
        "part",
        r"(?:(?:por|en|a|de|durante|x) las? |toda la |la |de )(?:noche|noches|nochecita)|nocturno",
        NIGHT,
    ),
    rule("part", r"(?:(?:por|en|a|de|durante) la |de )madrugada", DAWN),
    rule(
        "part",
        r"(?:(?:muy |bien |lo mas |(?P<more>mas ))?(?:temprano|tempranito)(?: (?:por|en|de) la manana)?|tempranito|(?:a |en la |las )?primeras? horas?(?: (?:de|por|en) la manana)?)",
        EARLY,
    ),
    rule(
        "part",
        r"(?:a )?ultim[ao]s? horas?(?: (?:de la tarde|del dia))?|al final (?:de la tarde|del dia)|(?:de |por la |en la )?tarde noche",
        LATE,
    ),
    rule("part", r"antes de (?:comer|la comida|almorzar)", MORNING),
    rule("part", r"despues de(?:l)? (?:mediodia|medio dia)", AFTERNOON),
    rule(
        "part",
        r"(?:a |en )?(?:la |mi )?hora (?:de (?:la )?|del )(?:comida|comer|almuerzo|almorzar)",
        "mealtime",
    ),
    rule("part", r"ya tarde(?= ?,)", LATE),
    rule(
        "routine",
        r"(?:despues|luego|saliendo) de(?:l)? (?:comer|la comida|almorzar|almuerzo)",
        "15-24",
    ),
    rule(
        "routine",
        rf"(?:despues|saliendo|al salir|cuando salg[ao]|salgo) de(?:l)? (?:mi )?{_WORK}",
        "18-24",
    ),
    rule("routine", rf"antes de(?:l)? (?:(?:entrar|ir) (?:a|al) (?:mi )?)?{_WORK}", "0-9"),
    rule("routine", r"(?:despues|saliendo|al salir) de (?:la escuela|clases|la primaria)", "14-24"),
    # clocks
    rule(
        "clock",
        rf"(?:a |como a |tipo |sobre |para |hacia |de |desde |hasta )?(?P<p>(?:las|la) (?P<h>{_H}|una){_MIN}?{_HOURS}?(?: en punto)?,?(?: {_MER}|{_MER})?)(?! de (?:la )?(?:{_MON})|\d|%|[/]\d| (?:opciones|dosis|citas|veces|primeras|semanas|personas))",
    ),
    rule("clock", rf"(?<!\bel )(?<!dia )(?P<h>{_H}){_MIN}?{_HOURS}? ?{_MER}"),
    rule("clock", rf"(?<=, )(?P<h>{_H}){_HOURS}(?! de)"),
    rule("clock", rf"(?P<h>{_H}):(?P<mi>[0-5]\d)(?::\d\d)?{_HOURS}?"),
    rule("clock", rf"(?P<h>{_H})\.(?P<mi>[0-5]\d) ?{_HOURS}"),
    rule("clock", rf"(?P<h>{_H})h(?P<mi>[0-5]\d)?"),
    rule(
        "clock",
        rf"(?:a|para|de|hasta|desde|antes de|despues de) (?P<p>(?:las )?(?P<h>{_H}){_HOURS})(?! de (?:ayuno|espera|anticipacion))",
    ),
    rule(
        "clock",
        rf"(?P<h>{_H}|una) y (?P<mi_and>media|cuarto)|(?P<h2>{_H}|una) menos (?P<mi_less>cuarto|5|10|20|25)",
    ),
    rule(
        "clock",
        rf"(?:tipo|como(?: a)?|a eso de|alrededor de|cerca de|por ahi de|aprox(?:imadamente)?(?: a)?|antes de|despues de|hasta|a partir de|pasadas|pasando|desde|tipo como|mas o menos(?: a)?) (?P<p>(?:las )?(?P<h>{_H}|una){_MIN}?{_HOURS}?)(?!\d|[/%]| ?(?:de )?(?:{_MON})|\d| (?:dias?|semanas?|meses|mes|anos?|minutos?|veces|pesos|mil|horas))",
    ),
    rule(
        "clock",
        rf"(?P<less>cuarto|5|10|20|25)(?: minutos)? (?:para|pa) (?:las|la) (?P<h>{_H}|una)(?: {_MER})?",
    ),
    rule("clock", r"(?:a las )?(?P<h>\d\d)(?P<mi>[0-5]\d) ?(?:horas|hrs|hs|h)\b"),
    rule("noon", r"(?:a |al |del? |en el )?(?:medio ?dia)"),
    rule("midnight", r"(?:a |a la |de )?(?:media ?noche)"),
    # hours from … to …
    rule(
        "hours",
        rf"(?:entre|de|desde|d) (?:las |la )?(?P<h>{_H}|una)(?P<mi1>[:.h][0-5]\d| y media| y cuarto| y [0-5]?\d(?= (?:y|a|hasta)))?(?: ?{_MER.replace('<mer>', '<mer1>')})? ?(?:horas |hs |h )?(?:y|a|hasta|-) ?(?:las |la )?(?P<h2>{_H}|una)(?P<mi2>[:.h][0-5]\d| y media| y cuarto)?(?:{_HOURS})?(?: ?{_MER.replace('<mer>', '<mer2>')})?(?!\d|[:/.]\d| (?:de )?(?:{_MON})| (?:dias?|semanas?|mes|meses|anos?|pesos|personas|minutos)|%)",
    ),
    rule(
        "hours",
        rf"(?<!el )(?<!dia )(?<!al )(?<!del )(?:las |la )?(?P<h>{_H})(?P<mi1>[:.h][0-5]\d)?(?: ?(?P<mer1>a\.? ?m\b\.?|p\.? ?m\b\.?))? ?(?:a|hasta|[-–](?! ?0)) ?(?:las |la )?(?P<h2>{_H})(?P<mi2>[:.h][0-5]\d| y media)?(?: ?{_MER.replace('<mer>', '<mer2>')}|{_HOURS})",
    ),
    rule(
        "hours",
        rf"(?P<h>{_H}):(?P<mi1>[0-5]\d) ?(?:a|-|–|hasta) ?(?:las )?(?P<h2>{_H}):(?P<mi2>[0-5]\d)",
    ),
    rule(
        "hours",
        rf"(?:a las |las )(?P<h>{_H}) (?:o|u) (?:a )?(?:las )?(?P<h2>{_H})(?! de)(?: {_MER.replace('<mer>', '<mer2>')})?",
        "or",
    ),
    # days from … to …
    rule(
        "days",
        rf"(?:entre|del?|desde) (?:el )?(?:dia )?(?P<d>\d{{1,2}})(?: de (?P<m1>{_MON}))? (?:y|al?|hasta|-) ?(?:el )?(?:dia )?(?P<d2>\d{{1,2}}) (?:de|del) (?P<m>{_MON})(?: de(?:l)? (?P<y>(?:19|20)\d\d))?",
    ),
    rule(
        "days",
        r"(?:entre el|del|desde el) (?:dia )?(?P<d>\d{1,2}) (?:y|al?|hasta) ?el (?:dia )?(?P<d2>\d{1,2})|del (?:dia )?(?P<d_>\d{1,2}) al (?P<d2_>\d{1,2})(?! de las)",
    ),
    rule("days", rf"(?P<d>\d{{1,2}})(?: ?- ?| al? | y )(?P<d2>\d{{1,2}}) (?:de )(?P<m>{_MON})"),
    # links
    rule("not_before", r"no antes de(?:l)?|nada antes de(?:l)?"),
    rule(
        "not_after",
        r"no (?:despues|mas tarde|mas alla) de(?:l)?|(?:a )?mas tardar|como maximo|maximo|nada despues de(?:l)?",
    ),
    rule("since", r"(?:a )?partir de(?:l)?|desde|ya pasando"),
    rule(
        "after",
        r"(?:despues|luego|posterior(?:ior)?) (?:de(?:l)?|al?)(?= )|(?:despues|luego|mas tarde|posterior|pasado|pasada|pasadas|pasando)(?: de(?:l)?| a(?:l)?| que)?(?= (?:el|la|las|los|al|del|\d|lunes|martes|miercoles|jueves|viernes|sabado|domingo|mediodia|medio|esta|manana|pasado|este|hoy|proxim|semana|dia|mes|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep|oct|nov|dic|fin))",
    ),
    rule("before", r"(?:antes|previo|mas temprano)(?: de(?:l)?| a(?:l)?| que)(?= )"),
    rule("until", r"hasta"),
    rule(
        "onwards",
        r"(?:en|pa|para) (?:adelante|delante)|o (?:despues|mas tarde|mas)(?: tarde)?|para arriba",
    ),
    rule("or_before", r"o antes"),
    rule("between", r"entre"),
    rule(
        "asap",
        r"(?:lo (?:antes|mas pronto|mas rapido|mas temprano) (?:posible|que (?:se )?pueda\w*|que (?:haya|tenga\w*)|disponible)|cuanto antes|lo antes|(?:en )?(?:cuanto|apenas) (?:se )?(?:pueda\w*|haya|tenga\w*)|(?:la primera|lo primero) que (?:se )?(?:tenga\w*|haya)|el primer (?:hueco|lugar|espacio|horario)(?: disponible| libre)?(?: que \w+)?|la primera (?:cita|hora)(?: disponible| libre| que \w+)|asap|lo mas pronto|a la brevedad)",
    ),
)

FILLERS = word_set(
    """
    o u el la los las de del a al en por para y , con como tipo sobre hacia eso ahi mas o menos
    dia fecha hora horario que es sea seria puede poder ser si tal vez talvez quiza quizas aprox
    aproximadamente alrededor cerca mismo misma exactamente solo solamente pero tiene turno ( )
    - turnos podria puedo mejor cita d x antes bien sin falta tambien ( ) gustaria me se
    consulta lugar algo tienen hay horas alguna proximo todo
    """
)
MASKS = (
    r"\bbuen(?:os|as|a)? (?:dias?|tardes?|noches?|semana|finde|fin de semana)\b",
    r"\b(?:lindo|bonito|excelente|feliz) (?:dia|tarde|noche|semana|finde|fin de semana)s?\b",
    rf"\bfeliz {_WD}\b",
    rf"\b(?:me llamo|se llama|mi nombre es|soy|doctora?|dra?\.?|senora?|sra?\.?) (?:{_WD}|{_MON})\b",
    rf"\b(?:herman[oa]|hij[oa]|espos[oa]|marido|prim[oa]|ti[oa]|abuel[oa]|amig[oa]|bebe|papa|don) (?:domingo|{_MON})\b",
    rf"\b\d{{1,2}} de {_MON} (?:esquina|esq|numero|num|colonia)\b|\bvivo en (?:la )?\d{{1,2}} de \w+",
    r"\bhace (?:como |unos |unas |casi |mas de |ya )?\w+ (?:dias?|semanas?|meses|mes|anos?|horas?) que\b",
    r"\bdesde (?:hace|hacia) \w+ \w+\b",
    r"\b(?:duele|dolor|dura|duro|llevo|tiene|fiebre|tos|enferm\w+|tengo)(?: \w+){0,4}? (?:hace|como|ya) (?:\w+ ){0,2}?(?:dias?|semanas?|meses|mes|anos?|horas?)\b",
    r"\b(?:cada|por|durante|unos|unas|llevo|tarda\w*|dura\w*|faltan?|ayuno|(?<!dentro )de) (?:como )?\d+ ?(?:horas?|dias?|minutos?|semanas?|meses|anos?)\b(?! (?:atras|de la))",
    r"\b\d+ ?(?:horas?|hs|dias?|semanas?|meses) (?:(?:de|en|con|sin) (?:ayuno|espera|anticipacion|duracion|retraso|dolor|fiebre|tos|dormir|comer)|seguid\w+)\b",
    r"\b(?:calle|avenida|av|col|colonia|blvd|boulevard|calz|calzada|metro|esquina|avenida)\b\.? (?:\d{1,2} de \w+|\w+ \d{1,2} de \w+|\d+|(?:de )?\w+ \d+)",
    r"\b(?:las )?24 horas\b",
    r"\b(?:al|por) (?:dia|mes|semana|hora)\b(?! \d)",
    r"\bde la (?:vez|cita|consulta) pasada\b",
    r"\b(?:muy|mas|demasiado|se (?:me )?(?:hizo|hace)|llego|llegar|un poco) tarde\b(?! (?:de las|del))",
    r"\bpor (?:una|otra) (?:manana|tarde)\b",
)
ANY_DAY = r"\b(?:cualquier(?:a)? (?:otro )?dia|todos los dias|cuando sea|el dia que sea)\b"
OCCUPIED = r"\b(?:trabajo|trabajando|estoy ocupad[oa]|tengo (?:clase|clases|junta|trabajo|escuela)|salgo de trabajar)(?: \w+){0,3} ?$"
NEGATIONS = (
    (
        r"\b(?:no|ya no|tampoco|nunca|jamas|ni) (?:voy a |se si |creo |me |le |nos |lo |la |te |se )*(?:puedo|podre|podria|poder|pudimos|podemos|puede|alcanzo|llego|llegare|"
        r"queda|conviene|acomoda|sirve|funciona|quiero|estoy|estare|ir|asistir|voy|da tiempo|tengo tiempo|tengo libre|es|era|el|la|los|para|a|en|trabajo)\b[^.;!?]*?$"
    ),
    r"\b(?:menos|excepto|salvo|en (?:vez|lugar) de(?:l)?|en lugar de(?:l)?|ni|no|tampoco|que no sea)(?: \w+){0,2} ?$",
)
NEGATED_AFTER = r"^ ?,? ?no(?= ?[,.;]|$)|^ ?,?(?:ya )?(?:no|tampoco) (?:voy a |me |le |se |te )*(?:puedo|podre|podria|poder|puede|podemos|alcanzo|llego|queda|conviene|acomoda|sirve|estoy|estare|ir|da|voy|tengo|trabajo|quiero)\b"
CORRECTIONS = r"\b(?:mejor|perdon|digo|corrijo|mas bien|prefiero|preferiria|en realidad|sino|quise decir|para el|pasarl[ao]|moverl[ao]|cambiarl[ao]|pero|seria|podria|puedo|puede ser|gustaria|quisiera|quiero|sirve|queda|acomoda|conviene)\b"
CONTEXT = r"\b(?:tengo|tenia|tenemos|habia|mi|la|agendad\w+|programad\w+|tiene) (?:una |la |mi )?(?:cita|consulta|estudio|turno|hora)(?: \w+){0,6}? ?$|\b(?:era|es) (?:para )?$"
MOVES = r"\b(?:cambi\w+|mov\w+|muev\w+|pas\w+|reagend\w+|reprogram\w+|recorr\w+)\b"
FAREWELL = r"^\W*(?:(?:muchas )?gracias|ok|vale|listo|perfecto|bueno|adios|bye|entonces|y|muy amable|de acuerdo|\W)*(?:hasta|nos vemos(?: el)?|te veo(?: el)?|los veo(?: el)?) (?:el |la )?[a-z]+(?: (?:manana|gracias))?(?:\W|gracias|entonces)*$"
