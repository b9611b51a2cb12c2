"""
Customers are found by email and address too, and through an index of trigrams; lists are sorted by name and city.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import combining, normalize

import sqlalchemy as sa
from alembic import op

from fieldops_adapters.sql.errors import NotReady

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BATCH = 1_000
KEYS = ("name_key", "city_key")
NAMES = (
    "company_id",
    "id",
    "number",
    "first_name",
    "last_name",
    "business_name",
    "external_id",
    "phone",
    "address",
    "personal",
)


def upgrade() -> None:
    connection = op.get_bind()
    postgresql = connection.dialect.name == "postgresql"
    key = sa.Text(collation="C") if postgresql else sa.Text()
    for name in KEYS:
        op.add_column("customers", sa.Column(name, key, nullable=False, server_default=sa.text("''")))
    if postgresql:  # every company's records at once, which row-level security hides from the owner too
        op.execute("ALTER TABLE customers NO FORCE ROW LEVEL SECURITY")
    fill(connection)
    if postgresql:
        op.execute("ALTER TABLE customers FORCE ROW LEVEL SECURITY")
    for name in KEYS:
        op.create_index(f"customers_by_{name[:4]}", "customers", ["company_id", name, "number"])
    search_on_postgresql(connection) if postgresql else search_on_sqlite()


# --- what is there already --------------------------------------------------------------------------


def fill(connection: sa.Connection) -> None:
    """
    What the records that are there are found and sorted by, a batch at a time.
    """
    table = sa.table("customers", *(sa.column(name) for name in (*NAMES, "search", *KEYS)))
    update = (
        table.update()
        .where(table.c.company_id == sa.bindparam("company"), table.c.id == sa.bindparam("key"))
        .values(search=sa.bindparam("told"), name_key=sa.bindparam("name"), city_key=sa.bindparam("city"))
    )
    for rows in batches(connection, table):
        connection.execute(update, [derived(row) for row in rows])


def batches(connection: sa.Connection, table: sa.TableClause) -> Iterator[Sequence[sa.Row[Any]]]:
    c = table.c
    statement = sa.select(*(c[name] for name in NAMES)).order_by(c.company_id, c.id).limit(BATCH)
    rows = connection.execute(statement).fetchall()
    while rows:
        yield rows
        last = rows[-1]
        later = sa.or_(c.company_id > last.company_id, c.id > last.id)
        rows = connection.execute(statement.where(c.company_id >= last.company_id, later)).fetchall()


def derived(row: sa.Row[Any]) -> dict[str, object]:
    """
    As the records of this version are found and sorted. Later versions may change theirs; this one stays.
    """
    address, more = json.loads(row.address), json.loads(row.personal)
    city = address.get("city", "")
    told = (
        row.last_name,
        row.first_name,
        row.business_name,
        row.external_id or "",
        more.get("email") or "",
        address.get("line1", ""),
        city,
        (address.get("postal_code") or {}).get("code", "").replace(" ", ""),
    )
    phones = (row.phone, *(more.get(f"{kind}_phone") for kind in ("work", "cell", "other")))
    words = (*folded(" ".join(told)), str(row.number), *(phone[1:] for phone in phones if phone))
    return {
        "company": row.company_id,
        "key": row.id,
        "told": " " + " ".join(dict.fromkeys(words)),
        "name": " ".join(folded(row.business_name or f"{row.last_name} {row.first_name}"))[:100],
        "city": " ".join(folded(city))[:100],
    }


def folded(text: str) -> list[str]:
    bare = normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(letter for letter in bare if not combining(letter)).casefold())


# --- PostgreSQL -------------------------------------------------------------------------------------

# As in the first version.
ROLE = """
    DO $$
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fieldops_search') THEN
            CREATE ROLE fieldops_search NOLOGIN NOSUPERUSER NOBYPASSRLS;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$
"""
MAY_BECOME = "SELECT pg_has_role('fieldops_search', 'SET')"
MAY_GRANT = "SELECT pg_has_role('fieldops_search', 'MEMBER WITH ADMIN OPTION')"
FUNCTION = """
    CREATE FUNCTION customers_found({parameters}) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT id FROM {schema}.customers
        WHERE company_id = nullif(current_setting('fieldops.company', true), '')::uuid AND {conditions}
    $$
"""


def search_on_postgresql(connection: sa.Connection) -> None:
    """
    Under row-level security no index is used for LIKE. So a function reads by it, with the rights of a role of its
    own, which may read what is searched, of all companies, and nothing else, and which nobody is. The function answers
    ids of the session's company alone, and only the server may call it.
    """
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gin")
    # What was written lately is read through by every search until it is sorted in: that is not to be much.
    op.execute(
        "CREATE INDEX customers_search ON customers USING gin (company_id, search gin_trgm_ops)"
        " WITH (gin_pending_list_limit = 1024)"
    )
    quoted = connection.dialect.identifier_preparer.quote
    schema = quoted(connection.execute(sa.text("SELECT current_schema()")).scalar_one())
    op.execute(ROLE)
    become(connection)
    op.execute(f"GRANT USAGE, CREATE ON SCHEMA {schema} TO fieldops_search")
    op.execute("GRANT SELECT (company_id, id, search) ON customers TO fieldops_search")
    op.execute("CREATE POLICY every_company ON customers FOR SELECT TO fieldops_search USING (true)")
    for count in (1, 2):
        name = f"customers_found({', '.join(['text'] * count)})"
        conditions = " AND ".join(f"search LIKE ${number + 1}" for number in range(count))
        parameters = ", ".join(["text"] * count)
        op.execute(FUNCTION.format(parameters=parameters, schema=schema, conditions=conditions))
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fieldops_server")
        op.execute(f"ALTER FUNCTION {name} OWNER TO fieldops_search")
    op.execute(f"REVOKE CREATE ON SCHEMA {schema} FROM fieldops_search")


def become(connection: sa.Connection) -> None:
    """
    Whoever hands a function to a role must be able to become it. Who made the role gives it to themselves.

    Raises:
        NotReady: where somebody else made it, for another database perhaps.
    """
    if connection.execute(sa.text(MAY_BECOME)).scalar():
        return
    if not connection.execute(sa.text(MAY_GRANT)).scalar():
        who = connection.execute(sa.text("SELECT quote_ident(current_user)")).scalar()
        grant = f"GRANT fieldops_search TO {who} WITH INHERIT FALSE, SET TRUE"
        raise NotReady(f"Another role made fieldops_search. As that one, or as a superuser, say: {grant}")
    op.execute("GRANT fieldops_search TO CURRENT_USER WITH INHERIT FALSE, SET TRUE")


# --- SQLite -----------------------------------------------------------------------------------------

# The table holds nothing but trigrams, by row numbers of the company's own place and the record's number: those of
# customers itself are the database's, and VACUUM changes them. Two spaces before a word make trigrams of its start.
FTS5 = """
    CREATE VIRTUAL TABLE customers_found USING fts5
    (search, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1')
"""
COMPANIES = "CREATE TABLE customers_found_companies (place INTEGER PRIMARY KEY, company_id BLOB NOT NULL UNIQUE)"
PLACE = "(SELECT place << 32 FROM customers_found_companies WHERE company_id = {row}.company_id) | {row}.number"
WORDS = "replace({row}.search, ' ', '  ')"
ENTERED = f"INSERT INTO customers_found (rowid, search) VALUES ({PLACE}, {WORDS});"  # noqa: S608
DROPPED = f"INSERT INTO customers_found (customers_found, rowid, search) VALUES ('delete', {PLACE}, {WORDS});"  # noqa: S608
# New records are entered by who adds them: FTS5 writes out what it has whenever a statement fires a trigger, and for
# many records that takes four times as long as to enter them together.
TRIGGERS = {
    "companies_found AFTER INSERT ON companies": (
        "INSERT INTO customers_found_companies (company_id) VALUES (NEW.company_id);"
    ),
    "customers_found_delete AFTER DELETE ON customers": DROPPED.format(row="OLD"),
    "customers_found_update AFTER UPDATE OF search ON customers WHEN OLD.search <> NEW.search": (
        DROPPED.format(row="OLD") + ENTERED.format(row="NEW")
    ),
}


def search_on_sqlite() -> None:
    op.execute(COMPANIES)
    op.execute("INSERT INTO customers_found_companies (company_id) SELECT company_id FROM companies")
    op.execute(FTS5)
    values = f"{PLACE}, {WORDS}".format(row="customers")
    op.execute(f"INSERT INTO customers_found (rowid, search) SELECT {values} FROM customers")  # noqa: S608
    for name, body in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} BEGIN {body} END")
