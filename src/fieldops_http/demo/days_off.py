"""
Who is away when, and who works at other times than usual.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from attrs import field, frozen
from dateutil.relativedelta import MO, TH, relativedelta

from fieldops_core.access.model import Actor, Kind
from fieldops_core.kernel.hours import Ranges, TimeRange
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import DAY_MINUTES
from fieldops_core.staff.messages import AddAbsence, ChangeWorkingHours
from fieldops_core.staff.model import DatedHours
from fieldops_http.demo.chance import chance_of
from fieldops_http.demo.offices import Office
from fieldops_http.demo.opening import Colleague, Opened
from fieldops_http.demo.teller import Teller

ON_CALL = (TimeRange.parse("09:00", "13:00"),)
SATURDAY_SHIFT = (TimeRange.parse("08:00", "12:00"),)
ENOUGH = 4
"""
With so many technicians at work today an office can do without one of them.
"""
LONG = (("Vacation", 5), ("Vacation", 9), ("Jury duty", 2), ("Parental leave", 14), ("Training at the manufacturer", 3))
SHORT = (("Flu", 0, DAY_MINUTES), ("Dentist", 13 * 60, 15 * 60), ("Truck in the shop", 8 * 60, 10 * 60))


def without(ranges: Ranges, start: int, end: int) -> Ranges:
    """
    What is left of a day's ranges without some of its minutes.
    """
    edges = [pair for r in ranges for pair in ((r.start, min(r.end, start)), (max(r.start, end), r.end))]
    return tuple(TimeRange(*pair) for pair in edges if pair[0] < pair[1])


@frozen(kw_only=True)
class Away:
    """
    Minutes of some dates on which somebody (*user*; None: the whole office) does not work.
    """

    office: Office
    user: UserId | None = None
    first: date
    last: date
    start: int = 0
    end: int = DAY_MINUTES
    reason: str

    def left_of(self, day: date, ranges: Ranges) -> Ranges:
        """
        What is left of a day's ranges.
        """
        return without(ranges, self.start, self.end) if self.first <= day <= self.last else ranges


@frozen(kw_only=True)
class Roster:
    """
    When everybody works: their weekly hours, but for *dated* ones, and for when they are *away*.
    """

    away: Sequence[Away]
    dated: Mapping[UserId, Mapping[date, Ranges]] = field(factory=dict)

    def free(self, colleague: Colleague, day: date) -> Ranges:
        """
        The local ranges of a date in which somebody can be booked. Dated hours outweigh what the office has off.
        """
        dated = self.dated.get(colleague.user, {}).get(day)
        ranges = colleague.member.weekly.on(day) if dated is None else dated
        for each in self.away:
            if each.user == colleague.user or (each.user is None and each.office is colleague.office and dated is None):
                ranges = each.left_of(day, ranges)
        return ranges


def roster(team: Sequence[Colleague], days: Sequence[date], today: date) -> Roster:
    """
    Holidays with somebody on call, an afternoon of training, absences of some days and of some hours, shifts on
    Saturdays; and today, in each office that has enough people, one who is ill and one who leaves for two hours.
    """
    offices = list(dict.fromkeys(each.office for each in team))
    shared = [away for office in offices for away in _of_office(office, days, today)]
    visiting = [each for each in team if each.kind in (Kind.TECH, Kind.SALES)]
    single = [away for each in visiting for away in _of_one(each, days, today)]
    todays = [away for office in offices for away in _of_today(office, team, today)]
    dated = {each.user: dict(_dated(each, shared, days)) for each in visiting}
    return Roster(away=(*shared, *single, *todays), dated=dated)


def enter(roster: Roster, team: Sequence[Colleague], teller: Teller, opened: Opened) -> None:
    for each in roster.away:
        command = AddAbsence(
            user=each.user,
            location=None if each.user else opened.offices[each.office.name],
            first=each.first,
            last=each.last,
            start=each.start,
            end=each.end,
            reason=each.reason,
        )
        teller.do(command, object, opened.owner)
    for colleague in team:
        _enter_dated(colleague, roster.dated.get(colleague.user, {}), teller, opened.owner)


def _enter_dated(colleague: Colleague, dated: Mapping[date, Ranges], teller: Teller, by: Actor) -> None:
    if dated:
        hours = tuple(DatedHours(day, ranges) for day, ranges in dated.items())
        command = ChangeWorkingHours(user=colleague.user, weekly=colleague.member.weekly, dated=hours)
        teller.do(command, object, by)


def holidays(office: Office, year: int) -> Iterator[tuple[date, str]]:
    """
    The days of a year on which an office is closed.
    """
    yield date(year, 1, 1), "New Year's Day"
    yield date(year, 5, 31) + relativedelta(weekday=MO(-1)), "Memorial Day"
    yield date(year, 7, 4), "Independence Day"
    if office.holiday:
        month, day, name = office.holiday
        yield date(year, month, day), name
    yield date(year, 9, 1) + relativedelta(weekday=MO(1)), "Labor Day"
    yield date(year, 11, 1) + relativedelta(weekday=TH(4)), "Thanksgiving"
    yield date(year, 12, 25), "Christmas Day"


def _of_office(office: Office, days: Sequence[date], today: date) -> Iterator[Away]:
    """
    A holiday that falls on today is worked through: who opens a demo wants to see a day of work.
    """
    years = range(days[0].year, days[-1].year + 1)
    closed = {day: name for year in years for day, name in holidays(office, year) if day in days and day != today}
    for day, name in closed.items():
        yield Away(office=office, first=day, last=day, reason=name)
    thursday = today + timedelta(days=1) + relativedelta(weekday=TH(1))
    if thursday not in closed:
        yield Away(office=office, first=thursday, last=thursday, start=15 * 60, end=17 * 60, reason="Safety training")


def _of_one(colleague: Colleague, days: Sequence[date], today: date) -> Iterator[Away]:
    """
    Absences of one of the team, none of them today.
    """
    chance = chance_of(colleague.member.name, "away")
    long, short = (chance.random() < likely for likely in (0.4, 0.5))
    reason, length = chance.choice(LONG)
    first = chance.choice(days)
    last = first + timedelta(days=length - 1)
    if long and not first <= today <= last:
        yield Away(office=colleague.office, user=colleague.user, first=first, last=last, reason=reason)
    reason, start, end = chance.choice(SHORT)
    day = chance.choice(days)
    if short and day != today:
        yield Away(
            office=colleague.office, user=colleague.user, first=day, last=day, start=start, end=end, reason=reason
        )


def _of_today(office: Office, team: Sequence[Colleague], today: date) -> Iterator[Away]:
    technicians = (each for each in team if each.office is office and each.kind is Kind.TECH)
    at_work = [each for each in technicians if each.member.weekly.on(today)]
    if len(at_work) < ENOUGH:
        return
    ill, leaving = chance_of(today, office.name).sample(at_work, 2)
    yield Away(office=office, user=ill.user, first=today, last=today, reason="Flu")
    yield Away(
        office=office, user=leaving.user, first=today, last=today, start=13 * 60, end=15 * 60, reason="School meeting"
    )


def _dated(colleague: Colleague, shared: Sequence[Away], days: Sequence[date]) -> Iterator[tuple[date, Ranges]]:
    """
    The hours of whoever is on call on holidays, and of some on a Saturday.
    """
    if colleague.member is colleague.office.technicians[0]:
        closed = (each.first for each in shared if each.office is colleague.office and each.end == DAY_MINUTES)
        yield from ((day, ON_CALL) for day in closed)
    chance: Random = chance_of(colleague.member.name, "saturday")
    saturdays = [day for day in days if day.weekday() == 5 and not colleague.member.weekly.on(day)]
    if saturdays and chance.random() < 0.3:
        yield chance.choice(saturdays), SATURDAY_SHIFT
