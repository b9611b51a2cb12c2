"""
Rules of work orders.
"""

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.work_orders.model import LOCKED, OPEN, TRANSITIONS, WorkOrder, WorkOrderStatus


@frozen(kw_only=True)
class Transition:
    """
    A change of status by hand, with its *reason* where one was given.
    """

    before: WorkOrderStatus
    after: WorkOrderStatus
    reason: str = ""


@rule("WOR-03", "work_order.illegal_transition", "A work order that is {before} cannot become {after}.", field="status")
def transition_is_legal(case: Transition) -> Facts | None:
    """
    The table of transitions is the whole truth.
    """
    if case.after in TRANSITIONS[case.before]:
        return None
    return {"before": case.before.value, "after": case.after.value}


@rule("WOR-11", "work_order.reason_required", "Say why the work order is opened again.", field="reason")
def reopening_has_a_reason(case: Transition) -> Facts | None:
    """
    COMPLETE and CANCELLED become open again with a reason.
    """
    return {} if case.after in OPEN and not case.reason.strip() else None


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
    CANCELLED freezes all.
    """
    locked = edit.fields & LOCKED[edit.work_order.status]
    return {"fields": ", ".join(sorted(locked)), "status": edit.work_order.status.value} if locked else None


LIFECYCLE = (transition_is_legal, reopening_has_a_reason)
EDITING = (fields_are_not_locked,)
