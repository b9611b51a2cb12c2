"""
Purchase orders: equipment that is ordered from a vendor for a technician.
"""

from datetime import datetime
from enum import Enum
from typing import NewType
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.money import Money
from fieldops_core.scheduling.model import WorkOrderId

PurchaseOrderId = NewType("PurchaseOrderId", UUID)


class PurchaseStatus(Enum):
    """
    Where a purchase order stands.
    """

    DRAFT = "draft"
    ORDERED = "ordered"
    RECEIVED = "received"
    CANCELLED = "cancelled"


PURCHASE_TRANSITIONS: dict[PurchaseStatus, frozenset[PurchaseStatus]] = {
    PurchaseStatus.DRAFT: frozenset({PurchaseStatus.ORDERED, PurchaseStatus.CANCELLED}),
    PurchaseStatus.ORDERED: frozenset({PurchaseStatus.RECEIVED, PurchaseStatus.CANCELLED}),
    PurchaseStatus.RECEIVED: frozenset(),
    PurchaseStatus.CANCELLED: frozenset(),
}
"""
The whole truth about what may follow what (PUR-03).
"""


@frozen(kw_only=True)
class PurchaseLine:
    """
    So many of an item, at a *cost* each; None where that is not known.
    """

    item: EntryId
    quantity: int
    cost: Money | None = None


@frozen(kw_only=True)
class PurchaseOrder:
    """
    What is ordered from a *vendor* for a *recipient*. *number* is for people, once in a company. The work order is kept
    by id and number, also when it is deleted; *location* is that of its customer when the purchase order was made.
    """

    id: PurchaseOrderId
    number: int
    vendor: EntryId
    recipient: UserId
    work_order: WorkOrderId
    work_order_number: int
    location: LocationId
    lines: tuple[PurchaseLine, ...]
    status: PurchaseStatus = PurchaseStatus.DRAFT
    ordered_at: datetime | None = None
    received_at: datetime | None = None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int = 1

    @property
    def stands(self) -> bool:
        return self.status is not PurchaseStatus.CANCELLED


@frozen(kw_only=True)
class Group:
    """
    What would be ordered from one vendor.
    """

    vendor: EntryId
    lines: tuple[PurchaseLine, ...]
