"""
What belongs to a customer's record, table by table: a new table that does is a line here. What a deleted record leaves
behind, and what goes over to another by a merge, is read from it.

Tables whose reference to the record cascades (keys, lookups, quotations) go with its row.
"""

from typing import Any

from attrs import frozen
from sqlalchemy import ColumnElement, Table, bindparam, select

from fieldops_adapters.sql.columns import Id
from fieldops_adapters.sql.mapping.belongings import AT_RISK_MARKS, CONTACTS, FILES, NOTES, TAGGINGS, TICKETS
from fieldops_adapters.sql.mapping.connections import CONNECTIONS
from fieldops_adapters.sql.mapping.credit import CREDIT_CHECKS
from fieldops_adapters.sql.mapping.equipment import EQUIPMENT, WORK_TO_PERFORM
from fieldops_adapters.sql.mapping.form import COMPANY, Form
from fieldops_adapters.sql.mapping.messages import MESSAGES
from fieldops_adapters.sql.mapping.regulations import FULFILMENTS
from fieldops_adapters.sql.mapping.scheduling import APPOINTMENTS, HOLDS
from fieldops_adapters.sql.mapping.work_orders import WORK_ORDERS

CUSTOMER = bindparam("customer", type_=Id)


@frozen(kw_only=True)
class Owned:
    """
    Rows of a *table*, which events and history call *kind*: those whose column *by* names the record, or, *of* others,
    a row of theirs.
    """

    kind: str
    table: Table
    by: str = "customer_id"
    of: "Owned | None" = None

    @property
    def these(self) -> tuple[ColumnElement[bool], ...]:
        """
        That a row belongs to the record *customer* of the *company*.
        """
        columns = self.table.c
        if self.of is None:
            return columns.company_id == COMPANY, columns[self.by] == CUSTOMER
        return columns.company_id == COMPANY, columns[self.by].in_(select(self.of.table.c.id).where(*self.of.these))

    @property
    def goes_over(self) -> bool:
        """
        Whether a merge hands its rows over one by one: they name the record, and are not kept under its id. What names
        others goes with these; appointments go as a set, by an example.
        """
        return self.of is None and self.by != "id" and self.table is not APPOINTMENTS.table


def _of(form: Form[Any], *, by: str = "customer_id") -> Owned:
    return Owned(kind=form.kind, table=form.table, by=by)


OWNED: tuple[Owned, ...] = (
    _of(MESSAGES),
    _of(APPOINTMENTS),
    _of(HOLDS),
    _of(WORK_TO_PERFORM),
    _of(WORK_ORDERS),
    _of(EQUIPMENT),
    _of(NOTES),
    _of(TICKETS),
    _of(CONTACTS),
    _of(TAGGINGS, by="id"),
    _of(AT_RISK_MARKS),
    _of(CONNECTIONS),
    _of(CREDIT_CHECKS),
    _of(FULFILMENTS),
    _of(FILES),
)
"""
In the order in which they go: what names a row of another table before that one.
"""
