"""
How customers are merged and deleted, and what is left of them.
"""

from functools import partial

from fieldops_core.app.registry.uses import MODIFY, REMOVALS, Use, one_of, use
from fieldops_core.removing import messages
from fieldops_core.removing import use_cases as cases
from fieldops_core.removing.views import MergePreview, MergeView, TombstonesView, TombstoneView
from fieldops_core.scheduling import use_cases as scheduling_use_cases


def uses() -> tuple[Use, ...]:
    do = one_of(REMOVALS, MODIFY)
    merge = partial(cases.merge_customers, relocate=scheduling_use_cases.relocate)
    return (
        use(messages.PreviewMerge, cases.preview_merge, MergePreview, needs=do, changes=False),
        use(messages.MergeCustomers, merge, MergeView, needs=do, changes=True),
        use(messages.DeleteCustomer, cases.delete_customer, TombstoneView, needs=do, changes=True),
        use(messages.ListTombstones, cases.list_tombstones, TombstonesView, needs=do, changes=False),
    )
