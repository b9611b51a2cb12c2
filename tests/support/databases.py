"""
Storages over real databases, migrated and ready to be used as the server uses them.

Tests are kept apart by a fresh company each, not by a fresh database.
"""

import atexit
from functools import lru_cache
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.migrations import migrate
from fieldops_adapters.sql.sealing import AesGcmSealer
from fieldops_adapters.sql.storage import SqlStorage

SEALER = AesGcmSealer(bytes(range(32)))


def sqlite_storage(path: Path) -> SqlStorage:
    """
    A storage over a SQLite file, which is made if there is none.
    """
    return storage_at(sqlite_url(path))


def sqlite_url(path: Path) -> str:
    """
    The URL of a migrated SQLite file.
    """
    url = f"sqlite:///{path}"
    migrate(url)
    return url


@lru_cache
def postgresql_storage(superuser_url: str) -> SqlStorage:
    """
    The storage over that database, connected as a role of the server's. Every call of a process answers the same one.
    """
    return storage_at(server_url(superuser_url))


@lru_cache
def server_url(superuser_url: str) -> str:
    """
    The URL by which the server connects to that database, which is migrated: as a role that row-level security binds.
    """
    migrate(superuser_url)
    url = make_url(superuser_url)
    role = f"{url.database}_server"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).first():
            connection.execute(text(f"CREATE ROLE \"{role}\" LOGIN PASSWORD 'server' IN ROLE fieldops_server"))
    engine.dispose()
    return url.set(username=role, password="server").render_as_string(hide_password=False)


_opened: list[SqlStorage] = []


def storage_at(url: str) -> SqlStorage:
    """
    A storage over a migrated database, closed at the latest when the process ends.
    """
    storage = SqlStorage(connect(url), SEALER)
    _opened.append(storage)
    atexit.register(storage.close)
    return storage


def close_idle() -> None:
    """
    Close the connections of the storages opened since, which nobody uses: a server has not many.
    """
    while _opened:
        _opened.pop().close()
