"""
Customer records and their numbers.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Lookup, Table, Tables
from fieldops_core.access.model import Stage
from fieldops_core.customers.model import (
    Candidate,
    Customer,
    CustomerId,
    CustomerPlace,
    Traits,
    candidate_of,
    search_text,
)
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock


class MemoryCustomers(MemoryRepository[Customer]):
    def __init__(self, tables: Tables) -> None:
        super().__init__("customer", tables.customers)
        self._numbers = tables.numbers

    def next_number(self) -> int:
        given = self._numbers.rows.get("customer", 0)
        number = 1 + max((customer.number for customer in self._table.rows.values()), default=0)
        number = max(number, given + 1)
        self._numbers.put("customer", number)
        return number

    def next_numbers(self, count: int) -> range:
        first = self.next_number()
        self._numbers.put("customer", first + count - 1)
        return range(first, first + count)

    def named(self, ids: Collection[CustomerId], *, lock: Lock = Lock.NONE) -> tuple[Customer, ...]:
        found = (each for each in self._table.rows.values() if each.id in ids)
        return tuple(sorted(found, key=lambda each: each.id))

    def known_external_ids(self, external_ids: Collection[str]) -> Mapping[str, CustomerId]:
        there = {customer.external_id: customer.id for customer in self._table.rows.values()}
        return {each: there[each] for each in external_ids if each in there}

    def external_id_taken(self, external_id: str, *, by_other_than: CustomerId | None = None) -> bool:
        return any(
            customer.external_id == external_id and customer.id != by_other_than
            for customer in self._table.rows.values()
        )

    def alike(self, traits: Traits) -> tuple[Candidate, ...]:
        found = (candidate_of(each) for each in self._table.rows.values())
        return tuple(sorted((each for each in found if each.traits.keys & traits.keys), key=lambda each: each.number))

    def page(
        self,
        *,
        visible: frozenset[tuple[Stage, LocationId]] | None,
        words: tuple[str, ...] = (),
        number: int | None,
        location: LocationId | None,
        stage: Stage | None,
        after: int | None,
        limit: int,
    ) -> tuple[Customer, ...]:
        found = [
            customer
            for customer in self._table.rows.values()
            if (visible is None or (customer.stage, customer.location) in visible)
            and all(word in search_text(customer) for word in words)
            and number in (None, customer.number)
            and location in (None, customer.location)
            and stage in (None, customer.stage)
            and (after is None or customer.number > after)
        ]
        return tuple(sorted(found, key=lambda customer: customer.number)[:limit])

    def unplaced(self, *, estimates: bool) -> tuple[CustomerId, ...]:
        found = (each for each in self._table.rows.values() if (not each.placed if estimates else each.point is None))
        return tuple(each.id for each in sorted(found, key=lambda each: each.number))

    def places(self) -> tuple[CustomerPlace, ...]:
        found = [each for each in self._table.rows.values() if each.stage is Stage.CUSTOMER]
        return tuple(
            CustomerPlace(id=each.id, number=each.number, name=each.name, location=each.location, point=each.point)
            for each in sorted(found, key=lambda each: each.number)
        )

    def _check(self, state: Customer) -> None:
        for other in self._others(state):
            if other.number == state.number:
                raise Conflict(f"There is a customer number {state.number} already.")
            if state.external_id is not None and other.external_id == state.external_id:
                raise Conflict(f"There is a customer with the external id {state.external_id} already.")


class MemoryLookups:
    def __init__(self, lookups: Table[UUID, Lookup]) -> None:
        self._lookups = lookups

    def put(self, customers: Collection[CustomerId], *, due: datetime) -> None:
        for customer in customers:
            self._lookups.put(customer, Lookup(due=due))

    def put_off(self, customer: CustomerId, *, due: datetime) -> None:
        if customer in self._lookups.rows:
            self._lookups.put(customer, Lookup(due=due, tries=self._lookups.rows[customer].tries + 1))

    def tries(self, customer: CustomerId) -> int | None:
        return self._lookups.rows[customer].tries if customer in self._lookups.rows else None

    def drop(self, customer: CustomerId) -> None:
        self._lookups.drop(customer)
