"""
The bulk edit of work orders.
"""

from datetime import datetime

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import Upcoming, WorkOrderStatus

MOST_AT_ONCE = 200


@frozen(kw_only=True)
class BulkEditWorkOrders:
    """
    The same new values for several work orders, all or nothing (WOR-08), each at the version in *versions*. *due* is a
    local time of each one's location, or has an offset. *status*: COMPLETE and CANCELLED close them, with *upcoming* as
    where one is closed; an open one opens them again, with a *reason*. What is opened again is opened first, what is
    closed is closed last.

    Raises:
        InvalidValue: where there are none, more than 200, or one twice.
    """

    work_orders: tuple[WorkOrderId, ...]
    versions: tuple[int, ...]
    technician: UserId | None | Keep = UNSET
    due: datetime | None | Keep = UNSET
    type: EntryId | Keep = UNSET
    priority: EntryId | None | Keep = UNSET
    status: WorkOrderStatus | None = None
    reason: str = ""
    upcoming: Upcoming | None = None

    def __attrs_post_init__(self) -> None:
        if not len(set(self.work_orders)) == len(self.work_orders) == len(self.versions) in range(1, MOST_AT_ONCE + 1):
            sentence = f"A bulk edit names 1 to {MOST_AT_ONCE} work orders, each once and with its version."
            raise InvalidValue("work_orders.invalid", sentence, field="work_orders", rule="WOR-08")
