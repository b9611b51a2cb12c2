"""
Rules of what a work order holds.
"""

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.work_orders.model import LOCKED, WorkOrder


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
    COMPLETE locks what the work was, INVOICED everything but the internal note, CANCELLED freezes all.
    """
    locked = edit.fields & LOCKED[edit.work_order.status]
    return {"fields": ", ".join(sorted(locked)), "status": edit.work_order.status.value} if locked else None


EDITING = (fields_are_not_locked,)
