from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.kernel.cells import CELL_SECONDS, Cells, cells_in, comb, epoch, reaching, span
from fieldops_core.kernel.time import Period
from fieldops_core.testing.strategies import cell_ranges, instants, periods

DAY = 96
CELL = timedelta(seconds=CELL_SECONDS)
masks = st.integers(0, (1 << DAY) - 1)


def cells_of(mask: int) -> set[int]:
    return {cell for cell in range(mask.bit_length()) if mask >> cell & 1}


@given(period=periods())
def test_the_cells_of_a_period_are_the_fewest_in_which_it_lies(period: Period) -> None:
    cells = Cells.covering(period)

    assert cells.period.start <= period.start < cells.period.start + CELL
    assert cells.period.end - CELL < period.end <= cells.period.end


@given(cells=cell_ranges(), data=st.data())
def test_a_cell_begins_at_its_instant_and_ends_where_the_next_begins(cells: Cells, data: st.DataObject) -> None:
    cell = data.draw(st.integers(-DAY, cells.length + DAY))
    start, last = cells.instant(cell), cells.instant(cell + 1) - timedelta(microseconds=1)

    assert cells.cell(start) == cells.cell(last) == cell
    assert cells.instant(cell + 1) - start == CELL


@given(cells=cell_ranges(longest=DAY), first=st.integers(-200_000, 200_000), length=st.integers(0, 200_000))
def test_touched_and_filled_are_what_a_look_at_each_cell_finds(cells: Cells, first: int, length: int) -> None:
    start = cells.first * CELL_SECONDS + first
    end = start + length
    edges = [(number, (cells.first + number) * CELL_SECONDS) for number in range(cells.length)]

    touched = {number for number, edge in edges if edge < end and start < edge + CELL_SECONDS and start < end}
    filled = {number for number, edge in edges if start <= edge and edge + CELL_SECONDS <= end}

    assert cells_of(cells.filled(start, end)) == filled
    if start < end:
        assert cells_of(cells.touched(start, end)) == touched


@given(cells=cell_ranges())
def test_all_cells_are_those_that_the_whole_period_touches(cells: Cells) -> None:
    start, end = epoch(cells.period.start), epoch(cells.period.end)

    assert cells.all == cells.touched(start, end) == cells.filled(start, end) == span(0, cells.length)


@given(busy=masks, count=st.integers(1, DAY + 2))
def test_cells_reach_a_mask_from_which_so_many_in_a_row_are_not_all_outside_of_it(busy: int, count: int) -> None:
    there = cells_of(busy)

    reached = {first for first in range(busy.bit_length()) if there & set(range(first, first + count))}
    assert cells_of(reaching(busy, count)) == reached


@given(first=st.integers(0, DAY), end=st.integers(0, 3 * DAY), step=st.integers(1, 10))
def test_a_comb_has_a_tooth_at_every_step(first: int, end: int, step: int) -> None:
    assert cells_of(comb(first, end, step)) == set(range(first, end, step))


@given(first=st.integers(0, DAY), count=st.integers(0, DAY))
def test_a_span_is_so_many_cells_from_the_first(first: int, count: int) -> None:
    assert cells_of(span(first, count)) == set(range(first, first + count))


@given(mask=masks)
def test_the_cells_of_a_mask_come_in_order(mask: int) -> None:
    assert list(cells_in(mask)) == sorted(cells_of(mask))


@given(instant=instants(datetime(1950, 1, 1, tzinfo=UTC), datetime(2190, 1, 1, tzinfo=UTC)))
def test_an_instant_is_counted_in_whole_seconds_also_before_1970(instant: datetime) -> None:
    since = instant - datetime(1970, 1, 1, tzinfo=UTC)

    assert timedelta(seconds=epoch(instant)) <= since < timedelta(seconds=epoch(instant) + 1)
