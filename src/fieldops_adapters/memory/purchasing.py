"""
Purchase orders and their numbers.
"""

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Tables
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import PurchaseOrder, PurchaseStatus


class MemoryPurchaseOrders(MemoryRepository[PurchaseOrder]):
    def __init__(self, tables: Tables) -> None:
        super().__init__("purchase_order", tables.purchase_orders)
        self._numbers = tables.numbers

    def next_number(self) -> int:
        given = self._numbers.rows.get("purchase_order", 0)
        number = max([given, *(each.number for each in self._table.rows.values())]) + 1
        self._numbers.put("purchase_order", number)
        return number

    def of_work_order(self, id: WorkOrderId) -> tuple[PurchaseOrder, ...]:
        found = [each for each in self._table.rows.values() if each.work_order == id]
        return tuple(sorted(found, key=lambda each: each.number))

    def page(
        self,
        *,
        visible: frozenset[LocationId] | None,
        work_order: WorkOrderId | None,
        recipient: UserId | None,
        status: PurchaseStatus | None,
        number: int | None,
        after: int | None,
        limit: int,
    ) -> tuple[PurchaseOrder, ...]:
        found = [
            each
            for each in self._table.rows.values()
            if (visible is None or each.location in visible)
            and work_order in (None, each.work_order)
            and recipient in (None, each.recipient)
            and status in (None, each.status)
            and number in (None, each.number)
            and (after is None or each.number < after)
        ]
        return tuple(sorted(found, key=lambda each: -each.number)[:limit])

    def _check(self, state: PurchaseOrder) -> None:
        if any(other.number == state.number for other in self._others(state)):
            raise Conflict(f"There is a purchase order number {state.number} already.")
