"""
Events that wait for delivery.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import Connection, and_, bindparam, insert, select, text, update

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.mapping.form import COMPANY, Row, Values
from fieldops_adapters.sql.tables import outbox
from fieldops_adapters.sql.work import AT_ONCE, Work
from fieldops_core.app.ports import Due
from fieldops_core.kernel.events import Event

_O = outbox.c
_ADD = insert(outbox).returning(_O.id).execution_options(insertmanyvalues_page_size=AT_ONCE)
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


class SqlOutbox:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def add(self, events: Sequence[Event], *, ids: Sequence[UUID]) -> None:
        self.work.insert(_ADD, [_row(event, id) for event, id in zip(events, ids, strict=True)])

    def done(self, id: UUID, *, at: datetime) -> None:
        self.work.run(_DONE, key=id, when=at)


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


def _due(row: Row) -> Due:
    at, id, company, aggregate, aggregate_id, version, name, payload, attempts = row
    before, after = msgspec.json.decode(payload)
    event = Event.names[name](
        aggregate=aggregate, aggregate_id=aggregate_id, version=version, at=at, before=before, after=after
    )
    return Due(id=id, company=company, event=event, attempt=attempts)
