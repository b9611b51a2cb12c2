"""
How much a record has, by its lists.
"""

from collections.abc import Callable

from fieldops_core.customers.model import CustomerId
from fieldops_core.overview.model import Counted, Counts, Wanted
from fieldops_core.work_orders.ports import Unit

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
    Counted.SUB_CUSTOMERS: lambda unit, of, _: len(unit.customers.children(of)),
}


class MemoryRecordCounts:
    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def of(self, customer: CustomerId, wanted: Wanted) -> Counts:
        return {each: _COUNTS[each](self._unit, customer, wanted) for each in wanted.of}
