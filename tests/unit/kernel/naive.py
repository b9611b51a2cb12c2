"""
Local time by looking at a clock every minute.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

wall_time = datetime.fromisoformat
MINUTE = timedelta(minutes=1)
Minute = tuple[datetime, datetime]


@lru_cache(maxsize=64)
def minutes_around(zone: str, day: date) -> tuple[Minute, ...]:
    """
    Every minute (UTC) from two days before a date to three days after it, with what a clock in the zone shows then.
    """
    first = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    instants = (first + count * MINUTE for count in range(5 * 24 * 60))
    return tuple((instant, shown(instant, zone)) for instant in instants)


def shown(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def instants_of(told: datetime, zone: str) -> list[datetime]:
    """
    All instants at which a clock in the zone shows a time: none, one or two.
    """
    told = told.replace(fold=0)
    return [instant for instant, wall in minutes_around(zone, told.date()) if wall == told]


@lru_cache(maxsize=4096)
def first_at(told: datetime, zone: str) -> datetime:
    """
    The first instant at which a clock in the zone shows a time, or leaps over it.
    """
    if found := instants_of(told, zone):
        return found[0]
    return next(after for (_, wall), (after, next_wall) in pairs(zone, told.date()) if wall < told < next_wall)


def pairs(zone: str, day: date) -> Iterator[tuple[Minute, Minute]]:
    return pairwise(minutes_around(zone, day))


@lru_cache(maxsize=64)
def minutes_of_day(zone: str, day: date) -> list[datetime]:
    """
    All minutes (UTC) that have a local date.
    """
    return [instant for instant, wall in minutes_around(zone, day) if wall.date() == day]
