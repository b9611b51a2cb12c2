"""
What a storage promises, kept within a transaction that another program began, and ends.

Round trips are left out: the mapping is that of the storage with an engine of its own. One thread uses a connection.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.savepoints import SavepointStorage
from fieldops_core.app.ports import Storage
from fieldops_core.testing import contracts
from tests.support.databases import SEALER, server_url, sqlite_url


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = connect(sqlite_url(tmp_path_factory.mktemp("handed") / "fieldops.db"))
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Engine]:
    engine = connect(server_url(postgresql_url))
    yield engine
    engine.dispose()


class HandedConnection(
    contracts.AbsencesContract,
    contracts.AccessContract,
    contracts.AlikeContract,
    contracts.AnswersContract,
    contracts.CatalogContract,
    contracts.CompaniesContract,
    contracts.CustomersContract,
    contracts.CustomersListContract,
    contracts.ExclusionContract,
    contracts.HistoryContract,
    contracts.IsolationContract,
    contracts.ManyContract,
    contracts.OutboxContract,
    contracts.PeopleContract,
    contracts.RemovalContract,
    contracts.SeriesContract,
    contracts.StrandingContract,
    contracts.TimesContract,
    contracts.UnitsContract,
    contracts.UsersContract,
    contracts.VersionsContract,
):
    @pytest.fixture
    def engine(self) -> Engine:
        raise NotImplementedError

    @pytest.fixture
    def storage(self, engine: Engine) -> Iterator[Storage]:
        with engine.connect() as connection:
            connection.begin()  # and never commits
            yield SavepointStorage(connection, SEALER)


@pytest.mark.rule("STO-01")
class TestSqlite(HandedConnection):
    @pytest.fixture
    def engine(self, sqlite: Engine) -> Engine:
        return sqlite


@pytest.mark.rule("STO-01")
class TestPostgresql(HandedConnection):
    @pytest.fixture
    def engine(self, postgresql: Engine) -> Engine:
        return postgresql
