"""
Credit checks of records.
"""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

credit_checks = Table(
    "credit_checks",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("bureau", Text, nullable=False),
    Column("score", Integer),
    Column("tracking_number", Text, nullable=False),
    Column("sandbox", Boolean, nullable=False),
    Column("run_by", Id),
    Column("run_at", Instant, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("applied_by", Id),
    Column("applied_at", Instant),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
)

Index("credit_checks_of_customer", credit_checks.c.company_id, credit_checks.c.customer_id, credit_checks.c.id)

Index(
    "credit_checks_active",
    credit_checks.c.company_id,
    credit_checks.c.customer_id,
    unique=True,
    postgresql_where=credit_checks.c.active,
    sqlite_where=credit_checks.c.active,
)
