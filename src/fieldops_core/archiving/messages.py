"""
What can be done and asked about archiving, and what happens then.
"""

from attrs import frozen

from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.text import tidy


@frozen(kw_only=True)
class PreviewArchive:
    customer: CustomerId


@frozen(kw_only=True)
class ArchiveCustomer:
    """
    Archive a customer and its unarchived sub-customers. *consent* is that of the preview: to exactly what it listed.
    """

    customer: CustomerId
    consent: str
    confirmed: bool = False

    def __attrs_post_init__(self) -> None:
        tidy(self, consent=200)


@frozen(kw_only=True)
class UnarchiveCustomer:
    """
    Make an archived customer writable again; *children*: its archived sub-customers too.
    """

    customer: CustomerId
    confirmed: bool = False
    children: bool = False


class CustomerArchived(Event):
    pass


class CustomerUnarchived(Event):
    pass
