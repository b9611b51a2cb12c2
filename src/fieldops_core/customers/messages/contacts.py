"""
Contacts.
"""

from attrs import frozen

from fieldops_core.customers.model import ContactId, CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.unset import UNSET, Keep


@frozen(kw_only=True)
class CreateContact:
    """
    A new contact, the last to be called. *phones* are read in the country of the record's location where they have no
    ``+``.
    """

    customer: CustomerId
    name: str
    relation: str = ""
    phones: tuple[str, ...] = ()


@frozen(kw_only=True)
class ChangeContact:
    """
    New values for some fields; *phones* replaces the list.
    """

    contact: ContactId
    name: str | Keep = UNSET
    relation: str | Keep = UNSET
    phones: tuple[str, ...] | Keep = UNSET


@frozen(kw_only=True)
class RemoveContact:
    contact: ContactId


@frozen(kw_only=True)
class OrderContacts:
    """
    All contacts of a record, in the order in which they are to be called.
    """

    customer: CustomerId
    contacts: tuple[ContactId, ...]


@frozen(kw_only=True)
class ShowContact:
    contact: ContactId


@frozen(kw_only=True)
class ListContacts:
    customer: CustomerId


class ContactCreated(Event):
    pass


class ContactChanged(Event):
    pass


class ContactMoved(Event):
    pass


class ContactRemoved(Event):
    pass
