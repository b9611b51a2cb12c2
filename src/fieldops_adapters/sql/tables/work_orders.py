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

from fieldops_adapters.sql.columns import Id, Instant, Sealed
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

work_orders = Table(
    "work_orders",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("external_id", Text),
    # Entries and users, none of which is ever deleted: SQLite cannot add references to a table that others refer to.
    Column("template_id", Id),
    Column("note_type_id", Id),
    Column("type_id", Id),
    Column("technician_id", Id),
    Column("due_at", Instant),
    Column("subject", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=text("''")),
    Column("internal_note", Sealed),
    Column("priority_id", Id),
    Column("lines", Text, nullable=False, server_default=text("'[]'")),
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

Index("work_orders_external_id", work_orders.c.company_id, work_orders.c.external_id, unique=True)

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
