"""
Messages, and which of them are due.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
WAITING = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("appointment_id", ID),
        sa.Column("sheet", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error", sa.Text, nullable=False),
        sa.Column("due_at", INSTANT),
        sa.Column("sent_at", INSTANT),
        sa.Column("created_by", ID),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"]),
        of("customers", "customer_id"),
        of("appointments", "appointment_id"),
    )
    op.create_index("messages_of_customer", "messages", ["company_id", "customer_id", "id"])
    op.create_index("messages_of_state", "messages", ["company_id", "state", "id"])
    op.create_index("messages_due", "messages", ["due_at", "id"], postgresql_where=WAITING, sqlite_where=WAITING)
    if op.get_context().dialect.name == "postgresql":
        guard("messages")
        # The worker sees which are due, of all companies, and may put them off; what they say it does not see.
        op.execute("GRANT SELECT (company_id, id, due_at), UPDATE (due_at) ON messages TO fieldops_worker")
        op.execute("CREATE POLICY every_company ON messages TO fieldops_worker USING (true)")


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
