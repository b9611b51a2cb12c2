"""
What a storage promises, kept by each of ours.
"""

import pytest

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.app.ports import Storage
from fieldops_core.testing.contracts import StorageContract
from tests.support.databases import postgresql_storage, sqlite_storage


@pytest.mark.rule("STO-01")
class TestMemory(StorageContract):
    @pytest.fixture
    def storage(self) -> Storage:
        return MemoryStorage()


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Storage:
    return sqlite_storage(tmp_path_factory.mktemp("contract") / "fieldops.db")


@pytest.mark.rule("STO-01")
class TestSqlite(StorageContract):
    @pytest.fixture
    def storage(self, sqlite: Storage) -> Storage:
        return sqlite


@pytest.mark.rule("STO-01")
class TestPostgresql(StorageContract):
    @pytest.fixture
    def storage(self, postgresql_url: str) -> Storage:
        return postgresql_storage(postgresql_url)
