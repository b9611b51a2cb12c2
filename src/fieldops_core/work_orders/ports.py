"""
What work orders need of the world.
"""

from collections.abc import Collection, Sequence
from typing import Protocol

from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock, Repository
from fieldops_core.scheduling import ports as scheduling
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import Listed, Visits, WorkOrder, WorkOrderStatus


class WorkOrders(Repository[WorkOrderId, WorkOrder], scheduling.WorkOrders, Protocol):
    def next_number(self) -> int:
        """
        A number that no work order of the company has or had, 1 first. Given back only where the unit is rolled back.
        """

    def named(self, ids: Collection[WorkOrderId], *, lock: Lock = Lock.NONE) -> tuple[WorkOrder, ...]:
        """
        Those work orders, in the order of their ids, locked in that order. Ids that the company does not have are left
        out.
        """

    def visits(self, ids: Collection[WorkOrderId]) -> tuple[Visits, ...]:
        """
        The appointments of some work orders, in any order.
        """

    def remove(self, work_order: WorkOrder) -> None:
        """
        Raises:
            Conflict: where it is gone, or has another version.
        """

    def save_all(self, states: Sequence[WorkOrder]) -> None:
        """
        Replace many, in a number of statements that does not grow with theirs.

        Raises:
            Conflict: as ``save``.
        """

    def page(
        self,
        *,
        visible: frozenset[LocationId] | None,
        customer: CustomerId | None,
        status: WorkOrderStatus | None,
        number: int | None,
        after: int | None,
        limit: int,
    ) -> tuple[Listed, ...]:
        """
        At most *limit* work orders of customers at *visible* locations (None: all), newest first, with numbers below
        *after*.
        """


class Unit(scheduling.Unit, Protocol):
    @property
    def work_orders(self) -> WorkOrders: ...
