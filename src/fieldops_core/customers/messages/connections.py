"""
Connections.
"""

from attrs import field, frozen

from fieldops_core.customers.model import ConnectionId, ConnectionKind, CustomerId, Linked
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.plain import INTERNAL


@frozen(kw_only=True)
class LinkConnection:
    """
    Link a customer's account to whom its sale section names: who it is monitored by, or its interactive services
    provider. *told* is what that provider answered: ``FieldOps.link`` asks first.
    """

    customer: CustomerId
    kind: ConnectionKind
    account_number: str
    told: Linked = field(default=Linked(), metadata=INTERNAL)


@frozen(kw_only=True)
class UnlinkConnection:
    """
    The account is linked no more: ``FieldOps.unlink`` tells the provider first.
    """

    connection: ConnectionId


@frozen(kw_only=True)
class ShowConnection:
    connection: ConnectionId


@frozen(kw_only=True)
class ListConnections:
    """
    Those of a customer, newest first, after the one of id *after*, at most *limit*; *open*: only those that are linked,
    or only those that were unlinked; with *count*, how many such there are.
    """

    customer: CustomerId
    open: bool | None = None
    after: ConnectionId | None = None
    limit: int = 50
    count: bool = False


class ConnectionLinked(Event):
    pass


class ConnectionUnlinked(Event):
    pass
