"""
Connections of customers.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.tables import connections
from fieldops_core.customers.model import Connection, ConnectionKind


def connection_row(connection: Connection) -> Values:
    return {
        "id": connection.id,
        "customer_id": connection.customer,
        "kind": connection.kind.value,
        "provider_id": connection.provider,
        "account_number": connection.account_number,
        "reference": connection.reference,
        "by_hand": connection.by_hand,
        "linked_by": connection.linked_by,
        "linked_at": connection.linked_at,
        "unlinked_by": connection.unlinked_by,
        "unlinked_at": connection.unlinked_at,
        "version": connection.version,
    }


def connection_state(row: Row) -> Connection:
    id, customer, kind, provider, account_number, reference, by_hand, *moments, version = row
    linked_by, linked_at, unlinked_by, unlinked_at = moments
    return Connection(
        id=id,
        customer=customer,
        kind=ConnectionKind(kind),
        provider=provider,
        account_number=account_number,
        reference=reference,
        by_hand=by_hand,
        linked_by=linked_by,
        linked_at=linked_at,
        unlinked_by=unlinked_by,
        unlinked_at=unlinked_at,
        version=version,
    )


CONNECTIONS = Form(
    kind="connection",
    table=connections,
    columns=tuple(column for column in connections.c if column.name != "company_id"),
    row=connection_row,
    state=connection_state,
)
