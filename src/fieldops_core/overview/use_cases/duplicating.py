"""
One record as the pattern of another (CUS-21).
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.access.rules import RecordAccess, may_duplicate, may_use_record
from fieldops_core.customers.rules import writable
from fieldops_core.kernel.rules import permit
from fieldops_core.overview.calculations import unsaved
from fieldops_core.overview.messages import PreviewDuplicate
from fieldops_core.overview.ports import Unit
from fieldops_core.overview.views import UnsavedRecord


def preview_duplicate(question: PreviewDuplicate, call: Call[Unit]) -> UnsavedRecord:
    """
    Nothing is begun from an archived record (CUS-10).
    """
    customer = call.unit.customers.get(question.customer)
    for rule, action in ((may_use_record, Action.VIEW), (may_duplicate, Action.CREATE)):
        permit((rule,), RecordAccess(actor=call.actor, stage=customer.stage, action=action, at=customer.location))
    return unsaved(writable(customer, call.actor))
