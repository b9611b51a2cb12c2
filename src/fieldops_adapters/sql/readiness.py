"""
Whether a database can be used as it is.
"""

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from fieldops_adapters.sql.errors import NotReady
from fieldops_adapters.sql.migrations import newest, revision

_ROLE = text(
    "SELECT rolname, rolsuper, rolbypassrls,"
    " pg_has_role((SELECT relowner FROM pg_class WHERE oid = to_regclass('appointments')), 'MEMBER') AS owns,"
    " pg_has_role('fieldops_server', 'USAGE') AND pg_has_role('fieldops_worker', 'SET') AS serves"
    " FROM pg_roles WHERE rolname = current_user"
)


def check(engine: Engine) -> None:
    """
    Raises:
        NotReady: where the database is out of reach, its schema is another version's, or, on PostgreSQL, row-level
            security does not bind the role.
    """
    try:
        with engine.connect() as connection, connection.begin():
            check_revision(connection)
            if connection.dialect.name == "postgresql":
                _check_role(connection)
    except DBAPIError as error:
        raise NotReady("The database does not answer.") from error


def check_revision(connection: Connection) -> None:
    """
    Raises:
        NotReady: where the database's schema is another version's.
    """
    found = revision(connection)
    if found is None:
        raise NotReady("The database holds no tables of this program. Migrate it first.")
    if found != newest():
        raise NotReady(f"The database's schema is of version {found}, but {newest()} is needed. Migrate it first.")


def _check_role(connection: Connection) -> None:
    role = connection.execute(_ROLE).one()
    if role.rolsuper or role.rolbypassrls:
        raise NotReady(f"The role {role.rolname} sees every company's rows. Connect as one that does not.")
    if role.owns:
        raise NotReady(f"The role {role.rolname} owns the tables and could lift their protection. Connect as another.")
    if not role.serves:
        raise NotReady(f"The role {role.rolname} lacks rights. Grant it the role fieldops_server.")
