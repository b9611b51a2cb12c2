"""
Contacts.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.customers.model import Contact


@frozen(kw_only=True)
class ContactView:
    """
    Somebody to call about a record; telephone numbers in E.164.
    """

    id: UUID
    customer: UUID
    name: str
    relation: str
    phones: tuple[str, ...]
    version: int


@frozen(kw_only=True)
class ContactsView:
    """
    All contacts of a record, in the order in which they are to be called.
    """

    items: tuple[ContactView, ...]
    next: str | None = None


def contact_view(contact: Contact) -> ContactView:
    return ContactView(
        id=contact.id,
        customer=contact.customer,
        name=contact.name,
        relation=contact.relation,
        phones=tuple(phone.number for phone in contact.phones),
        version=contact.version,
    )


def contacts_view(contacts: tuple[Contact, ...]) -> ContactsView:
    return ContactsView(items=tuple(map(contact_view, contacts)))
