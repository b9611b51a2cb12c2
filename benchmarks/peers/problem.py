"""
What all sides of the fitting benchmark start from and end at, in words of the standard library alone: peers live in an
environment that knows nothing of fieldops.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

WHOLE_DAY = (0, 24 * 60)

Ranges = tuple[tuple[int, int], ...]
Answer = Mapping[UUID, Sequence[datetime]]
"""
The instants at which each user could start, ascending.
"""


@dataclass(frozen=True)
class Problem:
    """
    A week of some technicians. *people*: a user and the working hours of each weekday, Monday first, as minutes after
    midnight. *absences*: a user, the first and the last day, from and until which minute of each. *taken*: rows of
    (user, appointment, start, until) as a database told them, by user and start, in seconds since 1970. A visit of
    *minutes* is to start on a step of *step* minutes, between *opens* and *closes* minutes after midnight.
    """

    zone: str
    first: date
    days: int
    minutes: int
    step: int
    opens: int
    closes: int
    people: list[tuple[UUID, tuple[Ranges, ...]]]
    absences: list[tuple[UUID, date, date, int, int]]
    taken: list[tuple[UUID, UUID, int, int]]

    @property
    def dates(self) -> list[date]:
        return [self.first + timedelta(days=offset) for offset in range(self.days)]

    def at(self, day: date, minutes: int) -> datetime:
        """
        The instant of so many minutes after a day's midnight, told in the zone. No clock changes in these weeks.
        """
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone)) + timedelta(minutes=minutes)

    def away(self) -> Iterator[tuple[UUID, date, int, int]]:
        """
        The absences day by day: whose, on which day, from and until which minute.
        """
        for user, first, last, start, end in self.absences:
            for day in self.dates:
                if first <= day <= last:
                    yield user, day, start, end

    def of_the_first(self, count: int) -> "Problem":
        """
        The same for the first so many users alone.
        """
        people = self.people[:count]
        users = {user for user, _ in people}
        absences = [each for each in self.absences if each[0] in users]
        return replace(self, people=people, absences=absences, taken=[row for row in self.taken if row[0] in users])


@dataclass(frozen=True)
class Side:
    """
    One way to solve the problem. What *solve* answers is turned into the answer by *told*, which is not timed.
    """

    solve: Callable[[], Any]
    told: Callable[[Any], Answer]
