"""
How much a record has, by its lists.
"""

from collections.abc import Callable

from fieldops_core.customers.model import CustomerId
from fieldops_core.messaging.ports import Unit
from fieldops_core.overview.model import Counted, Counts, Wanted
from fieldops_core.scheduling.model import AWAITED, OPEN, Appointment
from fieldops_core.work_orders.ports import Selection

ALL = 1_000_000


def _visits(unit: Unit, of: CustomerId, wanted: Wanted) -> tuple[Appointment, ...]:
    """
    The appointments of a record that the reader may see.
    """
    return unit.appointments.of_customer(
        of, kinds=wanted.kinds, only_of=wanted.only_of, as_of=wanted.as_of, after=None, limit=ALL
    )


_COUNTS: dict[Counted, Callable[[Unit, CustomerId, Wanted], int]] = {
    Counted.NOTES: lambda unit, of, _: unit.notes.count(of, open=True),
    Counted.TICKETS: lambda unit, of, _: unit.tickets.count(of, open=True),
    Counted.APPOINTMENTS: lambda unit, of, wanted: unit.appointments.upcoming(
        of, kinds=wanted.kinds, only_of=wanted.only_of, as_of=wanted.as_of
    ),
    Counted.WORK_ORDERS: lambda unit, of, _: unit.work_orders.open_ones(visible=None, customer=of),
    Counted.FILES: lambda unit, of, _: unit.files.count(of, open=True),
    Counted.CONTACTS: lambda unit, of, _: len(unit.contacts.of(of)),
    Counted.AT_RISK_MARKS: lambda unit, of, _: unit.at_risk_marks.count(of, open=True),
    Counted.CONNECTIONS: lambda unit, of, _: unit.connections.count(of, open=True),
    Counted.EQUIPMENT: lambda unit, of, _: unit.equipment.count(of, open=True),
    Counted.MESSAGES: lambda unit, of, _: sum(unit.messages.counts(visible=None, customer=of).values()),
    Counted.CREDIT_CHECKS: lambda unit, of, _: unit.credit_checks.count(of, open=True),
    Counted.SUB_CUSTOMERS: lambda unit, of, _: len(unit.customers.children(of)),
    Counted.OVERDUE_TICKETS: lambda unit, of, wanted: sum(
        each.due < wanted.today for each in unit.tickets.of(of, open=True, limit=ALL)
    ),
    Counted.UNSCHEDULED_WORK_ORDERS: lambda unit, of, _: sum(
        not any(visit.status in OPEN for visit in unit.appointments.of_work_order(each.work_order.id))
        for each in unit.work_orders.page(Selection(customer=of, open=True), after=None, limit=ALL)
    ),
    Counted.PENDING_REASSIGNMENTS: lambda unit, of, wanted: sum(
        each.pending_reassignment and each.upcoming(wanted.as_of) for each in _visits(unit, of, wanted)
    ),
    Counted.LATE_APPOINTMENTS: lambda unit, of, wanted: sum(
        each.status in AWAITED and each.period.start < wanted.as_of for each in _visits(unit, of, wanted)
    ),
}


class MemoryRecordCounts:
    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def of(self, customer: CustomerId, wanted: Wanted) -> Counts:
        return {each: _COUNTS[each](self._unit, customer, wanted) for each in wanted.of}
