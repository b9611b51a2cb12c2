"""
The engine that a command works on, and the company in it.
"""

import socket
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from attrs import evolve, frozen
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from fieldops_adapters.sql.errors import NotReady
from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import CompanyId
from fieldops_http.cli.telling import CannotDo, refusal
from fieldops_http.composition import MEMORY, compose
from fieldops_http.engine import Engine, known
from fieldops_http.settings import Settings

A = TypeVar("A")

CompanyName = Annotated[
    str, typer.Option("--company", metavar="SLUG", envvar="FIELDOPS_COMPANY", help="The company's short name.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, as the API answers it.")]


@frozen(kw_only=True)
class Desk:
    """
    The company that a command is for, in the engine over its database. It speaks for the system itself: whoever runs
    it can read the database anyway.
    """

    engine: Engine
    slug: str
    company: CompanyId

    def do(self, command: object, answer: type[A], *, version: int | None = None) -> A:
        """
        Carry out a command; *version* is the one that a change was made for.
        """
        context = evolve(self.context(), expected_version=version)
        return known(self.engine.fieldops.execute(command, context).answer, answer)

    def ask(self, question: object, answer: type[A]) -> A:
        return known(self.engine.fieldops.ask(question, self.context()), answer)

    def context(self, source: Source = Source.SYSTEM) -> Context:
        return Context(company=self.company, actor=SYSTEM, source=source)


def at_desk(slug: str) -> Desk:
    """
    Raises:
        CannotDo: where the database cannot be used as it is, or there is no company of that short name.
    """
    engine = opened(Settings.of())
    company = engine.storage.company_named(slug)
    if company is None:
        raise CannotDo(f"There is no company {slug!r}. Found one with `fieldops company create`.")
    return Desk(engine=engine, slug=slug, company=company)


def opened(settings: Settings) -> Engine:
    """
    Raises:
        CannotDo: where the database cannot be used as it is.
    """
    if settings.database == MEMORY:
        raise CannotDo("What is kept in memory ends with this command. Set FIELDOPS_DATABASE to a database.")
    engine = compose(settings)
    _is_there(settings.database)
    try:
        engine.ready()
    except NotReady as error:
        raise CannotDo(_mended(error)) from None
    return engine


def can_listen(host: str, port: int) -> None:
    """
    Raises:
        CannotDo: where nothing can be served on that address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0].lower()
        raise CannotDo(f"Nothing can be served on {host}:{port} ({reason}). Name another port with --port.") from None


def _is_there(database: str) -> None:
    """
    SQLite would make the file that it does not find.

    Raises:
        CannotDo: where a database is a file that is not there.
    """
    url = make_url(database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        told = f"There is no database {url.database}."
        raise CannotDo(f"{told} Run `fieldops migrate`, or set FIELDOPS_DATABASE to another one.")


def _mended(error: NotReady) -> str:
    if isinstance(error.__cause__, DBAPIError):
        return refusal(error.__cause__)
    why, migrate, _ = str(error).partition(" Migrate it first.")
    if migrate:
        return f"{why} Run `fieldops migrate`, or set FIELDOPS_DATABASE to another one."
    return f"{error} FIELDOPS_DATABASE says as which role, and to what, it connects."
