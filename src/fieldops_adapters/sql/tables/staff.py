"""
Users, what they may do, and when they are away.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from fieldops_adapters.sql.columns import Id, Ids, Instant
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

roles = Table(
    "roles",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("grants", Text, nullable=False),
    Column("owner", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
)

Index("roles_owner", roles.c.company_id, unique=True, postgresql_where=roles.c.owner, sqlite_where=roles.c.owner)

users = Table(
    "users",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False),  # lower case; SQLite itself lowers ASCII alone
    Column("phone", Text),
    Column("language", Text, nullable=False),
    Column("zone", Text),
    Column("active", Boolean, nullable=False),
    Column("home_id", Id, nullable=False),
    Column("further", Ids, nullable=False),
    Column("reports_to", Id),
    Column("technician", Boolean, nullable=False),
    Column("sales_rep", Boolean, nullable=False),
    Column("program_types", Ids, nullable=False),
    Column("start_address", Text, nullable=False),
    Column("start_latitude", Double),
    Column("start_longitude", Double),
    Column("coverage_radius", Double, nullable=False),
    Column("hours", Text, nullable=False),
    Column("roles", Ids, nullable=False),
    Column("grants", Text, nullable=False),
    Column("external_id", Text),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "email_key", name="users_email"),
    of_company(),
    one_of("locations", "home_id"),
    one_of("users", "reports_to"),
)

Index("users_external_id", users.c.company_id, users.c.external_id, unique=True)

tokens = Table(
    "tokens",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("scopes", Text),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "hash", name="tokens_hash"),
    of_company(),
    one_of("users", "user_id"),
)

absences = Table(
    "absences",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("user_id", Id),
    Column("location_id", Id),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("start_minute", Integer, nullable=False),
    Column("end_minute", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("users", "user_id"),
    one_of("locations", "location_id"),
)

Index("absences_by_last_day", absences.c.company_id, absences.c.last_day)
