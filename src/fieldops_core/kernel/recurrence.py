"""
Dates that come again, as RFC 5545 counts them.
"""

from collections.abc import Collection
from datetime import date, datetime

from dateutil.rrule import WEEKLY, rrule


def weekly(first: date, last: date, weekdays: Collection[int]) -> tuple[date, ...]:
    """
    The dates from *first* to *last*, both included, that fall on some weekdays (0 is Monday).
    """
    if not weekdays or last < first:
        return ()
    begin, end = (datetime(day.year, day.month, day.day) for day in (first, last))  # noqa: DTZ001 - dates have no zone
    found = rrule(WEEKLY, dtstart=begin, until=end, byweekday=sorted(weekdays))
    return tuple(each.date() for each in found)
