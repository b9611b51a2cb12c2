"""
What a bulk edit comes to, for each of its work orders.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import Refused, Violation, refuse
from fieldops_core.work_orders.decisions.orders import Turn, change, turn
from fieldops_core.work_orders.model import OPEN, Visits, Way, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.rules import Choices, Ending

Step = Callable[[WorkOrder], Outcome[WorkOrder]]


def turn_to(status: WorkOrderStatus | None, reason: str) -> Turn | None:
    """
    What leads to a status by hand: what is to be open is opened again.
    """
    if status is None:
        return None
    return Turn(after=status, way=Way.REASON if status in OPEN else Way.HAND, reason=reason)


def edit(
    values: Mapping[str, object],
    choices: Choices,
    wished: Turn | None,
    ending: Ending,
    visits: Sequence[Visits],
    context: Context,
    *,
    now: datetime,
) -> Outcome[WorkOrder]:
    """
    Fields and status as one change, by the decisions of each: opened again first, closed last.

    Raises:
        Refused: with what stands against either.
    """
    steps: list[Step] = []
    if values:
        steps.append(lambda order: change(values, choices, order, context, now=now))
    if wished is not None:
        again = wished.way is Way.REASON
        end = None if again else ending

        def turned(order: WorkOrder) -> Outcome[WorkOrder]:
            return turn(wished, order, visits, context, ending=end, now=now)

        steps.insert(0 if again else len(steps), turned)
    return _one(ending.work_order, steps, now)


def _one(work_order: WorkOrder, steps: Sequence[Step], now: datetime) -> Outcome[WorkOrder]:
    """
    Several decisions as one change of one version.
    """
    state, found, told = work_order, tuple[Violation, ...](), list[type[Event]]()
    for step in steps:
        try:
            outcome = step(state)
        except Refused as refused:
            found += refused.violations
            continue
        state = outcome.state
        told += [type(event) for event in outcome.events]
    refuse(found)
    if not told:
        return Outcome(before=work_order, state=work_order)
    state = evolve(state, version=work_order.version + 1)
    return Outcome(before=work_order, state=state, events=tuple(each.of(work_order, state, at=now) for each in told))
