"""
Work orders as they are answered.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from attrs import fields, frozen

from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import Status
from fieldops_core.scheduling.views import CustomerRef, DistanceView, UserRef
from fieldops_core.work_orders.model import Listed, Shown, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.views.performing import Counts, WorkCountView, summary, work_counts_view


@frozen(kw_only=True)
class WorkOrderView:
    """
    A work order. *reason* is why it was opened again, while it is.
    """

    id: UUID
    number: int
    customer: CustomerRef
    subject: str
    status: WorkOrderStatus
    open: bool
    reason: str
    created_by: UUID | None
    created_at: datetime
    changed_by: UUID | None
    changed_at: datetime
    version: int


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
class WorkOrderLine(WorkOrderView):
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


def work_order_line(
    listed: Listed, shown: Shown | None, names: Mapping[UserId, str], counts: Counts = ()
) -> WorkOrderLine:
    order = listed.work_order
    customer = CustomerRef(
        id=order.customer, number=listed.customer_number, name=listed.customer_name, stage=listed.stage
    )
    view = work_order_view(order, customer)
    told = {each.name: getattr(view, each.name) for each in fields(WorkOrderView)}
    return WorkOrderLine(
        **told,
        appointment=None if shown is None else _shown(shown, names),
        work=summary(counts),
        counts=work_counts_view(counts),
    )


def _shown(shown: Shown, names: Mapping[UserId, str]) -> ShownAppointment:
    return ShownAppointment(
        id=shown.id,
        user=UserRef(id=shown.user, name=names[shown.user]),
        start=local(shown.period.start, shown.zone),
        end=local(shown.period.end, shown.zone),
        zone=shown.zone,
        status=shown.status,
        others=shown.others,
    )


def work_order_view(work_order: WorkOrder, customer: CustomerRef) -> WorkOrderView:
    return WorkOrderView(
        id=work_order.id,
        number=work_order.number,
        customer=customer,
        subject=work_order.subject,
        status=work_order.status,
        open=work_order.open,
        reason=work_order.reason,
        created_by=work_order.created_by,
        created_at=work_order.created_at,
        changed_by=work_order.changed_by,
        changed_at=work_order.changed_at,
        version=work_order.version,
    )
