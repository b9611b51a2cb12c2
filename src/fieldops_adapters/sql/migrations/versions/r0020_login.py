"""
By what users log in: sessions, passwords, the links to set one, and attempts in vain. And events in the order in which
they are committed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
OVER = {"sessions": "ends_at", "password_links": "expires_at", "attempts": "forget_at"}


def upgrade() -> None:
    sessions()
    passwords()
    password_links()
    attempts()
    op.add_column("outbox", sa.Column("position", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("outbox_position", "outbox", ["company_id", "position", "id"])
    if op.get_context().dialect.name == "postgresql":
        for table in (*OVER, "passwords"):
            guard(table)
        for table, column in OVER.items():
            # The worker removes what is over, of all companies, and sees nothing else of it.
            op.execute(f"GRANT SELECT ({column}), DELETE ON {table} TO fieldops_worker")
            op.execute(f"CREATE POLICY every_company ON {table} TO fieldops_worker USING (true)")


def sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.UniqueConstraint("company_id", "hash", name="sessions_hash"),
        of_company(),
        of_user("user_id", "sessions_user"),
    )
    op.create_index("sessions_of_user", "sessions", ["company_id", "user_id"])


def passwords() -> None:
    op.create_table(
        "passwords",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        of_company(),
        of_user("id", "passwords_user"),
    )


def password_links() -> None:
    op.create_table(
        "password_links",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("secret", sa.LargeBinary),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.UniqueConstraint("company_id", "hash", name="password_links_hash"),
        of_company(),
        of_user("user_id", "password_links_user"),
    )
    op.create_index("password_links_of_user", "password_links", ["company_id", "user_id"])


def attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("forget_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "key"),
        of_company(),
    )


def of_company() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"])


def of_user(column: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["company_id", column], ["users.company_id", "users.id"], name=name)


def guard(table: str) -> None:
    """
    Each company sees its own rows, whoever owns the table.
    """
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO fieldops_server")
    op.execute(
        f"CREATE POLICY own_company ON {table}"
        " USING (company_id = nullif(current_setting('fieldops.company', true), '')::uuid)"
    )
