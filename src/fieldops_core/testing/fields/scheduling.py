"""
The fields of visits, and of what takes a user's time.
"""

from datetime import datetime
from typing import TypedDict

from fieldops_core.access.model import Kind, Stage
from fieldops_core.company.model import EntryId, SubTypeId, TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import (
    AppointmentId,
    CancelledBy,
    HoldId,
    Rescheduling,
    SeriesId,
    Status,
    StatusChange,
    VisitOutcome,
    WorkOrderId,
)


class AppointmentFields(TypedDict, total=False):
    id: AppointmentId
    kind: Kind
    type: TypeId
    sub_type: SubTypeId | None
    user: UserId
    customer: CustomerId
    location: LocationId
    period: Period
    agreed: datetime
    zone: str
    status: Status
    notes: str
    on_site_notes: str
    public_note: str
    private_note: Secret | None
    pending_reassignment: bool
    cancelled_by: CancelledBy | None
    cancellation_reason: str
    work_order: WorkOrderId | None
    former_work_order: int | None
    series: SeriesId | None
    rescheduling: Rescheduling
    reschedule_reason: EntryId | None
    outcome: VisitOutcome | None
    unable_reason: EntryId | None
    check_out_notes: str
    for_the_record: bool
    double_booked: bool
    double_booked_with: AppointmentId | None
    double_book_reason: str
    moments: tuple[StatusChange, ...]
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class HoldFields(TypedDict, total=False):
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
    version: int


class BlockFields(TypedDict, total=False):
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
    checked_out_at: datetime | None
    work_order: WorkOrderId | None
    series: SeriesId | None
