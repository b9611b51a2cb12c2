"""
What can be done and asked about records that cease to be, and what happens then.
"""

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.text import tidy

APPOINTMENT_TOLD = ("id", "kind", "type", "user", "location", "period", "zone", "status", "version")
HOLD_TOLD = ("id", "type", "user", "location", "period", "zone", "version")
"""
What is told of an appointment, and of a hold, that went with its customer: whose time is free again, and when. Nothing
of the customer.
"""


@frozen(kw_only=True)
class DeleteCustomer:
    """
    Delete a record with all that belongs to it (CUS-12). It cannot be taken back, and has to be *confirmed*.
    """

    customer: CustomerId
    confirmed: bool = False


@frozen(kw_only=True)
class ListTombstones:
    """
    What is left of deleted records, those deleted last first: of a *number*, a *stage*, a *location*; those after a
    place that the page before named.
    """

    number: int | None = None
    stage: Stage | None = None
    location: LocationId | None = None
    after: str | None = None
    limit: int = 50


@frozen(kw_only=True)
class PreviewMerge:
    """
    What merging an *other* record into this one would come to.
    """

    customer: CustomerId
    other: CustomerId


@frozen(kw_only=True)
class MergeCustomers:
    """
    Merge an *other* record into this one: what belongs to it becomes this one's, and it is no more (CUS-25). *consent*
    is that of the preview.
    """

    customer: CustomerId
    other: CustomerId
    consent: str

    def __attrs_post_init__(self) -> None:
        tidy(self, consent=200)


class CustomerMerged(Event):
    """
    A record became part of another. *after* is what is left of it, and names that one: whatever was told to belong to
    it belongs there now.
    """


class BelongingHandedOver(Event):
    """
    Something belongs to another record, into which its own was merged. Before and after tell its id, version and
    *customer*.
    """


class CustomerDeleted(Event):
    """
    A record is no more. *after* is what is left of it, and its aggregate that: nothing is told of what it was before.
    """


class AppointmentDeleted(Event):
    """
    It went with its customer. Before and after are what it was, as far as APPOINTMENT_TOLD.
    """


class HoldDeleted(Event):
    """
    It went with its customer. Before and after are what it was, as far as HOLD_TOLD.
    """
