"""
What is left of deleted records; which records stored answers quote; the events of one aggregate are found by it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    tombstones()
    quotations()
    op.create_index("outbox_of_aggregate", "outbox", ["company_id", "aggregate_id"])
    if op.get_context().dialect.name == "postgresql":
        for table in ("tombstones", "quotations"):
            guard(table)


def tombstones() -> None:
    op.create_table(
        "tombstones",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("location_id", ID, nullable=False),
        sa.Column("made_by", ID),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("merged_into", ID),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.UniqueConstraint("company_id", "number", name="tombstones_number"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"]),
        sa.ForeignKeyConstraint(["company_id", "location_id"], ["locations.company_id", "locations.id"]),
    )
    op.create_index("tombstones_by_time", "tombstones", ["company_id", "made_at", "id"])


def quotations() -> None:
    answer = ("company_id", "actor_id", "command_id")
    op.create_table(
        "quotations",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("actor_id", ID, nullable=False),
        sa.Column("command_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "customer_id", "actor_id", "command_id"),
        sa.ForeignKeyConstraint(
            answer, [f"answers.{each}" for each in answer], name="quotations_answer", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["customers.company_id", "customers.id"],
            name="quotations_customer",
            ondelete="CASCADE",
        ),
    )
    op.create_index("quotations_of_answer", "quotations", ["company_id", "actor_id", "command_id"])


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
