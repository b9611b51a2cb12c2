"""
Customer equipment, work to perform, and stock.
"""

from collections.abc import Collection

from fieldops_adapters.memory.belongings import MemoryBelongings
from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import CustomerEquipment, EquipmentId, Stock, WorkToPerform


class MemoryEquipment(MemoryBelongings[CustomerEquipment]):
    def named(self, ids: Collection[EquipmentId]) -> tuple[CustomerEquipment, ...]:
        return tuple(each for each in self._sorted() if each.id in ids)

    def for_work(
        self, customer: CustomerId, also: Collection[EquipmentId], *, lock: Lock = Lock.NONE
    ) -> tuple[CustomerEquipment, ...]:
        return tuple(each for each in self._sorted() if each.customer == customer and (each.active or each.id in also))


class MemoryWorkToPerforms(MemoryRepository[WorkToPerform]):
    def named(self, ids: Collection[WorkOrderId]) -> tuple[WorkToPerform, ...]:
        return tuple(each for each in self._sorted() if each.id in ids)

    def remove(self, work: WorkToPerform) -> None:
        self._at_version(work.id, work.version)
        self._table.drop(work.id)


class MemoryStocks(MemoryRepository[Stock]):
    def of(
        self, technician: UserId, *, items: Collection[EntryId] | None = None, lock: Lock = Lock.NONE
    ) -> tuple[Stock, ...]:
        mine = (each for each in self._sorted() if each.technician == technician)
        return tuple(each for each in mine if items is None or each.item in items)

    def _check(self, state: Stock) -> None:
        alike = ((each.technician, each.item) for each in self._others(state))
        if (state.technician, state.item) in alike:
            raise Conflict("This technician has stock of that item already.")
