"""
What a database reports, as the core knows it.
"""

from types import TracebackType

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from fieldops_core.kernel.errors import Conflict

CONFLICTS_POSTGRESQL = frozenset(
    {
        "23P01",  # exclusion: the time is taken
        "23505",  # unique
        "23503",  # foreign key
        "40001",  # serialization
        "40P01",  # deadlock
        "55P03",  # waited too long for a lock
    }
)
CONFLICTS_SQLITE = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_CONSTRAINT_TRIGGER",  # the time is taken
    "SQLITE_CONSTRAINT_UNIQUE",
    "SQLITE_CONSTRAINT_PRIMARYKEY",
    "SQLITE_CONSTRAINT_FOREIGNKEY",
)


class NotReady(Exception):
    """
    The database cannot be used as it is; the sentence says why.
    """


def is_conflict(error: DBAPIError) -> bool:
    """
    Whether another writer was first.
    """
    if getattr(error.orig, "sqlstate", None) in CONFLICTS_POSTGRESQL:
        return True
    return str(getattr(error.orig, "sqlite_errorname", "")).startswith(CONFLICTS_SQLITE)


class conflicts:  # noqa: N801 - entered for each statement: a generator costs five times as much
    """
    Raises:
        Conflict: where the block meets another writer, or no connection is free in time.
    """

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        if isinstance(error, NoConnection):
            raise Conflict("no connection was free in time") from error
        if isinstance(error, DBAPIError) and is_conflict(error):
            raise Conflict(_told(error)) from error


def _told(error: DBAPIError) -> str:
    """
    The constraint or condition, without the values that PostgreSQL tells too.
    """
    state, told = getattr(error.orig, "sqlstate", None), getattr(error.orig, "diag", None)
    return str(error.orig) if state is None else f"{state} {getattr(told, 'constraint_name', None) or ''}".strip()
