"""
The published model of scheduling, on all storages at once: each answers what the others answer, until everything that
can happen has happened.
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
    max_examples=10, stateful_step_count=200, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
MOST_RUNS = 8
"""
Of ten examples, one run in two or three leaves something rare out; eight runs, about one in 100,000.
"""


@pytest.mark.proof
@pytest.mark.rule("STO-01", "SCH-06", "SCH-27", "APT-07", "APT-14", "APT-24", "BLK-05", "BLK-10", "OPS-04")
def test_memory_sqlite_and_postgresql_answer_the_same(tmp_path: Path, postgresql_url: str) -> None:
    databases = [sqlite_storage(tmp_path / "model.db"), postgresql_storage(postgresql_url)]

    class OnEveryStorage(SchedulingModel):
        def storages(self) -> Sequence[Storage]:
            return [MemoryStorage(), *databases]

    for _ in range(MOST_RUNS):
        run_state_machine_as_test(OnEveryStorage, settings=LONG)
        if not OnEveryStorage.never_happened():
            break

    assert OnEveryStorage.never_happened() == ()
