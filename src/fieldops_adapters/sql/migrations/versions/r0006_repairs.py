"""
Repairs: what was moved together, to be put back together.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "repairs",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("moves", sa.Text, nullable=False),
        sa.Column("made_by", ID),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("undone_by", ID),
        sa.Column("undone_at", INSTANT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"]),
    )
    if op.get_context().dialect.name == "postgresql":
        guard()


def guard() -> None:
    """
    Each company sees its own rows, whoever owns the table.
    """
    op.execute("ALTER TABLE repairs ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE repairs FORCE ROW LEVEL SECURITY")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON repairs TO fieldops_server")
    op.execute(
        "CREATE POLICY own_company ON repairs"
        " USING (company_id = nullif(current_setting('fieldops.company', true), '')::uuid)"
    )
