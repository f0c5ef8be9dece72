"""How English speaks of time. Patterns see folded text with digits for number words."""

# ruff: noqa: E501 - a pattern is read whole, on its line

from understanding.times.pieces import (
    AFTERNOON,
    EARLY,
    EVENING,
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
    "monday mondays mon;tuesday tuesdays tues tue;wednesday wednesdays weds wed;thursday thursdays thurs thur thu"
    ";friday fridays fri;saturday saturdays sat;sunday sundays sun",
    0,
)
MONTHS = forms(
    "january jan;february feb;march mar;april apr;may;june jun;july jul;august aug;september sept sep"
    ";october oct;november nov;december dec",
    1,
)
_WD = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"
_SHORT_WD = r"(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)"
_MON = any_of(MONTHS)
_CLEAR_MON = any_of(
    [m for m in MONTHS if m not in {"may", "march", "mar", "jan", "jun", "dec", "sep", "oct"}]
)
_H = r"\d{1,2}"
_MER = r"(?P<mer>a\.? ?m\b\.?|p\.? ?m\b\.?|[ap]\b(?!')|in the (?:morning|afternoon|evening)|at night|o ?clock in the (?:morning|afternoon|evening)|at noon)"
_MIN = r"(?:[:.h]\s?(?P<mi>[0-5]\d)|\s(?P<mi_bare>[0-5][05]|oh \d)(?!\s*(?:of|dollars|days|hours|people|mg|minutes|min|th)))"
_CLOCK = r"(?:\s?o ?['’]? ?clock)"
_NUM = r"(?P<n>\d{1,3}|an|a|one|half an|half a|a couple(?: of)?|couple(?: of)?|a few|few)"
_UNIT = r"(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|months?|fortnights?|years?)"
_WORK = r"(?:my |the )?(?:work|job|office|shift)"
_WEEK = r"(?P<nw>(?:the )?(?:next|following|coming) week)|(?:the |this )?week"
_DAY_BEFORE = r"(?:on |this |the |for |by |coming |next |last |until |till |every |of )"


def _mer(name: str) -> str:
    return _MER.replace("<mer>", f"<{name}>")


RULES: tuple[Rule, ...] = (
    rule("day", r"(?:the )?day after tomorrow|overmorrow", "+2"),
    rule("day", r"(?:the )?day after(?= ?[^a-z ]*$)", "+2"),
    rule("day", r"today(?:'s)?", "+0"),
    rule(
        "now",
        r"right now|right away(?= ?[^a-z]*$)|at this (?:very )?moment|now(?= ?[^a-z]*$)|immediately",
    ),
    rule("day", r"tomorrow(?:'s)?", "+1"),
    rule("day", r"yesterday", "-1"),
    rule("day", r"(?:the )?day before yesterday", "-2"),
    rule(
        "weekday",
        rf"(?:(?:on|for|by)? ?(?:the )?(?:(?P<next>next)|(?P<this>this(?: coming| upcoming)?|coming|upcoming|following)|(?P<last>last|past)) |(?:on )?(?:a |the |any |every )?)?(?P<wd>{_WD})"
        r"(?:,? (?:(?:of |in )?(?P<nextweek>next week|the following week)|(?:of |in )?(?P<thisweek>this week)|(?:of )?(?P<lastweek>last week)|(?P<after>after next)|(?P<next2>coming)))?",
    ),
    rule(
        "weekday",
        rf"(?:on|this|the|next|coming|by|for|until|til|till|after|before|from|to|or|and|every) (?P<p>(?P<wd>(?<!the ){_SHORT_WD}))\b\.?(?:,? (?P<nextweek>next week))?",
    ),
    rule("weekday", r"(?P<next>next) (?P<wd>mon|tues?|weds?|thurs?|thu|fri|sat|sun)\b\.?"),
    rule(
        "weekday",
        r"(?P<p>(?P<wd>mon|tues?|weds?|thurs?|thu|fri))\b\.?(?: (?P<nextweek>next week))?(?! (?:of|it))",
    ),
    rule(
        "weekday",
        r"(?P<p>(?P<wd>sat|sun))(?=\.|,? (?:\d|at |morning|afternoon|the \d|or |and ))|^\W*(?P<wd2>sat|sun)\W*$",
    ),
    rule(
        "dmy",
        rf"(?:on |the )*(?P<m>{_MON})\.? (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?:of )?(?P<y>(?:19|20)\d\d|'\d\d))?(?![:\d]|\s?(?:am|pm|a\.m|p\.m|people|o'?clock))",
    ),
    rule(
        "dmy",
        rf"(?:on )?(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: day)?(?: of|-| of the month of)? ?(?P<m>{_MON})\b\.?(?:,?-? ?(?:of )?(?P<y>(?:19|20)\d\d|'\d\d))?",
    ),
    rule("dmy", rf"(?P<m>{_MON})[-/](?P<d>\d{{1,2}})(?:[-/](?P<y>\d{{4}}))?"),
    rule(
        "dom",
        r"(?:on )?(?:the )?(?P<p>(?P<d>\d{1,2})(?:st|nd|rd|th)(?: (?:of (?:this|the) month|this month|of (?P<nextmonth>next month)))?)(?! (?:time|floor|street|st\b|ave|avenue|visit|appointment|birthday|grade|option|one|choice|dose|opinion|thing|of|half|person|child|trimester|week))",
    ),
    rule(
        "dom",
        rf"(?:on )?(?P<dwd>{_WD}),? (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\s*(?:[:/.,-]\d|h\b|hrs|[ap]\.? ?m\b|[ap]\b|o ?'?clock|to \d| ?of|ish|thing))",
    ),
    rule(
        "nth_weekday",
        rf"(?:on )?(?:the )?(?P<nth>1st|2nd|3rd|4th|last) (?P<wd>{_WD}) (?:of|in) (?:(?P<m>{_MON})|(?P<nm>(?:the|this|next) month))",
    ),
    rule(
        "from_day",
        rf"(?P<n>a|one|\d{{1,2}}) weeks? from (?:(?P<today>today|now)|(?P<tomorrow>tomorrow)|(?:this |next )?(?P<wd>{_WD}))",
    ),
    rule(
        "from_day",
        rf"(?:on )?(?:(?P<today>today)|(?P<tomorrow>tomorrow)|(?P<wd>{_WD})) week(?! (?:of|after))",
        "1",
    ),
    rule("numeric", r"(?P<a>1[0-2]|0?\d)-(?P<b>1[3-9]|2\d|3[01])(?! ?(?:h|[ap]\.?m)\b)"),
    rule("numeric", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?"),
    rule("numeric", r"(?P<a>\d{1,2})-(?P<b>\d{1,2})-(?P<y>\d{4}|\d{2})|(?P<a>\d\d)-(?P<b>\d\d)"),
    rule("numeric", r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<y>\d{4}|\d{2})"),
    rule("iso", r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"),
    rule("holiday", r"christmas(?: day)?|xmas", "12-25"),
    rule("holiday", r"christmas eve", "12-24"),
    rule("holiday", r"new year'?s?(?: day)?", "1-1"),
    rule("holiday", r"new year'?s eve", "12-31"),
    rule("holiday", r"(?:the )?4th of july|independence day", "7-4"),
    rule("holiday", r"halloween", "10-31"),
    rule("holiday", r"valentine'?s(?: day)?", "2-14"),
    rule(
        "shift",
        rf"(?:in|within|after) (?:about |around |like |another )?{_NUM} ?{_UNIT}(?: and a (?P<half>half))?(?:'? time)?",
        "+",
    ),
    rule("shift", r"in (?:an |1 )?hour and a half", "90m"),
    rule("shift", r"in (?:a )?quarter (?:of an )?hour", "15m"),
    rule("shift", r"in (?:a )?(?:bit|little while|while)", "30m"),
    rule("shift", rf"{_NUM} {_UNIT} (?:from (?:now|today)|later|hence)", "+"),
    rule("shift", rf"{_NUM} {_UNIT} (?:ago|back|earlier)", "-"),
    rule(
        "next_n",
        r"(?:in |over |within )?(?:the )?(?:next|coming|following) (?P<n>\d{1,2}) (?P<unit>days|weeks|months)",
        "+",
    ),
    rule(
        "next_n",
        r"(?:in |over )?(?:the )?(?:last|past|previous) (?P<n>\d{1,2}) (?P<unit>days|weeks|months)",
        "-",
    ),
    rule("week", r"(?:during |in )?(?:this|the current) week|(?:later|sometime) this week", "+0"),
    rule("week", r"(?:the )?(?:next|following|coming|upcoming) week", "+1"),
    rule("week", r"(?:last|past|previous) week", "-1"),
    rule("week", r"(?:the )?week after next|(?:the )?week after(?= ?[^a-z ]*$)", "+2"),
    rule("weekend", r"last weekend", "-1"),
    rule(
        "weekend",
        r"(?:over |on |at )?(?:(?:this|the|coming|upcoming|this coming) |(?P<next>next) )*weekends?",
        "+0",
    ),
    rule("month", r"(?:this|the current) month|later this month", "+0"),
    rule("month", r"(?:the )?(?:next|following|coming) month", "+1"),
    rule("month", r"(?:last|past|previous) month", "-1"),
    rule("year", r"next year", "+1"),
    rule(
        "month_part",
        rf"(?:at |in |by )?(?:the )?(?:beginning|start|first part) of (?:(?P<m>{_MON})|(?P<nm>(?:the|this|next) month))|early (?:in )?(?P<m_>{_MON})|early (?P<nm_>next month)",
        "early",
    ),
    rule(
        "month_part",
        rf"(?:at |in )?(?:the )?middle of (?:(?P<m>{_MON})|(?P<nm>(?:the|this|next) month))|mid[- ](?:(?P<m_>{_MON})|(?P<nm_>next month))",
        "mid",
    ),
    rule(
        "month_part",
        rf"(?:at |in |by |towards )?(?:the )?end of (?:(?P<m>{_MON})|(?P<nm>(?:the|this|next) month))|late (?:in )?(?P<m_>{_MON})",
        "late",
    ),
    rule(
        "week_part",
        rf"(?:at |in )?(?:the )?(?:beginning|start|1st part) of (?:{_WEEK})|early (?P<nw>next week)|early (?:in )?(?:the |this )week",
        "early",
    ),
    rule(
        "week_part",
        rf"(?:in )?(?:the )?middle of (?:{_WEEK})|mid[- ]?(?:week(?: (?:of )?(?P<nw>next week))?|(?P<nw>next week))",
        "mid",
    ),
    rule(
        "week_part",
        rf"(?:at |by |towards )?(?:the )?end of (?:{_WEEK})|late (?:in )?(?P<nw>next week)|late (?:in )?(?:the |this )week",
        "late",
    ),
    rule(
        "weekdays",
        r"(?:on |during )?(?:a |any |the )?(?:week ?days?|work(?:ing)? ?days?|business days?)|during the week",
    ),
    rule(
        "month_week",
        rf"(?:in |on )?(?:the )?(?P<nth>1st|2nd|3rd|4th|last) (?P<what>week|half) (?:of|in) (?:(?P<m>{_MON})|(?P<nm>(?:the|this|next) month))",
    ),
    rule(
        "month_name",
        r"(?:in|during|for|until|by|since|next|this|of|sometime in|before|after|from|to|late|early) (?P<p>(?P<m>january|february|march|april|may|june|july|august|september|october|november|december|sept|aug|nov|feb))(?:,? (?:of )?(?P<y>(?:19|20)\d\d))?(?! \d| i\b| we\b| (?:be|have|need))",
    ),
    rule(
        "month_name",
        r"^\W*(?P<p>(?P<m>january|february|march|april|may|june|july|august|september|october|november|december))(?: (?P<y>(?:19|20)\d\d))?\W*$",
    ),
    rule("part", r"this morning", "today_morning"),
    rule("part", r"this afternoon", "today_afternoon"),
    rule("part", r"this evening", "today_evening"),
    rule("part", r"tonight|to night", "today_evening"),
    rule("part", r"last night|yesterday (?:night|evening)", "last_night"),
    rule(
        "part",
        r"(?:in |during |on )?(?:the |a |any |late |mid[- ]?)?mornings?|a\.?m\.? (?:slot|only|hours)|before lunch",
        MORNING,
    ),
    rule(
        "part",
        r"(?:in |during |on )?(?:the |an |any |early |mid[- ]?)?afternoons?",
        AFTERNOON,
    ),
    rule("part", r"(?:in |during |on )?(?:the |an |any |early |late )?evenings?", EVENING),
    rule("part", r"(?:at |in the |during the |by )?nights?(?: time)?", NIGHT),
    rule(
        "part",
        r"(?:very early|early|1st thing)(?: in the morning| in the day)?|bright and early|early morning|as soon as you open|when you open",
        EARLY,
    ),
    rule(
        "part",
        r"last thing(?: in the (?:day|afternoon))?|(?:at |by )?(?:the )?end of (?:the )?(?:work)?day|late in the day|(?:in the )?late afternoons?",
        LATE,
    ),
    rule(
        "part",
        r"(?:at |around |over |during |on )?(?:my |the )?lunch(?: ?time| hour| break)?|midday hours",
        "noonish",
    ),
    rule("part", rf"(?:{_WD}|{_SHORT_WD}|tomorrow|today) (?P<p>a\.?m\b\.?)(?! i\b)", MORNING),
    rule("part", rf"(?:{_WD}|{_SHORT_WD}|tomorrow|today) (?P<p>p\.?m\b\.?)", AFTERNOON),
    rule("routine", r"(?:right )?after (?:my )?lunch", "13-24"),
    rule(
        "routine",
        rf"(?:right )?(?:after|when i (?:get|am) (?:off|out of|done with)|(?:getting )?off) (?:from )?{_WORK}",
        "17-24",
    ),
    rule("routine", rf"before (?:i (?:go to|start) )?{_WORK}", "0-9"),
    rule("routine", r"(?:right )?after (?:school|classes)", "15-24"),
    rule(
        "clock",
        rf"(?:at|around|about|by|like|say|for|after|before|until|til|till|from|since|past|@|approximately|approx|circa|no later than|earlier than|later than) (?:about |around |like )?(?P<p>(?P<h>{_H}){_MIN}?{_CLOCK}?(?:ish)?(?: sharp)?(?: ?{_MER})?)(?!\d|[/%-]\d|[:.]\d| ?(?:{_MON})\b|st\b|nd\b|rd\b|th\b| (?:days?|weeks?|months?|years?|minutes?|mins?|hours?|hrs?|dollars|bucks|people|tests?|times|mg|of|kids|appointments|more|options?|elements|persons?|percent|doctors))",
    ),
    rule("clock", rf"(?P<h>{_H}){_MIN}? ?{_MER}"),
    rule("clock", r"(?P<h>1[0-2]|0?\d)(?P<mi>[0-5]\d) ?(?P<mer>[ap]\.? ?m\b\.?)"),
    rule(
        "clock",
        r"(?:at|@|by|after|before|until) (?P<p>(?P<h>[01]\d|2[0-3])(?P<mi>[0-5]\d))(?! [a-z]*(?:street|st|ave|dollars)\b)",
    ),
    rule(
        "clock",
        rf"(?:at|by|after|before|until|around|about) (?P<p>one{_MIN}?(?: ?{_MER})?)(?! (?:of|more|time|point|appointment|visit|test|day|person|week|month|year|hour))",
    ),
    rule(
        "clock",
        rf"(?:{_WD}|{_SHORT_WD}|tomorrow|today),? (?P<p>(?P<h>{_H}) (?P<mi>[0-5][05]))(?! ?\w)",
    ),
    rule(
        "hours",
        rf"(?:{_WD}|{_SHORT_WD}|tomorrow|today),? (?P<p>(?P<h>{_H}) ?(?:to|till?|until|-|–) ?(?P<h2>{_H}))(?! ?(?:\d|[:/-]|am|pm|[ap]\.m|days|weeks))",
    ),
    rule("clock", rf"(?P<h>{_H}):(?P<mi>[0-5]\d)(?::\d\d)?"),
    rule("clock", rf"(?P<h>{_H}|one){_CLOCK}(?: ?{_MER})?"),
    rule("clock", rf"(?P<h>{_H})-?ish"),
    rule(
        "clock", rf"half(?: past)? (?P<h>{_H}|one)(?: ?{_MER})?(?! (?:of|price|day|hour))", "half"
    ),
    rule(
        "clock",
        rf"(?:a )?(?P<mi_and>quarter|5|10|20|25)(?: minutes)? (?:past|after) (?P<h>{_H}|one)(?: ?{_MER})?",
    ),
    rule(
        "clock",
        rf"(?:a )?(?P<less>quarter|5|10|20|25)(?: minutes)? (?:to|til|till|before|of) (?P<h>{_H}|one)(?: ?{_MER})?",
    ),
    rule("noon", r"(?:at |around )?(?:12 )?(?:noon|mid-?day|noontime)"),
    rule("midnight", r"(?:at )?(?:12 )?midnight"),
    rule(
        "hours",
        rf"(?:between|btwn?|from|anytime between) (?P<h>{_H}|one)(?P<mi1>[:.]?[0-5]\d)?(?: ?{_mer('mer1')})?(?: o ?'?clock)? ?(?:and|to|till?|until|through|-) ?(?P<h2>{_H}|one|noon)(?P<mi2>[:.]?[0-5]\d)?(?: o ?'?clock)?(?: ?{_mer('mer2')})?(?!\d|[:/.]\d|st\b|nd\b|rd\b|th\b| ?(?:{_MON})\b| (?:days?|weeks?|months?|years?|minutes?|hours?|dollars|people)|%)",
    ),
    rule(
        "hours",
        rf"(?P<h>{_H})(?P<mi1>[:.][0-5]\d)?(?: ?{_mer('mer1')})? ?(?:to|till?|until|through|-|–) ?(?P<h2>1[0-2]|0?\d)(?P<mi2>[:.][0-5]\d)? ?{_mer('mer2')}",
    ),
    rule(
        "hours", rf"(?P<h>{_H}):(?P<mi1>[0-5]\d) ?(?:to|-|–|until) ?(?P<h2>{_H}):(?P<mi2>[0-5]\d)"
    ),
    rule(
        "hours",
        rf"^\W*(?P<p>(?P<h>{_H})(?P<mi1>:[0-5]\d)? ?(?:to|-|–) ?(?P<h2>{_H})(?P<mi2>:[0-5]\d)?)\W*$",
    ),
    rule(
        "hours",
        rf"(?:at )(?P<h>{_H})(?: ?{_mer('mer1')})? or (?:at )?(?P<h2>{_H})(?: ?{_mer('mer2')})?(?! (?:days|weeks))",
        "or",
    ),
    rule(
        "days",
        rf"(?:between |from )?(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?:and|to|through|till?|until|-) ?(?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_MON})(?:,? (?P<y>(?:19|20)\d\d))?",
    ),
    rule(
        "days",
        rf"(?:between |from )?(?P<m>{_MON})\.? (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?:and|to|through|till?|until|-) ?(?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>(?:19|20)\d\d))?(?![:\d])",
    ),
    rule(
        "days",
        r"(?:between|from) the (?P<d>\d{1,2})(?:st|nd|rd|th) (?:and|to|through|till?|until) ?(?:the )?(?P<d2>\d{1,2})(?:st|nd|rd|th)",
    ),
    rule(
        "not_before",
        r"(?:not|no|nothing|never) (?:any )?(?:before|earlier than|sooner than|prior to)|on or after|at or after|no sooner than|not (?:until|till?)",
    ),
    rule(
        "not_after",
        r"(?:not|no|nothing) (?:any )?(?:later than|after|past)|at the latest|(?:on|at) or before",
    ),
    rule("since", r"(?:starting|beginning|as of|since|from)(?: (?:on|from|at))?(?= )"),
    rule("after", r"(?:any ?time )?(?:after|past|later than|following)(?= )"),
    rule("before", r"(?:any ?time )?(?:before|prior to|earlier than|ahead of)(?= )"),
    rule("until", r"until|til|till|'til|up to|by(?= )|through(?= )"),
    rule(
        "onwards",
        r"onwards?|on(?= ?[.,!?]?$)|and (?:later|after|beyond|up)|or (?:later|after)|and on",
    ),
    rule("or_before", r"or (?:before|earlier|sooner)"),
    rule("between", r"between"),
    rule(
        "asap",
        r"(?:as (?:soon|early|quickly|fast) as (?:possible|you can|(?:it s |it'?s )?available|can be)|a\.?s\.?a\.?p\.?|(?:the )?(?:soonest|earliest|1st|next)(?: (?:possible|available))? (?:appointment|slot|opening|availability|time|date|available|one)(?: available| possible| you (?:have|got))?|at (?:your|the) earliest(?: convenience| opportunity)?|(?:the )?(?:soonest|earliest)(?: you (?:have|can|got))?(?= ?[.,!?]?$)|whenever (?:is )?soonest|the sooner the better)",
    ),
)

FILLERS = word_set(
    """
    or through thru the a an on in at of for to by , like about around say and maybe perhaps
    please would be could can is it work works good time some sometime preferably ideally date
    day if possible but only just exactly approx approximately something anything anytime slot
    appointment ( ) - that s i ish also around coming either any me do come best come visit round
    """
)
MASKS = (
    r"\bgood (?:morning|afternoon|evening|night|day)\b",
    r"\b(?:nice|great|good|lovely|happy|wonderful) (?:day|week|weekend|evening|afternoon|night|rest of (?:your|the) (?:day|week))\b",
    r"\bhave an? (?:\w+ )?(?:day|week|weekend|evening|afternoon|night|one)\b",
    r"\b(?:for|over|since|about) (?:the )?(?:last |past )?(?:about |like |over )?(?:\d+|a|an|a few|several|a couple of|couple) (?:days?|weeks?|months?|years?|hours?|minutes?)\b(?! (?:ago|from))",
    r"\b(?:every|each|per) (?:\d+ )?(?:days?|weeks?|months?|hours?|minutes?|night|morning)\b",
    r"\b\d+-(?:day|week|month|hour|minute|year)s?\b",
    r"\b24 hours\b",
    r"^\W*(?:morning|afternoon|evening) ?!",
    rf"\bhappy {_WD}\b|\bdr\.? (?:{_WD}|{_MON})\b|\b(?:named?|name is|called|i'?m|son|daughter|brother|sister|wife|husband) (?:april|may|june|august)\b",
    r"\b(?:corner of )?(?:\d+ )?(?:(?:west|east|north|south|w|e|n|s)\.? )?\d+(?:st|nd|rd|th)(?: (?:and|&) \d+(?:st|nd|rd|th))? (?:street|st|avenue|ave)\b",
    r"\b\d+ [a-z]+ (?:street|st|avenue|ave|road|rd|blvd|drive)\b",
    r"\b(?:may|march) (?:i|we|you|be|have|not|need|also|she|he|it|they|to|in)\b",
    r"\blast time\b|\bone day\b|\bthe other day\b|\b(?:all|day|these) days\b",
    r"\ba 2nd\b|^\W*(?:1st|2nd|3rd|4th|5th)\W*$|\b(?:1st|2nd|3rd|4th) on the list\b|\b(?:a )?(?:2nd|1st|3rd) (?:opinion|time|one|option|choice|visit|floor|dose|of all|name|appointment|child)\b",
    r"\b(?:call|text|get back to|see|talk to) (?:me |you )?(?:later|tomorrow then|soon)\b(?<!call me tomorrow)(?<!tomorrow then)",
)
ANY_DAY = r"\b(?:any ?(?:other )?day|every ?day|all days|whenever)\b"
OCCUPIED = r"\b(?:work|working|busy|have (?:class|classes|work|school|a meeting))(?: \w+){0,3} ?$"
NEGATIONS = (
    r"\b(?:can(?:no|'? ?)t|cannot|can not|could ?n'?t|couldn'?t|won'?t|will not|wont|not able|unable|am not|i'?m not|isn'?t|is not|not free|not available|doesn'?t|does not|don'?t|do not|not good|never)\b(?! (?:before|earlier|after|later|past))[^.;!?]*?$",
    r"\b(?:except|but not|other than|instead of|rather than|not|anything but|any day but|apart from)(?: (?:on|for|the|this|in))* ?$",
)
NEGATED_AFTER = r"^ ?,? ?no(?= ?[,.;]|$)|^ ?,?(?:at all )?(?:(?:is|are|does|do|will|would|time|i|it|that|s) )*(?:not|n'?t|isn'?t|doesn'?t|don'?t|won'?t|can'?t|cannot|wouldn'?t|no good|is bad|is out)\b"
CORRECTIONS = r"\b(?:better|sorry|rather|instead|actually|i mean|make it|make that|prefer|how about|what about|but|could|can|would|let'?s|to)\b"
CONTEXT = r"\b(?:have|had|got|my|our|booked|scheduled) (?:an? |my |the )?(?:appointment|appt|visit|booking|test|checkup|consult)(?: \w+){0,6}? ?$|\b(?:it'?s|it was|is) (?:on |for |at )?$"
MOVES = r"\b(?:chang\w+|mov\w+|switch\w*|reschedul\w+|push\w*|shift\w*|swap\w*|postpone\w*|bump\w*|transfer\w*)\b"
FAREWELL = r"^\W*(?:thanks?|thank you|ok|okay|great|perfect|bye|then|and|so|cool|\W)*(?:see (?:you|ya|u)|c ?u|until|till|talk to you|catch you) (?:on )?[a-z]+(?:\W|thanks|then|thank you)*$"
