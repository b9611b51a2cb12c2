"""
The aggregates of one kind in one company.
"""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from fieldops_adapters.memory.tables import Table
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.kernel.events import Aggregate
from fieldops_core.kernel.outcome import UniformChange
from fieldops_core.kernel.repository import Lock

State = TypeVar("State", bound=Aggregate)


class MemoryRepository(Generic[State]):
    """
    There is one writer at a time, so a lock has nothing to do.
    """

    def __init__(self, kind: str, table: Table[UUID, State]) -> None:
        self._kind, self._table = kind, table

    def get(self, id: UUID, *, lock: Lock = Lock.NONE) -> State:
        if id not in self._table.rows:
            raise NotFound(self._kind, id)
        return self._table.rows[id]

    def add(self, state: State) -> None:
        if state.id in self._table.rows:
            raise Conflict(f"There is a {self._kind} {state.id} already.")
        self._check(state)
        self._table.put(state.id, state)

    def add_all(self, states: Sequence[State]) -> None:
        for state in states:
            self.add(state)

    def save(self, state: State) -> None:
        self._at_version(state.id, state.version - 1)
        self._check(state)
        self._table.put(state.id, state)

    def save_alike(self, change: UniformChange[State]) -> None:
        for outcome in change.outcomes:
            self.save(outcome.state)

    def _at_version(self, id: UUID, version: int) -> None:
        stored = self._table.rows.get(id)
        if stored is None or stored.version != version:
            raise Conflict(f"The {self._kind} {id} is not at version {version}.")

    def _check(self, state: State) -> None:
        """
        Raises:
            Conflict: where another row stands against this one.
        """

    def _others(self, state: State) -> Iterator[State]:
        return (each for each in self._table.rows.values() if each.id != state.id)

    def _sorted(self) -> list[State]:
        return sorted(self._table.rows.values(), key=lambda state: state.id)
