"""
The status of an open work order is what its appointments make of it; an appointment keeps the number of a work order
that is deleted; the backlog is found without looking at what is closed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('open', 'scheduled', 'in_progress', 'paused')")
OF_ORDER = """
    appointments WHERE appointments.company_id = work_orders.company_id AND appointments.work_order_id = work_orders.id
"""
LAST = f"""
    SELECT outcome FROM {OF_ORDER} AND status = 'completed' AND outcome IS NOT NULL AND checked_out_at IS NOT NULL
    ORDER BY checked_out_at DESC, CASE outcome WHEN 'done' THEN 1 ELSE 0 END LIMIT 1
"""  # noqa: S608
FOLLOW = f"""
    UPDATE work_orders SET status = CASE
        WHEN EXISTS (SELECT 1 FROM {OF_ORDER} AND status = 'on_site') THEN 'in_progress'
        WHEN ({LAST}) = 'done' THEN 'in_progress'
        WHEN EXISTS (SELECT 1 FROM {OF_ORDER} AND status IN ('scheduled', 'en_route')) THEN 'scheduled'
        WHEN ({LAST}) IS NOT NULL THEN 'paused'
        ELSE 'open'
    END
    WHERE status = 'open' AND EXISTS (SELECT 1 FROM {OF_ORDER})
"""  # noqa: S608


def upgrade() -> None:
    op.add_column("appointments", sa.Column("former_work_order", sa.Integer))
    postgresql = op.get_context().dialect.name == "postgresql"
    if postgresql:  # every company's rows at once, which row-level security hides from the owner too
        _force("NO FORCE")
    op.execute(FOLLOW)
    if postgresql:
        _force("FORCE")
    op.create_index(
        "work_orders_open", "work_orders", ["company_id", "number"], postgresql_where=OPEN, sqlite_where=OPEN
    )


def _force(how: str) -> None:
    for table in ("appointments", "work_orders"):
        op.execute(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY")
