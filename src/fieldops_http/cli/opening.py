"""
The engine that a command works on.
"""

from fieldops_adapters.sql.errors import NotReady
from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import CompanyId
from fieldops_http.cli.telling import CannotDo
from fieldops_http.composition import compose
from fieldops_http.engine import Engine
from fieldops_http.settings import Settings


def opened(settings: Settings) -> Engine:
    """
    Raises:
        CannotDo: where the database cannot be used as it is.
    """
    engine = compose(settings)
    try:
        engine.ready()
    except NotReady as error:
        raise CannotDo(_mended(str(error))) from None
    return engine


def _mended(sentence: str) -> str:
    why, migrate, _ = sentence.partition(" Migrate it first.")
    if migrate:
        return f"{why} Run `fieldops migrate`, or set FIELDOPS_DATABASE to another one."
    return f"{sentence} FIELDOPS_DATABASE names it: is that the right one, by the right role, and is it running?"


def company_of(engine: Engine, slug: str) -> CompanyId:
    """
    Raises:
        CannotDo: where there is no company of that short name.
    """
    company = engine.storage.company_named(slug)
    if company is None:
        raise CannotDo(f"There is no company {slug!r}. Found one with `fieldops company create`.")
    return company


def as_system(company: CompanyId) -> Context:
    """
    The command line speaks for the system itself: whoever runs it can read the database anyway.
    """
    return Context(company=company, actor=SYSTEM, source=Source.SYSTEM)
