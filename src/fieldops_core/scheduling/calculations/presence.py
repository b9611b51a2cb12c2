"""
When a user is there: their working hours without their absences.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.cells import Cells, Mask, epoch, span
from fieldops_core.kernel.time import DAY_MINUTES, Period, local_date, moment
from fieldops_core.scheduling.calculations.frames import ONE_DAY, Frame
from fieldops_core.scheduling.model import Lack
from fieldops_core.staff.model import Absence, Person, WorkingHours


@lru_cache(maxsize=8192)
def not_working(hours: WorkingHours, zone: str, frame: Frame, by_day: bool) -> Mask:
    """
    The cells of a frame in which a user does not work.
    """
    return frame.cells.all & ~working(hours, zone, frame.cells, by_day=by_day)


@lru_cache(maxsize=8192)
def working(hours: WorkingHours, zone: str, cells: Cells, *, by_day: bool) -> Mask:
    """
    The cells in which a user works: their ranges as instants (HOURS), or every cell of a date with a range (DAY). A
    range over midnight belongs to the day it starts on (SCH-21).
    """
    mask = 0
    for day in _dates(zone, cells):
        ranges = hours.on(day)
        if by_day and ranges:
            mask |= cells.filled(epoch(moment(zone, day, 0)), epoch(moment(zone, day, DAY_MINUTES)))
        elif not by_day:
            for period in (range.on(day, zone) for range in ranges):
                mask |= cells.filled(epoch(period.start), epoch(period.end)) if period else 0
    return mask


@lru_cache(maxsize=8192)
def working_periods(hours: WorkingHours, zone: str, cells: Cells) -> tuple[Period, ...]:
    """
    The working hours that touch the cells, in order.
    """
    around = cells.period
    ranges = (range.on(day, zone) for day in _dates(zone, cells) for range in hours.on(day))
    return tuple(period for period in ranges if period is not None and period.overlaps(around))


def absent(person: Person, zone: str, cells: Cells, absences: Mapping[UUID, tuple[Absence, ...]]) -> Mask:
    """
    The cells that absences of the user, and holidays of their home location, touch (SCH-22).
    """
    mask = 0
    if person.id in absences or person.home in absences:
        for start, end in _away(person, zone, cells, absences):
            mask |= cells.touched(epoch(start), epoch(end))
    return mask


def absent_periods(
    person: Person, zone: str, cells: Cells, absences: Mapping[UUID, tuple[Absence, ...]]
) -> Iterator[Period]:
    """
    The absences that touch the cells.
    """
    for start, end in _away(person, zone, cells, absences):
        if cells.touched(epoch(start), epoch(end)):
            yield Period(start=start, end=end)


def _away(
    person: Person, zone: str, cells: Cells, absences: Mapping[UUID, tuple[Absence, ...]]
) -> Iterator[tuple[datetime, datetime]]:
    """
    From when until when the user is absent, on the dates of the cells. A holiday does not count on a date for which
    they have an exception, nor while a range of one reaches over midnight.
    """
    for absence in (*absences.get(person.id, ()), *absences.get(person.home, ())):
        excepted = person.hours.excepted if absence.location is not None else frozenset()
        for day in _dates(zone, cells):
            if absence.first <= day <= absence.last and day not in excepted:
                start, end = moment(zone, day, absence.start), moment(zone, day, absence.end)
                if day - ONE_DAY in excepted:
                    start = max(start, _reach(person.hours, day - ONE_DAY, zone, start))
                if start < end:
                    yield start, end


def _reach(hours: WorkingHours, day: date, zone: str, otherwise: datetime) -> datetime:
    """
    The instant until which the ranges of a date reach over midnight.
    """
    periods = (range.on(day, zone) for range in hours.on(day) if range.over_midnight)
    return max((period.end for period in periods if period), default=otherwise)


@lru_cache(maxsize=1024)
def _dates(zone: str, cells: Cells) -> tuple[date, ...]:
    """
    The local dates of the cells, and the one before: a range of it may reach over midnight.
    """
    if cells.length == 0:
        return ()
    first, last = local_date(cells.instant(0), zone), local_date(cells.instant(cells.length), zone)
    return tuple(first + ONE_DAY * offset for offset in range(-1, (last - first).days + 1))


def outside_hours(person: Person, zone: str, period: Period) -> bool:
    """
    Whether a visit does not lie inside its user's working hours: what DAY lets through and marks (SCH-07).
    """
    cells = Cells.covering(period)
    return working(person.hours, zone, cells, by_day=False) != cells.all


@frozen(kw_only=True)
class Presence:
    """
    When a user is there: their hours in the *zone* of their home, under the company's *rule*, and the absences by the
    user or location they belong to.
    """

    person: Person
    zone: str
    absences: Mapping[UUID, tuple[Absence, ...]]
    rule: WorkingHoursRule

    def lacks(self, period: Period) -> frozenset[Lack]:
        """
        Why the user is not there for a visit in a period: what the rules of a booking would ask of it (SCH-07, SCH-22),
        and whether the user is active.
        """
        cells, by_day = Cells.covering(period), self.rule is WorkingHoursRule.DAY
        asked = span(0, 1) if by_day else cells.all
        off = asked & ~working(self.person.hours, self.zone, cells, by_day=by_day)
        against = {
            Lack.NOT_WORKING: off != 0,
            Lack.ABSENT: absent(self.person, self.zone, cells, self.absences) != 0,
            Lack.DEACTIVATED: not self.person.active,
        }
        return frozenset(lack for lack, stands in against.items() if stands)


def by_owner(absences: Iterable[Absence]) -> dict[UUID, tuple[Absence, ...]]:
    """
    Absences by the user or location they belong to.
    """
    found: dict[UUID, list[Absence]] = {}
    for absence in absences:
        owner = absence.user or absence.location
        if owner is not None:
            found.setdefault(owner, []).append(absence)
    return {owner: tuple(each) for owner, each in found.items()}
