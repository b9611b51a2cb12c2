"""
What is left of records that are no more.
"""

from fieldops_adapters.memory.tables import Tables
from fieldops_core.access.model import Stage
from fieldops_core.customers.model import CustomerId, Tombstone
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.history import HistoryPlace
from fieldops_core.kernel.ids import LocationId


class MemoryTombstones:
    def __init__(self, tables: Tables) -> None:
        self._table, self._numbers = tables.tombstones, tables.numbers

    def add(self, state: Tombstone) -> None:
        if any(each.id == state.id or each.number == state.number for each in self._table.rows.values()):
            raise Conflict(f"There is a tombstone of {state.id} already, or one of its number.")
        self._table.put(state.id, state)
        self._numbers.put("customer", max(state.number, self._numbers.rows.get("customer", 0)))

    def save(self, state: Tombstone) -> None:
        stored = self._table.rows.get(state.id)
        if stored is None or stored.version != state.version - 1:
            raise Conflict(f"The tombstone {state.id} is not at version {state.version - 1}.")
        self._table.put(state.id, state)

    def find(self, id: CustomerId) -> Tombstone | None:
        return self._table.rows.get(id)

    def page(
        self,
        *,
        visible: frozenset[tuple[Stage, LocationId]],
        number: int | None,
        stage: Stage | None,
        location: LocationId | None,
        after: HistoryPlace | None,
        limit: int,
    ) -> tuple[Tombstone, ...]:
        found = [
            each
            for each in self._table.rows.values()
            if each.merged_into is None
            and (each.stage, each.location) in visible
            and number in (None, each.number)
            and stage in (None, each.stage)
            and location in (None, each.location)
            and (after is None or (each.at, each.id) < (after.at, after.id))
        ]
        return tuple(sorted(found, key=lambda each: (each.at, each.id), reverse=True)[:limit])
