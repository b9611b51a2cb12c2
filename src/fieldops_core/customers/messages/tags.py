"""
Tags.
"""

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event


@frozen(kw_only=True)
class SetTags:
    """
    All tags of a record, as one change.
    """

    customer: CustomerId
    tags: tuple[EntryId, ...]


@frozen(kw_only=True)
class ShowTags:
    customer: CustomerId


class CustomerTagged(Event):
    pass
