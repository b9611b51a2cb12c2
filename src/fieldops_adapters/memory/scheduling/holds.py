"""
Time that is held.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import Hold, HoldId


class MemoryHolds(MemoryRepository[Hold]):
    def remove(self, hold: Hold) -> None:
        self._at_version(hold.id, hold.version)
        self._table.drop(hold.id)

    def remove_all(self, holds: Sequence[Hold]) -> None:
        for each in holds:
            self.remove(each)

    def of_customers(self, customers: Collection[CustomerId]) -> tuple[Hold, ...]:
        return tuple(each for each in self._sorted() if each.customer in customers)

    def remove_expired(self, user: UserId, *, now: datetime) -> None:
        for each in [each for each in self._table.rows.values() if each.user == user and not each.live(now)]:
            self._table.drop(each.id)

    def find(self, id: HoldId) -> Hold | None:
        return self._table.rows.get(id)

    def live(self, period: Period, *, users: Collection[UserId] | None = None, now: datetime) -> tuple[Hold, ...]:
        found = [
            each
            for each in self._table.rows.values()
            if (users is None or each.user in users) and each.live(now) and each.period.overlaps(period)
        ]
        return tuple(sorted(found, key=lambda each: (each.period.start, each.id)))
