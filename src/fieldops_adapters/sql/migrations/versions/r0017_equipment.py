"""
Customer equipment, what work orders have done with it, what technicians carry, and what is
ordered for them.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    equipment()
    table(
        "work_to_perform",
        sa.Column("customer_id", ID, nullable=False),
        text("items"),
        of("work_orders", "id"),
        of("customers", "customer_id"),
    )
    table(
        "stock",
        sa.Column("technician_id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.UniqueConstraint("company_id", "technician_id", "item_id", name="stock_of_technician"),
        of("users", "technician_id"),
        of("catalog_entries", "item_id"),
    )
    purchase_orders()


def equipment() -> None:
    table(
        "equipment",
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        text("serial"),
        text("place"),
        sa.Column("wire_type_id", ID),
        text("status"),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("installed_on", sa.Date),
        sa.Column("installed_by", ID),
        sa.Column("replaces_id", ID),
        *changed(),
        of("customers", "customer_id"),
        of("catalog_entries", "item_id"),
        of("catalog_entries", "wire_type_id"),
        of("users", "installed_by"),
        of("equipment", "replaces_id"),
    )
    op.create_index("equipment_of_customer", "equipment", ["company_id", "customer_id", "id"])


def purchase_orders() -> None:
    table(
        "purchase_orders",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("vendor_id", ID, nullable=False),
        sa.Column("recipient_id", ID, nullable=False),
        sa.Column("work_order_id", ID, nullable=False),
        sa.Column("work_order_number", sa.Integer, nullable=False),
        sa.Column("location_id", ID, nullable=False),
        text("lines"),
        text("status"),
        sa.Column("ordered_at", INSTANT),
        sa.Column("received_at", INSTANT),
        *changed(),
        sa.UniqueConstraint("company_id", "number", name="purchase_orders_number"),
        of("catalog_entries", "vendor_id"),
        of("users", "recipient_id"),
        of("locations", "location_id"),
    )
    op.create_index("purchase_orders_of_work_order", "purchase_orders", ["company_id", "work_order_id", "number"])


def table(name: str, *parts: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        *(part for part in parts if isinstance(part, sa.Column)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"]),
        *(part for part in parts if not isinstance(part, sa.Column)),
    )
    if op.get_context().dialect.name == "postgresql":
        guard(name)


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
