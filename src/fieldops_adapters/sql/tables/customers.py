"""
The record of customers, and what finds it.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from fieldops_adapters.sql.columns import Id, Instant, Key, Sealed
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

customers = Table(
    "customers",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("account_type", Text),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("business_name", Text, nullable=False),
    Column("external_id", Text),
    Column("location_id", Id, nullable=False),
    Column("phone", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("point_is_estimate", Boolean, nullable=False, server_default=text("false")),
    Column("personal", Text, nullable=False, server_default=text("'{}'")),
    Column("birthdate", Sealed),
    Column("ssn", Sealed),
    Column("confirmation_number", Sealed),
    Column("receiver_number", Sealed),
    Column("abort_code", Sealed),
    Column("account_number", Text, nullable=False, server_default=text("''")),
    Column("sale", Text, nullable=False, server_default=text("'{}'")),
    Column("installation", Text, nullable=False, server_default=text("'{}'")),
    Column("lead", Text, nullable=False, server_default=text("'{}'")),
    Column("custom", Text, nullable=False, server_default=text("'{}'")),
    Column("search", Text, nullable=False, server_default=text("''")),
    Column("name_key", Key, nullable=False, server_default=text("''")),
    Column("city_key", Key, nullable=False, server_default=text("''")),
    Column("lead_status_id", Id),  # of leads alone
    Column("cancelled", Boolean, nullable=False, server_default=text("false")),
    Column("parent_id", Id),  # triggers keep families two levels deep (FAM-01)
    Column("archived_at", Instant),
    Column("archived_by", Id),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "number", name="customers_number"),
    UniqueConstraint("company_id", "external_id", name="customers_external_id"),
    of_company(),
    one_of("locations", "location_id"),
)

Index("customers_of_location", customers.c.company_id, customers.c.location_id, customers.c.number)

Index("customers_by_name", customers.c.company_id, customers.c.name_key, customers.c.number)

Index("customers_by_city", customers.c.company_id, customers.c.city_key, customers.c.number)

Index(
    "customers_of_lead_status",
    customers.c.company_id,
    customers.c.lead_status_id,
    customers.c.number,
    postgresql_where=customers.c.lead_status_id.is_not(None),
    sqlite_where=customers.c.lead_status_id.is_not(None),
)

Index(
    "customers_cancelled",
    customers.c.company_id,
    customers.c.number,
    postgresql_where=customers.c.cancelled,
    sqlite_where=customers.c.cancelled,
)

# SQLite has an FTS5 table for this, which the migration makes, and triggers that keep it.
Index(
    "customers_search",
    customers.c.company_id,
    customers.c.search,
    postgresql_using="gin",
    postgresql_ops={"search": "gin_trgm_ops"},
    postgresql_with={"gin_pending_list_limit": 1024},
).ddl_if(dialect="postgresql")

Index(
    "customers_of_parent",
    customers.c.company_id,
    customers.c.parent_id,
    customers.c.id,
    postgresql_where=customers.c.parent_id.is_not(None),
    sqlite_where=customers.c.parent_id.is_not(None),
)

# What records that may be the same share: telephone numbers, email addresses, folded addresses.
customer_keys = Table(
    "customer_keys",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("key", Text, nullable=False),
    Column("customer_id", Id, nullable=False),
    PrimaryKeyConstraint("company_id", "key", "customer_id"),
    ForeignKeyConstraint(
        ["company_id", "customer_id"],
        ["customers.company_id", "customers.id"],
        name="keys_customer",
        ondelete="CASCADE",
    ),
)

Index("customer_keys_of_customer", customer_keys.c.company_id, customer_keys.c.customer_id)

# The tags of records, by which lists find them.
customer_tags = Table(
    "customer_tags",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("tag_id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    PrimaryKeyConstraint("company_id", "tag_id", "customer_id"),
    ForeignKeyConstraint(
        ["company_id", "customer_id"],
        ["customers.company_id", "customers.id"],
        name="tags_customer",
        ondelete="CASCADE",
    ),
)

Index("customer_tags_of_customer", customer_tags.c.company_id, customer_tags.c.customer_id)

# Addresses that wait to be looked up.
lookups = Table(
    "lookups",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "customer_id"),
    ForeignKeyConstraint(
        ["company_id", "customer_id"],
        ["customers.company_id", "customers.id"],
        name="lookups_customer",
        ondelete="CASCADE",
    ),
)

Index("lookups_due", lookups.c.due_at, lookups.c.customer_id)
