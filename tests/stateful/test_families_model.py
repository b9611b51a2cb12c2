"""
The published model of families and archives, against the memory storage; at length on all storages at once.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis.stateful import run_state_machine_as_test

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.app.ports import Storage
from fieldops_core.testing.families import FamiliesModel
from tests.stateful.test_on_every_storage import LONG
from tests.support.databases import postgresql_storage, sqlite_storage


class InMemory(FamiliesModel):
    def storages(self) -> Sequence[Storage]:
        return [MemoryStorage()]


TestInMemory = pytest.mark.rule("FAM-01", "FAM-06", "ARC-03", "ARC-05", "ARC-06", "ARC-08", "OPS-04")(InMemory.TestCase)


@pytest.mark.proof
@pytest.mark.rule("STO-01", "FAM-01", "ARC-04", "OPS-04")
def test_families_are_the_same_in_memory_on_sqlite_and_on_postgresql(tmp_path: Path, postgresql_url: str) -> None:
    databases = [sqlite_storage(tmp_path / "model.db"), postgresql_storage(postgresql_url)]

    class OnEveryStorage(FamiliesModel):
        def storages(self) -> Sequence[Storage]:
            return [MemoryStorage(), *databases]

    run_state_machine_as_test(OnEveryStorage, settings=LONG)
    assert databases
