"""
What questions about work orders answer.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.scheduling.views import CustomerRef
from fieldops_core.work_orders.model import WorkOrder, WorkOrderStatus


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
class WorkOrdersView:
    """
    One page of work orders, newest first.
    """

    items: tuple[WorkOrderView, ...]
    next: str | None


def followed_view(work_orders: Iterable[WorkOrder]) -> FollowedView:
    lines = (
        WorkOrderStatusView(id=each.id, number=each.number, status=each.status, version=each.version)
        for each in sorted(work_orders, key=lambda each: each.number)
    )
    return FollowedView(work_orders=tuple(lines))


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
