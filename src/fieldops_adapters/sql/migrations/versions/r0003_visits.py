"""
What a visit is for and how it ended: catalogs of reasons, work orders, and their places on appointments.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    catalog_entries()
    work_orders()
    appointments()
    if op.get_context().dialect.name == "postgresql":
        for table in ("catalog_entries", "work_orders"):
            guard(table)
    else:
        guard_on_sqlite()


def of_company() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"])


def catalog_entries() -> None:
    op.create_table(
        "catalog_entries",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("catalog", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        of_company(),
    )


def work_orders() -> None:
    op.create_table(
        "work_orders",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("created_by", ID),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_by", ID),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.UniqueConstraint("company_id", "number", name="work_orders_number"),
        of_company(),
        sa.ForeignKeyConstraint(["company_id", "customer_id"], ["customers.company_id", "customers.id"]),
    )
    op.create_index("work_orders_of_customer", "work_orders", ["company_id", "customer_id", "number"])


def columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("checked_out_at", INSTANT),
        sa.Column("work_order_id", ID),
        sa.Column("series_id", ID),
        sa.Column("rescheduling", sa.Text, nullable=False, server_default=sa.text("'no'")),
        sa.Column("reschedule_reason_id", ID),
        sa.Column("outcome", sa.Text),
        sa.Column("unable_reason_id", ID),
        sa.Column("check_out_notes", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("for_the_record", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("double_booked_with", ID),
        sa.Column("double_book_reason", sa.Text, nullable=False, server_default=sa.text("''")),
    )


REFERENCES = {
    "work_order": ("work_orders", "work_order_id"),
    "reschedule_reason": ("catalog_entries", "reschedule_reason_id"),
    "unable_reason": ("catalog_entries", "unable_reason_id"),
    "double_booked_with": ("appointments", "double_booked_with"),
}


def appointments() -> None:
    """
    SQLite cannot add a reference to a table: the table is made anew there, and its triggers are lost.
    """
    with op.batch_alter_table("appointments") as table:
        for column in columns():
            table.add_column(column)
        for name, (other, of) in REFERENCES.items():
            table.create_foreign_key(f"appointments_{name}", other, ["company_id", of], ["company_id", "id"])
    op.create_index("appointments_of_work_order", "appointments", ["company_id", "work_order_id", "start_at"])
    under_way = sa.text("status IN ('en_route', 'on_site')")
    op.create_index(
        "appointments_under_way",
        "appointments",
        ["company_id", "user_id", "start_at"],
        postgresql_where=under_way,
        sqlite_where=under_way,
    )
    op.create_index("appointments_of_series", "appointments", ["company_id", "series_id", "start_at"])


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


# As in the first version.
TAKEN = """
    CREATE TRIGGER appointments_taken_{name} BEFORE {event} ON appointments
    WHEN NEW.occupied_until IS NOT NULL AND NOT NEW.double_booked
    BEGIN
        SELECT RAISE(ABORT, 'appointments_taken') WHERE EXISTS (
            SELECT 1 FROM appointments AS other
            WHERE other.company_id = NEW.company_id AND other.user_id = NEW.user_id AND other.id <> NEW.id
            AND other.start_at < NEW.occupied_until AND other.start_at > NEW.start_at - 8 * 86400000000
            AND other.occupied_until > NEW.start_at AND NOT other.double_booked
        );
    END
"""


def guard_on_sqlite() -> None:
    """
    A user's time is taken once.
    """
    op.execute(TAKEN.format(name="insert", event="INSERT"))
    op.execute(TAKEN.format(name="update", event="UPDATE OF user_id, start_at, occupied_until, double_booked"))
