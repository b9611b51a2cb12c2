"""
``fieldops migrate``
"""

from typing import Annotated

import typer
from sqlalchemy.exc import ArgumentError

from fieldops_adapters.sql.errors import NotReady
from fieldops_adapters.sql.migrations import migrate as bring_up_to_date
from fieldops_http.cli.telling import CannotDo
from fieldops_http.composition import MEMORY
from fieldops_http.settings import Settings


def migrate(
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            metavar="URL",
            help="The database, as the role that shall own its tables; by default FIELDOPS_DATABASE. On PostgreSQL the "
            "server connects as another role, which is granted fieldops_server.",
        ),
    ] = None,
) -> None:
    """
    Bring the database's schema to this version. Runs forward from any version, and changes nothing the second time.

    ```
    fieldops migrate
    fieldops migrate --url postgresql://fieldops_owner@localhost/fieldops
    ```
    """
    from alembic.util import CommandError  # not needed by the other commands

    target = url or Settings.of().database
    if target == MEMORY:
        raise CannotDo("What is kept in memory has no schema. Set FIELDOPS_DATABASE to a database.")
    try:
        bring_up_to_date(target)
    except (ValueError, ArgumentError):
        raise CannotDo(
            f"{target!r} does not name a database. Set FIELDOPS_DATABASE to sqlite:///fieldops.db, or to "
            "postgresql://user@host/name."
        ) from None
    except NotReady as reason:
        raise CannotDo(str(reason)) from None
    except CommandError:
        raise CannotDo("The database's schema is of a version to come. Update fieldops to use it.") from None
    print("The database is up to date.")
