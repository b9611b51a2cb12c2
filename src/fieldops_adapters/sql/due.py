"""
Rows of any company that are due, each for one worker at a time.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, select, text, update
from sqlalchemy.sql.dml import ReturningUpdate

from fieldops_adapters.sql.columns import Instant

# It sees what is due of all companies, and nothing of what it says.
_AS_WORKER = text("SET LOCAL ROLE fieldops_worker")


def claiming(table: Table, key: str = "id") -> ReturningUpdate[Any]:
    """
    Puts off rows of a table, named by the column *key*, that are due at its ``due_at``; answers which those were.
    """
    id = table.c[key]
    due = (
        select(table.c.company_id, id)
        .where(table.c.due_at <= bindparam("now", type_=Instant))
        .order_by(table.c.due_at, id)
        .limit(bindparam("rows"))
        .with_for_update(key_share=True, skip_locked=True)
        .cte("due")
    )
    return (
        update(table)
        .where(and_(table.c.company_id == due.c.company_id, id == due.c[key]))
        .values(due_at=bindparam("until", type_=Instant))
        .returning(table.c.company_id, id)
    )


def claimed(
    connection: Connection, statement: ReturningUpdate[Any], limit: int, *, now: datetime, lease_seconds: int
) -> list[Any]:
    """
    Company and id of what is this worker's for the time of the lease. The transaction can do nothing else.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_AS_WORKER)
    values = {"now": now, "until": now + timedelta(seconds=lease_seconds), "rows": limit}
    return sorted(connection.execute(statement, values).fetchall())
