"""
What creating and changing a work order come to.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require
from fieldops_core.kernel.unset import given
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.messages import (
    ChangeWorkOrder,
    CreateWorkOrder,
    WorkOrderCancelled,
    WorkOrderChanged,
    WorkOrderCompleted,
    WorkOrderCreated,
    WorkOrderReopened,
)
from fieldops_core.work_orders.model import WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.rules import EDITING, LIFECYCLE, Edit, Transition

TOLD: dict[WorkOrderStatus, type[Event]] = {
    WorkOrderStatus.OPEN: WorkOrderReopened,
    WorkOrderStatus.COMPLETE: WorkOrderCompleted,
    WorkOrderStatus.CANCELLED: WorkOrderCancelled,
}


def create(
    command: CreateWorkOrder, number: int, context: Context, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[WorkOrder]:
    actor = context.actor.user
    work_order = WorkOrder(
        id=WorkOrderId(new_id()),
        number=number,
        customer=command.customer,
        subject=command.subject,
        created_by=actor,
        created_at=now,
        changed_by=actor,
        changed_at=now,
    )
    return Outcome(state=work_order, events=(WorkOrderCreated.of(None, work_order, at=now),))


def change(command: ChangeWorkOrder, work_order: WorkOrder, context: Context, *, now: datetime) -> Outcome[WorkOrder]:
    """
    Raises:
        Refused: where a field is locked (WOR-04).
    """
    changed = evolve(
        work_order,
        subject=given(command.subject, work_order.subject),
        changed_by=context.actor.user,
        changed_at=now,
        version=work_order.version + 1,
    )
    if changed.subject == work_order.subject:
        return Outcome(before=work_order, state=work_order)
    require(EDITING, Edit(work_order=work_order, fields=frozenset({"subject"})))
    return Outcome(before=work_order, state=changed, events=(WorkOrderChanged.of(work_order, changed, at=now),))


def turn(
    work_order: WorkOrder, status: WorkOrderStatus, context: Context, *, now: datetime, reason: str = ""
) -> Outcome[WorkOrder]:
    """
    Another status, by hand.

    Raises:
        Refused: where it cannot follow, or lacks the reason that it needs (WOR-03, WOR-11).
    """
    require(LIFECYCLE, Transition(before=work_order.status, after=status, reason=reason))
    changed = evolve(
        work_order,
        status=status,
        reason=reason,
        changed_by=context.actor.user,
        changed_at=now,
        version=work_order.version + 1,
    )
    return Outcome(before=work_order, state=changed, events=(TOLD[status].of(work_order, changed, at=now),))
