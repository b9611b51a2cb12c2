"""
What Alembic runs: the migrations, over the connection that it is handed.
"""

from alembic import context

from fieldops_adapters.sql.migrations import VERSION_TABLE
from fieldops_adapters.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
