"""
Work orders, and how lists show them.
"""

from datetime import datetime
from typing import NamedTuple

from attrs import field, frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import SUBJECT_LIMIT, EntryId, JobLine, job_lines
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.geo import Point, point_of
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import clean, filled, tidy
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import AppointmentId, Status, WorkOrderId
from fieldops_core.work_orders.model.lifecycle import OPEN, WorkOrderStatus

INTERNAL_NOTE_LIMIT = 20_000


def _subject(text: str) -> str:
    return filled(text, field="subject", limit=SUBJECT_LIMIT)


@frozen(kw_only=True)
class WorkOrder:
    """
    A job at a customer. *number* is for people, once in a company. *note* is safe HTML; *internal_note* is for staff
    alone. *due* is an instant, told in the zone of the customer's location. One that is older than these fields has no
    *note_type* and *type*. *reason* is why it was opened again, while it is.

    Raises:
        InvalidValue: where the subject does not have 1 to 255 characters.
    """

    id: WorkOrderId
    number: int
    customer: CustomerId
    external_id: str | None = None
    template: EntryId | None = None
    note_type: EntryId | None = None
    type: EntryId | None = None
    technician: UserId | None = None
    due: datetime | None = None
    subject: str = field(converter=_subject)
    note: str = ""
    internal_note: Secret | None = None
    priority: EntryId | None = None
    lines: tuple[JobLine, ...] = field(default=(), converter=job_lines)
    status: WorkOrderStatus = WorkOrderStatus.OPEN
    reason: str = ""
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, reason=200)
        if self.external_id is not None:
            object.__setattr__(self, "external_id", filled(self.external_id, field="external_id"))
        if self.internal_note is not None:
            clean(self.internal_note.reveal(), field="internal_note", limit=INTERNAL_NOTE_LIMIT)

    @property
    def open(self) -> bool:
        return self.status in OPEN


class Waiting(NamedTuple):
    """
    A work order of the backlog, the location of its customer, and the degrees of its place, None while nobody knows it.
    """

    id: WorkOrderId
    number: int
    latitude: float | None
    longitude: float | None
    location: LocationId
    due: datetime | None

    @property
    def place(self) -> Point | None:
        return point_of(self.latitude, self.longitude)


@frozen(kw_only=True)
class Shown:
    """
    The appointment by which a list shows a work order: the next upcoming one, else the last; *others* is how many more
    there are.
    """

    work_order: WorkOrderId
    id: AppointmentId
    user: UserId
    period: Period
    zone: str
    status: Status
    others: int


@frozen(kw_only=True)
class Listed:
    """
    A work order as a list shows it, without its internal note, with what its customer is called and the *location* of
    that record.
    """

    work_order: WorkOrder
    customer_number: int
    customer_name: str
    stage: Stage
    location: LocationId
