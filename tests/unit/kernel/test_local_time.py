from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.time import (
    DAY_MINUTES,
    local,
    local_date,
    local_day,
    moment,
    repeated,
    resolve,
    valid_date,
    zone_info,
)
from fieldops_core.testing.strategies import ZONES, clock_changes, days, instants, told_times, zones
from tests.unit.kernel import naive
from tests.unit.kernel.naive import wall_time

DENVER, LORD_HOWE, TROLL = "America/Denver", "Australia/Lord_Howe", "Antarctica/Troll"
SANTIAGO, APIA = "America/Santiago", "Pacific/Apia"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.rule("SCH-02")
@given(data=st.data(), zone=zones())
def test_a_told_time_is_the_instant_at_which_a_clock_shows_it(data: st.DataObject, zone: str) -> None:
    told = data.draw(told_times(zone))
    found = naive.instants_of(told, zone)

    expected = None if not found else found[-1] if told.fold else found[0]
    assert resolve(told, zone) == expected


@given(data=st.data(), zone=zones())
def test_a_moment_is_the_first_at_which_a_clock_shows_it_or_leaps_over_it(data: st.DataObject, zone: str) -> None:
    day, minutes = data.draw(days(zone)), data.draw(st.integers(0, DAY_MINUTES))
    told = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)

    assert moment(zone, day, minutes) == naive.first_at(told, zone)


@pytest.mark.rule("SCH-02")
@given(data=st.data(), zone=zones())
def test_a_local_day_is_the_minutes_that_have_its_date(data: st.DataObject, zone: str) -> None:
    day = data.draw(days(zone))
    minutes = naive.minutes_of_day(zone, day)

    found = local_day(zone, day)

    if found is None:
        assert minutes == []
    else:
        assert (found.start, found.end) == (minutes[0], minutes[-1] + naive.MINUTE)
        assert found.minutes == len(minutes)


@pytest.mark.parametrize("zone", ZONES)
def test_every_clock_change_is_right_to_the_minute(zone: str) -> None:
    for change in clock_changes(zone)[-6:]:
        for told in (naive.shown(change + minutes * naive.MINUTE, zone) for minutes in (-61, -1, 0, 1, 61)):
            found = naive.instants_of(told, zone)
            assert resolve(told, zone) == found[0]
            assert resolve(told.replace(fold=1), zone) == found[-1]


@pytest.mark.parametrize("zone", ["America/Denver", "Australia/Lord_Howe", "Antarctica/Troll", "America/Santiago"])
def test_every_minute_that_clocks_leap_over_is_the_instant_of_the_change(zone: str) -> None:
    for change in clock_changes(zone)[-2:]:
        before, after = naive.shown(change - naive.MINUTE, zone) + naive.MINUTE, naive.shown(change, zone)
        for number in range((after - before) // naive.MINUTE):
            skipped = before + number * naive.MINUTE
            assert moment(zone, skipped.date(), skipped.hour * 60 + skipped.minute) == change


@given(instant=instants(), zone=zones())
def test_what_an_instant_is_told_as_means_that_instant(instant: datetime, zone: str) -> None:
    told = local(instant, zone)

    assert resolve(told, zone) == instant
    assert resolve(told.replace(tzinfo=None), zone) == instant
    assert local_date(instant, zone) == told.date()


@pytest.mark.rule("SCH-02")
@pytest.mark.parametrize(
    ("zone", "told"),
    [
        (DENVER, wall_time("2026-03-08T02:30")),
        (DENVER, wall_time("2026-03-08T02:00")),
        (DENVER, wall_time("2026-03-08T02:59")),
        (LORD_HOWE, wall_time("2026-10-04T02:15")),
        (TROLL, wall_time("2026-03-29T02:30")),
        (SANTIAGO, wall_time("2026-09-06T00:30")),
        (APIA, wall_time("2011-12-30T12:00")),
    ],
)
@pytest.mark.parametrize("fold", [0, 1])
def test_a_time_that_clocks_leap_over_is_none(zone: str, told: datetime, fold: int) -> None:
    assert resolve(told.replace(fold=fold), zone) is None


@pytest.mark.parametrize(
    ("zone", "told", "instant"),
    [
        (DENVER, wall_time("2026-03-08T01:59"), utc(2026, 3, 8, 8, 59)),
        (DENVER, wall_time("2026-03-08T03:00"), utc(2026, 3, 8, 9)),
        (LORD_HOWE, wall_time("2026-10-04T02:30"), utc(2026, 10, 3, 15, 30)),
        (SANTIAGO, wall_time("2026-09-06T01:00"), utc(2026, 9, 6, 4)),
        (APIA, wall_time("2011-12-31T00:00"), utc(2011, 12, 30, 10)),
        (APIA, wall_time("2011-12-29T23:59"), utc(2011, 12, 30, 9, 59)),
    ],
)
def test_the_times_next_to_a_leap_are_there(zone: str, told: datetime, instant: datetime) -> None:
    assert resolve(told, zone) == instant


@pytest.mark.rule("SCH-02")
@pytest.mark.parametrize(
    ("zone", "told", "first", "second"),
    [
        (DENVER, wall_time("2026-11-01T01:30"), utc(2026, 11, 1, 7, 30), utc(2026, 11, 1, 8, 30)),
        (LORD_HOWE, wall_time("2026-04-05T01:45"), utc(2026, 4, 4, 14, 45), utc(2026, 4, 4, 15, 15)),
        (TROLL, wall_time("2026-10-25T02:00"), utc(2026, 10, 25, 0), utc(2026, 10, 25, 2)),
        (SANTIAGO, wall_time("2026-04-04T23:30"), utc(2026, 4, 5, 2, 30), utc(2026, 4, 5, 3, 30)),
    ],
)
def test_a_time_that_clocks_show_twice_means_the_first_unless_the_second_is_told(
    zone: str, told: datetime, first: datetime, second: datetime
) -> None:
    assert resolve(told, zone) == first
    assert resolve(told.replace(fold=1), zone) == second
    assert repeated(told, zone)


@pytest.mark.rule("SCH-02")
@pytest.mark.parametrize("told", ["2026-11-01T00:59", "2026-11-01T02:00", "2026-03-08T02:30", "2026-05-27T09:00"])
def test_other_times_are_shown_once_or_never(told: str) -> None:
    assert not repeated(wall_time(told), DENVER)


def test_a_time_with_an_offset_is_itself() -> None:
    assert resolve(wall_time("2026-03-08T02:30-07:00"), "Asia/Kathmandu") == utc(2026, 3, 8, 9, 30)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (DENVER, date(2026, 3, 8), 23),
        (DENVER, date(2026, 3, 9), 24),
        (DENVER, date(2026, 11, 1), 25),
        (LORD_HOWE, date(2026, 10, 4), 23.5),
        (LORD_HOWE, date(2026, 4, 5), 24.5),
        (TROLL, date(2026, 3, 29), 22),
        (TROLL, date(2026, 10, 25), 26),
        (SANTIAGO, date(2026, 9, 6), 23),
        (SANTIAGO, date(2026, 4, 4), 25),
        ("America/Phoenix", date(2026, 3, 8), 24),
    ],
)
def test_a_day_has_its_real_length(zone: str, day: date, hours: float) -> None:
    found = local_day(zone, day)

    assert found is not None
    assert found.length == timedelta(hours=hours)


def test_a_day_without_midnight_begins_at_its_first_instant() -> None:
    found = local_day(SANTIAGO, date(2026, 9, 6))

    assert found is not None
    assert local(found.start, SANTIAGO).replace(tzinfo=None) == wall_time("2026-09-06T01:00")
    assert moment(SANTIAGO, date(2026, 9, 6), 0) == moment(SANTIAGO, date(2026, 9, 6), 60) == found.start


def test_a_date_that_a_zone_skipped_is_no_day() -> None:
    day = date(2011, 12, 30)

    assert local_day(APIA, day) is None
    assert moment(APIA, day, 0) == moment(APIA, day, 12 * 60) == moment(APIA, day, DAY_MINUTES)
    before, after = local_day(APIA, date(2011, 12, 29)), local_day(APIA, date(2011, 12, 31))
    assert before is not None
    assert after is not None
    assert before.end == after.start


def test_twenty_four_hours_after_midnight_the_next_day_begins() -> None:
    assert moment(DENVER, date(2026, 5, 27), DAY_MINUTES) == moment(DENVER, date(2026, 5, 28), 0)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "America/Denver\0", "America"])
def test_a_zone_that_nobody_knows_is_refused(zone: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        zone_info(zone)

    assert (refused.value.code, refused.value.facts) == ("zone.unknown", {"zone": zone})


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2199, 12, 31)])
def test_a_date_within_reach_can_be_planned_with(day: date) -> None:
    assert valid_date(day) == day


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max])
def test_a_date_out_of_reach_cannot_be_planned_with(day: date) -> None:
    with pytest.raises(InvalidValue) as refused:
        valid_date(day, field="first")

    assert (refused.value.code, refused.value.field) == ("date.out_of_range", "first")


@pytest.mark.rule("SCH-02")
def test_the_second_of_two_local_times_is_not_told_as_the_first() -> None:
    first, second = (datetime(2026, 11, 1, 1, 30, fold=fold, tzinfo=ZoneInfo("America/Denver")) for fold in (0, 1))

    assert local(first, "UTC").hour == 7
    assert local(second, "UTC").hour == 8
