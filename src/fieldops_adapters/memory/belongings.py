"""
What belongs to customer records.
"""

from collections.abc import (
    Callable,
    Collection,
    Sequence,
)
from typing import Protocol, TypeVar
from uuid import UUID

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Table
from fieldops_core.customers.model import (
    Connection,
    ConnectionKind,
    Contact,
    CreditCheck,
    CustomerId,
    File,
    Fulfilment,
    Tagging,
)
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.events import Aggregate
from fieldops_core.kernel.repository import Lock

NEVER_KEPT = 1
"""
The version of the tags of a record that was never tagged.
"""


class Belonging(Aggregate, Protocol):
    @property
    def customer(self) -> CustomerId: ...


State = TypeVar("State", bound=Belonging)


class MemoryBelongings(MemoryRepository[State]):
    """
    *open* tells which of them are; by default all.
    """

    def __init__(self, kind: str, table: Table[UUID, State], *, open: Callable[[State], bool] = lambda _: True) -> None:
        super().__init__(kind, table)
        self._open = open

    def of(
        self, customer: CustomerId, *, open: bool | None = None, after: UUID | None = None, limit: int
    ) -> tuple[State, ...]:
        found = [each for each in self._all_of(customer, open) if after is None or each.id < after]
        return tuple(found[:limit])

    def count(self, customer: CustomerId, *, open: bool | None = None) -> int:
        return len(self._all_of(customer, open))

    def _all_of(self, customer: CustomerId, open: bool | None) -> list[State]:
        return [
            each
            for each in reversed(self._sorted())
            if each.customer == customer and (open is None or self._open(each) is open)
        ]


class MemoryConnections(MemoryBelongings[Connection]):
    def standing(self, customer: CustomerId, kind: ConnectionKind) -> Connection | None:
        return next((each for each in self._all_of(customer, True) if each.kind is kind), None)

    def _check(self, state: Connection) -> None:
        for other in self._others(state):
            if state.open and other.open and (other.customer, other.kind) == (state.customer, state.kind):
                raise Conflict(f"The customer {state.customer} is linked already.")


class MemoryCreditChecks(MemoryBelongings[CreditCheck]):
    def _check(self, state: CreditCheck) -> None:
        if state.active and any(each.active and each.customer == state.customer for each in self._others(state)):
            raise Conflict(f"Another credit check of {state.customer} is active.")


class MemoryContacts(MemoryRepository[Contact]):
    def of(self, customer: CustomerId) -> tuple[Contact, ...]:
        found = [each for each in self._sorted() if each.customer == customer]
        return tuple(sorted(found, key=lambda each: each.place))

    def save_all(self, states: Sequence[Contact]) -> None:
        for state in states:
            self.save(state)

    def remove(self, state: Contact) -> None:
        self._at_version(state.id, state.version)
        self._table.drop(state.id)


class MemoryFulfilments(MemoryRepository[Fulfilment]):
    def of(self, customer: CustomerId) -> tuple[Fulfilment, ...]:
        return tuple(each for each in self._sorted() if each.customer == customer)

    def remove(self, state: Fulfilment) -> None:
        self._at_version(state.id, state.version)
        self._table.drop(state.id)


class MemoryTaggings(MemoryRepository[Tagging]):
    def get(self, id: UUID, *, lock: Lock = Lock.NONE) -> Tagging:
        return self._table.rows.get(id) or Tagging(id=CustomerId(id))

    def save(self, state: Tagging) -> None:
        if state.version == NEVER_KEPT + 1:
            self.add(state)
        else:
            super().save(state)


class MemoryFileRows(MemoryBelongings[File]):
    def remove(self, state: File) -> None:
        self._at_version(state.id, state.version)
        self._table.drop(state.id)

    def named(self, keys: Collection[str]) -> frozenset[str]:
        return frozenset(each.content.key for each in self._table.rows.values() if each.content.key in keys)
