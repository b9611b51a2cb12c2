"""
What customer records that may be the same share, and the addresses that wait to be looked up.
"""

import json
from collections.abc import Iterator
from unicodedata import combining, normalize

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
BATCH = 1_000


def upgrade() -> None:
    op.create_table(
        "customer_keys",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "key", "customer_id"),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["customers.company_id", "customers.id"],
            name="keys_customer",
            ondelete="CASCADE",
        ),
    )
    op.create_index("customer_keys_of_customer", "customer_keys", ["company_id", "customer_id"])
    op.create_table(
        "lookups",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "customer_id"),
        sa.ForeignKeyConstraint(
            ["company_id", "customer_id"],
            ["customers.company_id", "customers.id"],
            name="lookups_customer",
            ondelete="CASCADE",
        ),
    )
    op.create_index("lookups_due", "lookups", ["due_at", "customer_id"])
    connection = op.get_bind()
    guarded = connection.dialect.name == "postgresql"
    if guarded:  # every company's records at once, which row-level security hides from the owner too
        op.execute("ALTER TABLE customers NO FORCE ROW LEVEL SECURITY")
    fill(connection)
    if guarded:
        op.execute("ALTER TABLE customers FORCE ROW LEVEL SECURITY")
        guard("customer_keys")
        guard("lookups")
        # The worker sees those of all companies, and may put off what is due.
        op.execute("GRANT SELECT, UPDATE (due_at) ON lookups TO fieldops_worker")
        op.execute("CREATE POLICY every_company ON lookups TO fieldops_worker USING (true)")


def fill(connection: sa.Connection) -> None:
    """
    The keys of the records that are there.
    """
    read = sa.table("customers", *(sa.column(name) for name in ("company_id", "id", "phone", "address", "personal")))
    write = sa.table("customer_keys", *(sa.column(name) for name in ("company_id", "key", "customer_id")))
    rows = connection.execute(sa.select(read)).fetchall()
    for at in range(0, len(rows), BATCH):
        values = [
            {"company_id": row.company_id, "key": key, "customer_id": row.id}
            for row in rows[at : at + BATCH]
            for key in sorted(set(keys_of(row)))
        ]
        if values:
            connection.execute(write.insert(), values)


def keys_of(row: sa.Row[tuple[object, ...]]) -> Iterator[str]:
    """
    As the records of this version are compared. Later versions may change theirs; this one stays.
    """
    personal, address = json.loads(row.personal), json.loads(row.address)
    yield row.phone
    yield from (each for name in ("work_phone", "cell_phone", "other_phone") if (each := personal.get(name)))
    if email := personal.get("email"):
        yield email.casefold()
    lines = [address.get(name) or "" for name in ("line1", "line2", "city", "state")]
    if lines[0] and (folded := " ".join(words_of(" ".join(lines)))):
        yield folded[:400]


def words_of(text: str) -> list[str]:
    bare = "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
    return "".join(letter if letter.isalnum() else " " for letter in bare).split()


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
