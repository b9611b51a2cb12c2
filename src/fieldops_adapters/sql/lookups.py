"""
Addresses that wait to be looked up.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, insert, literal, select, update

from fieldops_adapters.sql.columns import Id, Ids, Instant, among
from fieldops_adapters.sql.due import claimed, claiming
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.tables import customers, lookups
from fieldops_adapters.sql.work import Work
from fieldops_core.app.ports import DueLookup
from fieldops_core.customers.model import CustomerId

_L, _C = lookups.c, customers.c
_THIS = and_(_L.company_id == COMPANY, _L.customer_id == bindparam("customer", type_=Id))
_THESE = and_(_L.company_id == COMPANY, among(_L.customer_id, bindparam("customers", type_=Ids)))
_FORGET, _DROP = delete(lookups).where(_THESE), delete(lookups).where(_THIS)
_PUT = insert(lookups).from_select(
    ["company_id", "customer_id", "due_at", "tries"],
    select(_C.company_id, _C.id, bindparam("due", type_=Instant), literal(0)).where(
        _C.company_id == COMPANY, among(_C.id, bindparam("customers", type_=Ids))
    ),
)
_PUT_OFF = update(lookups).where(_THIS).values(due_at=bindparam("due", type_=Instant), tries=_L.tries + 1)
_TRIES = select(_L.tries).where(_THIS)
_CLAIM = claiming(lookups, "customer_id")


class SqlLookups:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def put(self, customers: Collection[CustomerId], *, due: datetime) -> None:
        if ids := list(customers):
            self.work.run(_FORGET, customers=ids)
            self.work.run(_PUT, customers=ids, due=due)

    def put_off(self, customer: CustomerId, *, due: datetime) -> None:
        self.work.run(_PUT_OFF, customer=customer, due=due)

    def tries(self, customer: CustomerId) -> int | None:
        found = self.work.row(_TRIES, customer=customer)
        return None if found is None else int(found[0])

    def drop(self, customer: CustomerId) -> None:
        self.work.run(_DROP, customer=customer)


def claim_lookups(connection: Connection, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLookup, ...]:
    """
    Claim lookups of any company. The transaction can do nothing else.
    """
    rows = claimed(connection, _CLAIM, limit, now=now, lease_seconds=lease_seconds)
    return tuple(DueLookup(company=company, customer=customer) for company, customer in rows)
