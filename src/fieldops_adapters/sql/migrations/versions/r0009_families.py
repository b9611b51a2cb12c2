"""
Parents of customers, two levels deep, and archived customers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
HAS_PARENT = "parent_id IS NOT NULL"
ANOTHER = "NEW.parent_id IS NOT NULL AND (OLD.parent_id IS NULL OR NEW.parent_id <> OLD.parent_id)"
EVENTS = (("insert", "INSERT", "NEW.parent_id IS NOT NULL"), ("update", "UPDATE OF parent_id", ANOTHER))


def upgrade() -> None:
    op.add_column("customers", sa.Column("parent_id", ID))
    op.add_column("customers", sa.Column("archived_at", INSTANT))
    op.add_column("customers", sa.Column("archived_by", ID))
    op.create_index(
        "customers_of_parent",
        "customers",
        ["company_id", "parent_id", "id"],
        postgresql_where=sa.text(HAS_PARENT),
        sqlite_where=sa.text(HAS_PARENT),
    )
    if op.get_context().dialect.name == "postgresql":
        guard_on_postgresql()
    else:
        guard_on_sqlite()


# A parent is another customer that has none itself, and who has children gets none (FAM-01). That it is there is looked
# at here too: SQLite cannot add a reference to a table that others refer to.
def guard_on_postgresql() -> None:
    """
    The parent is locked as it is looked at: who makes it a child at the same time waits, and then sees its children.
    """
    op.execute(
        """
        CREATE FUNCTION customers_two_levels() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM customers AS parent
                WHERE parent.company_id = NEW.company_id AND parent.id = NEW.parent_id AND parent.id <> NEW.id
                AND parent.parent_id IS NULL FOR SHARE;
            IF NOT FOUND OR EXISTS (
                SELECT 1 FROM customers AS child
                WHERE child.company_id = NEW.company_id AND child.parent_id = NEW.id
            ) THEN
                RAISE EXCEPTION 'customers_two_levels'
                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'customers_two_levels';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    for name, event, linked in EVENTS:
        op.execute(
            f"CREATE TRIGGER customers_two_levels_{name} BEFORE {event} ON customers FOR EACH ROW"
            f" WHEN ({linked}) EXECUTE FUNCTION customers_two_levels()"
        )


TWO_LEVELS = """
    CREATE TRIGGER customers_two_levels_{name} BEFORE {event} ON customers
    WHEN {linked}
    BEGIN
        SELECT RAISE(ABORT, 'customers_two_levels') WHERE NOT EXISTS (
            SELECT 1 FROM customers AS parent
            WHERE parent.company_id = NEW.company_id AND parent.id = NEW.parent_id AND parent.id <> NEW.id
            AND parent.parent_id IS NULL
        ) OR EXISTS (
            SELECT 1 FROM customers AS child
            WHERE child.company_id = NEW.company_id AND child.parent_id = NEW.id
        );
    END
"""


def guard_on_sqlite() -> None:
    for name, event, linked in EVENTS:
        op.execute(TWO_LEVELS.format(name=name, event=event, linked=linked))
