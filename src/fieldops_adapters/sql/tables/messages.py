"""
Messages.
"""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

messages = Table(
    "messages",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("channel", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("appointment_id", Id),
    Column("sheet", Text),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("due_at", Instant),
    Column("sent_at", Instant),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
    one_of("appointments", "appointment_id"),
)

Index("messages_of_customer", messages.c.company_id, messages.c.customer_id, messages.c.id)

Index("messages_of_state", messages.c.company_id, messages.c.state, messages.c.id)

Index(
    "messages_due",
    messages.c.due_at,
    messages.c.id,
    postgresql_where=messages.c.due_at.is_not(None),
    sqlite_where=messages.c.due_at.is_not(None),
)
