"""
What creating and changing a work order come to.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.access.context import Context
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require
from fieldops_core.kernel.unset import given
from fieldops_core.scheduling.model import Status, WorkOrderId
from fieldops_core.work_orders.calculations import count, derived, followed
from fieldops_core.work_orders.messages import (
    ChangeWorkOrder,
    CreateWorkOrder,
    WorkOrderCancelled,
    WorkOrderChanged,
    WorkOrderCompleted,
    WorkOrderCreated,
    WorkOrderFollowed,
    WorkOrderReopened,
)
from fieldops_core.work_orders.model import OPEN, Visits, Way, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.rules import EDITING, LIFECYCLE, Edit, Transition


@frozen(kw_only=True)
class Turn:
    """
    Another status that somebody wishes for a work order, with a *reason* where one was given.
    """

    after: WorkOrderStatus
    way: Way
    reason: str = ""


@frozen(kw_only=True)
class Touch:
    """
    What happened to appointments of a work order: one was *checked_out*; one that was completed was *resumed*, with a
    *reason*.
    """

    checked_out: bool = False
    resumed: bool = False
    reason: str = ""


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
    turn: Turn, work_order: WorkOrder, visits: Sequence[Visits], context: Context, *, now: datetime
) -> Outcome[WorkOrder]:
    """
    Another status, as somebody wishes. What is opened again is what its appointments make of it.

    Raises:
        Refused: where it cannot follow, lacks its reason, or an appointment is under way (WOR-03, WOR-11).
    """
    after = derived(visits) if turn.way is Way.REASON else turn.after
    case = Transition(
        before=work_order.status,
        after=after,
        way=turn.way,
        reason=turn.reason,
        under_way=count(visits, {Status.EN_ROUTE, Status.ON_SITE}),
    )
    require(LIFECYCLE, case)
    return _became(work_order, after, turn.reason, context, now=now)


def follow(
    touch: Touch, work_order: WorkOrder, visits: Sequence[Visits], context: Context, *, now: datetime
) -> Outcome[WorkOrder] | None:
    """
    The work order as its appointments make it now; None where it stays what it is.
    """
    before = work_order.status
    after = followed(before, visits, checked_out=touch.checked_out, resumed=touch.resumed)
    if after is before:
        return None
    reason = work_order.reason if before in OPEN else touch.reason
    return _became(work_order, after, reason, context, now=now)


def _became(
    work_order: WorkOrder, after: WorkOrderStatus, reason: str, context: Context, *, now: datetime
) -> Outcome[WorkOrder]:
    changed = evolve(
        work_order,
        status=after,
        reason=reason if after in OPEN else "",
        changed_by=context.actor.user,
        changed_at=now,
        version=work_order.version + 1,
    )
    event = _told(work_order.status, after).of(work_order, changed, at=now)
    return Outcome(before=work_order, state=changed, events=(event,))


def _told(before: WorkOrderStatus, after: WorkOrderStatus) -> type[Event]:
    if after is WorkOrderStatus.CANCELLED:
        return WorkOrderCancelled
    if after is WorkOrderStatus.COMPLETE:
        return WorkOrderCompleted
    return WorkOrderFollowed if before in OPEN else WorkOrderReopened
