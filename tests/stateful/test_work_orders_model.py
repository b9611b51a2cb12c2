"""
The published model of work orders: against the memory storage, and, in the long runs, on all storages at once.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.app.ports import Storage
from fieldops_core.testing.stateful import WorkOrdersModel
from tests.support.databases import postgresql_storage, sqlite_storage

QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
THOROUGH = settings(QUIET, max_examples=30, stateful_step_count=100)
"""
In memory, where a step is cheap: until everything that can happen has happened.
"""
COMPARED = settings(QUIET, max_examples=40, stateful_step_count=80)
MOST_RUNS = 30


class InMemory(WorkOrdersModel):
    def storages(self) -> Sequence[Storage]:
        return [MemoryStorage()]


TestInMemory = pytest.mark.rule("WOR-03", "WOR-05", "WOR-07", "WOR-09", "WOR-11")(InMemory.TestCase)


@pytest.mark.proof
@pytest.mark.rule("WOR-03", "WOR-05", "WOR-07", "WOR-09", "WOR-11")
def test_everything_that_can_happen_to_a_work_order_happens_as_the_rule_says() -> None:
    class Thorough(InMemory):
        pass

    for _ in range(MOST_RUNS):
        run_state_machine_as_test(Thorough, settings=THOROUGH)
        if not Thorough.never_happened():
            break

    assert Thorough.never_happened() == ()


@pytest.mark.proof
@pytest.mark.rule("STO-01", "WOR-03", "WOR-05", "WOR-07", "WOR-09", "WOR-11")
def test_memory_sqlite_and_postgresql_answer_the_same(tmp_path: Path, postgresql_url: str) -> None:
    databases = [sqlite_storage(tmp_path / "model.db"), postgresql_storage(postgresql_url)]

    class OnEveryStorage(WorkOrdersModel):
        def storages(self) -> Sequence[Storage]:
            return [MemoryStorage(), *databases]

    run_state_machine_as_test(OnEveryStorage, settings=COMPARED)
