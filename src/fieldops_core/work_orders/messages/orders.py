"""
Commands, questions and events of work orders.
"""

from datetime import date, datetime

from attrs import frozen

from fieldops_core.company.messages import JobLineFields
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.work_orders.model import Upcoming, WorkOrderStatus


@frozen(kw_only=True)
class CreateWorkOrder:
    """
    A *template* fills in what is left out (WOR-02); note type, type and subject are required from one of the two. *due*
    is a local time of the customer's location, with its ``fold``, or has an offset. *note* is rich text.
    """

    customer: CustomerId
    template: EntryId | None = None
    note_type: EntryId | Keep = UNSET
    type: EntryId | Keep = UNSET
    technician: UserId | None | Keep = UNSET
    due: datetime | None = None
    subject: str | Keep = UNSET
    note: str | Keep = UNSET
    internal_note: Secret | None = None
    priority: EntryId | None | Keep = UNSET
    lines: tuple[JobLineFields, ...] | Keep = UNSET
    external_id: str | None = None


@frozen(kw_only=True)
class ChangeWorkOrder:
    """
    New values for some fields, as in :class:`CreateWorkOrder`; *lines* replaces all of them.
    """

    work_order: WorkOrderId
    note_type: EntryId | Keep = UNSET
    type: EntryId | Keep = UNSET
    technician: UserId | None | Keep = UNSET
    due: datetime | None | Keep = UNSET
    subject: str | Keep = UNSET
    note: str | Keep = UNSET
    internal_note: Secret | None | Keep = UNSET
    priority: EntryId | None | Keep = UNSET
    lines: tuple[JobLineFields, ...] | Keep = UNSET
    external_id: str | None | Keep = UNSET


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
    Newest first. *open* asks for open ones alone, or for the others; *location* is that of their customers. *after* is
    the number of the last one of the page before.
    """

    customer: CustomerId | None = None
    location: LocationId | None = None
    status: WorkOrderStatus | None = None
    open: bool | None = None
    count: bool = False
    number: int | None = None
    technician: UserId | None = None
    type: EntryId | None = None
    priority: EntryId | None = None
    after: int | None = None
    limit: int = 50


@frozen(kw_only=True)
class ListBacklog:
    """
    The open work orders that nobody is to come for (WOR-13), of a *location*, *type* and *priority*, due on local dates
    of their locations from *due_from* to *due_until*: the lowest numbers first, or those nearest to a point (*near*).
    *after* is the cursor of the page before.
    """

    location: LocationId | None = None
    type: EntryId | None = None
    priority: EntryId | None = None
    due_from: date | None = None
    due_until: date | None = None
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
