"""What a played month comes to, in figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clinic.appointments import AppointmentStatus
from conversations.keys import country_of
from conversations.outgoing import TEXTING
from integrations.twilio.prices import PriceList
from outreach.simulation.month import BEGINS, Played, Wanted
from outreach.simulation.phones import Sent


@dataclass(frozen=True, slots=True)
class Day:
    """One day of it. freed: slots that came free that day; refilled: those taken again since."""

    day: date
    freed: int
    refilled: int
    reminders: int
    offers: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One month. Visits are those whose time lay within it, by how they ended.

    offered, filled: slots that were offered, and filled by an offer. messages: by channel.
    refused: changes that the clinic's rules refused, such as those of old buttons. turned_away:
    patients for whom there was no time. cost: US dollars by the price list, for what was sent;
    None where a price is missing.
    """

    visits: int
    attended: int
    no_shows: int
    cancelled: int
    confirmed: int
    moved: int
    cancellations: int
    rebooked: int
    freed: int
    refilled: int
    offered: int
    filled: int
    offers: int
    accepted: int
    messages: Mapping[str, int]
    segments: int
    answers: int
    opted_out: int
    refused: int
    turned_away: int
    cost: Decimal | None
    days: Sequence[Day]


def figures_of(played: Played, wanted: Wanted, prices: PriceList) -> Figures:
    """Counts what happened."""
    ended = Counter(
        visit.appointment.status
        for visit in played.desk.visits.values()
        if visit.appointment.start < wanted.ends
    )
    report, total = played.services.waitlist.fill_report(BEGINS, wanted.ends), played.diary.total
    sent = played.sent
    return Figures(
        visits=ended.total(),
        attended=ended[AppointmentStatus.COMPLETED],
        no_shows=ended[AppointmentStatus.NO_SHOW],
        cancelled=ended[AppointmentStatus.CANCELLED],
        confirmed=total("confirmed"),
        moved=total("moved"),
        cancellations=total("cancelled"),
        rebooked=total("rebooked"),
        freed=total("freed"),
        refilled=total("refilled"),
        offered=report.offered,
        filled=report.filled,
        offers=report.offers,
        accepted=report.accepted,
        messages=dict(Counter(each.channel for each in sent)),
        segments=sum(each.segments for each in sent if each.channel == TEXTING),
        answers=total("answers"),
        opted_out=total("opted_out"),
        refused=total("refused"),
        turned_away=total("turned_away"),
        cost=_cost(sent, prices),
        days=_days(played, wanted),
    )


def _cost(sent: Sequence[Sent], prices: PriceList) -> Decimal | None:
    """A call is counted as a minute."""
    units: Counter[tuple[str, str]] = Counter()
    for each in sent:
        units[each.channel, country_of(each.address) or ""] += each.segments
    cost = Decimal()
    for (channel, country), number in units.items():
        listed = prices.of(channel, country)
        if listed is None:
            return None
        cost += listed.price * number
    return cost


def _days(played: Played, wanted: Wanted) -> list[Day]:
    diary = played.diary
    told = Counter((diary.day(each.at), each.is_offer) for each in played.sent)
    first = diary.day(BEGINS)
    days = [first + timedelta(days=number) for number in range(wanted.days)]
    return [
        Day(
            day,
            diary.on("freed", day),
            diary.on("refilled", day),
            told[day, False],
            told[day, True],
        )
        for day in days
    ]
