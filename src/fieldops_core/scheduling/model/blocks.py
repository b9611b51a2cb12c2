"""
What is known of a user's time.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from attrs import field, frozen

from fieldops_core.access.model import Kind, Stage
from fieldops_core.company.model import (
    AppointmentType,
    CatalogEntry,
    Location,
    TypeId,
)
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model.appointments import ONE_MINUTE, AppointmentId, SeriesId, WorkOrderFact, WorkOrderId
from fieldops_core.scheduling.model.statuses import OCCUPYING, Status
from fieldops_core.staff.model import Person

LATE_FOR = timedelta(days=1)


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
