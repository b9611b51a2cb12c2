"""
Events that wait for delivery.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Select, and_, bindparam, or_, select, text, update

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.mapping.form import COMPANY, Row, Values
from fieldops_adapters.sql.tables import outbox
from fieldops_adapters.sql.work import Work
from fieldops_core.app.ports import Due
from fieldops_core.kernel.events import NOWHERE, Event, Happened, Place

_O = outbox.c
_DONE = (
    update(outbox)
    .where(_O.company_id == COMPANY, _O.id == bindparam("key", type_=Id))
    .values(delivered_at=bindparam("when", type_=Instant))
)
_DUE = (
    select(_O.company_id, _O.id)
    .where(_O.delivered_at.is_(None), _O.due_at <= bindparam("now", type_=Instant))
    .order_by(_O.due_at, _O.id)
    .limit(bindparam("rows"))
    .with_for_update(key_share=True, skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(outbox)
    .where(and_(_O.company_id == _DUE.c.company_id, _O.id == _DUE.c.id))
    .values(due_at=bindparam("until", type_=Instant), attempts=_O.attempts + 1)
    .returning(_O.at, _O.id, _O.company_id, _O.aggregate, _O.aggregate_id, _O.version, _O.name, _O.payload, _O.attempts)
)
# All that this role may do is this; it sees every company's events, and nothing else.
_AS_WORKER = text("SET LOCAL ROLE fieldops_worker")


_READ = select(_O.position, _O.id, _O.at, _O.aggregate, _O.aggregate_id, _O.version, _O.name, _O.payload).where(
    _O.company_id == COMPANY
)
# Transactions that still run, and those to come, have these numbers: what they write is read when all of them are over.
_RUNNING = text("position < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)")
_SINCE = (
    _READ.where(
        _O.position >= bindparam("position"),
        or_(_O.position > bindparam("position"), _O.id > bindparam("key", type_=Id)),
    )
    .order_by(_O.position, _O.id)
    .limit(bindparam("rows"))
)
_NEWEST = select(_O.position, _O.id).where(_O.company_id == COMPANY).order_by(_O.position.desc(), _O.id.desc()).limit(1)
_KNOWN = select(_O.position).where(_O.company_id == COMPANY, _O.id == bindparam("key", type_=Id))
_ON_POSTGRESQL = {each: each.where(_RUNNING) for each in (_SINCE, _NEWEST)}


class SqlOutbox:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def add(self, events: Sequence[Event], *, ids: Sequence[UUID]) -> None:
        self.work.insert_all(outbox, [_row(event, id) for event, id in zip(events, ids, strict=True)])

    def done(self, id: UUID, *, at: datetime) -> None:
        self.work.run(_DONE, key=id, when=at)

    def newest(self) -> Place:
        row = self.work.row(self._settled(_NEWEST))
        return NOWHERE if row is None else Place(*row)

    def knows(self, place: Place) -> bool:
        row = None if place == NOWHERE else self.work.row(_KNOWN, key=place.id)
        return place == NOWHERE or (row is not None and row[0] == place.position)

    def since(self, place: Place, *, limit: int) -> tuple[Happened, ...]:
        rows = self.work.rows(self._settled(_SINCE), position=place.position, key=place.id, rows=limit)
        return tuple(_happened(row) for row in rows)

    def _settled(self, statement: Select[Any]) -> Select[Any]:
        return _ON_POSTGRESQL[statement] if self.work.connection.dialect.name == "postgresql" else statement


def claim(connection: Connection, limit: int, *, now: datetime, lease_seconds: int) -> tuple[Due, ...]:
    """
    Claim events of any company. The transaction can do nothing else.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_AS_WORKER)
    values = {"now": now, "until": now + timedelta(seconds=lease_seconds), "rows": limit}
    rows = sorted(connection.execute(_CLAIM, values).fetchall())
    # An event that this version does not know waits for one that does.
    return tuple(_due(row) for row in rows if row.name in Event.names)


def _row(event: Event, id: UUID) -> Values:
    return {
        "id": id,
        "aggregate": event.aggregate,
        "aggregate_id": event.aggregate_id,
        "version": event.version,
        "name": type(event).__name__,
        "at": event.at,
        "payload": msgspec.json.encode([event.before, event.after]).decode(),
        "due_at": event.at,
        "attempts": 0,
        "delivered_at": None,
    }


def _happened(row: Row) -> Happened:
    position, id, *told = row
    return Happened(place=Place(position, id), event=_event(*told))


def _event(at: datetime, aggregate: str, id: UUID, version: int, name: str, payload: str) -> Event:
    before, after = msgspec.json.decode(payload)
    # What this version does not know has happened too.
    kind = Event.names.get(name, Event)
    return kind(aggregate=aggregate, aggregate_id=id, version=version, at=at, before=before, after=after)


def _due(row: Row) -> Due:
    at, id, company, aggregate, aggregate_id, version, name, payload, attempts = row
    event = _event(at, aggregate, aggregate_id, version, name, payload)
    return Due(id=id, company=company, event=event, attempt=attempts)
