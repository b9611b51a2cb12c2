"""
The storage port within another program's transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, NestedTransaction, text

from fieldops_adapters.sql.errors import conflicts
from fieldops_adapters.sql.lookups import claim_lookups
from fieldops_adapters.sql.outbox import claim
from fieldops_adapters.sql.readiness import check_revision
from fieldops_adapters.sql.repositories.login import claim_links, forget_logins
from fieldops_adapters.sql.repositories.messages import claim_messages
from fieldops_adapters.sql.sealing import Sealer
from fieldops_adapters.sql.tenancy import company_named, enter
from fieldops_adapters.sql.unit import SqlUnit
from fieldops_adapters.sql.work import Work
from fieldops_core.app.ports import Due, DueLink, DueLookup, DueMessage
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import CompanyId

DRIVERS = frozenset({("sqlite", "pysqlite"), ("postgresql", "psycopg")})

# What units change of a PostgreSQL session: a released savepoint would leave it so until the transaction ends.
_EARLIER = text(
    "SELECT coalesce(current_setting('fieldops.company', true), '') AS company,"
    " coalesce(current_setting('fieldops.slug', true), '') AS slug,"
    " current_setting('TimeZone') AS zone, current_setting('role') AS role"
)
_RESTORE = text(
    "SELECT set_config('fieldops.company', :company, true), set_config('fieldops.slug', :slug, true),"
    " set_config('TimeZone', :zone, true), set_config('role', :role, true)"
)
_UTC = text("SET LOCAL TimeZone = 'UTC'")


class SavepointStorage:
    """
    Everything in the database of another program, which hands its *connection*, with a transaction open, and alone
    commits it or rolls it back. It is used by one thread at a time, as the connection is.

    Each unit of work is a savepoint: what is refused, previewed or met a conflict is rolled back to it, and what the
    program did before stays. Reading sees what the transaction has written. On PostgreSQL the company whose rows can be
    seen, the time zone and the role are after each unit what they were before.

    The tables are those of :func:`~fieldops_adapters.sql.migrations.migrate`.

    Raises:
        ValueError: where the connection is neither SQLite's, by the driver of the standard library, nor PostgreSQL's,
            by psycopg.
    """

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        dialect = connection.dialect
        if (dialect.name, dialect.driver) not in DRIVERS:
            raise ValueError(f"Connections by {dialect.name}+{dialect.driver} are not known here.")
        self._connection, self._sealer = connection, sealer

    @contextmanager
    def writing(self, company: CompanyId) -> Iterator[SqlUnit]:
        with self._savepoint("BEGIN IMMEDIATE") as savepoint:
            with self._session():
                work = self._work(company)
                yield SqlUnit(work)
                if work.failed:
                    raise Conflict("a statement of this unit of work failed")
            _release(savepoint)

    @contextmanager
    def reading(self, company: CompanyId) -> Iterator[SqlUnit]:
        with self._savepoint("BEGIN"), self._session():
            yield SqlUnit(self._work(company))

    def company_named(self, slug: str) -> CompanyId | None:
        with self._savepoint("BEGIN"):
            return company_named(self._connection, slug)

    def claim(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[Due, ...]:
        with self._savepoint("BEGIN IMMEDIATE") as savepoint:
            with self._session(), conflicts():
                due = claim(self._connection, limit, now=now, lease_seconds=lease_seconds)
            _release(savepoint)
            return due

    def claim_lookups(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLookup, ...]:
        with self._savepoint("BEGIN IMMEDIATE") as savepoint:
            with self._session(), conflicts():
                due = claim_lookups(self._connection, limit, now=now, lease_seconds=lease_seconds)
            _release(savepoint)
            return due

    def claim_messages(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueMessage, ...]:
        with self._savepoint("BEGIN IMMEDIATE") as savepoint:
            with self._session(), conflicts():
                due = claim_messages(self._connection, limit, now=now, lease_seconds=lease_seconds)
            _release(savepoint)
            return due

    def claim_links(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLink, ...]:
        with self._savepoint("BEGIN IMMEDIATE") as savepoint:
            with self._session(), conflicts():
                due = claim_links(self._connection, limit, now=now, lease_seconds=lease_seconds)
            _release(savepoint)
            return due

    def forget_logins(self, *, now: datetime) -> int:
        with self._savepoint("BEGIN IMMEDIATE") as savepoint:
            with self._session(), conflicts():
                forgotten = forget_logins(self._connection, now=now)
            _release(savepoint)
            return forgotten

    def ready(self) -> None:
        """
        Raises:
            NotReady: where the tables are not there, or another version's. What the connection's role may do and see is
                the other program's business.
        """
        with self._savepoint("BEGIN"):
            check_revision(self._connection)

    def _work(self, company: CompanyId) -> Work:
        with conflicts():
            enter(self._connection, company)
        return Work(self._connection, company, self._sealer)

    @contextmanager
    def _savepoint(self, begin: str) -> Iterator[NestedTransaction]:
        """
        A savepoint that is rolled back at the end, where it was not released.

        Raises:
            RuntimeError: where no transaction is open.
        """
        if not self._connection.in_transaction():
            raise RuntimeError("The connection is in no transaction. Begin one first, and commit it afterwards.")
        with conflicts():
            self._begin(begin)
            savepoint = self._connection.begin_nested()
        try:
            yield savepoint
        finally:
            if savepoint.is_active:
                savepoint.rollback()

    def _begin(self, begin: str) -> None:
        # The driver puts off the BEGIN of a transaction until something is written: a savepoint before it would be the
        # whole transaction, and its release would commit.
        if not getattr(self._connection.connection.dbapi_connection, "in_transaction", True):
            self._connection.exec_driver_sql(begin)

    @contextmanager
    def _session(self) -> Iterator[None]:
        """
        Instants are read in UTC. At the end the session is what it was before; where the block raises, the savepoint
        sees to that.
        """
        if self._connection.dialect.name != "postgresql":
            yield
            return
        with conflicts():
            earlier = self._connection.execute(_EARLIER).one()
            self._connection.execute(_UTC)
        yield
        with conflicts():
            self._connection.execute(_RESTORE, earlier._asdict())


def _release(savepoint: NestedTransaction) -> None:
    with conflicts():
        savepoint.commit()
