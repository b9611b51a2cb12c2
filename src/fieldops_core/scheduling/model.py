"""
Appointments, and what is known of a user's time.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum, IntEnum, auto
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.access.model import Kind, Stage
from fieldops_core.company.model import (
    SLOT_MINUTES,
    AppointmentType,
    CatalogEntry,
    EntryId,
    Location,
    SubTypeId,
    TypeId,
)
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import clean, tidy
from fieldops_core.kernel.time import Period
from fieldops_core.staff.model import Person

AppointmentId = NewType("AppointmentId", UUID)
HoldId = NewType("HoldId", UUID)
WorkOrderId = NewType("WorkOrderId", UUID)
SeriesId = NewType("SeriesId", UUID)

NOTES_LIMIT = 2_040
REASON_LIMIT = 200
LONGEST_RANGE = 7
MOST_SLOTS = 50
LONGEST_MINUTES = 7 * 24 * 60
LONGEST_HOLD = 60
ONE_MINUTE = timedelta(minutes=1)
LATE_FOR = timedelta(days=1)


class Status(Enum):
    """
    Where an appointment stands between booking and its end.
    """

    SCHEDULED = "scheduled"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


OPEN = frozenset({Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE})
OCCUPYING = frozenset(Status) - {Status.CANCELLED, Status.NO_SHOW}
AWAITED = (Status.SCHEDULED, Status.EN_ROUTE)
"""
Open, and its user not there yet: late once its start has passed (APT-26).
"""


class Condition(Enum):
    """
    Under what a transition is legal.
    """

    ALWAYS = "always"
    UNDO = "as an undo"
    OVERRIDE = "only as an override, with outcome and times"
    TIME_FREE = "only while its time is free, its user active and its customer not archived"
    REOPEN = "with a reason, and only while its planned time is free"


TRANSITIONS: dict[Status, dict[Status, Condition]] = {
    Status.SCHEDULED: {
        Status.EN_ROUTE: Condition.ALWAYS,
        Status.ON_SITE: Condition.ALWAYS,
        Status.CANCELLED: Condition.ALWAYS,
        Status.NO_SHOW: Condition.ALWAYS,
        Status.COMPLETED: Condition.OVERRIDE,
    },
    Status.EN_ROUTE: {
        Status.SCHEDULED: Condition.UNDO,
        Status.ON_SITE: Condition.ALWAYS,
        Status.CANCELLED: Condition.ALWAYS,
        Status.NO_SHOW: Condition.ALWAYS,
        Status.COMPLETED: Condition.OVERRIDE,
    },
    Status.ON_SITE: {
        Status.EN_ROUTE: Condition.UNDO,
        Status.SCHEDULED: Condition.UNDO,
        Status.COMPLETED: Condition.ALWAYS,
        Status.CANCELLED: Condition.ALWAYS,
        Status.NO_SHOW: Condition.ALWAYS,
    },
    Status.NO_SHOW: {
        Status.SCHEDULED: Condition.TIME_FREE,
        Status.ON_SITE: Condition.TIME_FREE,
        Status.COMPLETED: Condition.TIME_FREE,
    },
    Status.CANCELLED: {Status.SCHEDULED: Condition.TIME_FREE},
    Status.COMPLETED: {Status.ON_SITE: Condition.REOPEN},
}
"""
The whole truth about the lifecycle (APT-07): from each status, the statuses that may follow.
"""


PRESSED = frozenset({Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE, Status.COMPLETED})
"""
The statuses that the assignee's own buttons set (ACC-07); the others take a dispatcher.
"""

_STEPS = {Status.SCHEDULED: 0, Status.EN_ROUTE: 1, Status.ON_SITE: 2}


class Part(Enum):
    """
    The parts of an appointment that are changed, and asked about, apart (APT-10, APT-18).
    """

    DATE = "date"
    START = "start"
    MINUTES = "minutes"
    USER = "user"
    TYPE = "type"
    WORK_ORDER = "work_order"
    RESCHEDULING = "rescheduling"
    NOTES = "notes"


EDITABLE: dict[Status, frozenset[Part]] = {
    Status.SCHEDULED: frozenset(Part),
    Status.EN_ROUTE: frozenset(Part) - {Part.USER, Part.DATE},
    Status.ON_SITE: frozenset({Part.MINUTES, Part.TYPE, Part.WORK_ORDER, Part.NOTES}),
    Status.CANCELLED: frozenset({Part.NOTES}),
    Status.NO_SHOW: frozenset({Part.NOTES}),
    Status.COMPLETED: frozenset(),
}
"""
What can be edited in which status (APT-10).
"""


class Grouping(Enum):
    """
    How the appointments of a work order are listed.
    """

    DATE = "date"
    USER = "user"


class Verdict(Enum):
    """
    What becomes of one date of a bulk schedule.
    """

    CREATE = "create"
    SKIP = "skip"
    REFUSE = "refuse"


class CancelledBy(Enum):
    """
    On whose wish a visit was cancelled.
    """

    CUSTOMER = "customer"
    COMPANY = "company"


class Rescheduling(Enum):
    """
    Whether a visit has to be planned anew, and on whose side the cause lies (APT-12).
    """

    NO = "no"
    DEALER = "dealer"
    CUSTOMER = "customer"


class VisitOutcome(Enum):
    """
    How a visit ended (FLD-05).
    """

    DONE = "done"
    FOLLOW_UP = "follow_up"
    UNABLE = "unable"


@frozen(kw_only=True)
class StatusChange:
    """
    Who set which status when, from where, and at which place if that is known (APT-08). *override*: a dispatcher did,
    in the assignee's stead (FLD-09). *reason* is why a visit was reopened.
    """

    status: Status
    at: datetime
    by: UserId | None
    source: Source
    point: Point | None = None
    override: bool = False
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        tidy(self, reason=REASON_LIMIT)


def valid_minutes(minutes: int) -> int:
    """
    Raises:
        InvalidValue: where a duration is longer than anything that could be planned.
    """
    if abs(minutes) > LONGEST_MINUTES:
        sentence = f"{minutes} minutes is not the length of a visit."
        raise InvalidValue("duration.invalid", sentence, facts={"minutes": minutes}, field="minutes", rule="SCH-04")
    return minutes


@frozen(kw_only=True)
class Appointment:
    """
    A scheduled visit. *period* is the planned window in UTC; *agreed* is the local start as it was agreed (naive, with
    its fold) in *zone*, kept beside it because zone rules change (SCH-03). *moments* holds every change of status.
    *series* is the bulk schedule that made it. *for_the_record*: it was entered after it took place (APT-19).
    *double_booked*: it may overlap *double_booked_with*, and nothing else (SCH-27).

    Raises:
        InvalidValue: where the notes have more than 2,040 characters.
    """

    id: AppointmentId
    kind: Kind
    type: TypeId
    sub_type: SubTypeId | None = None
    user: UserId
    customer: CustomerId
    location: LocationId
    period: Period
    agreed: datetime
    zone: str
    status: Status = Status.SCHEDULED
    notes: str = ""
    on_site_notes: str = ""
    public_note: str = ""
    private_note: Secret | None = None
    pending_reassignment: bool = False
    cancelled_by: CancelledBy | None = None
    cancellation_reason: str = ""
    work_order: WorkOrderId | None = None
    series: SeriesId | None = None
    rescheduling: Rescheduling = Rescheduling.NO
    reschedule_reason: EntryId | None = None
    outcome: VisitOutcome | None = None
    unable_reason: EntryId | None = None
    check_out_notes: str = ""
    for_the_record: bool = False
    double_booked: bool = False
    double_booked_with: AppointmentId | None = None
    double_book_reason: str = ""
    moments: tuple[StatusChange, ...] = ()
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int = 1

    def __attrs_post_init__(self) -> None:
        if self.private_note is not None:
            clean(self.private_note.reveal(), field="private_note")
        tidy(self, notes=NOTES_LIMIT, on_site_notes=100_000, public_note=100_000, check_out_notes=100_000)
        tidy(self, cancellation_reason=REASON_LIMIT, double_book_reason=REASON_LIMIT)

    @property
    def occupied(self) -> Period | None:
        """
        What it takes of its user's time; None where it takes nothing. A completed one takes it up to the earlier of its
        planned end and its check-out, rounded up to the slot (APT-24).
        """
        if self.status not in OCCUPYING:
            return None
        done, start = self.checked_out_at, self.period.start
        if done is None or done >= self.period.end:
            return self.period
        slots = -(-(done - start) // timedelta(minutes=SLOT_MINUTES[self.kind]))
        end = min(self.period.end, start + slots * timedelta(minutes=SLOT_MINUTES[self.kind]))
        return Period(start=start, end=end) if end > start else None

    @property
    def on_the_way_at(self) -> datetime | None:
        """
        When its user set out; an undo drops it.
        """
        found = self.reached(Status.EN_ROUTE)
        return found.at if found else None

    @property
    def checked_in_at(self) -> datetime | None:
        """
        When its user arrived; an undo drops it.
        """
        found = self.reached(Status.ON_SITE)
        return found.at if found else None

    @property
    def checked_out_at(self) -> datetime | None:
        """
        When it was completed; None where it is not, or nobody knows.
        """
        found = self.reached(Status.COMPLETED) if self.status is Status.COMPLETED else None
        return found.at if found else None

    def reached(self, status: Status) -> StatusChange | None:
        """
        The change that brought it to a status, where that still holds: going back drops what came after (APT-07).
        """
        found: dict[Status, StatusChange] = {}
        for each in self.moments:
            step = _STEPS.get(each.status, len(_STEPS))
            found = {
                kept: change
                for kept, change in found.items()
                if kept is each.status or _STEPS.get(kept, len(_STEPS)) < step
            }
            found.setdefault(each.status, each)
        return found.get(status)

    def upcoming(self, now: datetime) -> bool:
        """
        SCHEDULED, its end still to come.
        """
        return self.status is Status.SCHEDULED and self.period.end > now


@frozen(kw_only=True)
class WorkOrderFact:
    """
    What scheduling knows of a work order.
    """

    id: WorkOrderId
    number: int
    customer: CustomerId
    open: bool


@frozen(kw_only=True)
class Around:
    """
    What an appointment refers to; *names* are those of the users who overrode its status.
    """

    customer: Customer
    person: Person
    type: AppointmentType
    location: Location
    work_order: WorkOrderFact | None = None
    reschedule_reason: CatalogEntry | None = None
    unable_reason: CatalogEntry | None = None
    names: Mapping[UserId, str] = field(factory=dict)


@frozen(kw_only=True)
class Block:
    """
    An appointment as a grid shows it and a refusal names it, with the facts that decide who may see it. *start* and
    *end* are UTC; *occupied_until* is None where it takes no time, *checked_out_at* where it is not completed.
    """

    appointment: AppointmentId
    version: int
    user: UserId
    kind: Kind
    status: Status
    start: datetime
    end: datetime
    occupied_until: datetime | None
    zone: str
    location: LocationId
    type: TypeId
    type_name: str
    customer: CustomerId
    customer_number: int
    customer_name: str
    customer_location: LocationId
    customer_point: Point | None
    stage: Stage
    pending_reassignment: bool
    double_booked: bool
    checked_out_at: datetime | None = None
    work_order: WorkOrderId | None = None
    series: SeriesId | None = None

    @property
    def planned(self) -> Period:
        return Period(start=self.start, end=self.end)

    @property
    def occupied(self) -> Period | None:
        return Period(start=self.start, end=self.occupied_until) if self.occupied_until else None

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // ONE_MINUTE

    def overran(self, now: datetime) -> datetime | None:
        """
        Until when it took longer than planned: its check-out, or now while it goes on.
        """
        until = now if self.status is Status.ON_SITE else self.checked_out_at
        return until if until is not None and until > self.end else None


def expected_starts(blocks: Iterable[Block], now: datetime) -> dict[AppointmentId, datetime]:
    """
    Of one user's blocks in their order, those that have not begun because the one before took longer than planned, and
    beyond their start: each with the end of that one (APT-24). What should have begun more than a day ago is not late,
    but forgotten.
    """
    found: dict[AppointmentId, datetime] = {}
    before: Block | None = None
    for block in blocks:
        if block.status not in OCCUPYING:
            continue
        until = before.overran(now) if before else None
        waits = block.status in (Status.SCHEDULED, Status.EN_ROUTE) and now - block.start < LATE_FOR
        if waits and until is not None and until > block.start:
            found[block.appointment] = until
        before = block
    return found


def valid_hold(minutes: int) -> timedelta:
    """
    How long a hold lasts.

    Raises:
        InvalidValue: where that is not 1 to 60 minutes (BKG-04).
    """
    if not 1 <= minutes <= LONGEST_HOLD:
        sentence = f"Time is held for 1 to {LONGEST_HOLD} minutes."
        facts = {"hold_minutes": minutes}
        raise InvalidValue("hold.minutes_invalid", sentence, facts=facts, field="hold_minutes", rule="BKG-04")
    return timedelta(minutes=minutes)


@frozen(kw_only=True)
class Hold:
    """
    A claim on a user's time for a visit that is still being arranged. *period* (UTC), which people tell in *zone*, is
    taken until the hold expires, is released, or is consumed by the booking that names it (BKG-04).
    """

    id: HoldId
    user: UserId
    customer: CustomerId
    type: TypeId
    location: LocationId
    period: Period
    zone: str
    expires_at: datetime
    created_by: UserId | None
    created_at: datetime
    version: int = 1

    def live(self, now: datetime) -> bool:
        """
        Whether it still takes its time.
        """
        return self.expires_at > now


class Reason(IntEnum):
    """
    Why a cell of a user's time cannot be booked, in the order in which it is told.
    """

    OUTSIDE_GRID = 0
    NOT_WORKING = auto()
    ABSENT = auto()
    TAKEN = auto()
    HELD = auto()
    BUSY_ELSEWHERE = auto()
    PAST = auto()


class Keeping(Enum):
    """
    What visits keep when the time zone of their location changes: the local times, or the instants (SCH-26).
    """

    LOCAL_TIMES = "local_times"
    INSTANTS = "instants"


class Lack(Enum):
    """
    Why a user is not there for a visit that was booked with them (APT-14).
    """

    NOT_WORKING = "not_working"
    ABSENT = "absent"
    DEACTIVATED = "deactivated"


def valid_days(days: int) -> int:
    """
    Raises:
        InvalidValue: where the days of a grid are not 1 to 7 (SCH-09).
    """
    if not 1 <= days <= LONGEST_RANGE:
        sentence = f"The day grid covers 1 to {LONGEST_RANGE} days."
        raise InvalidValue("days.invalid", sentence, facts={"days": days}, field="days", rule="SCH-09")
    return days


def valid_slots(limit: int) -> int:
    """
    Raises:
        InvalidValue: where not 1 to 50 best slots are asked for (SCH-20).
    """
    if not 1 <= limit <= MOST_SLOTS:
        sentence = f"At least 1 and at most {MOST_SLOTS} slots are ranked."
        raise InvalidValue("limit.invalid", sentence, facts={"limit": limit}, field="limit", rule="SCH-20")
    return limit


@frozen(kw_only=True)
class GridChoice:
    """
    What a user last chose to see on the day grid (SCH-10). Empty means: no choice, all.

    Raises:
        InvalidValue: where the days are not 1 to 7 (SCH-09).
    """

    kind: Kind | None = None
    days: int = 1
    locations: tuple[LocationId, ...] = ()
    users: tuple[UserId, ...] = ()
    statuses: tuple[Status, ...] = ()
    pending_reassignment: bool | None = None

    def __attrs_post_init__(self) -> None:
        valid_days(self.days)
