"""
Drives between visits, and what one more visit adds to them.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import ceil
from typing import NamedTuple, Protocol

from fieldops_core.kernel.cells import CELL_SECONDS, Mask, span
from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle
from fieldops_core.scheduling.calculations.frames import Frame
from fieldops_core.scheduling.calculations.times import Taking

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
    The starts of a user that fit between two stops of a local day, if driving took no time: the cells in *starts*,
    counted from *first*, which counts quarters of an hour since 1970. *origin* is the place of the stop *before*, and
    of a day's first gap the start location.
    """

    who: int
    first: int
    starts: Mask
    origin: Point | None
    before: Stopping | None
    after: Stopping | None


def gaps(
    who: int, starts: Mask, within: Frame, stops: Sequence[Stopping], home: Point | None, seconds: int
) -> Iterator[Gap]:
    """
    The gaps between a user's *stops*, which are in the order of their starts, in which a visit of so many seconds fits.
    Stops may overlap: one comes from the one that ends last.
    """
    over = 0
    for day in within.days:
        first, today = within.cells.first + day.first, starts >> day.first & span(0, day.end - day.first)
        earliest, end = first * CELL_SECONDS, (within.cells.first + day.end) * CELL_SECONDS
        while over < len(stops) and stops[over].until <= earliest:
            over += 1
        before: Stopping | None = None
        for stop in islice(stops, over, None) if today else ():
            if stop.start >= end:
                break
            there = _from(_until(today, first, stop.start - seconds), first, earliest)
            if there:
                yield Gap(who, first, there, before.place if before else home, before, stop)
            if stop.until > earliest or (before and stop.until == earliest):
                before, earliest = stop, stop.until
        if there := _from(today, first, earliest):
            yield Gap(who, first, there, before.place if before else home, before, None)


class Addition(NamedTuple):
    """
    What a visit in a gap adds to its user's driving, None where a place is not known, the drive to it (*coming*), and
    the *starts* that leave time for the drives: the stop before ends, and the one after starts, that much apart. The
    way from the start location is driven before the first visit, and none back after the last.
    """

    added: Drive | None
    coming: Drive | None
    starts: Mask


def addition(gap: Gap, place: Point | None, seconds: int, drive: Callable[[Point, Point], Drive]) -> Addition:
    """
    For a visit of so many seconds at a place.
    """
    _, first, starts, origin, before, after = gap
    onward = after.place if after else None
    coming = drive(origin, place) if origin and place else None
    going = drive(place, onward) if place and onward else None
    if before and coming:
        starts = _from(starts, first, before.until + coming.minutes * 60)
    if after and going:
        starts = _until(starts, first, after.start - going.minutes * 60 - seconds)
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


def _from(starts: Mask, first: int, earliest: int) -> Mask:
    """
    Those of the cells, counted from *first*, that begin at a second or later.
    """
    cell = -(-earliest // CELL_SECONDS) - first
    return starts >> cell << cell if cell > 0 else starts


def _until(starts: Mask, first: int, latest: int) -> Mask:
    """
    Those of the cells, counted from *first*, that begin at a second or earlier.
    """
    cell = latest // CELL_SECONDS - first
    return starts & (2 << cell) - 1 if cell >= 0 else 0
