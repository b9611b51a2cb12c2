"""
Work orders whose status follows their appointments (WOR-11).
"""

from collections import defaultdict
from collections.abc import Mapping

from fieldops_core.access.context import Call
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders import decisions
from fieldops_core.work_orders.decisions import Touch
from fieldops_core.work_orders.model import Visits
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.views import FollowedView, followed_view


def follow(touched: Mapping[WorkOrderId, Touch], call: Call[Unit]) -> FollowedView | None:
    """
    Make some work orders what their appointments, as they are saved, make of them: as many statements however many
    there are of either. None where nothing came of it.
    """
    there = call.unit.work_orders.named(touched, lock=Lock.EXCLUSIVE)
    visits: defaultdict[WorkOrderId, list[Visits]] = defaultdict(list)
    for each in call.unit.work_orders.visits(touched):  # after the lock: what others did before is seen
        visits[each.work_order].append(each)
    outcomes = [
        outcome
        for each in there
        if (outcome := decisions.follow(touched[each.id], each, visits[each.id], call.context, now=call.now))
    ]
    call.replace_all(call.unit.work_orders, outcomes)
    return followed_view(outcome.state for outcome in outcomes) if outcomes else None
