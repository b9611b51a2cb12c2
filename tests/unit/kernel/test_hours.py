from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.hours import TimeRange, WeeklyHours, minutes_of, overlapping, time_of_day
from fieldops_core.kernel.time import DAY_MINUTES, local
from fieldops_core.testing.strategies import days, time_ranges, weekly_hours, zones
from tests.unit.kernel import naive
from tests.unit.kernel.naive import wall_time

DENVER = "America/Denver"
WEDNESDAY = date(2026, 5, 27)


@given(minutes=st.integers(0, DAY_MINUTES))
def test_a_time_of_day_is_read_as_it_is_written(minutes: int) -> None:
    assert minutes_of(time_of_day(minutes)) == minutes


@pytest.mark.parametrize(("text", "minutes"), [("00:00", 0), ("08:05", 485), ("23:59", 1439), ("24:00", 1440)])
def test_a_time_of_day_is_minutes_after_midnight(text: str, minutes: int) -> None:
    assert (minutes_of(text), time_of_day(minutes)) == (minutes, text)


@pytest.mark.parametrize(
    "text", ["", "8:00", "08:60", "24:01", "25:00", "-1:00", "08-00", "08:0", " 08:00", "08:00:00", "٠٨:٠٠", "0８:00"]
)
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        minutes_of(text)

    assert refused.value.code == "time_of_day.invalid"


@pytest.mark.rule("SCH-21")
@given(data=st.data(), zone=zones(), worked=time_ranges())
def test_a_range_goes_from_one_moment_of_the_clock_to_another(
    data: st.DataObject, zone: str, worked: TimeRange
) -> None:
    day = data.draw(days(zone))
    midnight = datetime.combine(day, datetime.min.time())
    length = (worked.end - worked.start) % DAY_MINUTES or DAY_MINUTES
    if worked.end == DAY_MINUTES:
        length = DAY_MINUTES - worked.start
    start = naive.first_at(midnight + timedelta(minutes=worked.start), zone)
    end = naive.first_at(midnight + timedelta(minutes=worked.start + length), zone)

    found = worked.on(day, zone)

    if found is None:
        assert end <= start
    else:
        assert (found.start, found.end) == (start, end)


@pytest.mark.rule("SCH-21")
def test_a_range_over_midnight_belongs_to_the_day_it_starts_on() -> None:
    found = TimeRange.parse("22:00", "06:00").on(WEDNESDAY, DENVER)

    assert found is not None
    told = [local(edge, DENVER).replace(tzinfo=None) for edge in (found.start, found.end)]
    assert told == [wall_time("2026-05-27T22:00"), wall_time("2026-05-28T06:00")]


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("08:00", "17:00", 9),
        ("08:00", "08:00", 24),
        ("00:00", "24:00", 24),
        ("12:00", "00:00", 12),
        ("23:59", "00:01", 1 / 30),
    ],
)
def test_a_range_ends_on_the_same_day_or_the_next(start: str, end: str, hours: float) -> None:
    found = TimeRange.parse(start, end).on(WEDNESDAY, DENVER)

    assert found is not None
    assert found.length == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "start", "end", "hours"),
    [
        (date(2026, 3, 8), "00:00", "08:00", 7),
        (date(2026, 3, 7), "22:00", "06:00", 7),
        (date(2026, 11, 1), "00:00", "08:00", 9),
        (date(2026, 10, 31), "22:00", "06:00", 9),
        (date(2026, 3, 8), "02:30", "04:00", 1),
    ],
)
def test_a_range_over_a_clock_change_is_as_long_as_it_really_is(day: date, start: str, end: str, hours: float) -> None:
    found = TimeRange.parse(start, end).on(day, DENVER)

    assert found is not None
    assert found.length == timedelta(hours=hours)


def test_of_a_range_that_clocks_leap_over_nothing_is_left() -> None:
    assert TimeRange.parse("02:00", "03:00").on(date(2026, 3, 8), DENVER) is None
    assert TimeRange.parse("08:00", "17:00").on(date(2011, 12, 30), "Pacific/Apia") is None


quarters = st.integers(0, 95).map(lambda count: 15 * count)
days_ranges = st.lists(st.builds(TimeRange, quarters, quarters), max_size=3).map(tuple)


@pytest.mark.rule("SCH-21")
@given(yesterday=days_ranges, today=days_ranges)
def test_ranges_overlap_where_two_of_them_cover_a_minute(
    yesterday: tuple[TimeRange, ...], today: tuple[TimeRange, ...]
) -> None:
    def minutes(range_: TimeRange, midnight: int) -> set[int]:
        end = range_.end if range_.end > range_.start else range_.end + 1440
        return set(range(midnight + range_.start, midnight + end))

    there = [minutes(each, -1440) for each in yesterday]
    own = [minutes(each, 0) for each in today]
    naive = sum(bool(one & other) for one in there for other in own) + sum(
        bool(one & other) for index, one in enumerate(own) for other in own[index + 1 :]
    )

    assert len(overlapping(yesterday, today)) == naive


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (1440, 60), (0, 1441), (0, -1)])
def test_a_range_outside_the_day_is_refused(start: int, end: int) -> None:
    with pytest.raises(InvalidValue) as refused:
        TimeRange(start, end)

    assert refused.value.code == "working_hours.invalid"


@given(hours=weekly_hours(), day=days())
def test_a_week_answers_each_day_by_its_weekday(hours: WeeklyHours, day: date) -> None:
    assert hours.on(day) == hours.days[day.weekday()] == hours.on(day + timedelta(days=7))


def test_office_hours_are_monday_to_friday() -> None:
    hours = WeeklyHours.every("08:00", "17:00")
    there = (TimeRange(480, 1020),)

    assert [hours.on(WEDNESDAY + timedelta(days=n)) for n in range(7)] == [there, there, there, (), (), there, there]
    assert WeeklyHours.every("08:00", "17:00", weekdays=(5,)).days == ((), (), (), (), (), there, ())
    assert WeeklyHours().days == ((),) * 7


@pytest.mark.parametrize("count", [0, 6, 8])
def test_a_week_has_seven_days(count: int) -> None:
    with pytest.raises(InvalidValue):
        WeeklyHours(((),) * count)
