"""
Which appointments a company-wide list holds, as conditions of a statement.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, bindparam, literal_column, or_

from fieldops_adapters.sql.columns import Id, Ids, Instant, among
from fieldops_adapters.sql.tables import appointments, customers
from fieldops_core.access.model import Kind
from fieldops_core.scheduling.model import AWAITED
from fieldops_core.scheduling.ports import Selection, Sight, Span, StartPlace

Condition = ColumnElement[bool]

_A = appointments.c
# Written out: a database uses the index of these alone where it reads, as it plans, that no others are asked for.
_AWAITED = _A.status.in_([literal_column(f"'{status.value}'") for status in AWAITED])


def conditions(asked: Selection, after: StartPlace | None) -> Iterator[Condition]:
    """
    Each holds its own values.
    """
    if asked.spans is not None:
        yield _within(asked.spans)
    if asked.users is not None:
        yield among(_A.user_id, bindparam("users", sorted(asked.users), type_=Ids))
    if asked.statuses is not None:
        yield _A.status.in_(sorted(status.value for status in asked.statuses))
    if asked.pending_reassignment is not None:
        yield _A.pending_reassignment if asked.pending_reassignment else ~_A.pending_reassignment
    if asked.late_at is not None:
        yield and_(_AWAITED, _A.start_at < bindparam("late_at", asked.late_at, type_=Instant))
    if asked.sight is not None:
        yield _seen(asked.sight)
    if after is not None:
        start, id = bindparam("after", after.start, type_=Instant), bindparam("after_id", after.id, type_=Id)
        yield and_(_A.start_at >= start, or_(_A.start_at > start, _A.id > id))


def _within(spans: tuple[Span, ...]) -> Condition:
    """
    One of them, and, so that an index narrows, between the first start and the last end of all.
    """
    if not spans:
        return among(_A.location_id, bindparam("nowhere", (), type_=Ids))
    first = bindparam("first", min(each.start for each in spans), type_=Instant)
    last = bindparam("last", max(each.end for each in spans), type_=Instant)
    return and_(_A.start_at >= first, _A.start_at < last, or_(*map(_in_span, spans, range(len(spans)))))


def _in_span(span: Span, number: int) -> Condition:
    return and_(
        among(_A.location_id, bindparam(f"locations_{number}", sorted(span.locations), type_=Ids)),
        _A.start_at >= bindparam(f"start_{number}", span.start, type_=Instant),
        _A.start_at < bindparam(f"end_{number}", span.end, type_=Instant),
    )


def _seen(sight: Sight) -> Condition:
    at = customers.c.location_id
    kinds = (
        and_(
            _A.kind == kind.value,
            among(at, bindparam(f"seen_{kind.value}", sorted(sight.kinds[kind]), type_=Ids)),
        )
        for kind in Kind
    )
    own = and_(
        _A.kind == Kind.SALES.value,
        _A.user_id == bindparam("only_of", sight.only_of, type_=Id),
        among(at, bindparam("own", sorted(sight.own), type_=Ids)),
    )
    return or_(*kinds, own)
