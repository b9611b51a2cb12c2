"""
Whole records taken away: a statement for each table that holds something of theirs, however much that is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from attrs import evolve
from sqlalchemy import (
    ColumnElement,
    Executable,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    tuple_,
    update,
)

from fieldops_adapters.sql.columns import Id, Ids, Instant, among, new_key
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.mapping.scheduling import REPAIRS
from fieldops_adapters.sql.mapping.told import APPOINTMENT, json_object, told
from fieldops_adapters.sql.mapping.work_orders import WORK_ORDERS
from fieldops_adapters.sql.owned import CUSTOMER, OWNED, Owned
from fieldops_adapters.sql.repositories.numbers import keep_numbers
from fieldops_adapters.sql.tables import (
    answers,
    appointments,
    contacts,
    customers,
    history,
    holds,
    outbox,
    quotations,
    repairs,
    taggings,
    tombstones,
)
from fieldops_adapters.sql.work import Work
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.removing.messages import (
    APPOINTMENT_TOLD,
    HOLD_TOLD,
    AppointmentDeleted,
    BelongingHandedOver,
    HoldDeleted,
)
from fieldops_core.removing.ports import Handover
from fieldops_core.scheduling.model import Repair

_H = holds.c
_HOLD_FIELDS = {
    "id": told(_H.id),
    "type": told(_H.type_id),
    "user": told(_H.user_id),
    "location": told(_H.location_id),
    "period": json_object({"start": told(_H.start_at), "end": told(_H.end_at)}),
    "zone": told(_H.zone),
    "version": told(_H.version),
}
_OF_RECORD = history.c.company_id == COMPANY, history.c.record_id == CUSTOMER
# Whatever of the record was ever written down has its history: also what was removed long ago.
_EVENTS = delete(outbox).where(
    outbox.c.company_id == COMPANY, outbox.c.aggregate_id.in_(select(history.c.aggregate_id).where(*_OF_RECORD))
)
_HISTORY = delete(history).where(*_OF_RECORD)
_ANSWERS = delete(answers).where(
    answers.c.company_id == COMPANY,
    tuple_(answers.c.actor_id, answers.c.command_id).in_(
        select(quotations.c.actor_id, quotations.c.command_id).where(
            quotations.c.company_id == COMPANY, quotations.c.customer_id == CUSTOMER
        )
    ),
)
_RECORD = delete(customers).where(customers.c.company_id == COMPANY, customers.c.id == CUSTOMER)
_NAMING = {
    "sqlite": "SELECT repairs.id FROM repairs WHERE repairs.company_id = :company AND EXISTS ("
    " SELECT 1 FROM json_each(repairs.moves) AS move"
    " WHERE upper(replace(json_extract(move.value, '$.appointment'), '-', '')) IN ("
    " SELECT hex(id) FROM appointments WHERE company_id = :company AND customer_id = :customer))",
    "postgresql": "SELECT repairs.id FROM repairs WHERE repairs.company_id = :company AND EXISTS ("
    " SELECT 1 FROM json_array_elements(repairs.moves::json) AS move"
    " WHERE (move ->> 'appointment')::uuid IN ("
    " SELECT id FROM appointments WHERE company_id = :company AND customer_id = :customer))",
}
_REPAIRS = {
    dialect: REPAIRS.all.where(
        repairs.c.id.in_(select(text(naming).bindparams(COMPANY, CUSTOMER).columns(id=Id).subquery("naming").c.id))
    )
    for dialect, naming in _NAMING.items()
}
_MOVED = select(appointments.c.id).where(
    appointments.c.company_id == COMPANY,
    appointments.c.customer_id == CUSTOMER,
    among(appointments.c.id, bindparam("ids", type_=Ids)),
)
_DROP_REPAIRS = delete(repairs).where(repairs.c.company_id == COMPANY, among(repairs.c.id, bindparam("ids", type_=Ids)))


def _telling(table: Table, kind: str, event: type[Event], fields: Mapping[str, ColumnElement[Any]]) -> Executable:
    """
    An event for each row of the record, which tells those fields of it.
    """
    row = cast(json_object(fields), Text)
    columns: dict[str, ColumnElement[Any]] = {
        "company_id": table.c.company_id,
        "id": new_key(),
        "aggregate": literal(kind, Text),
        "aggregate_id": table.c.id,
        "version": table.c.version,
        "name": literal(event.__name__, Text),
        "at": bindparam("at", type_=Instant),
        "payload": literal("[", Text) + row + literal(",", Text) + row + literal("]", Text),
        "due_at": bindparam("at", type_=Instant),
        "attempts": literal(0),
    }
    these = select(*columns.values()).where(table.c.company_id == COMPANY, table.c.customer_id == CUSTOMER)
    return insert(outbox).from_select(list(columns), these, include_defaults=False)


_TELLING = (
    _telling(
        appointments, "appointment", AppointmentDeleted, {name: APPOINTMENT.fields[name] for name in APPOINTMENT_TOLD}
    ),
    _telling(holds, "hold", HoldDeleted, {name: _HOLD_FIELDS[name] for name in HOLD_TOLD}),
)
_FIRST: tuple[Executable, ...] = (
    keep_numbers(WORK_ORDERS.table),
    *(_EVENTS, _HISTORY, _ANSWERS),
)
_CLEAR: tuple[Executable, ...] = (*(delete(each.table).where(*each.these) for each in OWNED), _RECORD)
_TARGET = bindparam("target", type_=Id)


def _entries(owned: Owned) -> Executable:
    """
    An entry in the history for each row that goes over.
    """
    columns: dict[str, ColumnElement[Any]] = {
        "company_id": owned.table.c.company_id,
        "id": new_key(),
        "aggregate": literal(owned.kind, Text),
        "aggregate_id": owned.table.c.id,
        "record_id": _TARGET,
        "at": bindparam("at", type_=Instant),
        "actor_id": bindparam("actor", type_=Id),
        "source": bindparam("source", type_=Text),
        "changes": bindparam("changes", type_=Text),
    }
    these = select(*columns.values()).where(*owned.these)
    return insert(history).from_select(list(columns), these, include_defaults=False)


def _handing_over(owned: Owned) -> tuple[Executable, ...]:
    """
    What goes over is told as it was, and then changed.
    """
    table, target = owned.table, bindparam("target_id", type_=Text)
    source = bindparam("source_id", type_=Text)
    before = cast(json_object({"id": told(table.c.id), "customer": source, "version": told(table.c.version)}), Text)
    after = cast(json_object({"id": told(table.c.id), "customer": target, "version": table.c.version + 1}), Text)
    columns: dict[str, ColumnElement[Any]] = {
        "company_id": table.c.company_id,
        "id": new_key(),
        "aggregate": literal(owned.kind, Text),
        "aggregate_id": table.c.id,
        "version": table.c.version + 1,
        "name": literal(BelongingHandedOver.__name__, Text),
        "at": bindparam("at", type_=Instant),
        "payload": literal("[", Text) + before + literal(",", Text) + after + literal("]", Text),
        "due_at": bindparam("at", type_=Instant),
        "attempts": literal(0),
    }
    telling = insert(outbox).from_select(
        list(columns), select(*columns.values()).where(*owned.these), include_defaults=False
    )
    values: dict[str, Any] = {owned.by: _TARGET, "version": table.c.version + 1}
    if table is contacts:
        values["place"] = contacts.c.place + _LAST_PLACE
    return _entries(owned), telling, update(table).where(*owned.these).values(values)


_THEIRS = contacts.alias("theirs")
_LAST_PLACE = (
    select(func.coalesce(func.max(_THEIRS.c.place), 0))
    .where(_THEIRS.c.company_id == COMPANY, _THEIRS.c.customer_id == _TARGET)
    .scalar_subquery()
)
_KNOWN = quotations.alias("known")
_HAND_OVER: tuple[Executable, ...] = (
    *(each for owned in OWNED if owned.goes_over for each in _handing_over(owned)),
    update(history).where(*_OF_RECORD).values(record_id=_TARGET),
    update(tombstones)
    .where(tombstones.c.company_id == COMPANY, tombstones.c.merged_into == CUSTOMER)
    .values(merged_into=_TARGET, version=tombstones.c.version + 1),
    insert(quotations).from_select(
        ["company_id", "customer_id", "actor_id", "command_id"],
        select(quotations.c.company_id, _TARGET, quotations.c.actor_id, quotations.c.command_id).where(
            quotations.c.company_id == COMPANY,
            quotations.c.customer_id == CUSTOMER,
            ~exists().where(
                _KNOWN.c.company_id == COMPANY,
                _KNOWN.c.customer_id == _TARGET,
                _KNOWN.c.actor_id == quotations.c.actor_id,
                _KNOWN.c.command_id == quotations.c.command_id,
            ),
        ),
    ),
)
_UNTAG = delete(taggings).where(taggings.c.company_id == COMPANY, taggings.c.id == CUSTOMER)


class SqlRemovals:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def forget(self, customer: CustomerId, *, at: datetime) -> None:
        self._run(_FIRST, customer=customer)
        self._run(_TELLING, customer=customer, at=at)
        self._forget_moves(customer)
        self._run(_CLEAR, customer=customer)

    def hand_over(self, handover: Handover) -> None:
        ids = {"source_id": str(handover.source), "target_id": str(handover.target)}
        self._run(
            _HAND_OVER,
            customer=handover.source,
            target=handover.target,
            at=handover.at,
            actor=handover.actor,
            source=handover.by.value,
            changes=msgspec.json.encode([["customer", *ids.values(), False, False]]).decode(),
            **ids,
        )

    def drop(self, customer: CustomerId) -> None:
        self._run((_UNTAG, _RECORD), customer=customer)

    def _run(self, statements: Sequence[Executable], **values: object) -> None:
        for each in statements:
            self.work.run(each, **values)

    def _forget_moves(self, customer: CustomerId) -> None:
        """
        There are few repairs, and each moves few visits: those that name one of the record's are loaded.
        """
        found = self.work.states(REPAIRS, _REPAIRS[self.work.connection.dialect.name], customer=customer)
        if not found:
            return
        ids = [move.appointment for each in found for move in each.moves]
        gone = {row[0] for row in self.work.rows(_MOVED, customer=customer, ids=ids)}
        left = [evolve(each, moves=tuple(m for m in each.moves if m.appointment not in gone)) for each in found]
        self._replace([evolve(each, version=each.version + 1) for each in left if each.moves])
        self.work.run(_DROP_REPAIRS, ids=[each.id for each in left if not each.moves])

    def _replace(self, changed: Sequence[Repair]) -> None:
        if changed:
            self.work.replace(REPAIRS, changed)
