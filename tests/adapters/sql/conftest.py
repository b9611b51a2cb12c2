"""
Both databases, as the server uses them.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.testing.contracts.world import World, founded
from tests.support.databases import SEALER, server_url, sqlite_url


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sql") / "fieldops.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """
    The URL of a migrated database of either kind, as the server's role.
    """
    if request.param == "sqlite":
        return sqlite_url(request.getfixturevalue("sqlite_file"))
    return server_url(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def storage(engine: Engine) -> SqlStorage:
    return SqlStorage(engine, SEALER)


@pytest.fixture
def world(storage: SqlStorage) -> World:
    """
    A company of its own for the test.
    """
    return founded(storage)


@pytest.fixture
def superuser(postgresql_url: str) -> Iterator[Engine]:
    """
    PostgreSQL as its administrator sees it, after the migration.
    """
    server_url(postgresql_url)
    engine = connect(postgresql_url)
    yield engine
    engine.dispose()


@pytest.fixture
def server(postgresql_url: str) -> Iterator[Engine]:
    """
    PostgreSQL as the server sees it.
    """
    engine = connect(server_url(postgresql_url))
    yield engine
    engine.dispose()
