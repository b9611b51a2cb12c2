"""
What work orders need of the world.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.ports import Belongings
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.repository import Lock, Repository
from fieldops_core.scheduling import ports as scheduling
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    EquipmentId,
    Listed,
    PurchaseOrder,
    PurchaseOrderId,
    PurchaseStatus,
    Shown,
    Stock,
    StockId,
    Visits,
    Waiting,
    WorkOrder,
    WorkOrderStatus,
    WorkToPerform,
)


@frozen(kw_only=True)
class Selection:
    """
    Work orders of customers at *visible* locations (None: all), narrowed by what else is not None. *open*: those that
    are open, or those that are not.
    """

    visible: frozenset[LocationId] | None = None
    customer: CustomerId | None = None
    status: WorkOrderStatus | None = None
    open: bool | None = None
    number: int | None = None
    technician: UserId | None = None
    type: EntryId | None = None
    priority: EntryId | None = None


@frozen(kw_only=True)
class BacklogSelection:
    """
    The backlog of customers at *visible* locations (None: all), narrowed by what else is not None: due at
    *due_since* or after, and before *due_before*.
    """

    visible: frozenset[LocationId] | None = None
    location: LocationId | None = None
    type: EntryId | None = None
    priority: EntryId | None = None
    due_since: datetime | None = None
    due_before: datetime | None = None


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

    def external_id_taken(self, external_id: str, *, by_other_than: WorkOrderId | None = None) -> bool:
        """
        Whether another work order of the company has that external id.
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

    def page(self, selection: Selection, *, after: int | None, limit: int) -> tuple[Listed, ...]:
        """
        At most *limit* of those work orders, newest first, with numbers below *after*.
        """

    def open_ones(self, *, visible: frozenset[LocationId] | None, customer: CustomerId | None) -> int:
        """
        How many are open, of the same choice.
        """

    def shown(self, ids: Collection[WorkOrderId], *, as_of: datetime) -> tuple[Shown, ...]:
        """
        For each of some work orders that has appointments: of those that are SCHEDULED and end after *as_of* the first
        by start and id; where there are none, of all the last by start, ties by id.
        """

    def backlog(self, selection: BacklogSelection) -> tuple[Waiting, ...]:
        """
        Of those the open work orders without an open appointment, by number.
        """

    def listed(self, ids: Collection[WorkOrderId]) -> tuple[Listed, ...]:
        """
        Some work orders as a list shows them, in any order.
        """


class Equipment(Belongings[EquipmentId, CustomerEquipment], Protocol):
    """
    Of these *open* are those that are active.
    """

    def named(self, ids: Collection[EquipmentId]) -> tuple[CustomerEquipment, ...]:
        """
        Those of these that the company has, in the order of their ids.
        """

    def for_work(
        self, customer: CustomerId, also: Collection[EquipmentId], *, lock: Lock = Lock.NONE
    ) -> tuple[CustomerEquipment, ...]:
        """
        What is active at a customer, and *also* some other pieces of theirs, in the order of their ids, locked in that
        order.
        """


class WorkToPerforms(Repository[WorkOrderId, WorkToPerform], Protocol):
    """
    Locked by their work orders.
    """

    def named(self, ids: Collection[WorkOrderId]) -> tuple[WorkToPerform, ...]:
        """
        Those of some work orders, as far as there are any, in the order of their ids.
        """

    def remove(self, work: WorkToPerform) -> None:
        """
        Raises:
            Conflict: where it is gone, or has another version.
        """


class Stocks(Repository[StockId, Stock], Protocol):
    """
    One for each technician and item.
    """

    def of(
        self, technician: UserId, *, items: Collection[EntryId] | None = None, lock: Lock = Lock.NONE
    ) -> tuple[Stock, ...]:
        """
        What a technician has, of some *items* or (None) of all, in the order of their ids, locked in that order.
        """


class PurchaseOrders(Repository[PurchaseOrderId, PurchaseOrder], Protocol):
    def next_number(self) -> int:
        """
        A number that no purchase order of the company has or had, 1 first.
        """

    def of_work_order(self, id: WorkOrderId) -> tuple[PurchaseOrder, ...]:
        """
        Those of a work order, in the order of their numbers.
        """

    def page(
        self,
        *,
        visible: frozenset[LocationId] | None,
        work_order: WorkOrderId | None,
        recipient: UserId | None,
        status: PurchaseStatus | None,
        number: int | None,
        after: int | None,
        limit: int,
    ) -> tuple[PurchaseOrder, ...]:
        """
        At most *limit* purchase orders at *visible* locations (None: all), newest first, with numbers below *after*.
        """


class Unit(scheduling.Unit, Protocol):
    @property
    def work_orders(self) -> WorkOrders: ...
    @property
    def equipment(self) -> Equipment: ...
    @property
    def work_to_perform(self) -> WorkToPerforms: ...
    @property
    def stock(self) -> Stocks: ...
    @property
    def purchase_orders(self) -> PurchaseOrders: ...
