"""
Many aggregates that change alike, carried out by the database: an INSERT … SELECT for their history, one for their
events, and an UPDATE, however many they are. The database makes the keys, and tells the rows itself.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

import msgspec
from attrs import frozen
from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Table,
    Text,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal,
    select,
)

from fieldops_adapters.sql.columns import Id, Ids, Instant, among, new_key, next_position
from fieldops_adapters.sql.mapping.form import COMPANY, Form
from fieldops_adapters.sql.mapping.scheduling import APPOINTMENTS
from fieldops_adapters.sql.mapping.told import APPOINTMENT, Told, json_object
from fieldops_adapters.sql.tables import history, outbox
from fieldops_adapters.sql.work import Work
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.events import aggregate_name
from fieldops_core.kernel.history import difference
from fieldops_core.kernel.outcome import ALWAYS_SET, SetChange
from fieldops_core.kernel.plain import Plain, plain
from fieldops_core.scheduling.model import Appointment

Telling = ColumnElement[str]


class SqlSets:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def change_appointments(self, change: SetChange[Appointment]) -> None:
        this = _Set(change=change, form=APPOINTMENTS, told=APPOINTMENT)
        values = {
            "ids": change.ids,
            "aggregate": aggregate_name(change.before),
            "at": change.event.at,
            "actor": change.actor,
            "source": change.source.value,
            "name": type(change.event).__name__,
        }
        # What is told is told of what was: the rows themselves come last.
        for statement in (this.history(), this.events(), this.update()):
            if self.work.run(statement, **values).rowcount != len(change.ids):
                self.work.failed = True
                raise Conflict(f"some {APPOINTMENTS.kind} is gone by now")


@frozen(kw_only=True)
class _Set:
    """
    The statements of one change. Their parameters are *company*, *ids* and what the entries and events share.
    """

    change: SetChange[Any]
    form: Form[Any]
    told: Told

    def history(self) -> Executable:
        found = difference(self.change.before, self.change.example.state)
        entries = (self._change_of(each.field, plain(each.old), plain(each.new)) for each in found)
        columns = {
            "company_id": self.form.table.c.company_id,
            "id": new_key(),
            "aggregate": bindparam("aggregate", type_=Text),
            "aggregate_id": self.form.table.c.id,
            "record_id": self.form.table.c.customer_id,
            "at": bindparam("at", type_=Instant),
            "actor_id": bindparam("actor", type_=Id),
            "source": bindparam("source", type_=Text),
            "changes": _text("[", *_between(",", entries), "]"),
        }
        rows = select(*columns.values()).where(*self._these)
        return _counted(history, columns, rows)

    def events(self) -> Executable:
        # The offset keeps both databases from telling it again wherever it is mentioned.
        there = self._there().offset(0).subquery("there").c
        columns = {
            "company_id": there.company_id,
            "id": new_key(),
            "aggregate": bindparam("aggregate", type_=Text),
            "aggregate_id": there.id,
            "version": there.version + 1,
            "name": bindparam("name", type_=Text),
            "at": bindparam("at", type_=Instant),
            "payload": self._payload(there),
            "due_at": bindparam("at", type_=Instant),
            "attempts": literal(0),
            "position": next_position(),
        }
        return _counted(outbox, columns, select(*columns.values()))

    def update(self) -> Executable:
        before, after = self.change.before, self.change.example.state
        lists = {column.name: self._longer(field, column) for field, column in self._lists.items()}
        return self.form.alike.values({**self.form.changed(before, after), **lists})

    def _there(self) -> Select[Any]:
        """
        The rows, with what stays of each, and what was, told: once, because it is told as before and as after.
        """
        c, changed = self.form.table.c, {*self.change.values, *self.change.appended, "version"}
        stays = {name: value for name, value in self.told.fields.items() if name not in changed}
        was = {name: value for name, value in self.told.fields.items() if name in ALWAYS_SET or name == "version"}
        secrets = (case((column.is_(None), f',"{name}":null'), else_="") for name, column in self.told.secrets.items())
        lists = (
            _text(f',"{name}":', column) for name, column in self.told.lists.items() if name not in self.change.appended
        )
        stays_told = _text(_inside(json_object(stays)), *secrets, *lists)
        columns = (stays_told.label("stays"), _inside(json_object(was)).label("was"), *self._lists.values())
        return select(c.company_id, c.id, c.version, *columns).where(*self._these)

    def _payload(self, there: Any) -> Telling:
        old = {name: getattr(self.change.before, name) for name in self.change.values if name not in ALWAYS_SET}
        lists = {name: there[column.name] for name, column in self._lists.items()}
        before = [_text(f',"{name}":', column) for name, column in lists.items()]
        after = [_text(f',"{name}":', self._longer(name, column)) for name, column in lists.items()]
        version = cast(there.version + 1, Text)
        return _text(
            *("[{", there.stays, ",", there.was, _entries(old), *before, "},{"),
            *(there.stays, ',"version":', version, _entries(self.change.values), *after, "}]"),
        )

    def _change_of(self, field: str, old: Plain, new: Plain) -> Telling:
        if field not in self._lists:
            return literal(_json([field, old, new, False, False]), Text)
        column = self._lists[field]
        return _text(f'["{field}",', column, ",", self._longer(field, column), ",false,false]")

    def _longer(self, field: str, column: ColumnElement[str]) -> Telling:
        """
        A list with what is appended to it.
        """
        more = _json(plain(self.change.appended[field]))[1:]
        open_end = func.substr(column, 1, func.length(column) - 1)
        return case((column == "[]", _text("[", more)), else_=_text(open_end, ",", more))

    @property
    def _lists(self) -> Mapping[str, Any]:
        return {name: self.told.lists[name] for name in self.change.appended}

    @property
    def _these(self) -> tuple[ColumnElement[bool], ...]:
        c = self.form.table.c
        return c.company_id == COMPANY, among(c.id, bindparam("ids", type_=Ids))


def _counted(table: Table, columns: Mapping[str, object], rows: Select[Any]) -> Executable:
    """
    The rows inserted, and counted.
    """
    added = insert(table).from_select(list(columns), rows, include_defaults=False)
    return added.execution_options(preserve_rowcount=True)


def _text(*parts: ColumnElement[Any] | str) -> Telling:
    """
    Texts one after another.
    """
    told = [literal(each, Text) if isinstance(each, str) else each for each in parts]
    return reduce(lambda one, other: one.op("||")(other), told)


def _between(comma: str, parts: Iterable[Telling]) -> list[Telling | str]:
    told: list[Telling | str] = []
    for each in parts:
        told += [comma, each] if told else [each]
    return told


def _inside(json: ColumnElement[str]) -> Telling:
    """
    A JSON object without its braces.
    """
    text = cast(json, Text)
    return func.substr(text, 2, func.length(text) - 2)


def _entries(values: Mapping[str, object]) -> str:
    return "".join(f',"{name}":{_json(plain(value))}' for name, value in values.items())


def _json(value: Plain) -> str:
    return msgspec.json.encode(value).decode()
