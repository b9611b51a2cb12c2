"""
What people fill in on work orders. Those that are there were not asked for a note type and a type: they have none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


# Entries and users, none of which is ever deleted: SQLite cannot add references to a table that others refer to.
def upgrade() -> None:
    op.add_column("work_orders", sa.Column("external_id", sa.Text))
    for name in ("template_id", "note_type_id", "type_id", "technician_id", "priority_id"):
        op.add_column("work_orders", sa.Column(name, ID))
    op.add_column("work_orders", sa.Column("due_at", INSTANT))
    op.add_column("work_orders", sa.Column("internal_note", sa.LargeBinary))
    for name, default in (("note", "''"), ("lines", "'[]'")):
        op.add_column("work_orders", sa.Column(name, sa.Text, nullable=False, server_default=sa.text(default)))
    op.create_index("work_orders_external_id", "work_orders", ["company_id", "external_id"], unique=True)
