"""
Fitting by looking at every minute of a day, with a clock on the wall of the office and one at home.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from attrs import frozen

from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.time import Period
from fieldops_core.staff.model import Absence, WorkingHours
from tests.unit.kernel.naive import MINUTE, first_at, minutes_of_day, shown

ONE_DAY = timedelta(days=1)


@frozen(kw_only=True, eq=False)
class Minutes:
    """
    Everything that stands against a user's minutes: *zone* is the visit's, *home* the user's. The grid and the steps
    are in minutes.
    """

    zone: str
    home: str
    hours: WorkingHours
    rule: WorkingHoursRule
    absences: tuple[Absence, ...]
    taken: tuple[Period, ...]
    now: datetime
    grid: tuple[int, int]

    def starts(self, day: date, minutes: int, step: int) -> list[datetime]:
        """
        Every start of a local day that fits.
        """
        return [start for start in minutes_of_day(self.zone, day)[::step] if self.fits(start, minutes, step)]

    def fits(self, start: datetime, minutes: int, step: int) -> bool:
        day = shown(start, self.zone).date()
        free = _free(self, day)
        opens, closes = (_at(day, edge, self.zone) for edge in self.grid)
        return (
            start in minutes_of_day(self.zone, day)[::step]
            and opens <= start
            and start + minutes * MINUTE <= closes
            and start >= self.now
            and (self.rule is WorkingHoursRule.HOURS or bool(self.hours.on(shown(start, self.home).date())))
            and all(start + count * MINUTE in free for count in range(minutes))
        )

    def free(self, day: date) -> Iterator[datetime]:
        """
        The minutes of a local day in which nothing is taken, nobody is absent, and, under HOURS, the user works.
        """
        ranges, away = list(self._ranges(day)), self._away(day)
        for minute in minutes_of_day(self.zone, day):
            works = self.rule is WorkingHoursRule.DAY or _inside(minute, ranges)
            if works and not _inside(minute, self.taken) and not _inside(minute, away):
                yield minute

    def _ranges(self, around: date) -> Iterator[Period]:
        for day in _around(around):
            for each in self.hours.on(day):
                last = day if each.end > each.start else day + ONE_DAY
                yield from _period(_at(day, each.start, self.home), _at(last, each.end, self.home))

    def _away(self, around: date) -> list[Period]:
        return [
            period
            for absence in self.absences
            for day in _around(around)
            if absence.first <= day <= absence.last
            and not (absence.location is not None and day in self.hours.excepted)
            for period in _period(_at(day, absence.start, self.home), _at(day, absence.end, self.home))
        ]


@lru_cache(maxsize=8)
def _free(minutes: Minutes, day: date) -> frozenset[datetime]:
    return frozenset(minutes.free(day))


def _around(day: date) -> list[date]:
    return [day + ONE_DAY * offset for offset in (-2, -1, 0, 1, 2)]


def _at(day: date, minutes: int, zone: str) -> datetime:
    return first_at(datetime(day.year, day.month, day.day) + minutes * MINUTE, zone)


def _period(start: datetime, end: datetime) -> Iterator[Period]:
    if start < end:
        yield Period(start=start, end=end)


def _inside(minute: datetime, periods: Iterable[Period]) -> bool:
    return any(minute in period for period in periods)
