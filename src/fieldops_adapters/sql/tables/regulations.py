"""
What records have fulfilled of government regulations.
"""

from sqlalchemy import Column, Date, Index, Integer, PrimaryKeyConstraint, Table, Text

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

fulfilments = Table(
    "fulfilments",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("regulation_id", Id, nullable=False),
    Column("number", Text, nullable=False),
    Column("fulfilled_on", Date, nullable=False),
    Column("expires_on", Date),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
    one_of("catalog_entries", "regulation_id"),
)

Index("fulfilments_of_customer", fulfilments.c.company_id, fulfilments.c.customer_id, fulfilments.c.id)
