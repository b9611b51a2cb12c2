"""
The storage port over a database.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection, Engine, RootTransaction

from fieldops_adapters.sql.engines import AS_WRITER, BEGIN
from fieldops_adapters.sql.errors import conflicts
from fieldops_adapters.sql.lookups import claim_lookups
from fieldops_adapters.sql.outbox import claim
from fieldops_adapters.sql.readiness import check
from fieldops_adapters.sql.repositories.login import claim_links, forget_logins
from fieldops_adapters.sql.repositories.messages import claim_messages
from fieldops_adapters.sql.sealing import Sealer
from fieldops_adapters.sql.tenancy import company_named, enter
from fieldops_adapters.sql.unit import SqlUnit
from fieldops_adapters.sql.work import Work
from fieldops_core.app.ports import Due, DueLink, DueLookup, DueMessage
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import CompanyId


class SqlStorage:
    """
    Everything in one database, SQLite or PostgreSQL, by an engine of :func:`~fieldops_adapters.sql.engines.connect`.

    On SQLite writers take turns behind a lock of this storage before they ask for the file's own: waiting there costs
    far less, so a process should have one storage for a file.

    Within the transaction of another program: :class:`~fieldops_adapters.sql.savepoints.SavepointStorage`.
    """

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._sealer = sealer
        self._writer, self._reader = engine, engine
        self._turn: AbstractContextManager[object] = nullcontext()
        if engine.dialect.name == "sqlite":
            self._writer = engine.execution_options(**{BEGIN: AS_WRITER})
            self._turn = Lock()
        else:
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def writing(self, company: CompanyId) -> Iterator[SqlUnit]:
        with self._turn, self._transaction(self._writer) as transaction:
            work = self._work(transaction.connection, company)
            yield SqlUnit(work)
            if work.failed:
                raise Conflict("a statement of this unit of work failed")
            _commit(transaction)

    @contextmanager
    def reading(self, company: CompanyId) -> Iterator[SqlUnit]:
        with self._transaction(self._reader) as transaction:
            yield SqlUnit(self._work(transaction.connection, company))
            self._end_reading(transaction)

    def company_named(self, slug: str) -> CompanyId | None:
        with self._transaction(self._reader) as transaction:
            found = company_named(transaction.connection, slug)
            self._end_reading(transaction)
            return found

    def claim(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[Due, ...]:
        with self._turn, self._transaction(self._writer) as transaction:
            with conflicts():
                due = claim(transaction.connection, limit, now=now, lease_seconds=lease_seconds)
            _commit(transaction)
            return due

    def claim_lookups(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLookup, ...]:
        with self._turn, self._transaction(self._writer) as transaction:
            with conflicts():
                due = claim_lookups(transaction.connection, limit, now=now, lease_seconds=lease_seconds)
            _commit(transaction)
            return due

    def claim_messages(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueMessage, ...]:
        with self._turn, self._transaction(self._writer) as transaction:
            with conflicts():
                due = claim_messages(transaction.connection, limit, now=now, lease_seconds=lease_seconds)
            _commit(transaction)
            return due

    def claim_links(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLink, ...]:
        with self._turn, self._transaction(self._writer) as transaction:
            with conflicts():
                due = claim_links(transaction.connection, limit, now=now, lease_seconds=lease_seconds)
            _commit(transaction)
            return due

    def forget_logins(self, *, now: datetime) -> int:
        with self._turn, self._transaction(self._writer) as transaction:
            with conflicts():
                forgotten = forget_logins(transaction.connection, now=now)
            _commit(transaction)
            return forgotten

    def ready(self) -> None:
        """
        Raises:
            NotReady: where the database cannot be used, and why.
        """
        check(self._reader)

    def close(self) -> None:
        """
        Close the connections that nobody uses.
        """
        self._writer.dispose()

    def _end_reading(self, transaction: RootTransaction) -> None:
        # PostgreSQL let nobody write, and its driver forgets what it prepared on a connection that rolls back. SQLite
        # would keep what somebody wrote by mistake.
        if self._reader.dialect.name == "postgresql":
            _commit(transaction)

    def _work(self, connection: Connection, company: CompanyId) -> Work:
        with conflicts():
            enter(connection, company)
        return Work(connection, company, self._sealer)

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[RootTransaction]:
        """
        A transaction that is rolled back at the end, where it was not committed.
        """
        with conflicts():
            connection = engine.connect()
        with connection:
            with conflicts():
                transaction = connection.begin()
            yield transaction


def _commit(transaction: RootTransaction) -> None:
    """
    Raises:
        Conflict: where another writer was first.
    """
    with conflicts():
        try:
            transaction.commit()
        except BaseException:
            # To SQLAlchemy it has ended, to the database perhaps not: the pool must not have the connection back.
            transaction.connection.invalidate()
            raise
