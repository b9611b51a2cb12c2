"""
What records have fulfilled of government regulations.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.tables import fulfilments
from fieldops_core.customers.model import Fulfilment


def fulfilment_row(fulfilment: Fulfilment) -> Values:
    return {
        "id": fulfilment.id,
        "customer_id": fulfilment.customer,
        "regulation_id": fulfilment.regulation,
        "number": fulfilment.number,
        "fulfilled_on": fulfilment.fulfilled_on,
        "expires_on": fulfilment.expires_on,
        "created_by": fulfilment.created_by,
        "created_at": fulfilment.created_at,
        "changed_by": fulfilment.changed_by,
        "changed_at": fulfilment.changed_at,
        "version": fulfilment.version,
    }


def fulfilment_state(row: Row) -> Fulfilment:
    id, customer, regulation, number, fulfilled_on, expires_on, *kept, version = row
    created_by, created_at, changed_by, changed_at = kept
    return Fulfilment(
        id=id,
        customer=customer,
        regulation=regulation,
        number=number,
        fulfilled_on=fulfilled_on,
        expires_on=expires_on,
        created_by=created_by,
        created_at=created_at,
        changed_by=changed_by,
        changed_at=changed_at,
        version=version,
    )


FULFILMENTS = Form(
    kind="fulfilment",
    table=fulfilments,
    columns=tuple(column for column in fulfilments.c if column.name != "company_id"),
    row=fulfilment_row,
    state=fulfilment_state,
)
