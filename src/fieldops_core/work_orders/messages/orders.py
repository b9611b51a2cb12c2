"""
Commands, questions and events of work orders.
"""

from attrs import frozen

from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.work_orders.model import Upcoming, WorkOrderStatus


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
    """
    By hand. *upcoming* is what becomes of its upcoming appointments: without it, it is refused where there are any.
    """

    work_order: WorkOrderId
    upcoming: Upcoming | None = None


@frozen(kw_only=True)
class CancelWorkOrder:
    """
    *upcoming* as in :class:`CompleteWorkOrder` (WOR-05).
    """

    work_order: WorkOrderId
    upcoming: Upcoming | None = None


@frozen(kw_only=True)
class DeleteWorkOrder:
    """
    *upcoming* as in :class:`CompleteWorkOrder`; its other appointments keep its number (WOR-09).
    """

    work_order: WorkOrderId
    upcoming: Upcoming | None = None


@frozen(kw_only=True)
class LinkAppointment:
    """
    An upcoming tech appointment of the same customer becomes one of the work order's (WOR-07).
    """

    work_order: WorkOrderId
    appointment: AppointmentId


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
    Newest first. *open* asks for open ones alone, or for the others. *after* is the number of the last one of the page
    before.
    """

    customer: CustomerId | None = None
    status: WorkOrderStatus | None = None
    open: bool | None = None
    count: bool = False
    number: int | None = None
    after: int | None = None
    limit: int = 50


@frozen(kw_only=True)
class ListBacklog:
    """
    The open work orders that nobody is to come for (WOR-13), of a *location*: the lowest numbers first, or those
    nearest to a point (*near*). *after* is the cursor of the page before.
    """

    location: LocationId | None = None
    near: Point | None = None
    after: str | None = None
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


class WorkOrderDeleted(Event):
    pass


class WorkOrderReopened(Event):
    pass
