"""
The record by sections, and catalogs whose entries have more than a name.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("catalog_entries", later("attributes", sa.Text(), "'{}'"))
    op.add_column("appointment_types", later("install", sa.Boolean(), "false"))
    op.add_column("customers", later("account_number", sa.Text(), "''"))
    for section in ("sale", "installation", "lead", "custom"):
        op.add_column("customers", later(section, sa.Text(), "'{}'"))


def later(name: str, kind: sa.Text | sa.Boolean, default: str) -> sa.Column[Any]:
    """
    A column that is never empty, and what it holds of records that were there before it.
    """
    return sa.Column(name, kind, nullable=False, server_default=sa.text(default))
