"""
External ids of users are unique in their company.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    guarded = connection.dialect.name == "postgresql"
    if guarded:  # every company's users at once, which row-level security hides from the owner too
        op.execute("ALTER TABLE users NO FORCE ROW LEVEL SECURITY")
    tell_apart(connection)
    if guarded:
        op.execute("ALTER TABLE users FORCE ROW LEVEL SECURITY")
    op.create_index("users_external_id", "users", ["company_id", "external_id"], unique=True)


def tell_apart(connection: sa.Connection) -> None:
    """
    Of several users with one external id the first keeps it, the next become ``… (2)``, ``… (3)``.
    """
    names = ("company_id", "id", "external_id", "version")
    table = sa.table("users", *(sa.column(name) for name in names))
    c = table.c
    rows = connection.execute(sa.select(c.company_id, c.id, c.external_id).order_by(c.id)).fetchall()
    taken = {(row.company_id, row.external_id) for row in rows}
    seen: set[tuple[object, str]] = set()
    for company, id, external_id in rows:
        if external_id is None or (company, external_id) not in seen:
            seen.add((company, external_id))
            continue
        number = 2
        while (company, f"{external_id} ({number})") in taken:
            number += 1
        taken.add((company, f"{external_id} ({number})"))
        this = table.update().where(c.company_id == company, c.id == id)
        connection.execute(this.values(external_id=f"{external_id} ({number})", version=c.version + 1))
