"""
Connections of customers.
"""

from sqlalchemy import bindparam

from fieldops_adapters.sql.columns import Id
from fieldops_adapters.sql.mapping.connections import CONNECTIONS
from fieldops_adapters.sql.repositories.belongings import Lists, SqlBelongings
from fieldops_adapters.sql.tables import connections
from fieldops_adapters.sql.work import Work
from fieldops_core.customers.model import Connection, ConnectionId, ConnectionKind, CustomerId

_LINKED = connections.c.unlinked_at.is_(None)
_LISTS = Lists(CONNECTIONS, _LINKED)
_STANDING = CONNECTIONS.all.where(
    connections.c.customer_id == bindparam("customer", type_=Id), connections.c.kind == bindparam("kind"), _LINKED
)


class SqlConnections(SqlBelongings[ConnectionId, Connection]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, CONNECTIONS, _LISTS)

    def standing(self, customer: CustomerId, kind: ConnectionKind) -> Connection | None:
        found = self.work.states(CONNECTIONS, _STANDING, customer=customer, kind=kind.value)
        return next(iter(found), None)
