"""
What removing records answers.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import Tombstone
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.views import UserRef


@frozen(kw_only=True)
class TombstoneView:
    """
    What is left of a deleted record: its number, which is not given again, its stage and location, and who deleted it
    (None: the system), and when.
    """

    id: UUID
    version: int
    number: int
    stage: Stage
    location: UUID
    deleted_by: UserRef | None
    deleted_at: datetime


@frozen(kw_only=True)
class TombstonesView:
    """
    A page; *next* is what to ask after, None on the last.
    """

    items: tuple[TombstoneView, ...]
    next: str | None


def tombstone_view(tombstone: Tombstone, names: dict[UserId, str]) -> TombstoneView:
    """
    *names* by the ids of users.
    """
    by = tombstone.by
    return TombstoneView(
        id=tombstone.id,
        version=tombstone.version,
        number=tombstone.number,
        stage=tombstone.stage,
        location=tombstone.location,
        deleted_by=None if by is None else UserRef(id=by, name=names[by]),
        deleted_at=tombstone.at,
    )
