"""
Holds: users' time, taken for a while; and what lists find appointments by that wait for something.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
AWAITED = "status IN ('scheduled', 'en_route')"


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("type_id", ID, nullable=False),
        sa.Column("location_id", ID, nullable=False),
        sa.Column("start_at", INSTANT, nullable=False),
        sa.Column("end_at", INSTANT, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("created_by", ID),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"]),
        one_of("users", "user_id"),
        one_of("customers", "customer_id"),
        one_of("appointment_types", "type_id"),
        one_of("locations", "location_id"),
    )
    op.create_index("holds_of_user", "holds", ["company_id", "user_id", "start_at"])
    waiting("appointments_pending", "pending_reassignment", "pending_reassignment = 1")
    waiting("appointments_awaited", AWAITED, AWAITED)
    if op.get_context().dialect.name == "postgresql":
        guard()


def waiting(name: str, on_postgresql: str, on_sqlite: str) -> None:
    op.create_index(
        name,
        "appointments",
        ["company_id", "start_at"],
        postgresql_where=sa.text(on_postgresql),
        sqlite_where=sa.text(on_sqlite),
    )


def one_of(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["company_id", column], [f"{table}.company_id", f"{table}.id"])


def guard() -> None:
    """
    Each company sees its own rows, whoever owns the table.
    """
    op.execute("ALTER TABLE holds ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE holds FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON holds TO fieldops_server")
    op.execute(
        "CREATE POLICY own_company ON holds"
        " USING (company_id = nullif(current_setting('fieldops.company', true), '')::uuid)"
    )
