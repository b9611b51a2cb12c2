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


@pytest.mark.rule("OPS-04")
def test_each_model_counts_for_itself_and_tells_what_never_happened() -> None:
    class Idle(InMemory):
        pass

    class Running(InMemory):
        pass

    Running.counted["completed → on_site"] += 1

    assert set(Idle.never_happened()) - set(Running.never_happened()) == {"completed → on_site"}
    assert {"scheduled → en_route", "completed ↛ cancelled", "slot.held"} <= set(Running.never_happened())
