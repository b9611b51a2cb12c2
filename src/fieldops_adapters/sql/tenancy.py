"""
Which company a transaction may see. On PostgreSQL row-level security asks for it; SQLite relies on the statements, each
of which names the company.
"""

from sqlalchemy import Connection, Select, bindparam, func, literal_column, select

from fieldops_adapters.sql.tables import companies
from fieldops_core.company.model import SLUG
from fieldops_core.kernel.ids import CompanyId


def _setting(name: str) -> Select[tuple[str]]:
    """
    Set *name* until the transaction ends: a pooled connection carries nothing over.
    """
    return select(func.set_config(literal_column(f"'fieldops.{name}'"), bindparam(name), literal_column("true")))


_ENTER, _SLUG = _setting("company"), _setting("slug")
_NAMED = select(companies.c.company_id).where(companies.c.slug == bindparam("slug"))


def enter(connection: Connection, company: CompanyId) -> None:
    """
    See this company's rows and no others, until the transaction ends.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_ENTER, {"company": str(company)})


def company_named(connection: Connection, slug: str) -> CompanyId | None:
    """
    The company of a short name, whichever company the transaction may see. What cannot be one is nobody's, and is not
    sent: PostgreSQL takes no NUL.
    """
    if not SLUG.fullmatch(slug):
        return None
    guarded = connection.dialect.name == "postgresql"
    if guarded:
        connection.execute(_SLUG, {"slug": slug})
    found: CompanyId | None = connection.execute(_NAMED, {"slug": slug}).scalar()
    if guarded and found is not None:
        connection.execute(_SLUG, {"slug": ""})
    return found
