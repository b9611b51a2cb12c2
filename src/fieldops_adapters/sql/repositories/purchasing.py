"""
Purchase orders and their numbers.
"""

from sqlalchemy import bindparam

from fieldops_adapters.sql.columns import Id, Ids, among
from fieldops_adapters.sql.mapping.purchasing import PURCHASE_ORDERS
from fieldops_adapters.sql.repositories.numbers import next_number
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import purchase_orders
from fieldops_adapters.sql.work import Work
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import PurchaseOrder, PurchaseOrderId, PurchaseStatus

_P = purchase_orders.c
_NEXT_NUMBER = next_number(purchase_orders)
_PAGE = PURCHASE_ORDERS.all.order_by(_P.number.desc()).limit(bindparam("rows"))
_OF_WORK_ORDER = PURCHASE_ORDERS.all.where(_P.work_order_id == bindparam("work_order", type_=Id)).order_by(_P.number)


class SqlPurchaseOrders(SqlRepository[PurchaseOrderId, PurchaseOrder]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, PURCHASE_ORDERS)

    def next_number(self) -> int:
        return self.work.number(_NEXT_NUMBER)

    def of_work_order(self, id: WorkOrderId) -> tuple[PurchaseOrder, ...]:
        return self.work.states(PURCHASE_ORDERS, _OF_WORK_ORDER, work_order=id)

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
        asked = (
            (among(_P.location_id, bindparam("visible", type_=Ids)), "visible", visible),
            (_P.work_order_id == bindparam("work_order", type_=Id), "work_order", work_order),
            (_P.recipient_id == bindparam("recipient", type_=Id), "recipient", recipient),
            (_P.status == bindparam("status"), "status", None if status is None else status.value),
            (_P.number == bindparam("number"), "number", number),
            (_P.number < bindparam("after"), "after", after),
        )
        given: dict[str, object] = {name: value for _, name, value in asked if value is not None}
        narrowed = _PAGE.where(*(condition for condition, name, _ in asked if name in given))
        return self.work.states(PURCHASE_ORDERS, narrowed, **given, rows=limit)
