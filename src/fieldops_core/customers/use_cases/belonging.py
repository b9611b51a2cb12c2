"""
What everything that belongs to a record shares: whose it is, who may, and what people and entries are called.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.access.rules import BelongingAccess, RecordAccess, may_use_belonging, may_use_record
from fieldops_core.company.model import Catalog, CatalogEntry, EntryId
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.customers.ports import Belongings, Unit
from fieldops_core.customers.rules import writable
from fieldops_core.customers.views import Names
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.events import Aggregate
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit
from fieldops_core.kernel.time import local_date

Key = TypeVar("Key", bound=UUID)
After = TypeVar("After", bound=UUID, covariant=True)
State = TypeVar("State", bound=Aggregate)


def owner(
    id: CustomerId, permission: Permission, action: Action, call: Call[Unit], *, lock: Lock = Lock.SHARED
) -> Customer:
    """
    The record that something belongs to, or is to. Every write of what belongs to one comes through here, and locks
    it. Who may not view the record, or what is to be changed, does not get it by writing to it (ACC-12).
    """
    customer = viewed(id, call, lock=Lock.NONE if action is Action.VIEW else lock)
    actor, at = call.actor, customer.location
    seen_first = action is Action.MODIFY and Action.VIEW in permission.actions
    for each in (Action.VIEW, action) if seen_first else (action,):
        permit((may_use_belonging,), BelongingAccess(actor=actor, permission=permission, action=each, at=at))
    return customer if action is Action.VIEW else writable(customer, actor)


def viewed(id: CustomerId, call: Call[Unit], *, lock: Lock = Lock.NONE) -> Customer:
    """
    A record, for who may view it.
    """
    customer = call.unit.customers.get(id, lock=lock)
    case = RecordAccess(actor=call.actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
    permit((may_use_record,), case)
    return customer


def chosen(id: EntryId, catalog: Catalog, field: str, call: Call[Unit]) -> CatalogEntry:
    """
    Raises:
        NotFound: where that catalog has no such entry.
    """
    entry = call.unit.catalog_entries.get(id)
    if entry.catalog is not catalog:
        raise NotFound(field, id)
    return entry


def names(users: Iterable[UserId | None], call: Call[Unit], *, catalog: Catalog | None = None) -> Names:
    """
    What those users, and all entries of a catalog, are called: a query each, however many they are.
    """
    ids = {each for each in users if each is not None}
    people = call.unit.people.find(ids=ids, active=None) if ids else ()
    entries = call.unit.catalog_entries.all(catalog) if catalog else ()
    return Names(
        users={person.id: person.name for person in people}, entries={entry.id: entry.name for entry in entries}
    )


def called(users: Iterable[UserId | None], entries: Iterable[EntryId], call: Call[Unit]) -> Names:
    """
    What those users and those entries, of whatever catalogs, are called: a query each, however many they are.
    """
    found, ids = names(users, call), set(entries)
    named = call.unit.catalog_entries.named(ids) if ids else ()
    return evolve(found, entries={entry.id: entry.name for entry in named})


def today(customer: Customer, call: Call[Unit]) -> date:
    """
    The date at a record's location.
    """
    return local_date(call.now, call.unit.companies.setup().location(customer.location).zone)


class Listing(Protocol[After]):
    """
    What asks for a page of what belongs to a record, and perhaps for how much there is.
    """

    @property
    def customer(self) -> CustomerId: ...
    @property
    def after(self) -> After | None: ...
    @property
    def limit(self) -> int: ...
    @property
    def count(self) -> bool: ...


def page_of(
    things: Belongings[Key, State], asked: Listing[Key], *, open: bool | None = None
) -> tuple[tuple[State, ...], str | None, int | None]:
    """
    The page, what to ask after for the one that follows, and how many there are where that is asked for; *open* as in
    :class:`~fieldops_core.customers.ports.Belongings`.

    Raises:
        InvalidValue: where a page does not hold that many (API-04).
    """
    found = things.of(asked.customer, open=open, after=asked.after, limit=one_more(asked.limit))
    page, last = paged(found, asked.limit)
    count = things.count(asked.customer, open=open) if asked.count else None
    return page, None if last is None else str(last.id), count
