"""
Weekly patterns of local time ranges, as they stand on a shift plan.
"""

from datetime import date, timedelta

from attrs import field, frozen

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.time import DAY_MINUTES, Period, moment


def minutes_of(text: str) -> int:
    """
    Minutes after midnight of ``HH:MM``; ``24:00`` is 1440.

    Raises:
        InvalidValue: where the text is no time of day.
    """
    hours, colon, minutes = text.partition(":")
    digits = len(text) == 5 and text.isascii() and colon and hours.isdigit() and minutes.isdigit()
    if not digits or int(minutes) > 59 or int(hours) * 60 + int(minutes) > DAY_MINUTES:
        raise InvalidValue("time_of_day.invalid", f"{text!r} is not a time between 00:00 and 24:00.")
    return int(hours) * 60 + int(minutes)


def time_of_day(minutes: int) -> str:
    """
    ``HH:MM`` of minutes after midnight.
    """
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@frozen
class TimeRange:
    """
    From *start* to *end*, minutes after local midnight. An end at or before the start lies on the next day: the range
    crosses midnight and belongs to the day it starts on (SCH-21).

    Raises:
        InvalidValue: where an edge is no time of day.
    """

    start: int = field()
    end: int = field()

    @classmethod
    def parse(cls, start: str, end: str) -> "TimeRange":
        return cls(minutes_of(start), minutes_of(end))

    def __attrs_post_init__(self) -> None:
        if not (0 <= self.start < DAY_MINUTES and 0 <= self.end <= DAY_MINUTES):
            raise InvalidValue("working_hours.invalid", "Working hours lie between 00:00 and 24:00.")

    @property
    def over_midnight(self) -> bool:
        return self.end <= self.start

    @property
    def until(self) -> int:
        """
        Its end in minutes after the midnight that it begins after: over 1440 where it lies on the next day.
        """
        return self.end + DAY_MINUTES if self.over_midnight else self.end

    def __str__(self) -> str:
        return f"{time_of_day(self.start)}–{time_of_day(self.end)}"

    def on(self, day: date, zone: str) -> Period | None:
        """
        The range on a local date, as instants. None where a clock change leaves nothing of it.
        """
        last = day + timedelta(days=1) if self.over_midnight else day
        start, end = moment(zone, day, self.start), moment(zone, last, self.end)
        return Period(start=start, end=end) if start < end else None


Ranges = tuple[TimeRange, ...]


def overlapping(yesterday: Ranges, today: Ranges) -> tuple[tuple[TimeRange, TimeRange], ...]:
    """
    The ranges of a day that begin before an earlier one ends, each with that one: another of the day, or one that came
    over midnight.
    """
    found, there = [], [(each.until - DAY_MINUTES, each) for each in yesterday if each.over_midnight]
    for each in sorted(today, key=lambda range: (range.start, range.until)):
        found += [(earlier, each) for until, earlier in there if each.start < until]
        there.append((each.until, each))
    return tuple(found)


def _seven(_: object, __: object, days: tuple[Ranges, ...]) -> None:
    if len(days) != 7:
        raise InvalidValue("working_hours.invalid", "A weekly pattern has seven days, Monday first.")


@frozen(cache_hash=True)
class WeeklyHours:
    """
    The ranges of each weekday, Monday first. A day without a range is not worked.
    """

    days: tuple[Ranges, ...] = field(default=((),) * 7, validator=_seven)

    @classmethod
    def every(cls, start: str, end: str, *, weekdays: range | tuple[int, ...] = range(5)) -> "WeeklyHours":
        """
        The same range on each of some weekdays (0 is Monday), by default Monday to Friday.
        """
        there = (TimeRange.parse(start, end),)
        return cls(tuple(there if weekday in weekdays else () for weekday in range(7)))

    def on(self, day: date) -> Ranges:
        return self.days[day.weekday()]
