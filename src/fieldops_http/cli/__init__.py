"""
``fieldops``: the command line.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from fieldops_adapters.sql.errors import NotReady
from fieldops_adapters.sql.sealing import BrokenSeal
from fieldops_core.customers.ports import FilesFailed
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale, Unavailable
from fieldops_core.kernel.rules import Refused
from fieldops_http.cli import (
    addresses,
    company,
    database,
    demo,
    doctor,
    files,
    importing,
    key,
    role,
    serve,
    token,
    user,
    zones,
)
from fieldops_http.cli.telling import BUGS, CannotDo, refusal
from fieldops_http.settings import Misconfigured

TOLD = (CannotDo, FilesFailed, Misconfigured, NotReady, Refused, InvalidValue, NotFound, Stale, Unavailable)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("serve")(serve.serve)
app.command("migrate")(database.migrate)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)
app.add_typer(company.app, name="company")
app.add_typer(user.app, name="user")
app.add_typer(role.app, name="role")
app.add_typer(token.app, name="token")
app.add_typer(zones.app, name="zones")
app.add_typer(files.app, name="files")
app.add_typer(addresses.app, name="addresses")
app.add_typer(importing.app, name="import")
app.command("key")(key.key)


def _version(asked: bool) -> None:
    if asked:
        print(f"fieldops {version('fieldops')}")
        raise typer.Exit


@app.callback()
def fieldops(
    _: Annotated[
        bool, typer.Option("--version", help="Tell the version, and end.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """
    Field-service scheduling: who is free, near enough and allowed, and the visits booked with them.

    To look around:

    ```
    fieldops demo
    ```

    To begin with a company of your own:

    ```
    fieldops migrate
    fieldops company create acme --owner-email you@example.com \\
        --zone America/Denver
    fieldops serve
    ```

    Settings are environment variables. Those that are not set have these values:

    ```
    FIELDOPS_DATABASE  sqlite:///fieldops.db  or postgresql://user@host/name
    FIELDOPS_KEY_FILE                         what seals private values
    FIELDOPS_MODE      development            or production: needs a key
    FIELDOPS_HOST      127.0.0.1
    FIELDOPS_PORT      8000
    FIELDOPS_DELIVER   on                     off: serve delivers no events
    FIELDOPS_LOGS      console                or json
    FIELDOPS_COMPANY                          stands for --company
    FIELDOPS_ROUTING   estimate               or osrm+http://… or valhalla+http://…
    FIELDOPS_FILES     fieldops-files         or s3://bucket/prefix
    FIELDOPS_GEOCODING zip                    or nominatim+https://… or photon+https://…
    FIELDOPS_CREDIT    none                   or sandbox, a credit bureau that makes up scores, for trials
    FIELDOPS_GEOCODING_RATE   1               how often a second that is asked
    FIELDOPS_GEOCODING_AGENT  fieldops        who asks
    FIELDOPS_MAIL      off                    or smtp://USER@HOST, smtps://USER@HOST, smtp+plain://HOST, folder+PATH
    FIELDOPS_MAIL_FROM (none)                 the address that mail comes from
    FIELDOPS_MAIL_PASSWORD_FILE  (none)       holds the password of the mail server's user
    FIELDOPS_TILES     (none)                 or https://HOST/{z}/{x}/{y}.png: the ground of maps
    FIELDOPS_TILES_ATTRIBUTION   (none)       what is said of it there, such as © OpenStreetMap contributors
    FIELDOPS_OIDC_ISSUER  (none)              a sign-on service (OpenID Connect), such as https://HOST
    FIELDOPS_OIDC_CLIENT_ID  (none)           as what it knows this server
    FIELDOPS_OIDC_CLIENT_SECRET_FILE  (none)  holds the secret of that client
    FIELDOPS_OIDC_SCOPES  openid email        what it is asked for
    ```

    A command ends with 0 when it did what was asked, 1 when something stood in its way, 2 when it was not understood,
    and an import with 3 when it refused some lines.
    """


def main() -> None:
    """
    Run the command line. What stands in the way is told in a sentence, with the mend; only a bug shows its traceback.
    """
    with sentences():
        app()


@contextmanager
def sentences() -> Iterator[None]:
    """
    Ends the process with a sentence where the block raises what the program knows how to tell.
    """
    try:
        yield
    except TOLD as error:
        _end(str(error))
    except BrokenSeal as error:
        _end(f"{error} Set FIELDOPS_KEY_FILE to the key that this database is sealed with.")
    except DBAPIError as error:
        if isinstance(error, BUGS):
            raise
        _end(refusal(error))


def _end(sentence: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(sentence, style="red", markup=False)
    sys.exit(1)
