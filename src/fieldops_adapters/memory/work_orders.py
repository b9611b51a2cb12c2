"""
Work orders and their numbers.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from attrs import evolve

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Tables
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import OPEN as VISIT_OPEN
from fieldops_core.scheduling.model import Appointment, Status, VisitOutcome, WorkOrderFact, WorkOrderId
from fieldops_core.work_orders.model import RESUMABLE, Listed, Shown, Visits, Waiting, WorkOrder
from fieldops_core.work_orders.ports import BacklogSelection, Selection


class MemoryWorkOrders(MemoryRepository[WorkOrder]):
    def __init__(self, tables: Tables) -> None:
        super().__init__("work_order", tables.work_orders)
        self._customers, self._appointments, self._numbers = tables.customers, tables.appointments, tables.numbers
        self._works = tables.work_to_perform

    def next_number(self) -> int:
        given = self._numbers.rows.get("work_order", 0)
        number = max([given, *(each.number for each in self._table.rows.values())]) + 1
        self._numbers.put("work_order", number)
        return number

    def facts(self, ids: Collection[WorkOrderId], *, lock: Lock = Lock.NONE) -> tuple[WorkOrderFact, ...]:
        return tuple(
            WorkOrderFact(
                id=each.id,
                number=each.number,
                customer=each.customer,
                open=each.open,
                resumable=each.status in RESUMABLE,
            )
            for each in self._sorted()
            if each.id in ids
        )

    def named(self, ids: Collection[WorkOrderId], *, lock: Lock = Lock.NONE) -> tuple[WorkOrder, ...]:
        return tuple(each for each in self._sorted() if each.id in ids)

    def visits(self, ids: Collection[WorkOrderId]) -> tuple[Visits, ...]:
        found: dict[tuple[WorkOrderId, Status, VisitOutcome | None], list[datetime | None]] = {}
        for each in self._appointments.rows.values():
            if each.work_order is not None and each.work_order in ids:
                found.setdefault((each.work_order, each.status, each.outcome), []).append(each.checked_out_at)
        return tuple(
            Visits(*alike, len(ends), max((at for at in ends if at is not None), default=None))
            for alike, ends in found.items()
        )

    def remove(self, work_order: WorkOrder) -> None:
        self._at_version(work_order.id, work_order.version)
        if any(each.work_order == work_order.id for each in self._appointments.rows.values()):
            raise ValueError("appointments still refer to it")
        if work_order.id in self._works.rows:
            raise ValueError("work to perform still refers to it")
        self._table.drop(work_order.id)

    def save_all(self, states: Sequence[WorkOrder]) -> None:
        for state in states:
            self.save(state)

    def external_id_taken(self, external_id: str, *, by_other_than: WorkOrderId | None = None) -> bool:
        return any(each.external_id == external_id and each.id != by_other_than for each in self._table.rows.values())

    def page(self, selection: Selection, *, after: int | None, limit: int) -> tuple[Listed, ...]:
        asked = selection
        found = [
            each
            for each in map(self._listed, self._table.rows.values())
            if (asked.visible is None or each.location in asked.visible)
            and asked.customer in (None, each.work_order.customer)
            and asked.status in (None, each.work_order.status)
            and asked.open in (None, each.work_order.open)
            and asked.number in (None, each.work_order.number)
            and asked.technician in (None, each.work_order.technician)
            and asked.type in (None, each.work_order.type)
            and asked.priority in (None, each.work_order.priority)
            and (after is None or each.work_order.number < after)
        ]
        return tuple(sorted(found, key=lambda each: -each.work_order.number)[:limit])

    def open_ones(self, *, visible: frozenset[LocationId] | None, customer: CustomerId | None) -> int:
        return sum(
            each.open
            and customer in (None, each.customer)
            and (visible is None or self._customers.rows[each.customer].location in visible)
            for each in self._table.rows.values()
        )

    def shown(self, ids: Collection[WorkOrderId], *, as_of: datetime) -> tuple[Shown, ...]:
        found = []
        for id in ids:
            visits = sorted(self._appointments.rows.values(), key=lambda each: each.id)
            there = [each for each in visits if each.work_order == id]
            upcoming = [each for each in there if each.upcoming(as_of)]
            if there:
                first = min(upcoming, key=lambda each: each.period.start) if upcoming else None
                found.append(_shown(first or max(there, key=lambda each: each.period.start), id, len(there) - 1))
        return tuple(found)

    def backlog(self, selection: BacklogSelection) -> tuple[Waiting, ...]:
        awaited = {each.work_order for each in self._appointments.rows.values() if each.status in VISIT_OPEN}
        found = []
        for each in sorted(self._table.rows.values(), key=lambda order: order.number):
            customer = self._customers.rows[each.customer]
            if each.open and each.id not in awaited and _wanted(each, customer, selection):
                north, east = (customer.point.latitude, customer.point.longitude) if customer.point else (None, None)
                found.append(Waiting(each.id, each.number, north, east, customer.location, each.due))
        return tuple(found)

    def listed(self, ids: Collection[WorkOrderId]) -> tuple[Listed, ...]:
        return tuple(self._listed(each) for each in self._table.rows.values() if each.id in ids)

    def _listed(self, work_order: WorkOrder) -> Listed:
        customer = self._customers.rows[work_order.customer]
        return Listed(
            work_order=evolve(work_order, internal_note=None),
            customer_number=customer.number,
            customer_name=customer.name,
            stage=customer.stage,
            location=customer.location,
        )

    def _check(self, state: WorkOrder) -> None:
        if any(other.number == state.number for other in self._others(state)):
            raise Conflict(f"There is a work order number {state.number} already.")
        if state.external_id is not None and self.external_id_taken(state.external_id, by_other_than=state.id):
            raise Conflict(f"There is a work order with the external id {state.external_id} already.")


def _wanted(order: WorkOrder, customer: Customer, asked: BacklogSelection) -> bool:
    return (
        (asked.visible is None or customer.location in asked.visible)
        and asked.location in (None, customer.location)
        and asked.type in (None, order.type)
        and asked.priority in (None, order.priority)
        and (asked.due_since is None or (order.due is not None and order.due >= asked.due_since))
        and (asked.due_before is None or (order.due is not None and order.due < asked.due_before))
    )


def _shown(visit: Appointment, work_order: WorkOrderId, others: int) -> Shown:
    return Shown(
        work_order=work_order,
        id=visit.id,
        user=visit.user,
        period=visit.period,
        zone=visit.zone,
        status=visit.status,
        others=others,
    )
