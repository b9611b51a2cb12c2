"""
Work orders and their numbers.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, select, text

from fieldops_adapters.sql.columns import Id, Ids, Instant, among
from fieldops_adapters.sql.mapping.form import COMPANY, Row, locked
from fieldops_adapters.sql.mapping.work_orders import LISTED_COLUMNS, WORK_ORDERS, listed, shown, visits
from fieldops_adapters.sql.repositories.numbers import next_number
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import OPEN_WORK_ORDER, appointments, customers, work_orders
from fieldops_adapters.sql.work import Work
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import OPEN as VISIT_OPEN
from fieldops_core.scheduling.model import Status, WorkOrderFact, WorkOrderId
from fieldops_core.work_orders.model import OPEN, RESUMABLE, Listed, Shown, Visits, Waiting, WorkOrder
from fieldops_core.work_orders.ports import BacklogSelection, Selection

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
_WITH_CUSTOMERS = work_orders.join(
    customers, and_(customers.c.company_id == _W.company_id, customers.c.id == _W.customer_id)
)
_LISTED = select(*LISTED_COLUMNS).select_from(_WITH_CUSTOMERS).where(_W.company_id == COMPANY)
_SOME_LISTED = _LISTED.where(among(_W.id, bindparam("ids", type_=Ids)))
_PAGE = _LISTED.order_by(_W.number.desc()).limit(bindparam("rows"))
# The words of the index and of the query must be the same, or SQLite does not use the one for the other.
_IS_OPEN = text(OPEN_WORK_ORDER)
_COUNT = select(func.count()).select_from(_WITH_CUSTOMERS).where(_W.company_id == COMPANY, _IS_OPEN)


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


_UPCOMING = and_(_A.status == Status.SCHEDULED.value, _A.end_at > bindparam("as_of", type_=Instant))
_PLACE = func.row_number().over(
    partition_by=_A.work_order_id,
    order_by=(
        case((_UPCOMING, 0), else_=1),
        case((_UPCOMING, _A.start_at)),
        case((_UPCOMING, None), else_=_A.start_at).desc(),
        _A.id,
    ),
)
_PLACED = (
    select(
        *(_A.work_order_id, _A.id, _A.user_id, _A.start_at, _A.end_at, _A.zone, _A.status),
        func.count().over(partition_by=_A.work_order_id).label("many"),
        _PLACE.label("place"),
    )
    .where(_A.company_id == COMPANY, among(_A.work_order_id, bindparam("ids", type_=Ids)))
    .subquery()
)
_SHOWN = select(*(each for each in _PLACED.c if each.name != "place")).where(_PLACED.c.place == 1)
_AWAITED = exists().where(
    _A.company_id == _W.company_id,
    _A.work_order_id == _W.id,
    _A.status.in_([each.value for each in VISIT_OPEN]),
)
_BACKLOG = (
    select(_W.id, _W.number, customers.c.latitude, customers.c.longitude, customers.c.location_id, _W.due_at)
    .select_from(_WITH_CUSTOMERS)
    .where(_W.company_id == COMPANY, _IS_OPEN, ~_AWAITED)
    .order_by(_W.number)
)
_VISIBLE = among(customers.c.location_id, bindparam("visible", type_=Ids))
_OF_CUSTOMER = _W.customer_id == bindparam("customer", type_=Id)
_OF_LOCATION = customers.c.location_id == bindparam("location", type_=Id)
_OF_TYPE = _W.type_id == bindparam("type", type_=Id)
_OF_PRIORITY = _W.priority_id == bindparam("priority", type_=Id)
_OF_EXTERNAL_ID = select(_W.id).where(_W.company_id == COMPANY, _W.external_id == bindparam("external_id"))
Asked = tuple[tuple[ColumnElement[bool], str, object], ...]


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

    def external_id_taken(self, external_id: str, *, by_other_than: WorkOrderId | None = None) -> bool:
        row = self.work.row(_OF_EXTERNAL_ID, external_id=external_id)
        return row is not None and row[0] != by_other_than

    def page(self, selection: Selection, *, after: int | None, limit: int) -> tuple[Listed, ...]:
        statement, status, open = _PAGE, selection.status, selection.open
        if open is not None:
            statement = statement.where(_IS_OPEN if open else text(f"NOT ({OPEN_WORK_ORDER})"))
        asked: Asked = (
            (_VISIBLE, "visible", selection.visible),
            (_OF_CUSTOMER, "customer", selection.customer),
            (_W.status == bindparam("status"), "status", None if status is None else status.value),
            (_W.number == bindparam("number"), "number", selection.number),
            (_W.technician_id == bindparam("technician", type_=Id), "technician", selection.technician),
            (_OF_TYPE, "type", selection.type),
            (_OF_PRIORITY, "priority", selection.priority),
            (_W.number < bindparam("after"), "after", after),
        )
        return tuple(map(listed, self._asked(statement, asked, rows=limit)))

    def open_ones(self, *, visible: frozenset[LocationId] | None, customer: CustomerId | None) -> int:
        asked: Asked = ((_VISIBLE, "visible", visible), (_OF_CUSTOMER, "customer", customer))
        ((count,),) = self._asked(_COUNT, asked)
        return int(count)

    def shown(self, ids: Collection[WorkOrderId], *, as_of: datetime) -> tuple[Shown, ...]:
        return tuple(map(shown, self.work.rows(_SHOWN, ids=ids, as_of=as_of))) if ids else ()

    def backlog(self, selection: BacklogSelection) -> tuple[Waiting, ...]:
        asked: Asked = (
            (_VISIBLE, "visible", selection.visible),
            (_OF_LOCATION, "location", selection.location),
            (_OF_TYPE, "type", selection.type),
            (_OF_PRIORITY, "priority", selection.priority),
            (_W.due_at >= bindparam("due_since", type_=Instant), "due_since", selection.due_since),
            (_W.due_at < bindparam("due_before", type_=Instant), "due_before", selection.due_before),
        )
        return tuple(map(Waiting._make, self._asked(_BACKLOG, asked)))

    def listed(self, ids: Collection[WorkOrderId]) -> tuple[Listed, ...]:
        return tuple(map(listed, self.work.rows(_SOME_LISTED, ids=ids))) if ids else ()

    def _asked(self, statement: Select[Any], asked: Asked, **values: object) -> Sequence[Row]:
        """
        The rows that all the conditions hold of whose value is not None.
        """
        given = {name: value for _, name, value in asked if value is not None}
        narrowed = statement.where(*(condition for condition, name, _ in asked if name in given))
        return self.work.rows(narrowed, **given, **values)
