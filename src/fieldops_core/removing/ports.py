"""
What removing records needs of the world.
"""

from datetime import datetime
from typing import Protocol

from fieldops_core.archiving import ports as archiving
from fieldops_core.customers.model import CustomerId


class Removals(Protocol):
    """
    Whole records taken away, with what belongs to them and what was written down of it, in a number of statements that
    does not grow with that.
    """

    def forget(self, customer: CustomerId, *, at: datetime) -> None:
        """
        Remove a record that this unit has locked, and everything that belongs to it; of both the history, the events
        that wait or were delivered, and the stored answers that may quote them; and the moves of its appointments from
        repairs. Its number and those of its work orders are not given again. Each appointment and hold is told as
        AppointmentDeleted and HoldDeleted, of that instant. No appointment of another record names one of its own.

        Raises:
            Conflict: where another writer was first.
        """


class Unit(archiving.Unit, Protocol):
    @property
    def removals(self) -> Removals: ...
