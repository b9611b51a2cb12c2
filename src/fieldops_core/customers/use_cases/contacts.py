"""
Contacts: created, changed, removed, ordered, shown, listed.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import (
    ChangeContact,
    CreateContact,
    ListContacts,
    OrderContacts,
    RemoveContact,
    ShowContact,
)
from fieldops_core.customers.model import Customer
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import Order
from fieldops_core.customers.use_cases.belonging import owner
from fieldops_core.customers.views import ContactsView, ContactView, contact_view, contacts_view
from fieldops_core.kernel.contact import Phone, Phones
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.unset import Unset

CONTACTS = Permission.CONTACTS


def create_contact(command: CreateContact, call: Call[Unit], *, phones: Phones) -> ContactView:
    # Locked against others who count them, or give the last place.
    customer = owner(command.customer, CONTACTS, Action.CREATE, call, lock=Lock.EXCLUSIVE)
    there, read = call.unit.contacts.of(customer.id), _read(command.phones, customer, call, phones)
    outcome = decisions.create_contact(command, read, there, call.actor.user, new_id=call.new_id, now=call.now)
    return contact_view(call.keep(call.unit.contacts, outcome))


def change_contact(command: ChangeContact, call: Call[Unit], *, phones: Phones) -> ContactView:
    contact = call.unit.contacts.get(command.contact)
    customer = owner(contact.customer, CONTACTS, Action.MODIFY, call)
    call.expect(contact)
    told = command.phones
    read = {} if isinstance(told, Unset) else {"phones": _read(told, customer, call, phones)}
    outcome = decisions.change_contact(command, contact, read, call.actor.user, now=call.now)
    return contact_view(call.keep(call.unit.contacts, outcome))


def remove_contact(command: RemoveContact, call: Call[Unit]) -> ContactView:
    contact = call.unit.contacts.get(command.contact)
    owner(contact.customer, CONTACTS, Action.MODIFY, call)
    call.expect(contact)
    return contact_view(call.remove(call.unit.contacts, decisions.remove_contact(contact, now=call.now)))


def order_contacts(command: OrderContacts, call: Call[Unit]) -> ContactsView:
    owner(command.customer, CONTACTS, Action.MODIFY, call, lock=Lock.EXCLUSIVE)
    case = Order(there=call.unit.contacts.of(command.customer), told=command.contacts)
    call.replace_all(call.unit.contacts, decisions.order_contacts(case, call.actor.user, now=call.now))
    return contacts_view(call.unit.contacts.of(command.customer))


def show_contact(question: ShowContact, call: Call[Unit]) -> ContactView:
    contact = call.unit.contacts.get(question.contact)
    owner(contact.customer, CONTACTS, Action.VIEW, call)
    return contact_view(contact)


def list_contacts(question: ListContacts, call: Call[Unit]) -> ContactsView:
    owner(question.customer, CONTACTS, Action.VIEW, call)
    return contacts_view(call.unit.contacts.of(question.customer))


def _read(texts: tuple[str, ...], customer: Customer, call: Call[Unit], phones: Phones) -> tuple[Phone, ...]:
    country = call.unit.companies.setup().location(customer.location).country
    try:
        return tuple(phones.parse(text, country=country) for text in texts)
    except InvalidValue as invalid:
        raise InvalidValue(
            invalid.code, invalid.sentence, facts=invalid.facts, field="phones", rule="CUS-03"
        ) from invalid
