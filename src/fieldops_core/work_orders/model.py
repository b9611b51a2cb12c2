"""
Work orders.
"""

from datetime import datetime
from enum import Enum

from attrs import field, frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.text import filled, tidy
from fieldops_core.scheduling.model import WorkOrderId

SUBJECT_LIMIT = 255


class WorkOrderStatus(Enum):
    """
    Where a work order stands; the first is an open one.
    """

    OPEN = "open"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


OPEN = frozenset({WorkOrderStatus.OPEN})

TRANSITIONS: dict[WorkOrderStatus, frozenset[WorkOrderStatus]] = {
    WorkOrderStatus.OPEN: frozenset({WorkOrderStatus.COMPLETE, WorkOrderStatus.CANCELLED}),
    WorkOrderStatus.COMPLETE: OPEN,
    WorkOrderStatus.CANCELLED: OPEN,
}
"""
The whole truth about what may follow what (WOR-03). Back to OPEN needs a reason.
"""

LOCKED: dict[WorkOrderStatus, frozenset[str]] = {
    WorkOrderStatus.OPEN: frozenset(),
    WorkOrderStatus.COMPLETE: frozenset(),
    WorkOrderStatus.CANCELLED: frozenset({"subject"}),
}
"""
The fields that cannot be changed in a status (WOR-04).
"""


def _subject(text: str) -> str:
    return filled(text, field="subject", limit=SUBJECT_LIMIT)


@frozen(kw_only=True)
class WorkOrder:
    """
    A job at a customer. *number* is for people, once in a company. *reason* is why it was opened again, while it is.

    Raises:
        InvalidValue: where the subject does not have 1 to 255 characters.
    """

    id: WorkOrderId
    number: int
    customer: CustomerId
    subject: str = field(converter=_subject)
    status: WorkOrderStatus = WorkOrderStatus.OPEN
    reason: str = ""
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, reason=200)

    @property
    def open(self) -> bool:
        return self.status in OPEN


@frozen(kw_only=True)
class Listed:
    """
    A work order as a list shows it, with what its customer is called.
    """

    work_order: WorkOrder
    customer_number: int
    customer_name: str
    stage: Stage
