"""
The personal section of a customer, its confidential fields, and the text that records are found by.
"""

import json
from unicodedata import combining, normalize

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEALED = ("birthdate", "ssn", "confirmation_number", "receiver_number", "abort_code")
KEY = ("company_id", "id")
BATCH = 1_000


def upgrade() -> None:
    op.add_column(
        "customers", sa.Column("point_is_estimate", sa.Boolean, nullable=False, server_default=sa.text("false"))
    )
    op.add_column("customers", sa.Column("personal", sa.Text, nullable=False, server_default=sa.text("'{}'")))
    for name in SEALED:
        op.add_column("customers", sa.Column(name, sa.LargeBinary))
    op.add_column("customers", sa.Column("search", sa.Text, nullable=False, server_default=sa.text("''")))
    connection = op.get_bind()
    guarded = connection.dialect.name == "postgresql"
    if guarded:  # every company's records at once, which row-level security hides from the owner too
        op.execute("ALTER TABLE customers NO FORCE ROW LEVEL SECURITY")
    fill(connection)
    if guarded:
        op.execute("ALTER TABLE customers FORCE ROW LEVEL SECURITY")


def fill(connection: sa.Connection) -> None:
    """
    The search text of the records that are there.
    """
    names = (
        "company_id",
        "id",
        "number",
        "first_name",
        "last_name",
        "business_name",
        "external_id",
        "phone",
        "address",
    )
    table = sa.table("customers", *(sa.column(name) for name in (*names, "search")))
    update = (
        table.update()
        .where(table.c.company_id == sa.bindparam("company"), table.c.id == sa.bindparam("key"))
        .values(search=sa.bindparam("told"))
    )
    rows = connection.execute(sa.select(*(table.c[name] for name in names))).fetchall()
    for at in range(0, len(rows), BATCH):
        values = [{"company": row.company_id, "key": row.id, "told": search_text(row)} for row in rows[at : at + BATCH]]
        connection.execute(update, values)


def search_text(row: sa.Row[tuple[object, ...]]) -> str:
    """
    As the records of this version are found. Later versions may change theirs; this one stays.
    """
    city = json.loads(row.address).get("city", "")
    told = " ".join((row.first_name, row.last_name, row.business_name, city, row.external_id or ""))
    bare = "".join(letter for letter in normalize("NFKD", told.casefold()) if not combining(letter))
    words = "".join(letter if letter.isalnum() else " " for letter in bare).split()
    return " ".join([*words, str(row.number), row.phone[1:]])
