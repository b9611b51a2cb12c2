"""
What removing records answers.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import Tombstone
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Violation
from fieldops_core.scheduling.views import CustomerRef, UnfitView, UserRef


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


@frozen(kw_only=True)
class MergedField:
    """
    A field, what the record *kept* has there afterwards, and what the *other* one had: ``***`` where it is
    confidential.
    """

    field: str
    kept: object
    other: object


@frozen(kw_only=True)
class MergePreview:
    """
    What a merge would come to: the fields that are *filled* from the other record, those in which its values are
    *dropped*, and how many appointments and sub-customers go over; and what stands against it. Of sections that its
    reader may not see nothing is told. *consent* is for the command: it merges these records as they are.
    """

    kept: CustomerRef
    other: CustomerRef
    filled: tuple[MergedField, ...]
    dropped: tuple[MergedField, ...]
    appointments: int
    sub_customers: int
    violations: tuple[Violation, ...]
    consent: str


@frozen(kw_only=True)
class MergeView:
    """
    The record kept as it is now, its *former_numbers* with that of the other one; how many appointments and
    sub-customers went over to it; and the open appointments that its location and address do not fit (*unfit*).
    """

    id: UUID
    version: int
    number: int
    former_numbers: tuple[int, ...]
    appointments: int
    sub_customers: int
    unfit: UnfitView


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
