"""
Rules of what is booked many times at once.
"""

from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from fieldops_core.customers.model import Customer
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import Violation, rule, violations
from fieldops_core.kernel.time import day_in_words, local
from fieldops_core.scheduling.messages import BulkSchedule
from fieldops_core.scheduling.model import Appointment, Verdict
from fieldops_core.scheduling.rules.cases import Visit
from fieldops_core.staff.model import Person

LONGEST_DAYS = 366
MOST_APPOINTMENTS = 5_000
STEP = 30


@frozen(kw_only=True)
class Request:
    """
    What a bulk schedule asks for: *dates* are those of its range that fall on its weekdays; *today* is the customer's
    location's.
    """

    wish: BulkSchedule
    today: date
    dates: tuple[date, ...]

    @property
    def days(self) -> int:
        return (self.wish.last - self.wish.first).days + 1


@rule("BLK-01", "bulk.start_past", "The start date is today or later, not {first}.", field="first")
def range_begins_today_or_later(case: Request) -> Facts | None:
    """
    Today is the day at the customer's location.
    """
    return {"first": case.wish.first, "today": case.today} if case.wish.first < case.today else None


@rule("BLK-01", "bulk.end_too_early", "The end date is after {earliest}, not {last}.", field="last")
def range_ends_later(case: Request) -> Facts | None:
    """
    After today, and on or after the start.
    """
    earliest = max(case.today, case.wish.first - timedelta(days=1))
    return {"last": case.wish.last, "earliest": earliest} if case.wish.last <= earliest else None


@rule("BLK-01", "bulk.range_too_long", "A bulk schedule covers at most {most} days, not {days}.", field="last")
def range_is_a_year_at_most(case: Request) -> Facts | None:
    """
    366 days from the first to the last.
    """
    return {"days": case.days, "most": LONGEST_DAYS} if case.days > LONGEST_DAYS else None


@rule("BLK-01", "bulk.time_step", "The start time is a half hour, not {time}.", field="time")
def time_is_a_half_hour(case: Request) -> Facts | None:
    """
    08:00 or 08:30, but not 08:10.
    """
    told = case.wish.time
    fits = told.minute % STEP == 0 and not (told.second or told.microsecond)
    return None if fits else {"time": f"{told:%H:%M:%S}" if told.second or told.microsecond else f"{told:%H:%M}"}


@rule("BLK-01", "bulk.no_weekday", "Choose at least one day of the week.", field="weekdays")
def some_weekday_is_chosen(case: Request) -> Facts | None:
    """
    At least one.
    """
    return None if case.wish.weekdays else {}


@rule("BLK-01", "bulk.no_date", "None of the chosen weekdays falls between {first} and {last}.", field="weekdays")
def some_date_falls_on_a_weekday(case: Request) -> Facts | None:
    """
    At least one chosen weekday lies inside the range, where both can be.
    """
    possible = case.wish.weekdays and 0 < case.days <= LONGEST_DAYS
    return {"first": case.wish.first, "last": case.wish.last} if possible and not case.dates else None


@rule("BLK-01", "bulk.no_technician", "Choose at least one technician.", field="technicians")
def some_technician_is_chosen(case: Request) -> Facts | None:
    """
    At least one.
    """
    return None if case.wish.technicians else {}


@rule(
    "BLK-01",
    "bulk.too_many",
    "{count} appointments are too many: a bulk schedule creates at most {most}.",
    field="technicians",
)
def there_are_5000_at_most(case: Request) -> Facts | None:
    """
    Dates times technicians.
    """
    count = len(case.dates) * len(case.wish.technicians)
    return {"count": count, "most": MOST_APPOINTMENTS} if count > MOST_APPOINTMENTS else None


REQUEST = (
    range_begins_today_or_later,
    range_ends_later,
    range_is_a_year_at_most,
    time_is_a_half_hour,
    some_weekday_is_chosen,
    some_date_falls_on_a_weekday,
    some_technician_is_chosen,
    there_are_5000_at_most,
)


@frozen(kw_only=True)
class Occurrence:
    """
    One date of a technician: the *start* (UTC; None where a clock change skips it) and what stands against it.
    """

    date: date
    start: datetime | None
    why_not: tuple[Violation, ...] = ()


@frozen(kw_only=True)
class Share:
    """
    What one technician gets: the *visit* as it is to be on any of the dates, what stands against choosing them at all,
    and the dates.
    """

    visit: Visit
    why_not: tuple[Violation, ...]
    occurrences: tuple[Occurrence, ...]

    @property
    def person(self) -> Person:
        return self.visit.person


@frozen(kw_only=True)
class Plan:
    """
    All that a bulk schedule would do, from which its preview and its run are told (BLK-03). *against*: what stands
    against the whole.
    """

    wish: BulkSchedule
    customer: Customer
    minutes: int
    zone: str
    against: tuple[Violation, ...]
    shares: tuple[Share, ...]

    def verdict(self, share: Share, occurrence: Occurrence) -> Verdict:
        """
        A technician who is not listed is no date's affair: nothing is left out for that (BLK-10).
        """
        if self.against or share.why_not:
            return Verdict.REFUSE
        if occurrence.why_not:
            return Verdict.SKIP if self.wish.skip_unavailable else Verdict.REFUSE
        return Verdict.CREATE

    def created(self, share: Share) -> tuple[Occurrence, ...]:
        """
        The dates on which the technician would get a visit if nothing refused the whole.
        """
        return tuple(each for each in share.occurrences if not (each.why_not and self.wish.skip_unavailable))

    @property
    def total(self) -> int:
        return sum(len(self.created(share)) for share in self.shares)

    @property
    def refusals(self) -> tuple[Violation, ...]:
        """
        Everything that refuses the whole, each technician and date named.
        """
        found = list(self.against)
        for share in self.shares:
            found += [named(each, share.person) for each in share.why_not]
            if not self.wish.skip_unavailable:
                found += [named(each, share.person, at.date) for at in share.occurrences for each in at.why_not]
        return tuple(found) or violations((some_visit_is_left,), self)


@rule(
    "BLK-10",
    "bulk.nothing_left",
    "None of the technicians can be booked on any of the dates.",
    field="technicians",
)
def some_visit_is_left(plan: Plan) -> Facts | None:
    """
    Of what is left out where a technician is unavailable, something remains.
    """
    return None if any(plan.created(share) for share in plan.shares) else {"technicians": len(plan.shares)}


@rule("BLK-05", "bulk.not_created", "Unable to create the bulk appointments.")
def every_appointment_can_be_saved(plan: Plan) -> Facts | None:
    """
    All or nothing: the answer names each failing technician and date.
    """
    refusals = plan.refusals
    return {"refusals": len(refusals)} if refusals else None


RUN = (every_appointment_can_be_saved,)


def named(violation: Violation, person: Person, day: date | None = None) -> Violation:
    """
    A violation that tells whose visit it is, and of which date.
    """
    facts: dict[str, object] = {**violation.facts, "technician": person.id, "technician_name": person.name}
    if day is None:
        return evolve(violation, facts=facts)
    when = day_in_words(day)
    sentence = violation.sentence if when in violation.sentence else f"On {when}: {violation.sentence}"
    return evolve(violation, sentence=sentence, facts={**facts, "date": day})


@frozen(kw_only=True)
class Member:
    """
    One appointment of a series that is to be changed.
    """

    appointment: Appointment
    now: datetime


@rule(
    "BLK-11",
    "series.not_upcoming",
    "The visit on {date} is {status}: only upcoming ones are changed with their series.",
)
def member_is_upcoming(case: Member) -> Facts | None:
    """
    The one that is named, and of the later ones each that has not ended.
    """
    visit = case.appointment
    if visit.upcoming(case.now):
        return None
    day = local(visit.period.start, visit.zone).date()
    return {"appointment": visit.id, "status": visit.status.value, "date": day}


@frozen(kw_only=True)
class Encounter:
    """
    Two visits of one user as a change of their series would leave them, the earlier one first.
    """

    first: Visit
    second: Visit


@rule(
    "BLK-11", "series.overlap", "Two visits of the series would lie at {first} and {second} on {date}.", field="start"
)
def members_stay_apart(case: Encounter) -> Facts | None:
    """
    Members give way to each other where they were; where they come to, none stands in another.
    """
    return met(case)


def met(case: Encounter) -> Facts | None:
    """
    Where two visits would stand in each other.
    """
    first, second = case.first.start, case.second.start
    if first is None or second is None or second >= first + timedelta(minutes=case.first.minutes):
        return None
    told = [local(start, case.first.zone) for start in (first, second)]
    return {"first": f"{told[0]:%H:%M}", "second": f"{told[1]:%H:%M}", "date": told[0].date()}


SERIES = (member_is_upcoming,)
ENCOUNTER = (members_stay_apart,)
