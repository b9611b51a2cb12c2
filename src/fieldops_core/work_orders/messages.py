"""
What can be done and asked about work orders, and what happens then.
"""

from attrs import frozen

from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import WorkOrderStatus


@frozen(kw_only=True)
class CreateWorkOrder:
    customer: CustomerId
    subject: str


@frozen(kw_only=True)
class ChangeWorkOrder:
    work_order: WorkOrderId
    subject: str | Keep = UNSET


@frozen(kw_only=True)
class CompleteWorkOrder:
    work_order: WorkOrderId


@frozen(kw_only=True)
class CancelWorkOrder:
    work_order: WorkOrderId


@frozen(kw_only=True)
class ReopenWorkOrder:
    """
    A complete or cancelled one is open again, with a *reason*.
    """

    work_order: WorkOrderId
    reason: str


@frozen(kw_only=True)
class ShowWorkOrder:
    work_order: WorkOrderId


@frozen(kw_only=True)
class ListWorkOrders:
    """
    Newest first. *after* is the number of the last one of the page before.
    """

    customer: CustomerId | None = None
    status: WorkOrderStatus | None = None
    number: int | None = None
    after: int | None = None
    limit: int = 50


class WorkOrderCreated(Event):
    pass


class WorkOrderChanged(Event):
    pass


class WorkOrderFollowed(Event):
    """
    Its appointments changed, and its status with them, among the open ones.
    """


class WorkOrderCompleted(Event):
    pass


class WorkOrderCancelled(Event):
    pass


class WorkOrderReopened(Event):
    pass
