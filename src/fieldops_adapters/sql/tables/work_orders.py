"""
Work orders.
"""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

work_orders = Table(
    "work_orders",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("subject", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "number", name="work_orders_number"),
    of_company(),
    one_of("customers", "customer_id"),
)

Index("work_orders_of_customer", work_orders.c.company_id, work_orders.c.customer_id, work_orders.c.number)

# The words of the index and of the query must be the same, or SQLite does not use the one for the other.
OPEN_WORK_ORDER = "work_orders.status IN ('open', 'scheduled', 'in_progress', 'paused')"

_OPEN_STATUS = text("status IN ('open', 'scheduled', 'in_progress', 'paused')")

Index(
    "work_orders_open",
    work_orders.c.company_id,
    work_orders.c.number,
    postgresql_where=_OPEN_STATUS,
    sqlite_where=_OPEN_STATUS,
)
