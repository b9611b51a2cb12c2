"""
Telling words are searched for in every company's trigrams, and the session's company picked from what is found: where
one company has most records, to read through the list of its own takes most of a search.
"""

import sqlalchemy as sa
from alembic import op

from fieldops_adapters.sql.migrations.versions.r0007_search import become

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# The company as text: the index is not asked for it.
FUNCTION = """
    CREATE FUNCTION customers_found_anywhere({parameters}) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT id FROM {schema}.customers
        WHERE {conditions} AND company_id::text = nullif(current_setting('fieldops.company', true), '')
    $$
"""


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    quoted = connection.dialect.identifier_preparer.quote
    schema = quoted(connection.execute(sa.text("SELECT current_schema()")).scalar_one())
    become(connection)
    op.execute(f"GRANT USAGE, CREATE ON SCHEMA {schema} TO fieldops_search")
    for count in (1, 2):
        parameters = ", ".join(["text"] * count)
        conditions = " AND ".join(f"search LIKE ${number + 1}" for number in range(count))
        name = f"customers_found_anywhere({parameters})"
        op.execute(FUNCTION.format(parameters=parameters, schema=schema, conditions=conditions))
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fieldops_server")
        op.execute(f"ALTER FUNCTION {name} OWNER TO fieldops_search")
    op.execute(f"REVOKE CREATE ON SCHEMA {schema} FROM fieldops_search")
