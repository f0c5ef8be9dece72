"""How Brazilian Portuguese speaks of time. Patterns see folded text with digits for number words."""

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
    "segunda seg 2a;terca ter 3a;quarta qua 4a;quinta qui 5a;sexta sex 6a;sabado sabados sab;domingo domingos dom",
    0,
)
MONTHS = forms(
    "janeiro jan;fevereiro fev;marco mar;abril abr;maio mai;junho jun;julho jul;agosto ago"
    ";setembro set;outubro out;novembro nov;dezembro dez",
    1,
)
_WD = r"(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)"
_FEIRA = r"(?:s?[- ]?feiras?)?"
_MON = any_of(MONTHS)
_LONG_MON = any_of([m for m in MONTHS if len(m) > 3])
_H = r"\d{1,2}"
_MER = (
    r"(?P<mer>a\.? ?m\b\.?|p\.? ?m\b\.?|(?:da|de|pela|na) (?:manha|tarde|noite|madrugada|tardinha|noitinha)|a (?:tarde|noite)"
    r"|do (?:meio[ -]dia|dia))"
)
_MIN = r"(?:[:.h]\s?(?P<mi>[0-5]\d)(?:\s?min\b)?|\s?(?:horas?|hrs?|hs|h)?\s+e\s+(?P<mi_and>[0-5]?\d|meia|quarto|pouco)(?:\s+minutos)?|\s?(?:horas?)?\s+menos\s+(?P<mi_less>quarto|\d{1,2})|\s(?P<mi_bare>[0-5][05])(?!\s*(?:de|reais|dias|horas)))"
_HOURS = r"(?:\s*(?:horas?|hrs?|hs|h)\b\.?)"
_NUM = r"(?P<n>\d{1,3}|um|uma|meia|um par de)"
_UNIT = r"(?P<unit>minutos?|mins?|horas?|h|dias?|semanas?|meses|mes|quinzenas?|anos?)"
_NEXT = r"(?:que vem|que entra|que vai vir|proxim[oa]|seguinte|da semana que vem)"


def _mer(name: str) -> str:
    return _MER.replace("<mer>", f"<{name}>")


_WORK = r"(?:trabalho|trabalhar|servico|expediente|escritorio|trampo)"
_WEEK = rf"(?P<nw>(?:proxima|outra) semana|semana {_NEXT})|(?:desta |dessa )?semana"
_SHORT_MIN = r"[:.h][0-5]\d| e meia| e quarto"

RULES: tuple[Rule, ...] = (
    rule("day", r"(?:o dia )?depois de amanha|dps de amanha|depois d amanha", "+2"),
    rule("day", r"(?:no dia de |o dia de )?hoje(?: mesmo)?", "+0"),
    rule("now", r"agora(?: mesmo)?|neste (?:exato )?momento|ja(?= ?[^a-z#]*$)"),
    rule("day", r"(?:o dia de )?amanha(?: mesmo)?", "+1"),
    rule("day", r"ontem", "-1"),
    rule("day", r"anteontem|antes de ontem", "-2"),
    rule(
        "weekday",
        rf"(?:(?:(?:n?[ao]|dest[ae]|para a|pra) )?(?P<next>proxim[oa]) |(?:n)?(?P<this>est[ea]|ess[ea]) |(?P<last>ultim[oa]|passad[oa]) )?(?P<wd>{_WD})(?:s(?=\b))?{_FEIRA}"
        rf"(?:,? (?:da (?P<nextweek>(?:proxima|outra) semana|semana (?:que vem|que entra|proxima|seguinte))|(?P<next2>que vem|que entra|que vai vir|proxim[oa]|seguinte)(?! semana)|(?P<last2>passad[oa])|(?:desta|dessa|da) (?P<thisweek>(?:mesma )?semana(?! (?:que|passada|proxima)))|da (?P<lastweek>semana passada)|agora))?",
    ),
    rule("weekday", r"(?:na|no|a|dia|para|pra|toda)? ?(?P<p>(?P<wd>[2-6]a))[- ]?(?:feira)"),
    rule(
        "weekday",
        r"(?:na|no|proxima|nesta|essa|esta|pra|para|na proxima) (?P<p>(?P<wd>seg|qua|qui|sex|sab|dom|[2-6]a))\b\.?(?: (?P<next2>que vem))?",
    ),
    rule(
        "weekday",
        r"(?P<p>(?P<wd>seg|qua|qui|sex|sab|dom|ter)(?:\.| feira|-feira))|(?P<p>(?P<wd>seg|qua|qui|sex|sab|dom|ter))(?:(?= \d{1,2}/| as \d|,? \d{1,2}h))",
    ),
    rule("weekday", r"(?P<p>(?P<wd>seg|qua|qui|sex|sab))\b\.?(?: (?P<next2>que vem))?"),
    rule("weekday", r"(?P<wd>ter) (?P<next2>que vem)"),
    rule("weekday", r"(?P<wd>dom)(?= (?:de|pela|a tarde|nao|voces)\b| ?[,?!]|$)"),
    rule("weekday", r"(?:na|proxima) (?P<p>(?P<wd>ter))(?:\b\.)?(?= |$)(?! (?:que|de|um))"),
    rule(
        "dmy",
        rf"(?:n?o )?(?:dia )?(?P<d>\d{{1,2}})(?:o|°|º)?(?: de | do |/|-|\.| d | )?(?P<m>{_MON})\b\.?(?:(?: de| do|,|/|-)? ?(?P<y>(?:19|20)\d\d|'\d\d))?",
    ),
    rule(
        "dmy",
        rf"(?:dia )?(?:primeiro|1o) (?:de|do) (?P<m>{_MON})(?: de (?P<y>(?:19|20)\d\d))?",
        "first",
    ),
    rule("dmy", rf"(?P<m>{_LONG_MON}),? (?:dia )?(?P<d>\d{{1,2}})(?!\s*(?:h|:|horas))"),
    rule(
        "dom",
        r"(?:(?:no|o|do|ao|para o|pro|este|neste|nesse|ate o|pra) )?(?:dia )(?P<d>\d{1,2}|primeiro)(?: (?:deste mes|desse mes|do mes (?P<nextmonth>que (?:vem|entra))|do (?P<nextmonth2>proximo mes)))?(?!\s*(?:[:/.,]\d|%|reais|anos|h\b|horas))",
    ),
    rule(
        "dom",
        r"(?:do|no|ao|o) (?P<p>(?P<d>\d{1,2}))(?: (?:deste mes|do mes (?P<nextmonth>que vem)))(?!\s*(?:[:/.,]\d|%))",
    ),
    rule(
        "dom",
        r"(?:muda|mudar|passa|passar|troca|trocar|remarca|remarcar)(?: \w+)? (?:pro|para o) (?P<p>(?P<d>\d{1,2}))(?= ?[,?!.]|$)",
    ),
    rule(
        "dom",
        r"(?:antes do|depois do|ate o|a partir do|desde o|apos o) (?P<p>(?P<d>\d{1,2}))(?!\s*(?:[:/.,]\d|%|h\b|horas| andar))",
    ),
    rule(
        "dom",
        rf"(?P<dwd>{_WD}){_FEIRA},? (?:dia )?(?P<d>\d{{1,2}})(?!\s*(?:[:/.,]\d|h\b|hrs|hs\b|horas|[ap]\.? ?m\b|d[ae] |as? \d|e (?:meia|quarto)))",
    ),
    rule(
        "nth_weekday",
        rf"(?:n?[ao] )?(?P<nth>primeir[ao]|segund[ao]|terceir[ao]|quart[ao]|ultim[ao]) (?P<wd>{_WD}){_FEIRA} d[eo] (?:(?P<m>{_MON})|(?P<nm>(?:proximo )?mes(?: que vem)?))",
    ),
    rule("numeric", r"(?P<a>\d{1,2})(?P<sep>[/-])(?P<b>\d{1,2})(?:(?P=sep)(?P<y>\d{4}|\d{2}))?"),
    rule("numeric", r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<y>\d{4}|\d{2})"),
    rule("numeric", r"(?<!as )(?<!a )(?P<a>\d{1,2})\.(?P<b>0[1-9])"),
    rule("iso", r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"),
    rule("holiday", r"(?:o )?(?:dia de )?natal", "12-25"),
    rule("holiday", r"vespera de natal", "12-24"),
    rule("holiday", r"ano novo|dia primeiro do ano", "1-1"),
    rule("holiday", r"reveillon|vespera de ano novo", "12-31"),
    rule("holiday", r"(?:dia de )?finados", "11-2"),
    rule("holiday", r"tiradentes", "4-21"),
    rule(
        "shift",
        rf"(?:em|dentro de|daqui(?: a| ha)?|dentro d|de hoy em|a) {_NUM} ?{_UNIT}(?: e (?P<half>meia)| mais)?",
        "+",
    ),
    rule(
        "shift",
        rf"(?:ha|faz) (?:uns |umas |cerca de )?{_NUM} ?{_UNIT}(?: e (?P<half>meia))?(?: atras)?",
        "-",
    ),
    rule("shift", rf"{_NUM} {_UNIT} (?:atras)", "-"),
    rule("shift", rf"{_NUM} {_UNIT} (?:depois|mais tarde)", "+"),
    rule("shift", r"(?:em|daqui(?: a)?|dentro de) uma hora e meia", "90m"),
    rule("shift", r"(?:daqui a )(?:pouco|pouquinho)", "30m"),
    rule("shift", r"(?:em|daqui(?: a)?|dentro de) (?:um )?quarto de hora", "15m"),
    rule("next_n", r"amanha ou depois(?: de amanha)?", "+"),
    rule(
        "next_n",
        r"(?:n?os|n?as) (?:proxim[oa]s|seguintes) (?P<n>\d{1,2}) (?P<unit>dias|semanas|meses)",
        "+",
    ),
    rule(
        "next_n", r"(?:n?os|n?as) (?:ultim[oa]s) (?P<n>\d{1,2}) (?P<unit>dias|semanas|meses)", "-"
    ),
    rule("week", r"(?:n?esta|n?essa) (?:mesma )?semana|(?:ainda )?nesta semana", "+0"),
    rule(
        "week",
        r"(?:n?a |para a |pra )?(?:proxima|outra) semana|(?:n?a |para a |pra )?semana (?:que vem|que entra|proxima|seguinte)",
        "+1",
    ),
    rule("week", r"(?:n?a )?semana passada|(?:n?a )?ultima semana", "-1"),
    rule("week", r"(?:n?a )?semana (?:depois da|seguinte a) (?:proxima|que vem)", "+2"),
    rule("weekend", r"(?:n?o )?(?:fim de semana|final de semana|fds) passado", "-1"),
    rule(
        "weekend",
        r"(?:n?o|n?este|n?esse|para o|pro|nos|aos)? ?(?:proximo )?(?:fi(?:m|ns|nal|nais) de semana|fds|findi)(?: (?:que vem|proximo))?",
        "+0",
    ),
    rule("month", r"(?:n?este|n?esse) (?:mesmo )?mes", "+0"),
    rule(
        "month", r"(?:n?o )?proximo mes|(?:n?o )?mes (?:que (?:vem|entra)|proximo|seguinte)", "+1"
    ),
    rule("month", r"(?:n?o )?mes passado|(?:n?o )?ultimo mes", "-1"),
    rule("year", r"(?:n?o )?(?:proximo ano|ano que vem|ano proximo)", "+1"),
    rule(
        "month_part",
        rf"(?:n?o |em |ao )?(?:comeco|inicio|primeiros dias|comecinho) d[eo](?: (?P<m>{_MON})| (?P<nm>(?:proximo )?mes(?: que vem)?))",
        "early",
    ),
    rule(
        "month_part",
        rf"(?:n?o |em |a )?(?:meados|meio|metade) d[eo](?: (?P<m>{_MON})| (?P<nm>(?:proximo )?mes(?: que vem)?))",
        "mid",
    ),
    rule(
        "month_part",
        rf"(?:n?o |em |ao )?(?:finais|final|fim|fins|ultimos dias|finalzinho) d[eo](?: (?P<m>{_MON})| (?P<nm>(?:proximo )?mes(?: que vem)?))",
        "late",
    ),
    rule("week_part", rf"(?:n?o |em |ao )?(?:comeco|inicio|comecinho) d[ae] (?:{_WEEK})", "early"),
    rule("week_part", rf"(?:n?o |em )?(?:meados|meio|metade) d[ae] (?:{_WEEK})", "mid"),
    rule("week_part", rf"(?:n?o |em |ao )?(?:fim|final|finalzinho) da (?:{_WEEK})", "late"),
    rule(
        "weekdays",
        r"(?:durante|no meio d) a semana|(?:em |nos? |n?o )?dias? (?:de semana|ute?is|util)",
    ),
    rule(
        "month_week",
        rf"(?:n?a )?(?P<nth>primeira|segunda|terceira|quarta|ultima) (?P<what>semana|quinzena) d[eo] (?:(?P<m>{_MON})|(?P<nm>(?:proximo )?mes(?: que vem)?))",
    ),
    rule(
        "month_name",
        rf"(?:em|para|pra|durante|de|ate|desde|todo|mes de|proximo|antes de|depois de|a partir de) (?P<p>(?P<m>{_LONG_MON}))(?: de (?P<y>(?:19|20)\d\d))?(?! \d)",
    ),
    rule("month_name", rf"^\W*(?P<p>(?P<m>{_LONG_MON}))(?: de (?P<y>(?:19|20)\d\d))?\W*$"),
    rule("part", r"hoje (?:de|pela) manha|(?:n)?est[ae] manha", "today_morning"),
    rule("part", r"hoje (?:a|de) tarde|(?:n)?(?:est[ae]|essa) tarde", "today_afternoon"),
    rule("part", r"hoje (?:a|de) noite|(?:n)?(?:est[ae]|essa) noite", "today_night"),
    rule("part", r"(?:n)?esta madrugada", "today_dawn"),
    rule(
        "part",
        r"(?:(?:de|pela|da|na|toda|por|durante) (?:a |parte da )?|as |turno da |a )?(?:manha|manhas|manhazinha)|periodo da manha|matutino|manhas",
        MORNING,
    ),
    rule(
        "part",
        r"(?:(?:a|de|pela|da|na|toda|por) (?:a )?|as |turno da |a parte da |periodo da )(?:tarde|tardes|tardinha|tardezinha)|vespertino|a tardinha",
        AFTERNOON,
    ),
    rule(
        "part",
        r"(?:(?:a|de|pela|da|na|toda|por) (?:a )?|as |turno da |periodo da )(?:noite|noites|noitinha)|noturno|a noitinha",
        NIGHT,
    ),
    rule("part", r"(?:(?:de|pela|da|na) )madrugada", DAWN),
    rule(
        "part",
        r"(?:(?:bem |o mais |logo |(?P<more>mais ))?(?:cedo|cedinho)(?: (?:pela|da|de) manha)?|(?:n?a |as |logo )?primeiras? horas?(?: da manha| do dia)?|(?:no )?primeiro horario(?: da manha)?|logo de manha)",
        EARLY,
    ),
    rule(
        "part",
        r"(?:n?o )?(?:fim|final|finalzinho) (?:da tarde|do dia|de tarde)|(?:no )?ultimo horario(?: do dia)?|ultima hora|fim do expediente",
        LATE,
    ),
    rule("part", r"antes do almoco", MORNING),
    rule("part", r"(?:n?o )?(?:comeco|inicio) da tarde", AFTERNOON),
    rule("routine", r"(?:depois|apos|dps) (?:do|o) almoco|depois de almocar", "13-24"),
    rule(
        "routine",
        rf"(?:depois|saindo|apos|dps|quando sair|ao sair) (?:d[oae] |[oa] )?(?:meu )?{_WORK}",
        "18-24",
    ),
    rule("routine", rf"antes d[oae] (?:entrar n[oa] |ir (?:pro|para o) )?{_WORK}", "0-9"),
    rule("part", r"ontem a noite", "last_night"),
    rule("part", r"(?:n?a |no )?(?:hora|horario) do almoco", "noonish"),
    rule(
        "clock",
        rf"(?:las|as|a|pelas|das|ate as|ate|para as|pras|la pelas|por volta d[ae]s?) (?P<p>(?P<h>{_H}){_MIN}?{_HOURS}?(?: em ponto)?,?(?: {_MER})?)(?! de (?:{_MON})|\d|%|[/]\d| ?(?:opco\w+|dias?|semanas?|meses|mes|anos?|reais|vezes|pessoas|elementos|minutos?|min\b))",
    ),
    rule(
        "clock",
        r"(?:a|pela|para a|da) (?P<p>uma(?: hora)?(?: e (?P<mi_and>meia|quarto|\d\d))?(?: (?P<mer>da tarde|da manha|da madrugada))?)(?! (?:consulta|semana|pessoa|vez|medica|clinica|hora|duvida|pergunta))(?=[ ,.?!]|$)(?! [a-ce-z])",
    ),
    rule("clock", rf"(?<!dia )(?!\d{{1,2}}\.0\d )(?P<h>{_H}){_MIN}?{_HOURS}? ?{_MER}"),
    rule("clock", rf"(?P<h>{_H}):(?P<mi>[0-5]\d)(?::\d\d)?{_HOURS}?"),
    rule("clock", rf"(?P<h>{_H})\.(?P<mi>[0-5]\d) ?{_HOURS}"),
    rule("clock", rf"(?P<h>{_H}) ?h(?:s|rs)?(?: ?(?P<mi>[0-5]\d)(?:min|m)?)?"),
    rule(
        "clock",
        rf"(?:as|para as|ate|desde|antes das?|depois das?|apos as?|de) (?P<p>(?P<h>{_H}){_HOURS})(?! de (?:jejum|espera|antecedencia))",
    ),
    rule("clock", rf"(?P<h>{_H}|uma) (?:horas? )?e (?P<mi_and>meia|quarto)"),
    rule(
        "clock",
        rf"(?:tipo|la pelas|por volta d[ae]s?|cerca d[ae]s?|umas|antes d[ae]s?|depois d[ae]s?|apos as?|a partir d[ae]s?|desde as?|mais ou menos as?|lá pras|la pras|passando das|dps d[ae]s?) (?P<p>(?P<h>{_H}){_MIN}?{_HOURS}?)(?!\d|[/%]| ?(?:de )?(?:{_MON})| (?:dias?|semanas?|meses|mes|anos?|minutos?|vezes|reais|horas))",
    ),
    rule(
        "clock",
        rf"(?P<less>quarto|5|10|15|20|25)(?: minutos)? (?:para|pra) (?:as|a) (?P<h>{_H}|uma)(?: {_MER})?",
    ),
    rule("clock", rf"(?P<less>5|10|15|20|25)(?: minutos)? pras (?P<h>{_H})(?: {_MER})?"),
    rule("clock", r"(?:as )?(?P<h>\d\d)(?P<mi>[0-5]\d) ?(?:horas|hrs|hs|h)\b"),
    rule("noon", r"(?:ao |a |do |d[eo] |no )?(?:meio[- ]?dia)(?! e meia)"),
    rule("clock", r"(?:ao )?(?P<p>meio[- ]?dia e (?P<mi_and>meia))", "noon_half"),
    rule("midnight", r"(?:a |da )?meia[- ]?noite"),
    rule(
        "hours",
        rf"(?:entre|d[ae]s?|desde|a partir das) (?:as )?(?P<h>{_H}|uma)(?P<mi1>{_SHORT_MIN})?(?: ?{_mer('mer1')})? ?(?:horas |hs |h )?(?:e|as?|ate|-) ?(?:as |o |ao )?(?P<h2>{_H}|uma|meio[- ]dia)(?P<mi2>{_SHORT_MIN})?(?:{_HOURS})?(?: ?{_mer('mer2')})?(?!\d|[:/.]\d| (?:de )?(?:{_MON})| (?:dias?|semanas?|mes|meses|anos?|reais|pessoas|minutos)|%)",
    ),
    rule(
        "hours",
        rf"(?:as )?(?P<h>{_H})(?P<mi1>[:.h][0-5]\d)?(?:h|hs)? ?(?:as|a|ate|-|–) ?(?:as )?(?P<h2>{_H})(?P<mi2>[:.h][0-5]\d| e meia)?(?: ?{_mer('mer2')}|{_HOURS})",
    ),
    rule("hours", rf"(?P<h>{_H}):(?P<mi1>[0-5]\d) ?(?:as?|-|–|ate) ?(?P<h2>{_H}):(?P<mi2>[0-5]\d)"),
    rule("hours", rf"(?:as )(?P<h>{_H}) ou (?:as )?(?P<h2>{_H})(?! de)(?: {_mer('mer2')})?", "or"),
    rule(
        "days",
        rf"(?:entre|d[eo]|desde) (?:os? )?(?:dias? )?(?P<d>\d{{1,2}})(?: de (?P<m1>{_MON}))? (?:e|ao?|ate|-) ?(?:o )?(?:dia )?(?P<d2>\d{{1,2}}) de (?P<m>{_MON})(?: de (?P<y>(?:19|20)\d\d))?",
    ),
    rule(
        "days",
        r"(?:entre (?:os dias|o dia|dia)|do dia|de dia|desde o dia) (?P<d>\d{1,2}) (?:e|ao?|ate) ?(?:o )?(?:dia )?(?P<d2>\d{1,2})",
    ),
    rule("days", rf"(?P<d>\d{{1,2}})(?: ?- ?| ao? | e )(?P<d2>\d{{1,2}}) de (?P<m>{_MON})"),
    rule("not_before", r"(?:nao|nada) antes d[aeo]s?"),
    rule(
        "not_after", r"(?:nao|nada) (?:depois|mais tarde) (?:d[aeo]s?|que)|no maximo|no mais tardar"
    ),
    rule("since", r"a partir d[aeo]s?|desde"),
    rule(
        "after",
        r"(?:depois|apos|passando|passad[ao]s?|mais tarde|dps)(?: d[aeo]s?| que| as?| os?)?(?= )",
    ),
    rule("before", r"(?:antes|previo|mais cedo)(?: d[aeo]s?| que)(?= )"),
    rule("until", r"ate"),
    rule("onwards", r"(?:em|pra|para a?) (?:diante|frente)|ou (?:depois|mais tarde|mais)|adiante"),
    rule("or_before", r"ou antes"),
    rule("between", r"entre"),
    rule(
        "asap",
        r"(?:o (?:quanto antes|mais (?:rapido|cedo|breve|depressa)(?: possivel| que (?:der|puder\w*|tiver\w*))?|antes possivel)|quanto antes|assim que (?:der|puder\w*|possivel|tiver\w*)|logo que (?:der|possivel|puder\w*)|o primeiro horario (?:disponivel|livre|que \w+)|(?:a )?primeira (?:vaga|data)(?: disponivel| livre| que \w+)?|asap|com urgencia|o mais rapido)",
    ),
)

FILLERS = word_set(
    """
    ou o a os as do da dos das de no na nos nas em ao por para pra pro e , com tipo la pelas
    pela la por volta mais ou menos dia data hora horario que seja seria pode poder ser se der
    talvez aproximadamente cerca mesmo exatamente so somente mas tem turno podia posso melhor
    consulta d x antes bem sem falta tambem ( ) - gostaria me lugar alguma algum horas vaga
    periodo umas uns todo parte feira perto
    """
)
MASKS = (
    r"\b(?:bom|boa|otim[ao]|feliz|excelente|lind[ao]) (?:dia|tarde|noite|semana|fim de semana|final de semana|fds|feriado|domingo|sabado)\b|\b(?:bo[ma]|feliz) (?:segunda|terca|quarta|quinta|sexta)(?:-feira| feira)?\b(?= ?[!.,]|$)",
    rf"\b(?:me chamo|se chama|(?:meu )?nome e|sou [oa]|doutora?|dra?\.?|senhora?|sra?\.?) (?:{_WD}s?|{_MON})\b",
    rf"\b(?:irma|irmao|filh[oa]|espos[oa]|marido|prim[oa]|ti[oa]|av[oa]|amig[oa]|bebe|pai|seu) (?:domingos?|{_LONG_MON})\b",
    r"\bde \d+ em \d+ ?(?:horas?|h)\b",
    r"^\W*(?:quero |prefiro |fico com |escolho )?a (?:segunda|terceira|quarta|quinta|sexta)\W*$",
    r"\b(?:moro|fica) (?:na|no) \d{1,2} de \w+|\b\d{1,2} de \w+ (?:numero|num|esquina)\b",
    r"\bdaqui a pouco (?:eu )?(?:te |lhe )?(?:falo|confirmo|aviso|respondo|ligo|mando|retorno)\b",
    r"\b(?:ha|faz) \w+ (?:dias?|semanas?|meses|mes|anos?|horas?) que\b",
    r"\b(?:doi|doendo|dor|durmo|dormi|febre|tosse|tenho|estou|to|ta|sinto|sentindo)(?: \w+){0,5}? (?:ha|faz|tem|desde) (?:\w+ ){0,2}?(?:dias?|semanas?|meses|mes|anos?|horas?)\b",
    r"\b(?:cada|por|durante|uns|faltam?|jejum|demora|leva|dura|(?<!dentro )de) (?:umas? )?\d+ ?(?:horas?|h|dias?|minutos?|semanas?|meses|anos?)\b(?! (?:atras|da|de|a|as|ate|e) )",
    r"\bumas \d+ (?:horas?|dias?|minutos?|semanas?|meses|anos?)\b(?! (?:atras|da|de) )",
    r"\b\d+ ?(?:horas?|h|hs|dias?|semanas?|meses) (?:(?:de|em|com|sem) (?:jejum|espera|antecedencia|duracao|atraso|dor|febre|tosse|dormir|comer)|seguid\w+)\b",
    r"\b(?:rua|avenida|av|alameda|travessa|estacao|metro|praca)\b\.? (?:\w{1,4} de \w+|\w+ \d{1,2} de \w+|\d+|(?:d[aeo] )?\w+ \d+)",
    r"\b24 ?(?:horas|h)\b",
    r"\bpor (?:dia|mes|semana|hora)\b",
    r"\bda (?:vez|consulta) passada\b",
    r"\b(?:muito|mais|e|ficou|ficar|chegar|chego|um pouco|tao) tarde\b(?! (?:das|do))",
    r"\bsegunda (?:via|opiniao|vez|opcao|dose|feira santa|consulta|tentativa)\b|\b(?:quarta|quinta|sexta|terca) (?:vez|opcao|dose|parte|consulta|tentativa|via|serie|semana|filha|sessao)\b|\ba segunda (?:opcao|alternativa)\b",
    r"\bate (?:mais|logo|breve|ja)\b|\bja ja\b",
)
ANY_DAY = r"\b(?:qualquer (?:outro )?dia|todos os dias|quando for)\b"
OCCUPIED = r"\b(?:trabalho|trabalhando|estou ocupad[oa]|tenho (?:aula|aulas|reuniao|trabalho))(?: \w+){0,3} ?$"
NEGATIONS = (
    r"\b(?:nao|n|nunca|nem|jamais|tambem nao) (?:vou |me |se |lhe |te )*(?:posso|poderei|poderia|pude|podemos|consigo|conseguirei|conseguir|poder|vai dar|da|dá|serve|quero|estarei|estou|ir|comparecer|vou|tenho tempo|e|era|o|a|na|no|para|pra|fica bom|rola|trabalho)\b[^.;!?]*?$",
    r"\b(?:menos|exceto|salvo|fora|em vez d[aeo]|ao inves d[aeo]|no lugar d[aeo]|nem|nao|que nao seja)(?: \w+){0,2} ?$",
)
NEGATED_AFTER = r"^ ?,? ?nao(?= ?[,.;]|$)|^ ?,?(?:eu )?(?:ja )?(?:nao|n|nem) (?:vou |me |se |vai |eu )*(?:posso|poderei|poderia|consigo|conseguir|poder|dar|da|serve|quero|estarei|estou|ir|tenho|rola|trabalho|fica)\b"
CORRECTIONS = r"\b(?:melhor|desculpa|digo|alias|prefiro|preferia|preferiria|na verdade|quis dizer|quer dizer|pra|para (?:o|a)|passar|mudar|pode ser|poderia|seria|posso|so|sim|queria|gostaria|quero|mas|fica|serve|da certo)\b"
CONTEXT = r"\b(?:tenho|tinha|temos|havia|minha|marcad\w+|agendad\w+|tem) (?:uma |a |minha )?(?:consulta|exame|horario|visita)(?: \w+){0,6}? ?$|\b(?:era|e) (?:para )?$"
MOVES = r"\b(?:mud\w+|troc\w+|pass\w+|remarc\w+|reagend\w+|transfer\w+|alter\w+)\b"
FAREWELL = r"^\W*(?:(?:muito )?obrigad[oa]|ok|valeu|beleza|perfeito|certo|tchau|entao|e|combinado|\W)*(?:ate|nos vemos|te vejo|a gente se ve) (?:a |o |na |no )?[a-z]+(?:-feira| feira)?(?:\W|obrigad[oa]|entao)*$"
