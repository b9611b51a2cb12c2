"""
What an overview of a record needs of the world.
"""

from typing import Protocol

from fieldops_core.archiving import ports as archiving
from fieldops_core.customers.model import CustomerId
from fieldops_core.overview.model import Counts, Wanted


class RecordCounts(Protocol):
    """
    How much a record has, of all kinds at once.
    """

    def of(self, customer: CustomerId, wanted: Wanted) -> Counts:
        """
        All that is wanted, in one statement (CUS-09). Each is what the list of its kind counts.
        """


class Unit(archiving.Unit, Protocol):
    @property
    def record_counts(self) -> RecordCounts: ...
