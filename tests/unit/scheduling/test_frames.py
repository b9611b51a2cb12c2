"""
Local days as cells, against an oracle that walks through a day minute by minute.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.kernel.cells import cells_in
from fieldops_core.kernel.time import DAY_MINUTES, moment
from fieldops_core.scheduling.calculations import frame

CHANGES = [
    ("America/Denver", date(2026, 3, 8)),
    ("America/Denver", date(2026, 11, 1)),
    ("America/Denver", date(2026, 5, 27)),
    ("America/Phoenix", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Asia/Kathmandu", date(2026, 5, 27)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Pacific/Auckland", date(2026, 9, 27)),
    ("Antarctica/Troll", date(2026, 3, 29)),
    ("Antarctica/Troll", date(2026, 10, 25)),
    ("America/Santiago", date(2026, 9, 6)),
    ("America/Santiago", date(2026, 4, 4)),
    ("Pacific/Apia", date(2011, 12, 29)),
    ("Pacific/Apia", date(2011, 12, 31)),
]
MINUTE = timedelta(minutes=1)


def minutes_of_day(zone: str, day: date) -> list[datetime]:
    """
    Every minute (UTC) whose local date in a zone is *day*, by looking at each.
    """
    info = ZoneInfo(zone)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    around = (noon + MINUTE * offset for offset in range(-40 * 60, 40 * 60))
    return [minute for minute in around if minute.astimezone(info).date() == day]


@pytest.mark.rule("SCH-02")
@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_a_day_has_the_half_hours_that_fit_its_real_length(zone: str, day: date) -> None:
    minutes = minutes_of_day(zone, day)

    found = frame(zone, day, 1, 0, DAY_MINUTES)

    starts = [found.cells.instant(cell) for cell in cells_in(found.starts(2, 2))]
    assert starts == minutes[::30]


@pytest.mark.rule("SCH-02")
@pytest.mark.parametrize(
    ("zone", "day", "slots"),
    [
        ("America/Denver", date(2026, 5, 27), 48),
        ("America/Denver", date(2026, 3, 8), 46),
        ("America/Denver", date(2026, 11, 1), 50),
        ("Australia/Lord_Howe", date(2026, 4, 5), 49),
        ("Australia/Lord_Howe", date(2026, 10, 4), 47),
        ("Antarctica/Troll", date(2026, 3, 29), 44),
        ("Antarctica/Troll", date(2026, 10, 25), 52),
        ("Pacific/Apia", date(2011, 12, 30), 0),
    ],
)
def test_a_clock_change_makes_44_to_52_slots_and_a_skipped_date_none(zone: str, day: date, slots: int) -> None:
    assert frame(zone, day, 1, 0, DAY_MINUTES).starts(2, 2).bit_count() == slots


@pytest.mark.rule("SCH-02")
def test_a_day_whose_midnight_is_skipped_begins_at_its_first_instant() -> None:
    santiago = frame("America/Santiago", date(2026, 9, 6), 1, 0, DAY_MINUTES)

    first = santiago.cells.instant(next(cells_in(santiago.starts(2, 2))))

    assert first.astimezone(ZoneInfo("America/Santiago")).replace(tzinfo=None) == datetime(2026, 9, 6, 1)


@pytest.mark.rule("SCH-02", "SCH-05")
@given(
    where=st.sampled_from(CHANGES),
    count=st.integers(1, 12),
    step=st.sampled_from([1, 2]),
    grid=st.tuples(st.integers(0, 47), st.integers(1, 48)).filter(lambda edges: edges[0] < edges[1]),
)
def test_starts_lie_on_steps_of_the_local_day_and_inside_its_grid(
    where: tuple[str, date], count: int, step: int, grid: tuple[int, int]
) -> None:
    zone, day = where
    start, end = grid[0] * 30, grid[1] * 30
    minutes = minutes_of_day(zone, day)
    first, last = moment(zone, day, start), moment(zone, day, end)
    naive = [
        minute
        for offset, minute in enumerate(minutes)
        if offset % (step * 15) == 0 and first <= minute and minute + timedelta(minutes=15 * count) <= last
    ]

    found = frame(zone, day, 1, start, end)

    assert [found.cells.instant(cell) for cell in cells_in(found.starts(count, step))] == naive


@pytest.mark.rule("SCH-02")
@given(where=st.sampled_from(CHANGES), days=st.integers(1, 7), count=st.integers(1, 8), step=st.sampled_from([1, 2]))
def test_several_days_offer_what_each_of_them_offers(where: tuple[str, date], days: int, count: int, step: int) -> None:
    zone, first = where
    whole = frame(zone, first, days, 0, DAY_MINUTES)
    single = [frame(zone, first + timedelta(days=offset), 1, 0, DAY_MINUTES) for offset in range(days)]

    together = [whole.cells.instant(cell) for cell in cells_in(whole.starts(count, step))]

    assert together == [day.cells.instant(cell) for day in single for cell in cells_in(day.starts(count, step))]
