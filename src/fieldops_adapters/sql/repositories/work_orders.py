"""
Work orders and their numbers.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from fieldops_adapters.sql.columns import Id, Ids, among
from fieldops_adapters.sql.mapping.form import COMPANY, locked
from fieldops_adapters.sql.mapping.work_orders import LISTED_COLUMNS, WORK_ORDERS, listed, visits
from fieldops_adapters.sql.repositories.numbers import next_number
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import appointments, customers, work_orders
from fieldops_adapters.sql.work import Work
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import WorkOrderFact, WorkOrderId
from fieldops_core.work_orders.model import OPEN, RESUMABLE, Listed, Visits, WorkOrder, WorkOrderStatus

_W = work_orders.c
_OPEN, _RESUMABLE = ({each.value for each in some} for some in (OPEN, RESUMABLE))
_NEXT_NUMBER = next_number(work_orders)
# PostgreSQL sorts before it locks: rows are locked in the order of their ids.
_NAMED = (
    select(_W.id, _W.number, _W.customer_id, _W.status)
    .where(_W.company_id == COMPANY, among(_W.id, bindparam("ids", type_=Ids)))
    .order_by(_W.id)
)
_FACTS = {lock: locked(_NAMED, lock) for lock in Lock}
_PAGE = (
    select(*LISTED_COLUMNS)
    .select_from(work_orders)
    .join(customers, and_(customers.c.company_id == _W.company_id, customers.c.id == _W.customer_id))
    .where(_W.company_id == COMPANY)
    .order_by(_W.number.desc())
    .limit(bindparam("rows"))
)


_ALL_NAMED = {
    lock: locked(WORK_ORDERS.all.where(among(_W.id, bindparam("ids", type_=Ids))).order_by(_W.id), lock)
    for lock in Lock
}
_A = appointments.c
_VISITS = (
    select(_A.work_order_id, _A.status, _A.outcome, func.count(), func.max(_A.checked_out_at))
    .where(_A.company_id == COMPANY, among(_A.work_order_id, bindparam("ids", type_=Ids)))
    .group_by(_A.work_order_id, _A.status, _A.outcome)
)


class SqlWorkOrders(SqlRepository[WorkOrderId, WorkOrder]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, WORK_ORDERS)

    def next_number(self) -> int:
        return self.work.number(_NEXT_NUMBER)

    def facts(self, ids: Collection[WorkOrderId], *, lock: Lock = Lock.NONE) -> tuple[WorkOrderFact, ...]:
        return tuple(
            WorkOrderFact(id=id, number=number, customer=customer, open=status in _OPEN, resumable=status in _RESUMABLE)
            for id, number, customer, status in self.work.rows(_FACTS[lock], ids=ids)
        )

    def named(self, ids: Collection[WorkOrderId], *, lock: Lock = Lock.NONE) -> tuple[WorkOrder, ...]:
        return self.work.states(WORK_ORDERS, _ALL_NAMED[lock], ids=ids) if ids else ()

    def visits(self, ids: Collection[WorkOrderId]) -> tuple[Visits, ...]:
        return tuple(map(visits, self.work.rows(_VISITS, ids=ids))) if ids else ()

    def remove(self, work_order: WorkOrder) -> None:
        self.replaced(work_order, self.work.run(WORK_ORDERS.remove, key=work_order.id, earlier=work_order.version))

    def save_all(self, states: Sequence[WorkOrder]) -> None:
        if states:
            self.work.replace(WORK_ORDERS, states)

    def page(
        self,
        *,
        visible: frozenset[LocationId] | None,
        customer: CustomerId | None,
        status: WorkOrderStatus | None,
        number: int | None,
        after: int | None,
        limit: int,
    ) -> tuple[Listed, ...]:
        asked: tuple[tuple[ColumnElement[bool], str, object], ...] = (
            (among(customers.c.location_id, bindparam("visible", type_=Ids)), "visible", visible),
            (_W.customer_id == bindparam("customer", type_=Id), "customer", customer),
            (_W.status == bindparam("status"), "status", None if status is None else status.value),
            (_W.number == bindparam("number"), "number", number),
            (_W.number < bindparam("after"), "after", after),
        )
        values = {name: value for _, name, value in asked if value is not None}
        statement = _PAGE.where(*(condition for condition, name, _ in asked if name in values))
        return tuple(map(listed, self.work.rows(statement, rows=limit, **values)))
