"""
Connections.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.model import Connection, ConnectionKind
from fieldops_core.customers.views.names import NamedView, Names


@frozen(kw_only=True)
class ConnectionView:
    """
    A customer's account at a provider. *by_hand*: the provider was not told by this program, somebody linked the
    account there themselves; else *reference* is the provider's name for the link. *open*: it is linked.
    """

    id: UUID
    customer: UUID
    kind: ConnectionKind
    provider: NamedView
    account_number: str
    reference: str
    by_hand: bool
    open: bool
    linked_by: NamedView | None
    linked_at: datetime
    unlinked_by: NamedView | None
    unlinked_at: datetime | None
    version: int


@frozen(kw_only=True)
class ConnectionsView:
    """
    One page of a customer's connections, newest first; *count* is how many such there are, where asked for.
    """

    items: tuple[ConnectionView, ...]
    next: str | None
    count: int | None = None


def connection_view(connection: Connection, names: Names) -> ConnectionView:
    return ConnectionView(
        id=connection.id,
        customer=connection.customer,
        kind=connection.kind,
        provider=names.entry(connection.provider),
        account_number=connection.account_number,
        reference=connection.reference,
        by_hand=connection.by_hand,
        open=connection.open,
        linked_by=names.user(connection.linked_by),
        linked_at=connection.linked_at,
        unlinked_by=names.user(connection.unlinked_by),
        unlinked_at=connection.unlinked_at,
        version=connection.version,
    )
