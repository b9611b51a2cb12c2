"""
Who changed what, one row for each entry.
"""

from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, or_, select

from fieldops_adapters.sql.columns import Id, Instant, Texts, among_texts
from fieldops_adapters.sql.mapping.form import COMPANY, Row, Values
from fieldops_adapters.sql.tables import history
from fieldops_adapters.sql.work import Work
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.history import FieldChange, HistoryEntry, HistoryPlace
from fieldops_core.kernel.plain import Plain
from fieldops_core.kernel.secret import Secret

_NEWEST = (
    select(
        history.c.id,
        history.c.aggregate,
        history.c.aggregate_id,
        history.c.record_id,
        history.c.at,
        history.c.actor_id,
        history.c.source,
        history.c.changes,
    )
    .where(history.c.company_id == COMPANY)
    .order_by(history.c.at.desc(), history.c.id.desc())
    .limit(bindparam("rows"))
)
_OF = _NEWEST.where(
    history.c.aggregate_id == bindparam("aggregate_id", type_=Id), history.c.aggregate == bindparam("aggregate")
)
_FIRST = _OF.order_by(None).order_by(history.c.at, history.c.id)
_OF_RECORD = _NEWEST.where(
    history.c.record_id == bindparam("record", type_=Id),
    among_texts(history.c.aggregate, bindparam("aggregates", type_=Texts)),
)
_AT, _ID = bindparam("at", type_=Instant), bindparam("id", type_=Id)
_BEFORE = _OF_RECORD.where(history.c.at <= _AT, or_(history.c.at < _AT, history.c.id < _ID))


class SqlHistory:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def add(self, entries: Sequence[HistoryEntry]) -> None:
        self.work.insert_all(history, [self._row(entry) for entry in entries])

    def of(self, aggregate: str, id: UUID, *, limit: int = 200) -> tuple[HistoryEntry, ...]:
        rows = self.work.rows(_OF, aggregate=aggregate, aggregate_id=id, rows=limit)
        return tuple(self._entry(row) for row in rows)

    def first(self, aggregate: str, id: UUID) -> HistoryEntry | None:
        row = self.work.row(_FIRST, aggregate=aggregate, aggregate_id=id, rows=1)
        return None if row is None else self._entry(row)

    def of_record(
        self, record: UUID, *, aggregates: Collection[str], after: HistoryPlace | None, limit: int
    ) -> tuple[HistoryEntry, ...]:
        place = {} if after is None else {"at": after.at, "id": after.id}
        statement = _OF_RECORD if after is None else _BEFORE
        rows = self.work.rows(statement, record=record, aggregates=sorted(aggregates), rows=limit, **place)
        return tuple(self._entry(row) for row in rows)

    def _row(self, entry: HistoryEntry) -> Values:
        return {
            "id": entry.id,
            "aggregate": entry.aggregate,
            "aggregate_id": entry.aggregate_id,
            "record_id": entry.record,
            "at": entry.at,
            "actor_id": entry.actor,
            "source": entry.source.value,
            "changes": msgspec.json.encode([self._told(entry.id, change) for change in entry.changes]).decode(),
        }

    def _entry(self, row: Row) -> HistoryEntry:
        id, aggregate, aggregate_id, record, at, actor, source, changes = row
        return HistoryEntry(
            id=id,
            aggregate=aggregate,
            aggregate_id=aggregate_id,
            record=record,
            at=at,
            actor=actor,
            source=Source(source),
            changes=tuple(self._change(id, told) for told in msgspec.json.decode(changes)),
        )

    def _told(self, entry: UUID, change: FieldChange) -> list[Any]:
        """
        The field, its values, and whether each of them is sealed.
        """
        field, old, new = change.field, change.old, change.new
        sealed = isinstance(old, Secret), isinstance(new, Secret)
        return [field, self._out(entry, f"{field}.old", old), self._out(entry, f"{field}.new", new), *sealed]

    def _change(self, entry: UUID, told: list[Any]) -> FieldChange:
        field, old, new, old_sealed, new_sealed = told
        return FieldChange(
            field=field,
            old=self._in(entry, f"{field}.old", old) if old_sealed else old,
            new=self._in(entry, f"{field}.new", new) if new_sealed else new,
        )

    def _out(self, entry: UUID, place: str, value: Plain | Secret) -> Plain:
        if isinstance(value, Secret):
            return b64encode(self.work.seal(value, history.name, entry, place)).decode()
        return value

    def _in(self, entry: UUID, place: str, value: str) -> Secret:
        return self.work.open(b64decode(value), history.name, entry, place)
