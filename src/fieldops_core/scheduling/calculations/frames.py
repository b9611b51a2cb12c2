"""
Frames: consecutive local days of a zone as cells.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache

from attrs import frozen

from fieldops_core.kernel.cells import CELL_SECONDS, Cells, Mask, comb, epoch, span
from fieldops_core.kernel.time import DAY_MINUTES, Period, moment, zone_info

ONE_DAY = timedelta(days=1)


@frozen(kw_only=True)
class FrameDay:
    """
    One local date in cells: the day from *first* up to *end*, its grid from *grid_first* up to *grid_end*.
    """

    date: date
    first: int
    end: int
    grid_first: int
    grid_end: int


@frozen(kw_only=True, eq=False)
class Frame:
    """
    Some consecutive local days of a zone as cells, with the part of each that the day grid shows. A date that the zone
    skipped is not among *days*. There is one of each (:func:`frame`), so that what is found out about it is kept.
    """

    zone: str
    cells: Cells
    days: tuple[FrameDay, ...]

    @cached_property
    def instants(self) -> tuple[datetime, ...]:
        """
        The instant at which each cell begins, told in the frame's zone.
        """
        zone = zone_info(self.zone)
        return tuple(self.cells.instant(cell).astimezone(zone) for cell in range(self.cells.length))

    @cached_property
    def before(self) -> Mapping[float, Mask]:
        """
        The cells before each edge of a cell, by its seconds since 1970.
        """
        cells = self.cells
        return {(cells.first + cell) * CELL_SECONDS: span(0, cell) for cell in range(cells.length + 1)}

    @lru_cache(maxsize=4096)  # noqa: B019 - there are as many frames as frame() keeps
    def starts(self, count: int, step: int) -> Mask:
        """
        The cells at which a visit of *count* cells may start: on a step of its day's slots, and within the grid of that
        day (SCH-04, SCH-05). Steps are counted from the first instant of the local day.
        """
        mask = 0
        for day in self.days:
            inside = span(day.grid_first, max(0, day.grid_end - count + 1 - day.grid_first))
            mask |= comb(day.first, day.end, step) & inside
        return mask

    @lru_cache(maxsize=8192)  # noqa: B019
    def between(self, start: datetime, end: datetime) -> Mask | None:
        """
        The cells from one instant up to another; None where one of them is no edge of a cell, or lies outside.
        """
        first, last = self.before.get(start.timestamp()), self.before.get(end.timestamp())
        return None if first is None or last is None else first ^ last

    def told(self, mask: Mask) -> tuple[datetime, ...]:
        """
        The instants at which the cells of a mask begin, ascending, in the frame's zone.
        """
        instants, found = self.instants, []
        while mask:  # from the last one on: what is left gets shorter
            cell = mask.bit_length() - 1
            found.append(instants[cell])
            mask ^= 1 << cell
        return tuple(found[::-1])

    def day_of(self, cell: int) -> FrameDay | None:
        """
        The local day in which a cell lies.
        """
        return next((day for day in self.days if day.first <= cell < day.end), None)

    def holds(self, first: int, count: int) -> bool:
        """
        Whether the cells lie in the grid of one day.
        """
        day = self.day_of(first)
        return day is not None and day.grid_first <= first and first + count <= day.grid_end


@lru_cache(maxsize=1024)
def frame(zone: str, first: date, days: int, grid_start: int, grid_end: int) -> Frame:
    """
    The frame of *days* local dates from *first*; the grid's edges are minutes after midnight.
    """
    start, end = moment(zone, first, 0), moment(zone, first + ONE_DAY * days, 0)
    if start >= end:
        return Frame(zone=zone, cells=Cells(first=epoch(start) // CELL_SECONDS, length=0), days=())
    cells = Cells.covering(Period(start=start, end=end))

    def cell(day: date, minutes: int) -> int:
        return min(max(-(-epoch(moment(zone, day, minutes)) // CELL_SECONDS) - cells.first, 0), cells.length)

    dates = (first + ONE_DAY * offset for offset in range(days))
    found = (
        FrameDay(
            date=day,
            first=cell(day, 0),
            end=cell(day, DAY_MINUTES),
            grid_first=cell(day, grid_start),
            grid_end=cell(day, grid_end),
        )
        for day in dates
    )
    return Frame(zone=zone, cells=cells, days=tuple(day for day in found if day.first < day.end))
