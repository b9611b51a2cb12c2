"""
Connections of customers.
"""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

connections = Table(
    "connections",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("provider_id", Id, nullable=False),
    Column("account_number", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("linked_by", Id),
    Column("linked_at", Instant, nullable=False),
    Column("unlinked_by", Id),
    Column("unlinked_at", Instant),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
    one_of("catalog_entries", "provider_id"),
)

Index("connections_of_customer", connections.c.company_id, connections.c.customer_id, connections.c.id)

Index(
    "connections_open",
    connections.c.company_id,
    connections.c.customer_id,
    connections.c.kind,
    unique=True,
    postgresql_where=connections.c.unlinked_at.is_(None),
    sqlite_where=connections.c.unlinked_at.is_(None),
)
