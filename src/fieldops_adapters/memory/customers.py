"""
Customer records and their numbers.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Lookup, Table, Tables
from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.calculations import is_found, ordered, placed
from fieldops_core.customers.model import (
    Candidate,
    Customer,
    CustomerId,
    CustomerPlace,
    InstallVisit,
    Match,
    Place,
    RecordStatus,
    Sort,
    Sought,
    Traits,
    candidate_of,
    is_cancelled,
    lead_status,
    match_of,
)
from fieldops_core.customers.ports import Found, Selection
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import OCCUPYING, Appointment


class Visits(Protocol):
    """
    Where appointments are found.
    """

    @property
    def appointments(self) -> Iterable[Appointment]: ...


class MemoryInstallVisits:
    def __init__(self, around: Visits, tables: Tables) -> None:
        self._around, self._tables = around, tables

    def of(self, customers: Collection[CustomerId]) -> tuple[InstallVisit, ...]:
        found = [
            InstallVisit(
                appointment=each.id,
                customer=each.customer,
                start=each.period.start,
                zone=each.zone,
                user=each.user,
                reports_to=self._tables.users.rows[each.user].reports_to,
            )
            for each in self._around.appointments
            if each.customer in customers
            and self._tables.appointment_types.rows[each.type].install
            and each.status in OCCUPYING
        ]
        return tuple(sorted(found, key=lambda each: (each.start, each.appointment)))


class MemoryCustomers(MemoryRepository[Customer]):
    def __init__(self, tables: Tables) -> None:
        super().__init__("customer", tables.customers)
        self._numbers, self._tables = tables.numbers, tables

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

    def page(self, selection: Selection, *, sort: Sort, after: Place | None, limit: int) -> tuple[Customer, ...]:
        def at(customer: Customer) -> Place:
            return ordered(placed(match_of(customer), sort), sort)

        found = [each for each in self._selected(selection) if after is None or at(each) > ordered(after, sort)]
        return tuple(sorted(found, key=at)[:limit])

    def matching(self, sought: Sought, selection: Selection, *, limit: int) -> Found:
        def first(match: Match) -> tuple[int, str, int]:
            exact = match.number == sought.number or match.external_id == sought.text
            begins = match.name_key.startswith(sought.terms[0])
            return (0 if exact else 1 if begins else 2, match.name_key if begins else "", match.number)

        found = [match_of(each) for each in self._selected(selection) if is_found(each, sought.terms)]
        return Found(matches=tuple(sorted(found, key=first)[:limit]), more=len(found) > limit)

    def _selected(self, selection: Selection) -> Iterator[Customer]:
        for customer in self._table.rows.values():
            if (
                (selection.visible is None or (customer.stage, customer.location) in selection.visible)
                and selection.number in (None, customer.number, *customer.former_numbers)
                and selection.location in (None, customer.location)
                and selection.stage in (None, customer.stage)
                and selection.archived in (None, customer.archived)
                and selection.lead_status in (None, lead_status(customer))
                and selection.status in (None, *self._statuses(customer))
                and (selection.tag is None or self._tagged(customer, selection.tag))
            ):
                yield customer

    def _tagged(self, customer: Customer, tag: EntryId) -> bool:
        tagging = self._tables.taggings.rows.get(customer.id)
        return tagging is not None and tag in tagging.tags

    def _statuses(self, customer: Customer) -> Iterator[RecordStatus]:
        if is_cancelled(customer):
            yield RecordStatus.CANCELLED
        if any(mark.open and mark.customer == customer.id for mark in self._tables.at_risk_marks.rows.values()):
            yield RecordStatus.AT_RISK

    def family(self, parent: CustomerId, *, lock: Lock = Lock.NONE) -> tuple[Customer, ...]:
        return tuple(each for each in self._sorted() if parent in (each.id, each.parent))

    def children(self, parent: CustomerId, *, limit: int | None = None) -> tuple[Customer, ...]:
        found = [each for each in self._table.rows.values() if each.parent == parent]
        return tuple(sorted(found, key=lambda each: each.number)[:limit])

    def candidates(
        self, *, visible: frozenset[LocationId] | None, words: tuple[str, ...], without: CustomerId, limit: int
    ) -> tuple[Customer, ...]:
        found = [
            each
            for each in self._table.rows.values()
            if each.stage is Stage.CUSTOMER
            and each.parent is None
            and not each.archived
            and each.id != without
            and (visible is None or each.location in visible)
            and is_found(each, words)
        ]
        return tuple(sorted(found, key=lambda each: each.number)[:limit])

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
        if state.parent is not None and not self._may_be_child(state, state.parent):
            raise Conflict(f"The family of {state.id} would have three levels, or lack its parent.")
        for other in self._others(state):
            if other.number == state.number:
                raise Conflict(f"There is a customer number {state.number} already.")
            if state.external_id is not None and other.external_id == state.external_id:
                raise Conflict(f"There is a customer with the external id {state.external_id} already.")

    def _may_be_child(self, state: Customer, id: CustomerId) -> bool:
        parent = self._table.rows.get(id)
        its_own = any(other.parent == state.id for other in self._others(state))
        return parent is not None and parent.id != state.id and parent.parent is None and not its_own


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
