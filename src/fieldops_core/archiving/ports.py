"""
What archiving needs of the world.
"""

from typing import Protocol

from fieldops_core.kernel.outcome import SetChange
from fieldops_core.scheduling.model import Appointment
from fieldops_core.work_orders import ports as work_orders


class Sets(Protocol):
    """
    Many aggregates changed at once that nobody loads: states, history and events, in a number of statements that does
    not grow with theirs.
    """

    def change_appointments(self, change: SetChange[Appointment]) -> None:
        """
        This unit has locked them all.

        Raises:
            Conflict: where one of them is not there.
        """


class Unit(work_orders.Unit, Protocol):
    @property
    def sets(self) -> Sets: ...
