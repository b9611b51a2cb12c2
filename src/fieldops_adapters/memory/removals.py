"""
Whole records taken away, by going through everything that is kept.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar, cast
from uuid import UUID, uuid5

from attrs import evolve, fields

from fieldops_adapters.memory.belongings import Belonging
from fieldops_adapters.memory.journal import MemoryOutbox
from fieldops_adapters.memory.scheduling import AllAppointments
from fieldops_adapters.memory.tables import Table, Tables
from fieldops_core.customers.model import Contact, CustomerId
from fieldops_core.kernel.events import Aggregate, Event, aggregate_name
from fieldops_core.kernel.history import FieldChange, HistoryEntry
from fieldops_core.kernel.plain import Plain, public
from fieldops_core.kernel.records import replaced
from fieldops_core.removing.messages import (
    APPOINTMENT_TOLD,
    HOLD_TOLD,
    AppointmentDeleted,
    BelongingHandedOver,
    HoldDeleted,
)
from fieldops_core.removing.ports import Handover
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

    def hand_over(self, handover: Handover) -> None:
        source, target = handover.source, handover.target
        last = max((each.place for each in self._tables.contacts.rows.values() if each.customer == target), default=0)
        for table in self._owned():
            for key, row in list(table.rows.items()):
                if getattr(row, "customer", None) == source and not isinstance(row, Appointment):
                    table.put(key, self._handed(cast("Belonging", row), handover, after=last))
        for id, entry in list(self._tables.history.rows.items()):
            if entry.record == source:
                self._tables.history.put(id, evolve(entry, record=target))
        for stone in list(self._tables.tombstones.rows.values()):
            if stone.merged_into == source:
                self._tables.tombstones.put(stone.id, evolve(stone, merged_into=target, version=stone.version + 1))
        for command, stored in list(self._tables.answers.rows.items()):
            if source in stored.records or str(source) in repr(stored.receipt):
                self._tables.answers.put(command, evolve(stored, records=stored.records | {target}))

    def drop(self, customer: CustomerId) -> None:
        for name in KEYED_BY_RECORD:
            getattr(self._tables, name).drop(customer)

    def _handed(self, row: Belonging, handover: Handover, *, after: int) -> object:
        place = {"place": row.place + after} if isinstance(row, Contact) else {}
        handed = replaced(row, {"customer": handover.target, "version": row.version + 1, **place})
        event = BelongingHandedOver(
            aggregate=aggregate_name(row),
            aggregate_id=row.id,
            version=handed.version,
            at=handover.at,
            before=_named(row),
            after=_named(handed),
        )
        entry = HistoryEntry(
            id=uuid5(row.id, f"{aggregate_name(row)} handed over {handed.version}"),
            aggregate=aggregate_name(row),
            aggregate_id=row.id,
            record=handover.target,
            at=handover.at,
            actor=handover.actor,
            source=handover.by,
            changes=(FieldChange(field="customer", old=str(row.customer), new=str(handed.customer)),),
        )
        self._around.outbox.add([event], ids=[uuid5(row.id, f"{aggregate_name(row)} told {handed.version}")])
        self._tables.history.put(entry.id, entry)
        return handed

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


def _named(row: Belonging) -> dict[str, Plain]:
    return {"id": str(row.id), "customer": str(row.customer), "version": row.version}
