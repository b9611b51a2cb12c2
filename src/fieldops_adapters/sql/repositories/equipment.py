"""
Customer equipment, work to perform, and stock.
"""

from collections.abc import Collection

from sqlalchemy import bindparam, or_

from fieldops_adapters.sql.columns import Id, Ids, among
from fieldops_adapters.sql.mapping.equipment import EQUIPMENT, STOCK, WORK_TO_PERFORM
from fieldops_adapters.sql.mapping.form import locked
from fieldops_adapters.sql.repositories.belongings import Lists, SqlBelongings
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import equipment, stock, work_to_perform
from fieldops_adapters.sql.work import Work
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import CustomerEquipment, EquipmentId, Stock, StockId, WorkToPerform

_E, _W, _S = equipment.c, work_to_perform.c, stock.c
_LISTS = Lists(EQUIPMENT, _E.active.is_(True))
_IDS = bindparam("ids", type_=Ids)
_NAMED = EQUIPMENT.all.where(among(_E.id, _IDS)).order_by(_E.id)
# PostgreSQL sorts before it locks: rows are locked in the order of their ids.
_ALL_FOR_WORK = EQUIPMENT.all.where(
    _E.customer_id == bindparam("customer", type_=Id), or_(_E.active.is_(True), among(_E.id, _IDS))
).order_by(_E.id)
_FOR_WORK = {lock: locked(_ALL_FOR_WORK, lock) for lock in Lock}
_WORKS = WORK_TO_PERFORM.all.where(among(_W.id, _IDS)).order_by(_W.id)
_ALL_OF = STOCK.all.where(_S.technician_id == bindparam("technician", type_=Id)).order_by(_S.id)
_OF = {lock: locked(_ALL_OF, lock) for lock in Lock}
_SOME_OF = {lock: locked(_ALL_OF.where(among(_S.item_id, _IDS)), lock) for lock in Lock}


class SqlEquipment(SqlBelongings[EquipmentId, CustomerEquipment]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, EQUIPMENT, _LISTS)

    def named(self, ids: Collection[EquipmentId]) -> tuple[CustomerEquipment, ...]:
        return self.work.states(EQUIPMENT, _NAMED, ids=list(ids)) if ids else ()

    def for_work(
        self, customer: CustomerId, also: Collection[EquipmentId], *, lock: Lock = Lock.NONE
    ) -> tuple[CustomerEquipment, ...]:
        return self.work.states(EQUIPMENT, _FOR_WORK[lock], customer=customer, ids=list(also))


class SqlWorkToPerforms(SqlRepository[WorkOrderId, WorkToPerform]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, WORK_TO_PERFORM)

    def named(self, ids: Collection[WorkOrderId]) -> tuple[WorkToPerform, ...]:
        return self.work.states(WORK_TO_PERFORM, _WORKS, ids=list(ids)) if ids else ()

    def remove(self, work: WorkToPerform) -> None:
        self.replaced(work, self.work.run(WORK_TO_PERFORM.remove, key=work.id, earlier=work.version))


class SqlStocks(SqlRepository[StockId, Stock]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, STOCK)

    def of(
        self, technician: UserId, *, items: Collection[EntryId] | None = None, lock: Lock = Lock.NONE
    ) -> tuple[Stock, ...]:
        if items is None:
            return self.work.states(STOCK, _OF[lock], technician=technician)
        return self.work.states(STOCK, _SOME_OF[lock], technician=technician, ids=list(items)) if items else ()
