"""
What removing records needs of the world.
"""

from datetime import datetime
from typing import Protocol

from attrs import frozen

from fieldops_core.archiving import ports as archiving
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import UserId


@frozen(kw_only=True)
class Handover:
    """
    From which record to which, at what instant; by whom and from where history tells.
    """

    source: CustomerId
    target: CustomerId
    at: datetime
    actor: UserId | None
    by: Source


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

    def hand_over(self, handover: Handover) -> None:
        """
        What belongs to one record, apart from its appointments and tags, belongs to another: each a version on, with an
        entry in the history and a BelongingHandedOver. Contacts come behind the other's own. The history of the one,
        the stored answers that quote it, and the numbers that lead to it, are the other's too.
        """

    def drop(self, customer: CustomerId) -> None:
        """
        Remove a record that this unit has locked, to which nothing belongs any more but tags.

        Raises:
            Conflict: where something does.
        """


class Unit(archiving.Unit, Protocol):
    @property
    def removals(self) -> Removals: ...
