"""
Lists of customers find records by their tags and status; connections to central stations and interactive services;
credit checks; what is fulfilled of government regulations.
"""

import json
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
IDS = sa.ARRAY(sa.Uuid()).with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
BATCH = 1_000
LEAD_STATUS = sa.text("lead_status_id IS NOT NULL")
CANCELLED = {"postgresql": sa.text("cancelled"), "sqlite": sa.text("cancelled = 1")}
ACTIVE = {"postgresql": sa.text("active"), "sqlite": sa.text("active = 1")}
STANDING = sa.text("cleared_at IS NULL")
CUSTOMERS = sa.table(
    "customers",
    sa.column("company_id", ID),
    sa.column("id", ID),
    sa.column("stage"),
    sa.column("lead"),
    sa.column("sale"),
    sa.column("lead_status_id", ID),
    sa.column("cancelled", sa.Boolean),
)
TAGGINGS = sa.table("taggings", sa.column("company_id", ID), sa.column("id", ID), sa.column("tags", IDS))
TAGS = sa.table("customer_tags", sa.column("company_id", ID), sa.column("tag_id", ID), sa.column("customer_id", ID))


def upgrade() -> None:
    filters()
    connections()
    credit_checks()
    fulfilments()


def fulfilments() -> None:
    belonging(
        "fulfilments",
        sa.Column("regulation_id", ID, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("fulfilled_on", sa.Date, nullable=False),
        sa.Column("expires_on", sa.Date),
        sa.Column("created_by", ID),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_by", ID),
        sa.Column("changed_at", INSTANT, nullable=False),
        of("catalog_entries", "regulation_id"),
    )


def credit_checks() -> None:
    belonging(
        "credit_checks",
        sa.Column("bureau", sa.Text, nullable=False),
        sa.Column("score", sa.Integer),
        sa.Column("tracking_number", sa.Text, nullable=False),
        sa.Column("sandbox", sa.Boolean, nullable=False),
        sa.Column("run_by", ID),
        sa.Column("run_at", INSTANT, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("applied_by", ID),
        sa.Column("applied_at", INSTANT),
    )
    active = ACTIVE[op.get_context().dialect.name]
    partial("credit_checks_active", "credit_checks", ["company_id", "customer_id"], active, unique=True)


def connections() -> None:
    belonging(
        "connections",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("provider_id", ID, nullable=False),
        sa.Column("account_number", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("by_hand", sa.Boolean, nullable=False),
        sa.Column("linked_by", ID),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column("unlinked_by", ID),
        sa.Column("unlinked_at", INSTANT),
        of("catalog_entries", "provider_id"),
    )
    linked = sa.text("unlinked_at IS NULL")
    partial("connections_open", "connections", ["company_id", "customer_id", "kind"], linked, unique=True)


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


def of(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["company_id", column], [f"{table}.company_id", f"{table}.id"])


def filters() -> None:
    op.add_column("customers", sa.Column("lead_status_id", ID))
    op.add_column("customers", sa.Column("cancelled", sa.Boolean, nullable=False, server_default=sa.text("false")))
    op.create_table(
        "customer_tags",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("tag_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "tag_id", "customer_id"),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["customers.company_id", "customers.id"],
            name="tags_customer",
            ondelete="CASCADE",
        ),
    )
    connection = op.get_bind()
    guarded = connection.dialect.name == "postgresql"
    if guarded:  # every company's rows at once, which row-level security hides from the owner too
        force("NO FORCE")
    fill_statuses(connection)
    fill_tags(connection)
    if guarded:
        force("FORCE")
        guard("customer_tags")
    op.create_index("customer_tags_of_customer", "customer_tags", ["company_id", "customer_id"])
    partial("customers_of_lead_status", "customers", ["company_id", "lead_status_id", "number"], LEAD_STATUS)
    partial("customers_cancelled", "customers", ["company_id", "number"], CANCELLED[connection.dialect.name])
    partial("at_risk_marks_open", "at_risk_marks", ["company_id", "customer_id"], STANDING)


def fill_statuses(connection: sa.Connection) -> None:
    """
    What the records that are there say of their status.
    """
    rows = connection.execute(sa.select(CUSTOMERS)).fetchall()
    values = []
    for row in rows:
        status = json.loads(row.lead).get("status") if row.stage == "lead" else None
        cancelled = row.stage == "customer" and bool(json.loads(row.sale).get("cancelled"))
        if status or cancelled:
            told = UUID(status) if status else None
            values.append({"company": row.company_id, "key": row.id, "status": stored(told), "ended": cancelled})
    change = (
        sa.update(CUSTOMERS)
        .where(
            CUSTOMERS.c.company_id == sa.bindparam("company", type_=ID), CUSTOMERS.c.id == sa.bindparam("key", type_=ID)
        )
        .values(lead_status_id=sa.bindparam("status", type_=ID), cancelled=sa.bindparam("ended"))
    )
    for at in range(0, len(values), BATCH):
        connection.execute(change, values[at : at + BATCH])


def fill_tags(connection: sa.Connection) -> None:
    values = [
        {"company_id": row.company_id, "tag_id": tag, "customer_id": row.id}
        for row in connection.execute(sa.select(TAGGINGS)).fetchall()
        for tag in listed(row.tags)
    ]
    for at in range(0, len(values), BATCH):
        connection.execute(TAGS.insert(), values[at : at + BATCH])


def stored(id: UUID | None) -> UUID | bytes | None:
    """
    An id as a column holds it: on SQLite its bytes.
    """
    return id.bytes if id is not None and op.get_bind().dialect.name == "sqlite" else id


def listed(tags: bytes | list[UUID]) -> list[bytes] | list[UUID]:
    return [tags[at : at + 16] for at in range(0, len(tags), 16)] if isinstance(tags, bytes) else tags


def partial(name: str, table: str, columns: list[str], where: sa.TextClause, *, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, postgresql_where=where, sqlite_where=where)


def force(how: str) -> None:
    for table in ("customers", "taggings"):
        op.execute(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY")


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
