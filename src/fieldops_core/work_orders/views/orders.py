"""
Work orders as they are answered.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.company.views import JobLineView, job_lines_view
from fieldops_core.customers.views import NamedView, Names
from fieldops_core.kernel.records import made
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import Status
from fieldops_core.scheduling.views import CustomerRef, DistanceView, UserRef
from fieldops_core.work_orders.model import Listed, Shown, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.views.performing import Counts, WorkCountView, summary, work_counts_view


@frozen(kw_only=True)
class WorkOrderSummary:
    """
    A work order as lists show it. *note* is safe HTML, empty where there is none; *due* is a local time of its *zone*,
    that of the customer's location. One that is older than note types and types of work orders has none. *reason* is
    why it was opened again, while it is. Names are those of today.
    """

    id: UUID
    number: int
    external_id: str | None
    customer: CustomerRef
    subject: str
    note_type: NamedView | None
    type: NamedView | None
    template: NamedView | None
    priority: NamedView | None
    technician: NamedView | None
    due: datetime | None
    zone: str
    note: str
    status: WorkOrderStatus
    open: bool
    reason: str
    created_by: NamedView | None
    created_at: datetime
    changed_by: NamedView | None
    changed_at: datetime
    version: int


@frozen(kw_only=True)
class WorkOrderView(WorkOrderSummary):
    """
    A work order, with its lines of labor and parts. *internal_note* is for staff alone: never printed, never shown to
    customers.
    """

    internal_note: str | None
    lines: tuple[JobLineView, ...]


@frozen(kw_only=True)
class BulkEditView:
    """
    The work orders of a bulk edit as they are now, by number.
    """

    work_orders: tuple[WorkOrderView, ...]


@frozen(kw_only=True)
class WorkOrderStatusView:
    """
    What a work order has become.
    """

    id: UUID
    number: int
    status: WorkOrderStatus
    version: int


@frozen(kw_only=True)
class FollowedView:
    """
    The work orders that changed as their appointments did, by number.
    """

    work_orders: tuple[WorkOrderStatusView, ...]


@frozen(kw_only=True)
class ShownAppointment:
    """
    The appointment by which a list shows a work order: the next upcoming one, else the last. *start* and *end* are
    local times of its *zone*; *others* is how many more the work order has.
    """

    id: UUID
    user: UserRef
    start: datetime
    end: datetime
    zone: str
    status: Status
    others: int


@frozen(kw_only=True)
class WorkOrderLine(WorkOrderSummary):
    """
    A work order in a list. *appointment* is None where it has none, or none that the reader may see. *work* is such as
    "Install: 2, Service: 1", told as *counts* too.
    """

    appointment: ShownAppointment | None
    work: str = ""
    counts: tuple[WorkCountView, ...] = ()


@frozen(kw_only=True)
class WorkOrdersView:
    """
    One page of work orders, newest first. *open* is how many are open, where that was asked.
    """

    items: tuple[WorkOrderLine, ...]
    next: str | None
    open: int | None = None


@frozen(kw_only=True)
class BacklogLine:
    """
    A work order that nobody is to come for. *distance* is that of its customer from the point that was asked for, None
    where one of them is not known.
    """

    work_order: WorkOrderLine
    distance: DistanceView | None


@frozen(kw_only=True)
class BacklogView:
    """
    One page of the backlog; *total* is how many there are.
    """

    items: tuple[BacklogLine, ...]
    total: int
    next: str | None


def followed_view(work_orders: Iterable[WorkOrder]) -> FollowedView:
    lines = (
        WorkOrderStatusView(id=each.id, number=each.number, status=each.status, version=each.version)
        for each in sorted(work_orders, key=lambda each: each.number)
    )
    return FollowedView(work_orders=tuple(lines))


def work_order_line(listed: Listed, shown: Shown | None, names: Names, zone: str, counts: Counts = ()) -> WorkOrderLine:
    order = listed.work_order
    customer = CustomerRef(
        id=order.customer, number=listed.customer_number, name=listed.customer_name, stage=listed.stage
    )
    around = {
        "appointment": None if shown is None else _shown(shown, names),
        "work": summary(counts),
        "counts": work_counts_view(counts),
    }
    return made(WorkOrderLine, {**_summary(order, customer, names, zone), **around})


def _shown(shown: Shown, names: Names) -> ShownAppointment:
    return ShownAppointment(
        id=shown.id,
        user=UserRef(id=shown.user, name=names.users[shown.user]),
        start=local(shown.period.start, shown.zone),
        end=local(shown.period.end, shown.zone),
        zone=shown.zone,
        status=shown.status,
        others=shown.others,
    )


def work_order_view(work_order: WorkOrder, customer: CustomerRef, names: Names, zone: str) -> WorkOrderView:
    note = work_order.internal_note
    whole = {"internal_note": note.reveal() if note else None, "lines": job_lines_view(work_order.lines)}
    return made(WorkOrderView, {**_summary(work_order, customer, names, zone), **whole})


def _summary(order: WorkOrder, customer: CustomerRef, names: Names, zone: str) -> dict[str, object]:
    return {
        "id": order.id,
        "number": order.number,
        "external_id": order.external_id,
        "customer": customer,
        "subject": order.subject,
        "note_type": _entry(order.note_type, names),
        "type": _entry(order.type, names),
        "template": _entry(order.template, names),
        "priority": _entry(order.priority, names),
        "technician": names.user(order.technician),
        "due": local(order.due, zone) if order.due else None,
        "zone": zone,
        "note": order.note,
        "status": order.status,
        "open": order.open,
        "reason": order.reason,
        "created_by": names.user(order.created_by),
        "created_at": order.created_at,
        "changed_by": names.user(order.changed_by),
        "changed_at": order.changed_at,
        "version": order.version,
    }


def _entry(id: EntryId | None, names: Names) -> NamedView | None:
    return None if id is None else names.entry(id)
