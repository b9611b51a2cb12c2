"""
Companies, their locations and catalogs.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from fieldops_adapters.sql.columns import Id
from fieldops_adapters.sql.tables.common import metadata, of_company

companies = Table(
    "companies",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("slug", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id"),
    UniqueConstraint("slug", name="companies_slug"),
)

locations = Table(
    "locations",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("tech_minutes", Integer),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
)

appointment_types = Table(
    "appointment_types",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("sub_types", Text, nullable=False),
    Column("install", Boolean, nullable=False, server_default=text("false")),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
)

catalog_entries = Table(
    "catalog_entries",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("catalog", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("attributes", Text, nullable=False, server_default=text("'{}'")),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
)
