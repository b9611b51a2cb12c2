from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.time import Period
from fieldops_core.testing.strategies import periods
from tests.unit.kernel.naive import wall_time

NOON = datetime(2026, 5, 27, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def hours(start: float, end: float) -> Period:
    return Period(start=NOON + timedelta(hours=start), end=NOON + timedelta(hours=end))


def test_a_period_holds_its_start_and_not_its_end() -> None:
    period = hours(0, 1)

    assert NOON in period
    assert period.end - timedelta(microseconds=1) in period
    assert NOON - timedelta(microseconds=1) not in period
    assert period.end not in period


@pytest.mark.rule("SCH-06")
def test_periods_that_only_touch_do_not_overlap() -> None:
    assert not hours(0, 1).overlaps(hours(1, 2))
    assert not hours(1, 2).overlaps(hours(0, 1))


@pytest.mark.parametrize("other", [(0, 1), (-1, 2), (0.25, 0.75), (-1, 0.01), (0.99, 2)])
def test_periods_that_share_an_instant_overlap(other: tuple[float, float]) -> None:
    assert hours(0, 1).overlaps(hours(*other))
    assert hours(*other).overlaps(hours(0, 1))


@given(one=periods(), other=periods(), shift=st.timedeltas(timedelta(days=-20), timedelta(days=20)))
def test_periods_overlap_when_the_later_start_lies_in_both(one: Period, other: Period, shift: timedelta) -> None:
    near = Period(start=one.start + shift, end=one.start + shift + other.length)
    later = max(one.start, near.start)

    assert one.overlaps(near) == near.overlaps(one) == (later in one and later in near)


@given(period=periods())
def test_an_instant_lies_in_a_period_when_the_shortest_period_from_it_does(period: Period) -> None:
    for instant in (period.start, period.end, period.start + period.length / 2):
        just_then = Period(start=instant, end=instant + timedelta(microseconds=1))
        assert (instant in period) == period.overlaps(just_then)


@given(period=periods())
def test_minutes_are_whole(period: Period) -> None:
    assert timedelta(minutes=period.minutes) <= period.length < timedelta(minutes=period.minutes + 1)


@given(periods=st.lists(periods(), min_size=2))
def test_periods_sort_by_their_start(periods: list[Period]) -> None:
    in_order = sorted(periods)

    assert [each.start for each in in_order] == sorted(each.start for each in periods)


def test_a_period_tells_its_edges_in_utc() -> None:
    denver = ZoneInfo("America/Denver")
    told = Period(start=datetime(2026, 5, 27, 9, tzinfo=denver), end=datetime(2026, 5, 27, 10, tzinfo=denver))

    assert told == Period(start=NOON + timedelta(hours=3), end=NOON + timedelta(hours=4))
    assert (told.start.tzinfo, told.end.tzinfo) == (UTC, UTC)


def test_a_period_over_a_clock_change_has_its_elapsed_length() -> None:
    denver = ZoneInfo("America/Denver")
    told = Period(start=datetime(2026, 3, 8, 1, tzinfo=denver), end=datetime(2026, 3, 8, 4, tzinfo=denver))

    assert told.length == timedelta(hours=2)


def test_an_edge_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidValue) as refused:
        Period(start=NOON, end=wall_time("2026-05-27T13:00"))

    assert (refused.value.code, refused.value.field) == ("time.naive", "end")


@pytest.mark.parametrize("hours_after", [0, -1])
def test_a_period_that_does_not_end_after_its_start_is_refused(hours_after: int) -> None:
    with pytest.raises(InvalidValue) as refused:
        hours(0, hours_after)

    assert (refused.value.code, refused.value.field) == ("period.empty", "end")
