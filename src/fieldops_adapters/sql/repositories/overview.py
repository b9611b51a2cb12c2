"""
How much a record has, of all kinds in one statement.
"""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Date,
    Executable,
    FromClause,
    ScalarSelect,
    TextClause,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
)

from fieldops_adapters.sql.columns import Id, Instant, Texts, among_texts
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.queries.times import LONGEST
from fieldops_adapters.sql.tables import (
    OPEN_WORK_ORDER,
    appointments,
    at_risk_marks,
    connections,
    contacts,
    credit_checks,
    customers,
    equipment,
    files,
    messages,
    notes,
    tickets,
    work_orders,
)
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import Kind
from fieldops_core.customers.model import CustomerId, TicketStatus
from fieldops_core.overview.model import Counted, Counts, Wanted
from fieldops_core.scheduling.model import AWAITED, OPEN, Status

_CUSTOMER = bindparam("customer", type_=Id)
_A = appointments.c
_OWN_SALES = and_(_A.kind == Kind.SALES.value, _A.user_id == bindparam("only_of", type_=Id))


def _of(table: FromClause, *conditions: ColumnElement[bool] | TextClause) -> ScalarSelect[int]:
    """
    How many rows of a table are the record's.
    """
    mine = table.c.company_id == COMPANY, table.c.customer_id == _CUSTOMER
    return select(func.count()).select_from(table).where(*mine, *conditions).scalar_subquery()


_SEEN = or_(among_texts(_A.kind, bindparam("kinds", type_=Texts)), _OWN_SALES)
_RECENT = _A.start_at > bindparam("since", type_=Instant)  # by the index: none that ends later began before
_VISITED = (
    select(_A.id)
    .where(_A.company_id == COMPANY, _A.work_order_id == work_orders.c.id)
    .where(_A.status.in_(sorted(each.value for each in OPEN)))
    .exists()
)
_COUNTS: Mapping[Counted, ScalarSelect[int]] = {
    Counted.NOTES: _of(notes),
    Counted.TICKETS: _of(tickets, tickets.c.status == TicketStatus.OPEN.value),
    Counted.APPOINTMENTS: _of(
        appointments,
        _A.status == Status.SCHEDULED.value,
        _A.end_at > bindparam("as_of", type_=Instant),
        _RECENT,
        _SEEN,
    ),
    Counted.WORK_ORDERS: _of(work_orders, text(OPEN_WORK_ORDER)),
    Counted.FILES: _of(files),
    Counted.CONTACTS: _of(contacts),
    Counted.AT_RISK_MARKS: _of(at_risk_marks, at_risk_marks.c.cleared_at.is_(None)),
    Counted.SUB_CUSTOMERS: (
        select(func.count())
        .select_from(customers)
        .where(customers.c.company_id == COMPANY, customers.c.parent_id == _CUSTOMER)
        .scalar_subquery()
    ),
    Counted.CONNECTIONS: _of(connections, connections.c.unlinked_at.is_(None)),
    Counted.EQUIPMENT: _of(equipment, equipment.c.active),
    Counted.MESSAGES: _of(messages),
    Counted.CREDIT_CHECKS: _of(credit_checks, credit_checks.c.active),
    Counted.OVERDUE_TICKETS: _of(
        tickets, tickets.c.status == TicketStatus.OPEN.value, tickets.c.due < bindparam("today", type_=Date)
    ),
    Counted.UNSCHEDULED_WORK_ORDERS: _of(work_orders, text(OPEN_WORK_ORDER), ~_VISITED),
    Counted.PENDING_REASSIGNMENTS: _of(
        appointments,
        _A.pending_reassignment,
        _A.status == Status.SCHEDULED.value,
        _A.end_at > bindparam("as_of", type_=Instant),
        _RECENT,
        _SEEN,
    ),
    Counted.LATE_APPOINTMENTS: _of(
        appointments,
        _A.status.in_(sorted(each.value for each in AWAITED)),
        _A.start_at < bindparam("as_of", type_=Instant),
        _SEEN,
    ),
}


@lru_cache(maxsize=1024)
def _statement(wanted: frozenset[Counted]) -> Executable:
    columns: list[ColumnElement[int]] = [_COUNTS[each] for each in Counted if each in wanted]
    return select(*columns)


class SqlRecordCounts:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def of(self, customer: CustomerId, wanted: Wanted) -> Counts:
        if not wanted.of:
            return {}
        (row,) = self.work.rows(
            _statement(wanted.of),
            customer=customer,
            kinds=sorted(kind.value for kind in wanted.kinds),
            only_of=wanted.only_of,
            as_of=wanted.as_of,
            today=wanted.today,
            since=wanted.as_of - LONGEST,
        )
        return dict(zip((each for each in Counted if each in wanted.of), row, strict=True))
