"""
The fields of work orders, equipment, and what is bought for them.
"""

from datetime import date, datetime
from typing import TypedDict

from fieldops_core.company.model import EntryId, JobLine
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import (
    EquipmentId,
    EquipmentStatus,
    PurchaseLine,
    PurchaseOrderId,
    PurchaseStatus,
    StockId,
    WorkItem,
    WorkOrderStatus,
)


class WorkOrderFields(TypedDict, total=False):
    id: WorkOrderId
    number: int
    customer: CustomerId
    external_id: str | None
    template: EntryId | None
    note_type: EntryId | None
    type: EntryId | None
    technician: UserId | None
    due: datetime | None
    subject: str
    note: str
    internal_note: Secret | None
    priority: EntryId | None
    lines: tuple[JobLine, ...]
    status: WorkOrderStatus
    reason: str
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class EquipmentFields(TypedDict, total=False):
    id: EquipmentId
    customer: CustomerId
    item: EntryId
    serial: str
    place: str
    wire_type: EntryId | None
    status: EquipmentStatus
    active: bool
    installed_on: date | None
    installed_by: UserId | None
    replaces: EquipmentId | None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class WorkToPerformFields(TypedDict, total=False):
    id: WorkOrderId
    customer: CustomerId
    items: tuple[WorkItem, ...]
    version: int


class PurchaseOrderFields(TypedDict, total=False):
    id: PurchaseOrderId
    number: int
    vendor: EntryId
    recipient: UserId
    work_order: WorkOrderId
    work_order_number: int
    location: LocationId
    lines: tuple[PurchaseLine, ...]
    status: PurchaseStatus
    ordered_at: datetime | None
    received_at: datetime | None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class StockFields(TypedDict, total=False):
    id: StockId
    technician: UserId
    item: EntryId
    quantity: int
    version: int
