"""
What belongs to customer records: notes, tickets, contacts, tags, at-risk marks, files.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
IDS = sa.ARRAY(sa.Uuid()).with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    belonging(
        "notes", sa.Column("type_id", ID, nullable=False), text("text"), *changed(), of("catalog_entries", "type_id")
    )
    belonging(
        "tickets",
        sa.Column("type_id", ID, nullable=False),
        text("text"),
        sa.Column("assignee_id", ID, nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        text("status"),
        sa.Column("closed_by", ID),
        sa.Column("closed_at", INSTANT),
        *changed(),
        of("catalog_entries", "type_id"),
        of("users", "assignee_id"),
    )
    belonging(
        "contacts",
        text("name"),
        text("relation"),
        text("phones"),
        sa.Column("place", sa.Integer, nullable=False),
        *changed(),
    )
    taggings()
    belonging(
        "at_risk_marks",
        text("reason"),
        sa.Column("created_by", ID),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("cleared_by", ID),
        sa.Column("cleared_at", INSTANT),
    )
    belonging(
        "files",
        text("name"),
        text("media_type"),
        sa.Column("size", sa.BigInteger, nullable=False),
        text("digest"),
        text("store_key"),
        sa.Column("created_by", ID),
        sa.Column("created_at", INSTANT, nullable=False),
    )
    op.create_index("files_by_key", "files", ["company_id", "store_key"], unique=True)


def taggings() -> None:
    op.create_table(
        "taggings",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("tags", IDS, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"]),
        of("customers", "id"),
    )
    if op.get_context().dialect.name == "postgresql":
        guard("taggings")


def belonging(table: str, *parts: sa.Column[Any] | sa.ForeignKeyConstraint) -> None:
    """
    A table of what belongs to a record, found by the record, newest first.
    """
    op.create_table(
        table,
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        *(part for part in parts if isinstance(part, sa.Column)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"]),
        of("customers", "customer_id"),
        *(part for part in parts if not isinstance(part, sa.Column)),
    )
    op.create_index(f"{table}_of_customer", table, ["company_id", "customer_id", "id"])
    if op.get_context().dialect.name == "postgresql":
        guard(table)


def text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False)


def changed() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("created_by", ID),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_by", ID),
        sa.Column("changed_at", INSTANT, nullable=False),
    )


def of(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["company_id", column], [f"{table}.company_id", f"{table}.id"])


def guard(table: str) -> None:
    """
    Each company sees its own rows, whoever owns the table; the server may read and write them.
    """
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO fieldops_server")
    op.execute(
        f"CREATE POLICY own_company ON {table}"
        " USING (company_id = nullif(current_setting('fieldops.company', true), '')::uuid)"
    )
