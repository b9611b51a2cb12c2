"""
What changes of contacts come to.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.customers.messages import (
    ChangeContact,
    ContactChanged,
    ContactCreated,
    ContactMoved,
    ContactRemoved,
    CreateContact,
)
from fieldops_core.customers.model import Contact, ContactId
from fieldops_core.customers.rules import ADDING, ORDER, Order
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import replaced, told
from fieldops_core.kernel.rules import require


def create_contact(
    command: CreateContact,
    phones: tuple[Phone, ...],
    there: tuple[Contact, ...],
    by: UserId | None,
    *,
    new_id: Callable[[], UUID],
    now: datetime,
) -> Outcome[Contact]:
    """
    After those that are *there*.

    Raises:
        Refused: where there are too many.
    """
    require(ADDING, there)
    contact = Contact(
        id=ContactId(new_id()),
        customer=command.customer,
        name=command.name,
        relation=command.relation,
        phones=phones,
        place=1 + max((each.place for each in there), default=0),
        created_by=by,
        created_at=now,
        changed_by=by,
        changed_at=now,
    )
    return Outcome(state=contact, events=(ContactCreated.of(None, contact, at=now),))


def change_contact(
    command: ChangeContact, contact: Contact, read: Mapping[str, object], by: UserId | None, *, now: datetime
) -> Outcome[Contact]:
    """
    *read*: the telephone numbers that the command names, if it does.
    """
    changes = told(command, apart_from=frozenset({"contact"})) | dict(read)
    changed = replaced(contact, {**changes, "changed_by": by, "changed_at": now, "version": contact.version + 1})
    return Outcome(before=contact, state=changed, events=(ContactChanged.of(contact, changed, at=now),))


def remove_contact(contact: Contact, *, now: datetime) -> Outcome[Contact]:
    event = ContactRemoved.of(contact, contact, at=now)
    return Outcome(before=contact, state=contact, events=(event,), removed=True)


def order_contacts(case: Order, by: UserId | None, *, now: datetime) -> tuple[Outcome[Contact], ...]:
    """
    One for each contact that comes to another place.

    Raises:
        Refused: where the order does not name each of them once.
    """
    require(ORDER, case)
    places = {id: place for place, id in enumerate(case.told, start=1)}
    return tuple(_moved(each, places[each.id], by, now) for each in case.there if each.place != places[each.id])


def _moved(contact: Contact, place: int, by: UserId | None, now: datetime) -> Outcome[Contact]:
    moved = evolve(contact, place=place, changed_by=by, changed_at=now, version=contact.version + 1)
    return Outcome(before=contact, state=moved, events=(ContactMoved.of(contact, moved, at=now),))
