"""
Whole records taken away, by going through everything that is kept.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID, uuid5

from attrs import evolve, fields

from fieldops_adapters.memory.journal import MemoryOutbox
from fieldops_adapters.memory.scheduling import AllAppointments
from fieldops_adapters.memory.tables import Table, Tables
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Aggregate, Event, aggregate_name
from fieldops_core.kernel.plain import public
from fieldops_core.removing.messages import APPOINTMENT_TOLD, HOLD_TOLD, AppointmentDeleted, HoldDeleted
from fieldops_core.scheduling.model import Appointment, Hold

E = TypeVar("E", bound=Event)

KEYED_BY_RECORD = ("customers", "taggings", "lookups")
"""
The tables whose rows lie under the id of the record that they belong to.
"""


class Around(Protocol):
    """
    Where appointments are kept, and what is told: the repositories of one unit of work.
    """

    @property
    def appointments(self) -> AllAppointments: ...
    @property
    def outbox(self) -> MemoryOutbox: ...


class MemoryRemovals:
    def __init__(self, around: Around, tables: Tables) -> None:
        self._around, self._tables = around, tables

    def forget(self, customer: CustomerId, *, at: datetime) -> None:
        visits = [each for each in self._around.appointments if each.customer == customer]
        held = [each for each in self._tables.holds.rows.values() if each.customer == customer]
        self._keep_numbers(customer)
        self._forget_journal(customer)
        self._tell([*(_deleted(each, at) for each in visits), *(_released(each, at) for each in held)])
        self._forget_moves({each.id for each in visits})
        for visit in visits:
            self._around.appointments.drop(visit.id)
        for table in self._owned():
            for key in [key for key, row in table.rows.items() if getattr(row, "customer", None) == customer]:
                table.drop(key)
        for name in KEYED_BY_RECORD:
            getattr(self._tables, name).drop(customer)

    def _keep_numbers(self, customer: CustomerId) -> None:
        given = [each.number for each in self._tables.work_orders.rows.values() if each.customer == customer]
        last = max([*given, self._tables.numbers.rows.get("work_order", 0)])
        self._tables.numbers.put("work_order", last)

    def _forget_journal(self, customer: CustomerId) -> None:
        tables = self._tables
        entries = {id: each for id, each in tables.history.rows.items() if each.record == customer}
        changed = {each.aggregate_id for each in entries.values()}
        for id in entries:
            tables.history.drop(id)
        for id in [id for id, each in tables.outbox.rows.items() if each.event.aggregate_id in changed]:
            tables.outbox.drop(id)
        for key, stored in list(tables.answers.rows.items()):
            if customer in stored.records or str(customer) in repr(stored.receipt):
                tables.answers.drop(key)

    def _forget_moves(self, visits: set[UUID]) -> None:
        for repair in list(self._tables.repairs.rows.values()):
            moves = tuple(each for each in repair.moves if each.appointment not in visits)
            if not moves:
                self._tables.repairs.drop(repair.id)
            elif moves != repair.moves:
                self._tables.repairs.put(repair.id, evolve(repair, moves=moves, version=repair.version + 1))

    def _tell(self, events: Sequence[Event]) -> None:
        self._around.outbox.add(events, ids=[uuid5(each.aggregate_id, f"deleted {each.version}") for each in events])

    def _owned(self) -> Iterator[Table[UUID, object]]:
        return (getattr(self._tables, each.name) for each in fields(Tables))


def _deleted(visit: Appointment, at: datetime) -> AppointmentDeleted:
    return _told(AppointmentDeleted, visit, APPOINTMENT_TOLD, at)


def _released(hold: Hold, at: datetime) -> HoldDeleted:
    return _told(HoldDeleted, hold, HOLD_TOLD, at)


def _told(kind: type[E], state: Aggregate, names: Sequence[str], at: datetime) -> E:
    told = {name: value for name, value in public(state).items() if name in names}
    return kind(
        aggregate=aggregate_name(state), aggregate_id=state.id, version=state.version, at=at, before=told, after=told
    )
