"""
The schema and how it came to be. Migrations run forward, from any released version, on both databases.

A migration that changes rows on PostgreSQL runs as the owner of the tables, whom row-level security binds too: it
enters one company after the other, as the server does.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from fieldops_adapters.sql.engines import AS_WRITER, BEGIN, connect

if TYPE_CHECKING:
    from alembic.config import Config

# Not Alembic's own name: an embedder's migrations may live in the same database.
VERSION_TABLE = "fieldops_version"

# However long another migration takes; for the locks of its own statements, none waits longer than the engine says.
_ONE_AT_A_TIME = (
    text("SET LOCAL lock_timeout = 0"),
    text("SELECT pg_advisory_xact_lock(hashtext('fieldops migrations'))"),
    text("SET LOCAL lock_timeout TO DEFAULT"),
)
_REVISION = text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608


def migrate(url: str, *, to: str = "head") -> None:
    """
    Bring the schema of a database to this version, in one transaction. On PostgreSQL the role of the URL owns the
    tables from then on; it needs CREATEROLE the first time, and is not the one that the server connects as. *to* names
    an earlier version.
    """
    from alembic.command import upgrade

    engine = connect(url, pool_size=1)
    try:
        with engine.execution_options(**{BEGIN: AS_WRITER}).begin() as connection:
            if connection.dialect.name == "postgresql":
                for statement in _ONE_AT_A_TIME:
                    connection.execute(statement)
            upgrade(_config(connection), to)
    finally:
        engine.dispose()


def revision(connection: Connection) -> str | None:
    """
    The version of a database's schema; None where it has none.
    """
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(_REVISION).scalar()
    return found


@lru_cache(maxsize=1)
def newest() -> str:
    """
    The version of the schema that this code works with.
    """
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory.from_config(_config(None)).get_current_head())


def _config(connection: Connection | None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "fieldops_adapters.sql:migrations")
    config.attributes["connection"] = connection
    return config
