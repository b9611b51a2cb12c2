"""
``fieldops``: the command line.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from fieldops_adapters.sql.errors import NotReady
from fieldops_core.kernel.errors import InvalidValue, NotFound, Unavailable
from fieldops_core.kernel.rules import Refused
from fieldops_http.cli import company, database, demo, doctor, importing, key, serve, token, zones
from fieldops_http.cli.telling import CannotDo
from fieldops_http.settings import Misconfigured

HELP = """
Field-service scheduling: who is free, near enough and allowed, and the visits booked with them.

To begin: `fieldops migrate`, then `fieldops company create`, then `fieldops serve`; or, to look around first,
`fieldops demo`.

Settings are environment variables: FIELDOPS_DATABASE (sqlite:///fieldops.db), FIELDOPS_HOST (127.0.0.1),
FIELDOPS_PORT (8000), FIELDOPS_MODE (development or production), FIELDOPS_KEY_FILE (none), FIELDOPS_DELIVER (on),
FIELDOPS_LOGS (console or json), FIELDOPS_ROUTING (estimate, or osrm+http://… of a server that knows the roads).
"""

TOLD = (CannotDo, Misconfigured, NotReady, Refused, InvalidValue, NotFound, Unavailable)

app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("serve")(serve.serve)
app.command("migrate")(database.migrate)
app.command("key")(key.key)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)
app.add_typer(company.app, name="company")
app.add_typer(importing.app, name="import")
app.add_typer(token.app, name="token")
app.add_typer(zones.app, name="zones")


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
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"[red]{_escaped(str(error))}[/red]")
        sys.exit(1)


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")
