"""
A stateful model of scheduling: visits are booked, moved, resized, reassigned, cancelled and reinstated, also many at
once, and on purpose beside another; their statuses, working hours and absences change; time is held, released and
passes: all in random order, against several storages at once, and compared after each step with a naive list of
intervals.

    class TestScheduling(SchedulingModel.TestCase):
        pass

    class MyModel(SchedulingModel):
        def storages(self):
            return [MemoryStorage(), MyStorage()]

    run_state_machine_as_test(MyModel)
    assert MyModel.never_happened() == ()

Beside it, one of work orders, whose statuses follow their appointments.
"""

from fieldops_core.testing.stateful.ordering import WorkOrdersModel
from fieldops_core.testing.stateful.planning import Planning
from fieldops_core.testing.stateful.staffing import Staffing
from fieldops_core.testing.stateful.working import Working

__all__ = ["SchedulingModel", "WorkOrdersModel"]


class SchedulingModel(Planning, Working, Staffing):
    """
    Override :meth:`storages` to try others. Three technicians work for one customer at one office, on three days, in
    one of which the clocks go back.
    """
