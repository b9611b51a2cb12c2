"""
How customers are made read-only, and taken back.
"""

from functools import partial

from fieldops_core.access.model import Permission
from fieldops_core.app.registry.uses import MODIFY, Use, use
from fieldops_core.archiving import messages
from fieldops_core.archiving import use_cases as cases
from fieldops_core.archiving.views import ArchivePreview, ArchiveView, UnarchiveView
from fieldops_core.scheduling import use_cases as scheduling_use_cases


def uses() -> tuple[Use, ...]:
    do, undo = ((Permission.ARCHIVE_CUSTOMER, MODIFY),), ((Permission.UNARCHIVE_CUSTOMER, MODIFY),)
    look = partial(cases.preview_archive, keep=scheduling_use_cases.keep_visits)
    archive = partial(cases.archive_customer, keep=scheduling_use_cases.keep_visits)
    return (
        use(messages.PreviewArchive, look, ArchivePreview, needs=do, changes=False),
        use(messages.ArchiveCustomer, archive, ArchiveView, needs=do, changes=True),
        use(messages.UnarchiveCustomer, cases.unarchive_customer, UnarchiveView, needs=undo, changes=True),
    )
