"""
By what users log in.
"""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from fieldops_adapters.sql.columns import Id, Instant, Sealed
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

sessions = Table(
    "sessions",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("hash", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "hash", name="sessions_hash"),
    of_company(),
    one_of("users", "user_id", name="sessions_user"),
)

Index("sessions_of_user", sessions.c.company_id, sessions.c.user_id)

passwords = Table(
    "passwords",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),  # the user's
    Column("hash", Text, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("users", "id", name="passwords_user"),
)

password_links = Table(
    "password_links",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("secret", Sealed),  # until it was sent
    Column("due_at", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "hash", name="password_links_hash"),
    of_company(),
    one_of("users", "user_id", name="password_links_user"),
)

Index("password_links_of_user", password_links.c.company_id, password_links.c.user_id)

Index(
    "password_links_due",
    password_links.c.due_at,
    password_links.c.id,
    postgresql_where=password_links.c.due_at.is_not(None),
    sqlite_where=password_links.c.due_at.is_not(None),
)

attempts = Table(
    "attempts",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("key", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("forget_at", Instant, nullable=False),
    PrimaryKeyConstraint("company_id", "key"),
    of_company(),
)
