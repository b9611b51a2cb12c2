"""
What is left of records that are no more.
"""

from datetime import datetime

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId


@frozen(kw_only=True)
class Tombstone:
    """
    What is left of a record: its id, the number that no other will have, its stage and location, and who deleted it and
    when (UTC). Nothing of whom it was about. *merged_into*: it was not deleted, but became part of that record, to
    which its number leads.
    """

    id: CustomerId
    number: int
    stage: Stage
    location: LocationId
    by: UserId | None
    at: datetime
    merged_into: CustomerId | None = None
    version: int = 1
