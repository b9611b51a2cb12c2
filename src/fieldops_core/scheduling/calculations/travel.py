"""
Drives between visits, and what one more visit adds to them.
"""

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import NamedTuple, Protocol

from fieldops_core.kernel.cells import CELL_SECONDS, Cells, Mask, span
from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle
from fieldops_core.scheduling.calculations.times import Frame, Taking

DETOUR = 1.3
METERS_A_MINUTE = 50_000 / 60


def estimate(origin: Point, destination: Point) -> Distance:
    """
    A driving distance when no engine tells one: the great circle and three tenths, at 50 km an hour. Marked as an
    estimate.
    """
    drive = estimated(origin, destination)
    return Distance(meters=drive.meters, kind=DistanceKind.ESTIMATE, minutes=drive.minutes)


class Drive(NamedTuple):
    """
    Minutes and meters between two places, by *road* or estimated. A tuple, because there are thousands of them.
    """

    minutes: int
    meters: float
    road: bool


def estimated(origin: Point, destination: Point) -> Drive:
    """
    What :func:`estimate` tells.
    """
    meters = great_circle(origin, destination) * DETOUR
    return Drive(ceil(meters / METERS_A_MINUTE), meters, False)


class Stopping(Taking, Protocol):
    """
    What takes a user's time at a *place*, None while nobody knows it.
    """

    @property
    def place(self) -> Point | None: ...


class Gap(NamedTuple):
    """
    The *starts* of a user that fit between two stops of a local day, if driving took no time. *origin* is the place of
    the stop *before*, and of a day's first gap the start location.
    """

    who: int
    starts: Mask
    origin: Point | None
    before: Stopping | None
    after: Stopping | None


def gaps(
    who: int, starts: Mask, within: Frame, stops: Sequence[Stopping], home: Point | None, seconds: int
) -> Iterator[Gap]:
    """
    The gaps between a user's stops, in the order of their starts, in which a visit of so many seconds fits. Stops may
    overlap: a user comes from the one that ends last.
    """
    cells = within.cells
    for day in within.days:
        left = starts & span(day.first, day.end - day.first)
        if not left:
            continue
        begin, end = ((cells.first + cell) * CELL_SECONDS for cell in (day.first, day.end))
        before: Stopping | None = None
        earliest = begin
        for stop in stops:
            if stop.until <= begin or stop.start >= end:
                continue
            there = _between(left, cells, earliest, stop.start - seconds)
            if there:
                yield Gap(who, there, before.place if before else home, before, stop)
            if before is None or stop.until >= before.until:
                before, earliest = stop, stop.until
        there = _between(left, cells, earliest, end - seconds)
        if there:
            yield Gap(who, there, before.place if before else home, before, None)


class Addition(NamedTuple):
    """
    What a visit in a gap adds to its user's driving, None where a place is not known, the drive to it (*coming*), and
    the *starts* that leave time for the drives: the stop before ends, and the one after starts, that much apart. The
    way from the start location is driven before the first visit, and none back after the last.
    """

    added: Drive | None
    coming: Drive | None
    starts: Mask


def addition(
    gap: Gap, place: Point | None, cells: Cells, seconds: int, drive: Callable[[Point, Point], Drive]
) -> Addition:
    """
    For a visit of so many seconds at a place.
    """
    origin, before, after = gap.origin, gap.before, gap.after
    onward = after.place if after else None
    coming = drive(origin, place) if origin and place else None
    going = drive(place, onward) if place and onward else None
    starts = gap.starts
    if before and coming:
        starts &= -1 << _first(cells, before.until + coming.minutes * 60)
    if after and going:
        starts = _between(starts, cells, 0, after.start - going.minutes * 60 - seconds)
    if coming is None or (after and going is None):
        return Addition(None, coming, starts)
    if going is None or origin is None or onward is None:
        return Addition(coming, coming, starts)
    instead = drive(origin, onward)
    added = Drive(
        coming.minutes + going.minutes - instead.minutes,
        coming.meters + going.meters - instead.meters,
        coming.road and going.road and instead.road,
    )
    return Addition(added, coming, starts)


def _between(starts: Mask, cells: Cells, earliest: int, latest: int) -> Mask:
    """
    Those of the cells that begin from one second to another, both included.
    """
    first, last = _first(cells, earliest), latest // CELL_SECONDS - cells.first
    return (starts >> first & (1 << last - first + 1) - 1) << first if last >= first else 0


def _first(cells: Cells, earliest: int) -> int:
    """
    The first cell that begins at a second or later.
    """
    return max(-(-earliest // CELL_SECONDS) - cells.first, 0)
