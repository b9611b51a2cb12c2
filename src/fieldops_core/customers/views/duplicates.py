"""
Records that there may be already.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import Likeness


@frozen(kw_only=True)
class DuplicateView:
    """
    A record that may be the same, and *why*.
    """

    id: UUID
    number: int
    stage: Stage
    name: str
    why: tuple[Likeness, ...]


@frozen(kw_only=True)
class DuplicatesView:
    """
    The records that may be the same as a new one, in the order of their numbers: *count* is of all of them; those that
    the reader may not see are counted and not listed, and no more than 20 are listed.
    """

    count: int = 0
    candidates: tuple[DuplicateView, ...] = ()
