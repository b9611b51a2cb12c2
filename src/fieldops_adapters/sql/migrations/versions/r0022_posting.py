"""
Links that wait to be carried to their users.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
WAITING = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("password_links", sa.Column("due_at", INSTANT))
    op.add_column("password_links", sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
    op.create_index(
        "password_links_due", "password_links", ["due_at", "id"], postgresql_where=WAITING, sqlite_where=WAITING
    )
    if op.get_context().dialect.name == "postgresql":
        # The worker sees which are due, of all companies, and may put them off; where they lead it does not see.
        op.execute("GRANT SELECT (company_id, id, due_at), UPDATE (due_at) ON password_links TO fieldops_worker")
