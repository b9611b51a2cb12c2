"""
A user's time in a frame as integers, one for each reason that stands against booking it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from math import ceil
from typing import Protocol
from uuid import UUID

from attrs import Factory, frozen

from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.cells import CELL_MINUTES, CELL_SECONDS, Mask, reaching, span
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.calculations.frames import Frame
from fieldops_core.scheduling.calculations.presence import absent, not_working
from fieldops_core.scheduling.model import Reason
from fieldops_core.staff.model import Absence, Person


@frozen(kw_only=True)
class UserTime:
    """
    What stands against booking a user, cell by cell of a frame: one mask per reason. The reasons in *of_the_start* are
    asked of a visit's first cell alone, the others of all its cells.
    """

    frame: Frame
    against: tuple[Mask, ...]
    of_the_start: frozenset[Reason] = frozenset({Reason.PAST})

    def starts(self, count: int, step: int) -> Mask:
        """
        The cells at which a visit of *count* cells can start.
        """
        busy = first = 0
        for reason, mask in enumerate(self.against):
            if mask and reason in self.of_the_start:
                first |= mask
            elif mask:
                busy |= mask
        return self.frame.starts(count, step) & ~(reaching(busy, count) | first)

    def reasons(self, first: int, count: int) -> tuple[Reason, ...]:
        """
        Everything that stands against the cells ``first .. first + count - 1``. For a first cell on a step it is empty
        exactly where :meth:`starts` offers it.
        """
        found = [] if self.frame.holds(first, count) else [Reason.OUTSIDE_GRID]
        inside = span(first, count) if first >= 0 else 0
        start = span(first, 1) if first >= 0 else 0
        for reason in Reason:
            asked = start if reason in self.of_the_start else inside
            if self.against[reason] & asked:
                found.append(reason)
        return tuple(found)


@frozen(kw_only=True)
class Knowledge:
    """
    Everything that decides users' time in a frame, loaded once for all users and days: zones of locations, absences by
    the user or location they belong to, and the cells that are taken, and held, by user (:func:`taken_cells`).
    """

    zones: Mapping[LocationId, str]
    absences: Mapping[UUID, tuple[Absence, ...]]
    taken: Mapping[UserId, Mask]
    held: Mapping[UserId, Mask] = Factory(dict)
    rule: WorkingHoursRule
    now: datetime | None

    @cached_property
    def by_day(self) -> bool:
        return self.rule is WorkingHoursRule.DAY

    @cached_property
    def of_the_start(self) -> frozenset[Reason]:
        """
        The reasons that are asked of a visit's first cell alone.
        """
        return frozenset({Reason.PAST, Reason.NOT_WORKING} if self.by_day else {Reason.PAST})


def user_time(person: Person, frame: Frame, known: Knowledge) -> UserTime:
    """
    A user's time in a frame. *known.now* None: the past is not asked.
    """
    zone = known.zones[person.home]
    against = (
        0,  # outside the grid: the frame knows
        not_working(person.hours, zone, frame, known.by_day),
        absent(person, zone, frame.cells, known.absences),
        known.taken.get(person.id, 0),
        known.held.get(person.id, 0),
        0,  # busy elsewhere
        past(known.now, frame) if known.now is not None else 0,
    )
    return UserTime(frame=frame, against=against, of_the_start=known.of_the_start)


@lru_cache(maxsize=64)
def past(now: datetime, frame: Frame) -> Mask:
    """
    The cells that have begun at an instant.
    """
    over = ceil(now.timestamp() / CELL_SECONDS) - frame.cells.first
    return span(0, min(max(over, 0), frame.cells.length))


class Taking(Protocol):
    """
    What takes a user's time, in seconds since 1970: *start* up to *until*.
    """

    @property
    def user(self) -> UserId: ...
    @property
    def start(self) -> int: ...
    @property
    def until(self) -> int: ...


def taken_cells(frame: Frame, taken: Iterable[Taking]) -> dict[UserId, Mask]:
    """
    The cells that are taken, by user. What takes one user's time comes cheapest one after another.
    """
    before, found = frame.before, defaultdict[UserId, Mask](int)
    user, mask = None, 0
    for each in taken:
        if each.user is not user:
            if user is not None:
                found[user] |= mask
            user, mask = each.user, 0
        try:
            mask |= before[each.until] ^ before[each.start]
        except KeyError:  # an edge outside the frame, or inside a cell
            mask |= frame.cells.touched(each.start, each.until)
    if user is not None:
        found[user] |= mask
    return found


def cells_of(minutes: int) -> int:
    """
    The cells that a duration takes, rounded up.
    """
    return -(-minutes // CELL_MINUTES)
