"""
Instants, periods, and the local days and times of a zone across clock changes.

Instants are aware datetimes in UTC. A local time is a naive datetime (its ``fold`` tells the second of two) together
with the key of a zone, such as ``America/Denver``. Nothing here reads a clock: *now* is handed in (:class:`Clock`).
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from attrs import field, frozen

from fieldops_core.kernel.errors import InvalidValue

DAY_MINUTES = 24 * 60
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


class Clock(Protocol):
    """
    Tells the present instant, aware and in UTC.
    """

    def __call__(self) -> datetime: ...


@frozen(kw_only=True, order=True)
class Period:
    """
    From *start* up to, not including, *end*: two instants, told in UTC. The one half-open interval of the system.

    Raises:
        InvalidValue: where an edge has no zone, or the end is not after the start.
    """

    start: datetime = field()
    end: datetime = field()

    def __attrs_post_init__(self) -> None:
        for name, edge in (("start", self.start), ("end", self.end)):
            if edge.tzinfo is None:
                raise InvalidValue("time.naive", f"The {name} of a period needs a zone.", field=name)
            if edge.tzinfo is not UTC:
                object.__setattr__(self, name, edge.astimezone(UTC))
        if self.end <= self.start:
            raise InvalidValue("period.empty", "A period ends after it starts.", field="end")

    @property
    def length(self) -> timedelta:
        """
        The elapsed time.
        """
        return self.end - self.start

    @property
    def minutes(self) -> int:
        """
        The elapsed time in whole minutes.
        """
        return self.length // timedelta(minutes=1)

    def overlaps(self, other: "Period") -> bool:
        """
        Whether some instant lies in both. Two periods that only touch do not overlap.
        """
        return self.start < other.end and other.start < self.end

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


def zone_info(key: str) -> ZoneInfo:
    """
    Raises:
        InvalidValue: where the tz database has no such zone.
    """
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError, TypeError) as error:
        raise InvalidValue("zone.unknown", f"There is no time zone {key!r}.", facts={"zone": key}) from error


def local(instant: datetime, zone: str) -> datetime:
    """
    The instant as people of that zone tell it, with offset.
    """
    # Two local times that a clock change repeats are equal to a cache: it is asked in UTC alone.
    return _local(instant, zone) if instant.tzinfo is UTC else instant.astimezone(zone_info(zone))


@lru_cache(maxsize=65_536)
def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(zone_info(zone))


def resolve(told: datetime, zone: str) -> datetime | None:
    """
    The instant (UTC) that a told time means: naive in *zone*, or itself where it has an offset. A time that occurs
    twice means the first, with ``fold=1`` the second. None where a clock change skips it (SCH-02).
    """
    if told.tzinfo is not None:
        return told.astimezone(UTC)
    instant = told.replace(tzinfo=zone_info(zone)).astimezone(UTC)
    if instant.astimezone(zone_info(zone)).replace(tzinfo=None) != told.replace(fold=0):
        return None
    return instant


def repeated(told: datetime, zone: str) -> bool:
    """
    Whether clocks in a zone show a naive time twice (SCH-02).
    """
    first, second = (resolve(told.replace(fold=fold), zone) for fold in (0, 1))
    return first is not None and first != second


@lru_cache(maxsize=65_536)
def told_instant(told: datetime, zone: str, *, field: str, rule: str = "SCH-02") -> datetime:
    """
    The instant (UTC) that a time tells which somebody sent in *field*, as :func:`resolve` reads it.

    Raises:
        InvalidValue: where it is no time to plan with, or the clocks skip it.
    """
    valid_date(told.date(), field=field)
    instant = resolve(told, zone)
    if instant is None:
        sentence = f"On {day_in_words(told)} the clocks skip {told:%H:%M} in {zone}."
        raise InvalidValue("time.nonexistent", sentence, field=field, rule=rule)
    return instant


def moment(zone: str, day: date, minutes: int) -> datetime:
    """
    The first instant (UTC) at which a clock in *zone* shows *day* and *minutes* after midnight, or, where a clock
    change skips that, the instant of the change. 1440 is the beginning of the next day.
    """
    told = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    instant = resolve(told, zone)
    return instant if instant is not None else _change(told, zone)


def _change(told: datetime, zone: str) -> datetime:
    """
    The instant of the clock change that skips a told time, to the minute.
    """
    info = zone_info(zone)
    after = told.replace(tzinfo=info).astimezone(UTC)
    before = told.replace(tzinfo=info, fold=1).astimezone(UTC)
    offset = after.astimezone(info).utcoffset()
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        if middle.astimezone(info).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(second=0, microsecond=0)


def local_day(zone: str, day: date) -> Period | None:
    """
    A local date as a period. None for a date that the zone skipped.
    """
    start, end = moment(zone, day, 0), moment(zone, day, DAY_MINUTES)
    return Period(start=start, end=end) if start < end else None


def local_date(instant: datetime, zone: str) -> date:
    """
    The date that people of that zone write at an instant.
    """
    return local(instant, zone).date()


def day_in_words(day: date) -> str:
    """
    A date as sentences tell it: ``Wed 27 May 2026``.
    """
    return f"{day:%a} {day.day} {day:%b %Y}"


def valid_date(day: date, *, field: str | None = None) -> date:
    """
    Raises:
        InvalidValue: where the date lies before 1900 or after 2199.
    """
    if not EARLIEST <= day < LATEST:
        raise InvalidValue("date.out_of_range", f"{day.isoformat()} is not a date to plan with.", field=field)
    return day
