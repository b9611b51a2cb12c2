"""
Frames of local days, and a user's time in them as integers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from math import ceil
from typing import Protocol
from uuid import UUID

from attrs import Factory, frozen

from fieldops_core.company.model import AppointmentType, SubTypeId, WorkingHoursRule
from fieldops_core.kernel.cells import CELL_MINUTES, CELL_SECONDS, Cells, Mask, comb, epoch, reaching, span
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import DAY_MINUTES, Period, local, local_date, moment, resolve, zone_info
from fieldops_core.scheduling.model import Appointment, Lack, Reason
from fieldops_core.staff.model import Absence, Person, WorkingHours

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


@lru_cache(maxsize=8192)
def not_working(hours: WorkingHours, zone: str, frame: Frame, by_day: bool) -> Mask:
    """
    The cells of a frame in which a user does not work.
    """
    return frame.cells.all & ~working(hours, zone, frame.cells, by_day=by_day)


@lru_cache(maxsize=8192)
def working(hours: WorkingHours, zone: str, cells: Cells, *, by_day: bool) -> Mask:
    """
    The cells in which a user works: their ranges as instants (HOURS), or every cell of a date with a range (DAY). A
    range over midnight belongs to the day it starts on (SCH-21).
    """
    mask = 0
    for day in _dates(zone, cells):
        ranges = hours.on(day)
        if by_day and ranges:
            mask |= cells.filled(epoch(moment(zone, day, 0)), epoch(moment(zone, day, DAY_MINUTES)))
        elif not by_day:
            for period in (range.on(day, zone) for range in ranges):
                mask |= cells.filled(epoch(period.start), epoch(period.end)) if period else 0
    return mask


@lru_cache(maxsize=8192)
def working_periods(hours: WorkingHours, zone: str, cells: Cells) -> tuple[Period, ...]:
    """
    The working hours that touch the cells, in order.
    """
    around = cells.period
    ranges = (range.on(day, zone) for day in _dates(zone, cells) for range in hours.on(day))
    return tuple(period for period in ranges if period is not None and period.overlaps(around))


def absent(person: Person, zone: str, cells: Cells, absences: Mapping[UUID, tuple[Absence, ...]]) -> Mask:
    """
    The cells that absences of the user, and holidays of their home location, touch (SCH-22).
    """
    mask = 0
    if person.id in absences or person.home in absences:
        for start, end in _away(person, zone, cells, absences):
            mask |= cells.touched(epoch(start), epoch(end))
    return mask


def absent_periods(
    person: Person, zone: str, cells: Cells, absences: Mapping[UUID, tuple[Absence, ...]]
) -> Iterator[Period]:
    """
    The absences that touch the cells.
    """
    for start, end in _away(person, zone, cells, absences):
        if cells.touched(epoch(start), epoch(end)):
            yield Period(start=start, end=end)


def _away(
    person: Person, zone: str, cells: Cells, absences: Mapping[UUID, tuple[Absence, ...]]
) -> Iterator[tuple[datetime, datetime]]:
    """
    From when until when the user is absent, on the dates of the cells. A holiday does not count on a date for which
    they have an exception, nor while a range of one reaches over midnight.
    """
    for absence in (*absences.get(person.id, ()), *absences.get(person.home, ())):
        excepted = person.hours.excepted if absence.location is not None else frozenset()
        for day in _dates(zone, cells):
            if absence.first <= day <= absence.last and day not in excepted:
                start, end = moment(zone, day, absence.start), moment(zone, day, absence.end)
                if day - ONE_DAY in excepted:
                    start = max(start, _reach(person.hours, day - ONE_DAY, zone, start))
                if start < end:
                    yield start, end


def _reach(hours: WorkingHours, day: date, zone: str, otherwise: datetime) -> datetime:
    """
    The instant until which the ranges of a date reach over midnight.
    """
    periods = (range.on(day, zone) for range in hours.on(day) if range.over_midnight)
    return max((period.end for period in periods if period), default=otherwise)


@lru_cache(maxsize=1024)
def _dates(zone: str, cells: Cells) -> tuple[date, ...]:
    """
    The local dates of the cells, and the one before: a range of it may reach over midnight.
    """
    if cells.length == 0:
        return ()
    first, last = local_date(cells.instant(0), zone), local_date(cells.instant(cells.length), zone)
    return tuple(first + ONE_DAY * offset for offset in range(-1, (last - first).days + 1))


def cells_of(minutes: int) -> int:
    """
    The cells that a duration takes, rounded up.
    """
    return -(-minutes // CELL_MINUTES)


def proposed_minutes(type: AppointmentType, sub_type: SubTypeId | None, explicit: int | None) -> int:
    """
    The duration that holds: an explicit one, else the sub-type's, else the type's (APT-21).
    """
    if explicit is not None:
        return explicit
    finer = type.sub_type(sub_type) if sub_type is not None else None
    return finer.minutes if finer and finer.minutes else type.minutes


def outside_hours(person: Person, zone: str, period: Period) -> bool:
    """
    Whether a visit does not lie inside its user's working hours: what DAY lets through and marks (SCH-07).
    """
    cells = Cells.covering(period)
    return working(person.hours, zone, cells, by_day=False) != cells.all


@frozen(kw_only=True)
class Presence:
    """
    When a user is there: their hours in the *zone* of their home, under the company's *rule*, and the absences by the
    user or location they belong to.
    """

    person: Person
    zone: str
    absences: Mapping[UUID, tuple[Absence, ...]]
    rule: WorkingHoursRule

    def lacks(self, period: Period) -> frozenset[Lack]:
        """
        Why the user is not there for a visit in a period: what the rules of a booking would ask of it (SCH-07, SCH-22),
        and whether the user is active.
        """
        cells, by_day = Cells.covering(period), self.rule is WorkingHoursRule.DAY
        asked = span(0, 1) if by_day else cells.all
        off = asked & ~working(self.person.hours, self.zone, cells, by_day=by_day)
        against = {
            Lack.NOT_WORKING: off != 0,
            Lack.ABSENT: absent(self.person, self.zone, cells, self.absences) != 0,
            Lack.DEACTIVATED: not self.person.active,
        }
        return frozenset(lack for lack, stands in against.items() if stands)


@frozen(kw_only=True)
class Timing:
    """
    When a visit takes place: its *period*, and the local start (naive) by which that was *agreed* in a *zone*.
    """

    period: Period
    agreed: datetime
    zone: str


def kept_instant(appointment: Appointment, zone: str) -> Timing:
    """
    The same instants, told in another zone.
    """
    agreed = local(appointment.period.start, zone).replace(tzinfo=None)
    return Timing(period=appointment.period, agreed=agreed, zone=zone)


def kept_local_time(appointment: Appointment, zone: str) -> Timing | None:
    """
    The same local start and length, in a zone, by the rules of its clocks; None where they skip that time.
    """
    start = resolve(appointment.agreed, zone)
    if start is None:
        return None
    period = Period(start=start, end=start + appointment.period.length)
    return Timing(period=period, agreed=appointment.agreed, zone=zone)


def by_owner(absences: Iterable[Absence]) -> dict[UUID, tuple[Absence, ...]]:
    """
    Absences by the user or location they belong to.
    """
    found: dict[UUID, list[Absence]] = {}
    for absence in absences:
        owner = absence.user or absence.location
        if owner is not None:
            found.setdefault(owner, []).append(absence)
    return {owner: tuple(each) for owner, each in found.items()}
