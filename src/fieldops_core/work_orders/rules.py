"""
Rules of work orders.
"""

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.work_orders.model import LOCKED, TRANSITIONS, Way, WorkOrder, WorkOrderStatus


@frozen(kw_only=True)
class Transition:
    """
    A change of status that somebody wishes, with its *reason* where one was given. *under_way* are the appointments
    that are EN_ROUTE or ON_SITE.
    """

    before: WorkOrderStatus
    after: WorkOrderStatus
    way: Way
    reason: str = ""
    under_way: int = 0


@rule("WOR-03", "work_order.illegal_transition", "A work order that is {before} cannot become {after}.", field="status")
def transition_is_legal(case: Transition) -> Facts | None:
    """
    The table of transitions is the whole truth.
    """
    if case.way in TRANSITIONS[case.before].get(case.after, frozenset()):
        return None
    return {"before": case.before.value, "after": case.after.value}


@rule("WOR-11", "work_order.reason_required", "Say why the work order is opened again.", field="reason")
def reopening_has_a_reason(case: Transition) -> Facts | None:
    """
    COMPLETE and CANCELLED become open again with a reason.
    """
    return {} if case.way is Way.REASON and not case.reason.strip() else None


@rule(
    "WOR-11",
    "work_order.under_way",
    "A technician is on the way to a visit of this work order or at it: that visit ends first.",
    field="status",
)
def nobody_is_under_way(case: Transition) -> Facts | None:
    """
    By hand a work order is closed while none of its appointments is EN_ROUTE or ON_SITE.
    """
    return {"under_way": case.under_way} if case.way is Way.HAND and case.under_way else None


@frozen(kw_only=True)
class Edit:
    """
    A change of some fields of a work order.
    """

    work_order: WorkOrder
    fields: frozenset[str]


@rule("WOR-04", "work_order.locked", "The {fields} of a work order that is {status} cannot be changed.")
def fields_are_not_locked(edit: Edit) -> Facts | None:
    """
    INVOICED locks everything but the internal note, CANCELLED freezes all.
    """
    locked = edit.fields & LOCKED[edit.work_order.status]
    return {"fields": ", ".join(sorted(locked)), "status": edit.work_order.status.value} if locked else None


LIFECYCLE = (transition_is_legal, reopening_has_a_reason, nobody_is_under_way)
EDITING = (fields_are_not_locked,)
