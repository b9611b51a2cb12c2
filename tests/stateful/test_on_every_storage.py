"""
The published model of scheduling, on all storages at once: each answers what the others answer.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.app.ports import Storage
from fieldops_core.testing.stateful import SchedulingModel
from tests.support.databases import postgresql_storage, sqlite_storage

LONG = settings(
    max_examples=30, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)


@pytest.mark.proof
@pytest.mark.rule("STO-01", "SCH-06", "APT-07", "OPS-04")
def test_memory_sqlite_and_postgresql_answer_the_same(tmp_path: Path, postgresql_url: str) -> None:
    databases = [sqlite_storage(tmp_path / "model.db"), postgresql_storage(postgresql_url)]

    class OnEveryStorage(SchedulingModel):
        def storages(self) -> Sequence[Storage]:
            return [MemoryStorage(), *databases]

    run_state_machine_as_test(OnEveryStorage, settings=LONG)
    assert databases
