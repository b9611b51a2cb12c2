"""
Connections to SQLite and PostgreSQL, set up as the storage needs them.
"""

import sqlite3
from random import uniform
from time import monotonic, sleep
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

BEGIN = "fieldops_begin"  # an execution option: how a transaction begins on SQLite
AS_WRITER = "BEGIN IMMEDIATE"

# How long one waits for another's transaction before the command is run again.
LOCK_MILLISECONDS = 10_000
BETWEEN_LOOKS = 0.001, 0.010  # seconds from one look whether another process still writes to the next


def connect(url: str | URL, *, pool_size: int = 10) -> Engine:
    """
    An engine for ``sqlite:///file`` or ``postgresql+psycopg://…``. Its connections may be used from any thread, by one
    at a time. Nothing is opened yet.

    Raises:
        ValueError: where the URL names neither.
    """
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite" if parsed.database not in (None, "", ":memory:"):
            return _sqlite(parsed, pool_size)
        case "postgresql":
            return _postgresql(parsed.set(drivername="postgresql+psycopg"), pool_size)
    raise ValueError("A database is named as sqlite:///file or postgresql+psycopg://user@host/name.")


def _postgresql(url: URL, pool_size: int) -> Engine:
    from fieldops_adapters.sql.cursors import LeanCursor  # its driver is an extra

    options = f"-c timezone=UTC -c lock_timeout={LOCK_MILLISECONDS}"
    arguments = {"options": options, "application_name": "fieldops", "cursor_factory": LeanCursor}
    # What is written is nobody's business in a log.
    return create_engine(url, connect_args=arguments, pool_size=pool_size, pool_use_lifo=True, hide_parameters=True)


def _sqlite(url: URL, pool_size: int) -> Engine:
    engine = create_engine(url, pool_size=pool_size, pool_use_lifo=True, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver would begin transactions at times of its own choosing: it is told not to, and _begin does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {LOCK_MILLISECONDS}", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """
    Let readers read while somebody writes. Of two processes that make this of a new file at once, SQLite sends one away
    without letting it wait: it tries again until the other is done.
    """
    until = monotonic() + LOCK_MILLISECONDS / 1_000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if monotonic() > until:
                raise
            sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options().get(BEGIN, "BEGIN")
    if how == AS_WRITER:
        _begin_in_turn(connection)
    else:
        connection.exec_driver_sql(how)


def _begin_in_turn(connection: Connection) -> None:
    """
    Begin as soon as no other process writes. SQLite can wait by itself, but looks more and more seldom: who has waited
    longest is let in last, and of many writers one may never be. Here all look as often, whenever they came.
    """
    driver = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    until = monotonic() + LOCK_MILLISECONDS / 1_000
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while _is_busy(driver) and monotonic() < until:
            sleep(uniform(*BETWEEN_LOOKS))  # noqa: S311 - chance, not a secret
        if not driver.in_transaction:
            connection.exec_driver_sql(AS_WRITER)  # which raises what everybody knows
    finally:
        driver.execute(f"PRAGMA busy_timeout = {LOCK_MILLISECONDS}")


def _is_busy(driver: sqlite3.Connection) -> bool:
    """
    Whether another process writes; otherwise a transaction has begun, or cannot.
    """
    try:
        driver.execute(AS_WRITER)
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return False
