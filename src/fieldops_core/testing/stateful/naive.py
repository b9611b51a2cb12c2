"""
The naive list: what there is, and by looking at each interval of it, what stands against a visit.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from fieldops_core.kernel.time import Clock, Period, local, local_day, moment
from fieldops_core.scheduling.model import AppointmentId, HoldId, Lack, Status
from fieldops_core.staff.model import AbsenceId

ZONE = "America/Denver"
FIRST = date(2026, 10, 31)
"""
The day before the clocks go back: three days of 48, 50 and 48 half hours.
"""
HALF_HOUR, ONE_DAY = timedelta(minutes=30), timedelta(days=1)
DATES = tuple(FIRST + offset * ONE_DAY for offset in range(3))
DAYS = {date: day for date in DATES if (day := local_day(ZONE, date))}
ALL = Period(start=DAYS[DATES[0]].start, end=DAYS[DATES[-1]].end)
ENDED = (Status.CANCELLED, Status.NO_SHOW)
Shift = tuple[int, int]
"""
From so many half hours after midnight to so many.
"""
ALL_DAY: Shift = (0, 48)
NOT_THERE = {Lack.NOT_WORKING: "user.not_working", Lack.ABSENT: "user.absent"}


@frozen(kw_only=True)
class Visit:
    """
    What the list knows of a visit, or of time that is held. *user* counts from 0. *beside* is the other one of a pair.
    *set_out*, *arrived* and *done* are what its statuses came to: that its user was on the way, when they checked in,
    when it was completed.
    """

    user: int
    start: datetime
    minutes: int
    status: Status = Status.SCHEDULED
    pending: bool = False
    beside: AppointmentId | None = None
    set_out: bool = False
    arrived: datetime | None = None
    done: datetime | None = None

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    @property
    def half_hours(self) -> list[datetime]:
        """
        When each half hour of it begins.
        """
        return [self.start + count * HALF_HOUR for count in range(self.minutes // 30)]

    @property
    def plan(self) -> tuple[int, datetime, int]:
        return self.user, self.start, self.minutes

    @property
    def date(self) -> date:
        return local(self.start, ZONE).date()

    @property
    def in_one_day(self) -> bool:
        return self.end <= DAYS[self.date].end

    @property
    def until_midnight(self) -> Period:
        """
        What of it lies in the local day of its start: what lies beyond is refused for that, whatever is there.
        """
        return Period(start=self.start, end=min(self.end, DAYS[self.date].end))

    @property
    def taken(self) -> Period | None:
        """
        What it takes of its user's time; of a completed one, the half hours that had begun when it was.
        """
        if self.status in ENDED:
            return None
        end = self.end if self.done is None else next((edge for edge in self.half_hours if edge >= self.done), self.end)
        return Period(start=self.start, end=end) if end > self.start else None

    def overlaps(self, other: "Visit") -> bool:
        """
        Whether both take the same user's time.
        """
        mine, its = self.taken, other.taken
        return self.user == other.user and mine is not None and its is not None and mine.overlaps(its)

    def became(self, status: Status, at: datetime, began: datetime | None = None) -> "Visit":
        """
        The visit in another status, which came about then; *began* tells of a check-in before it.
        """
        going_back = status in (Status.SCHEDULED, Status.EN_ROUTE)
        arrived = self.arrived or (at if status is Status.ON_SITE else began)
        still_open = status in (Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE)
        return evolve(
            self,
            status=status,
            pending=self.pending and still_open,
            set_out=status is Status.EN_ROUTE or (self.set_out and status is not Status.SCHEDULED),
            arrived=None if going_back else arrived,
            done=at if status is Status.COMPLETED else None,
        )


@frozen(kw_only=True)
class Override:
    """
    The visit that a command may overlap, and why.
    """

    named: AppointmentId | None = None
    reason: str = ""


NONE = Override()


class NaiveList:
    """
    Everything that there is, of so many *users*, who all work day and night at first. *by_day* is the rule of working
    hours DAY.
    """

    def __init__(self, users: int, clock: Clock) -> None:
        self.clock, self.by_day = clock, True
        self.visits: dict[AppointmentId, Visit] = {}
        self.held: dict[HoldId, tuple[Visit, datetime]] = {}
        self.hours: dict[tuple[int, date], Shift | None] = {
            (user, date): ALL_DAY for user in range(users) for date in DATES
        }
        self.absences: dict[AbsenceId, tuple[int | None, Period]] = {}

    @property
    def now(self) -> datetime:
        return self.clock()

    @property
    def live(self) -> dict[HoldId, Visit]:
        """
        The holds that have not expired.
        """
        return {id: wish for id, (wish, until) in self.held.items() if until > self.now}

    @property
    def pairs(self) -> set[frozenset[AppointmentId]]:
        """
        The pairs that are marked.
        """
        return {frozenset({id, visit.beside}) for id, visit in self.visits.items() if visit.beside}

    def against(
        self,
        wish: Visit,
        id: AppointmentId | None = None,
        *,
        hold: HoldId | None = None,
        override: Override = NONE,
        past: bool = True,
    ) -> set[str]:
        """
        The codes for which a visit is refused at its time: a new one, or *id* where it is to be now. *past*: whether
        its start has to be to come.
        """
        found = self.in_the_way(wish, id, hold=hold, override=override)
        found |= {NOT_THERE[lack] for lack in self.lacks(wish)}
        found |= set() if wish.in_one_day else {"slot.past_end_of_day"}
        return found | ({"slot.past"} if past and wish.start < self.now else set())

    def in_the_way(
        self,
        wish: Visit,
        id: AppointmentId | None = None,
        *,
        hold: HoldId | None = None,
        override: Override = NONE,
    ) -> set[str]:
        """
        Of these codes, those for what is there already, and for an override that does not say what it wants.
        """
        here, found = wish.until_midnight, set()
        if any(here.overlaps(there) for there in self._standing(wish.user, id, override.named)):
            found.add("slot.taken")
        held = (each for other, each in self.live.items() if other != hold and each.user == wish.user)
        if any(here.overlaps(each.until_midnight) for each in held):
            found.add("slot.held")
        if override.named and not override.reason:
            found.add("double_booking.reason_required")
        if override.reason and not override.named:
            found.add("double_booking.not_named")
        return found

    def _standing(self, user: int, id: AppointmentId | None, named: AppointmentId | None) -> Iterator[Period]:
        """
        The time of a user that visits take, which *id* may not overlap.
        """
        already = self.visits[id].beside if id else None
        for other, visit in self.visits.items():
            stays = other == already and named in (None, already)
            may = stays or (other == named and visit.beside is None)
            if visit.taken is not None and visit.user == user and other != id and not may:
                yield visit.taken

    def lacks(self, visit: Visit) -> frozenset[Lack]:
        """
        Why the user is not there: on that day under DAY, for all of it under HOURS; absent for a part of it.
        """
        shift, here = self.hours[visit.user, visit.date], visit.until_midnight
        first, last = (at(visit.date, half) for half in shift or ALL_DAY)
        inside = shift is not None and (self.by_day or (first <= here.start and here.end <= last))
        gone = (period for user, period in self.absences.values() if user in (None, visit.user))
        absent = any(here.overlaps(period) for period in gone)
        return frozenset({Lack.NOT_WORKING} if not inside else ()) | ({Lack.ABSENT} if absent else set())

    def upcoming(self) -> dict[AppointmentId, frozenset[Lack]]:
        """
        What each visit lacks that a change could strand.
        """
        return {
            id: self.lacks(visit)
            for id, visit in self.visits.items()
            if visit.status is Status.SCHEDULED and visit.end > self.now and not visit.pending
        }

    def under_way(self, id: AppointmentId, status: Status) -> bool:
        """
        Whether the user of a visit has another one EN_ROUTE, or ON_SITE.
        """
        user, asked = self.visits[id].user, status in (Status.EN_ROUTE, Status.ON_SITE)
        others = (visit for other, visit in self.visits.items() if other != id and visit.user == user)
        return asked and any(visit.status is status for visit in others)

    def put(self, id: AppointmentId, visit: Visit, named: AppointmentId | None = None) -> None:
        """
        A visit, new or changed. It is a pair with the one that it overlaps; whom it no longer overlaps is single.
        """
        before = self.visits[id].beside if id in self.visits else None
        candidates = [other for other in (named, before) if other is not None and other != id]
        partner = next((other for other in candidates if self.visits[other].overlaps(visit)), None)
        if before is not None and before != partner:
            self.visits[before] = evolve(self.visits[before], beside=None)
        if partner is not None:
            self.visits[partner] = evolve(self.visits[partner], beside=id)
        self.visits[id] = evolve(visit, beside=partner)


def at(day: date, half: int) -> datetime:
    """
    The instant at which a clock first shows so many half hours after midnight.
    """
    return moment(ZONE, day, 30 * half)
