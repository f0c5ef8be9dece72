"""How patients in the United States say when; said on Tuesday 10 March 2026 at 09:00."""

TABLE = """
today = 10
tomorrow = 11
tmrw = 11
tommorow = 11
the day after tomorrow = 12
yesterday = 09
Thursday = 12
on thursday = 12
thurs = 12
this Friday = 13
on Fri = 13
Saturday = 14
on Sunday = 15
Monday = 16
next Monday = 16
next Thursday = 19
thursday next week = 19
Thursday of next week = 19
Tuesday = 17
the 13th = 13
Friday the 13th = 13
Friday, March 13 = 13
March 20 = 20
March 20th = 20
on the 20th of March = 20
20 March = 20
the 20th = 20
the twentieth = 20
the 5th of next month = 04-05
December 3 = 12-03
December third = 12-03
dec 3rd = 12-03
Dec. 3, 2026 = 12-03
the 3rd of December = 12-03
12/03 = 12-03
12/3/2026 = 12-03
3/25 = 25
3/25 at 10 = 25 10h
2026-04-15 = 04-15
in three days = 13
3 days from now = 13
in a week = 17
a week from now = 17
in two weeks = 24
in a couple of weeks = 24
in a month = 04-10
next week = week 16
this week = week 09
the week after next = week 23
this weekend = 14..15
over the weekend = 14..15
this month = month 03
next month = month 04
in April = month 04
sometime in December = month 12
at the end of the month = late 03
in early April = early 04
mid April = mid 04
in the morning = 10 morning
mornings = 10 morning
in the afternoon = 10 afternoon
this afternoon = 10 afternoon
this morning = 10 morning
tonight = 10 evening
this evening = 10 evening
tomorrow morning = 11 morning
tomorrow afternoon = 11 afternoon
tomorrow evening = 11 evening
tomorrow night = 11 night
Thursday afternoon = 12 afternoon
on Friday in the morning = 13 morning
Monday mornings = 16 morning
early tomorrow = 11 early
first thing in the morning = 10 early
first thing tomorrow = 11 early
tomorrow first thing = 11 early
late Friday afternoon = 13 afternoon
at 3 = 10 15h
at three = 10 15h
3pm = 10 15h
3 pm = 10 15h
3 p.m. = 10 15h
at 3 in the afternoon = 10 15h
at 10 = 10 10h
at 10 in the morning = 10 10h
10am = 10 10h
10:30 = 10 10:30
10:30am = 10 10:30
at 10:30 AM = 10 10:30
at 8 = 11 08h
at 15:30 = 10 15:30
3:30 = 10 15:30
three thirty = 10 15:30
at three thirty = 10 15:30
half past three = 10 15:30
half past 10 = 10 10:30
quarter past 4 = 10 16:15
a quarter to five = 10 16:45
ten to four = 10 15:50
20 past 4 = 10 16:20
around 4 = 10 16h
about 11 = 10 11h
4ish = 10 16h
3 o'clock = 10 15h
noon = 10 12h
at noon = 10 12h
at midday = 10 12h
at 12 = 10 12h
tomorrow at 3 = 11 15h
tomorrow at 9 = 11 09h
tomorrow at 9:30 = 11 09:30
tomorrow 3pm = 11 15h
at 3pm tomorrow = 11 15h
the day after tomorrow at 3:30 = 12 15:30
Friday at 3 = 13 15h
friday 10am = 13 10h
Monday at 8:15 = 16 08:15
Thursday at noon = 12 12h
December 3 at 9am = 12-03 09h
the 20th at 5pm = 20 17h
at 10 on Friday = 13 10h
today at 5 = 10 17h
between 10 and 12 = 10 10h-12h
from 10 to 12 = 10 10h-12h
between 3 and 5 pm = 10 15h-17h
3-5pm = 10 15h-17h
tomorrow between 10 and 12 = 11 10h-12h
Thursday from 4 to 6 = 12 16h-18h
Friday between 9am and 1pm = 13 09h-13h
after 4 = 10 16h >
after 4pm = 10 16h >
any time after 5 = 10 17h >
from 5 onwards = 10 17h >
Thursday after 4 = 12 16h >
next Thursday after 4 = 19 16h >
tomorrow after 5pm = 11 17h >
before noon = 10 12h <
before 11am = 10 11h <
before the 15th = 15 <
after the 15th = 16 >
not before the 15th = 15 >
from the 15th onwards = 15 >
starting Monday = 16 >
after Friday = 14 >
until 6 = 10 18h <
from the 16th to the 20th = 16..20
March 16-20 = 16..20
from December 3 to December 5 = 12-03..12-05
between Monday and Wednesday = 16..18
Monday through Friday = 16..20
Thursday or Friday = 12..13
as soon as possible = asap
asap = asap
the earliest available appointment = asap
in half an hour = 10 09:30
in an hour = 10 10:00
in two hours = 10 11:00
in 45 minutes = 10 09:45
I can't do Tuesday, Friday would be better = 13
Thursday doesn't work, how about Friday afternoon? = 13 afternoon
Thursday, sorry, I mean Friday = 13
any day except Thursday, maybe Monday = 16
move my appointment from Tuesday to Friday = 13
reschedule my Thursday visit to Monday at 10 = 16 10h
I have an appointment on Thursday but I'd prefer Friday at 11 = 13 11h
Hi, good morning! I'd like an appointment on Thursday afternoon if possible, thanks = 12 afternoon
something came up at work so I won't make it. could we do next Monday around 4? = 16 16h
I work mornings so friday after 5 is better for me = 13 17h >
can you fit me in today? = 10
after christmas = 12-26 >
"""

NONE = """
I'm 45 years old
my back has hurt for 2 days
I've had a cough for 3 weeks
2025550143
my number is 202-555-0143
+1 (202) 555-0143
it costs $50
that is 200 dollars
I need 2 tests
there are 3 of us
my order number is 20345
good morning
good afternoon
good evening, how are you
hi
thanks, see you tomorrow
I want to cancel my appointment
how much is a blood test
I live at 12 Main Street
one more time please
can I talk to someone
I'm running late
just a moment
I take a pill every 8 hours
do I need to fast for 12 hours
are you open 24 hours
the second option
I want a second opinion
my daughter is 3 months old
may I ask a question
I sat in the waiting room
the sun is too bright
not sure
1
2
room 4
ok
yes please
I weigh 80 kg
my email is ana10@mail.com
have a nice weekend
see you later
"""
