"""
What creating and changing a work order come to.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.access.context import Context
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import made, replaced
from fieldops_core.kernel.rules import refuse, require, violations
from fieldops_core.scheduling import decisions as scheduling
from fieldops_core.scheduling.messages import CancelAppointment
from fieldops_core.scheduling.model import Appointment, Status
from fieldops_core.work_orders.calculations import count, derived, followed
from fieldops_core.work_orders.messages import (
    WorkOrderCancelled,
    WorkOrderChanged,
    WorkOrderCompleted,
    WorkOrderCreated,
    WorkOrderDeleted,
    WorkOrderFollowed,
    WorkOrderReopened,
)
from fieldops_core.work_orders.model import CHANGEABLE, OPEN, Upcoming, Visits, Way, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.rules import (
    CHOOSING,
    DELETING,
    EDITING,
    ENDING,
    LIFECYCLE,
    REQUIRED,
    Choices,
    Deletion,
    Edit,
    Ending,
    Transition,
)

UNDER_WAY = frozenset({Status.EN_ROUTE, Status.ON_SITE})


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
    customer: CustomerId,
    values: Mapping[str, object],
    choices: Choices,
    number: int,
    context: Context,
    *,
    new_id: Callable[[], UUID],
    now: datetime,
) -> Outcome[WorkOrder]:
    """
    A work order with some values, by field.

    Raises:
        Refused: where something is missing, or cannot be chosen (WOR-01, WOR-02).
    """
    refuse(violations(REQUIRED, values) + violations(CHOOSING, choices))
    actor = context.actor.user
    upkeep = {"created_by": actor, "created_at": now, "changed_by": actor, "changed_at": now}
    its = {"id": new_id(), "number": number, "customer": customer}
    work_order = made(WorkOrder, {**values, **its, **upkeep})
    return Outcome(state=work_order, events=(WorkOrderCreated.of(None, work_order, at=now),))


def change(
    values: Mapping[str, object], choices: Choices, work_order: WorkOrder, context: Context, *, now: datetime
) -> Outcome[WorkOrder]:
    """
    A work order with other values in some fields.

    Raises:
        Refused: where a field is locked (WOR-04), or something cannot be chosen (WOR-01).
    """
    upkeep = {"changed_by": context.actor.user, "changed_at": now, "version": work_order.version + 1}
    changed = replaced(work_order, {**values, **upkeep})
    fields = frozenset(name for name in CHANGEABLE if getattr(changed, name) != getattr(work_order, name))
    if not fields:
        return Outcome(before=work_order, state=work_order)
    refuse(violations(EDITING, Edit(work_order=work_order, fields=fields)) + violations(CHOOSING, choices))
    return Outcome(before=work_order, state=changed, events=(WorkOrderChanged.of(work_order, changed, at=now),))


def turn(
    turn: Turn,
    work_order: WorkOrder,
    visits: Sequence[Visits],
    context: Context,
    *,
    ending: Ending | None = None,
    now: datetime,
) -> Outcome[WorkOrder]:
    """
    Another status, as somebody wishes. What is opened again is what its appointments make of it.

    Raises:
        Refused: where it cannot follow, lacks its reason, an appointment is under way (WOR-03, WOR-11), or nobody says
            what becomes of upcoming ones (WOR-05).
    """
    after = derived(visits) if turn.way is Way.REASON else turn.after
    case = Transition(
        before=work_order.status,
        after=after,
        way=turn.way,
        reason=turn.reason,
        under_way=count(visits, UNDER_WAY),
    )
    require(LIFECYCLE, case)
    if ending is not None:
        require(ENDING, ending)
    return _became(work_order, after, turn.reason, context, now=now)


def delete(work_order: WorkOrder, visits: Sequence[Visits], ending: Ending, *, now: datetime) -> Outcome[WorkOrder]:
    """
    Raises:
        Refused: with every rule that stands against it.
    """
    case = Deletion(work_order=work_order, under_way=count(visits, UNDER_WAY))
    refuse(violations(DELETING, case) + violations(ENDING, ending))
    event = WorkOrderDeleted.of(work_order, work_order, at=now)
    return Outcome(before=work_order, state=work_order, events=(event,), removed=True)


def settle(ending: Ending, context: Context, *, now: datetime) -> list[Outcome[Appointment]]:
    """
    The upcoming appointments as the answer wants them.
    """
    if ending.answer is Upcoming.UNLINK:
        return [scheduling.link(each, None, context, now=now) for each in ending.upcoming]
    return [
        scheduling.cancel(CancelAppointment(appointment=each.id), each, context, now=now) for each in ending.upcoming
    ]


def leave(
    appointments: Iterable[Appointment], ending: Ending, context: Context, *, now: datetime
) -> list[Outcome[Appointment]]:
    """
    All appointments of a work order that is deleted: those that stay what they are, or are cancelled, keep its number.
    """
    settled = settle(ending, context, now=now)
    upcoming = {each.id for each in ending.upcoming}
    others = [scheduling.link(each, None, context, now=now) for each in appointments if each.id not in upcoming]
    kept = others if ending.answer is Upcoming.UNLINK else [*others, *settled]
    parted = [scheduling.part(each, ending.work_order.number) for each in kept]
    return [*parted, *settled] if ending.answer is Upcoming.UNLINK else parted


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
