"""
What belongs to a customer's record.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from fieldops_adapters.sql.columns import Id, Ids, Instant
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

notes = Table(
    "notes",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("type_id", Id, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
    one_of("catalog_entries", "type_id"),
)

Index("notes_of_customer", notes.c.company_id, notes.c.customer_id, notes.c.id)

tickets = Table(
    "tickets",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("type_id", Id, nullable=False),
    Column("text", Text, nullable=False),
    Column("assignee_id", Id, nullable=False),
    Column("due", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("closed_by", Id),
    Column("closed_at", Instant),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
    one_of("catalog_entries", "type_id"),
    one_of("users", "assignee_id"),
)

Index("tickets_of_customer", tickets.c.company_id, tickets.c.customer_id, tickets.c.id)

contacts = Table(
    "contacts",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("relation", Text, nullable=False),
    Column("phones", Text, nullable=False),  # E.164, separated by spaces
    Column("place", Integer, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
)

Index("contacts_of_customer", contacts.c.company_id, contacts.c.customer_id, contacts.c.id)

taggings = Table(
    "taggings",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("tags", Ids, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "id"),
)

at_risk_marks = Table(
    "at_risk_marks",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("cleared_by", Id),
    Column("cleared_at", Instant),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
)

Index("at_risk_marks_of_customer", at_risk_marks.c.company_id, at_risk_marks.c.customer_id, at_risk_marks.c.id)

Index(
    "at_risk_marks_open",
    at_risk_marks.c.company_id,
    at_risk_marks.c.customer_id,
    postgresql_where=at_risk_marks.c.cleared_at.is_(None),
    sqlite_where=at_risk_marks.c.cleared_at.is_(None),
)

files = Table(
    "files",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("store_key", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
)

Index("files_of_customer", files.c.company_id, files.c.customer_id, files.c.id)

Index("files_by_key", files.c.company_id, files.c.store_key, unique=True)
