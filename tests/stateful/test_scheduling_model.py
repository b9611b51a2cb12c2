"""
The published model of scheduling, against the memory storage; the contract tests run it on the databases too.
"""

from collections.abc import Sequence

import pytest

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.app.ports import Storage
from fieldops_core.testing.stateful import SchedulingModel


class InMemory(SchedulingModel):
    def storages(self) -> Sequence[Storage]:
        return [MemoryStorage()]


TestInMemory = pytest.mark.rule("SCH-06", "SCH-27", "APT-07", "APT-10", "APT-14", "APT-24", "BKG-04", "OPS-04")(
    InMemory.TestCase
)
