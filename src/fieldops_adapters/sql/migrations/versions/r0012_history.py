"""
The history of a customer's record, and of all that belongs to it, is found by the record.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
TABLES = ("history", "appointments", "work_orders")
OWN = "UPDATE history SET record_id = aggregate_id WHERE aggregate = 'customer'"
BELONGING = """
    UPDATE history SET record_id = owned.customer_id FROM {table} AS owned
    WHERE history.aggregate = '{aggregate}'
    AND owned.company_id = history.company_id AND owned.id = history.aggregate_id
"""


def upgrade() -> None:
    op.add_column("history", sa.Column("record_id", ID))
    postgresql = op.get_context().dialect.name == "postgresql"
    if postgresql:  # every company's rows at once, which row-level security hides from the owner too
        _force("NO FORCE")
    op.execute(OWN)
    for table, aggregate in (("appointments", "appointment"), ("work_orders", "work_order")):
        op.execute(BELONGING.format(table=table, aggregate=aggregate))
    if postgresql:
        _force("FORCE")
    op.create_index("history_of_record", "history", ["company_id", "record_id", "at", "id"])


def _force(how: str) -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY")
