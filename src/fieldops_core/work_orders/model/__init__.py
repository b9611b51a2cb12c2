"""
Work orders.
"""

from fieldops_core.work_orders.model.equipment import (
    BY_HAND,
    CustomerEquipment,
    EquipmentId,
    EquipmentStatus,
)
from fieldops_core.work_orders.model.fields import CATALOGS, CHANGEABLE
from fieldops_core.work_orders.model.lifecycle import (
    AGAIN,
    LOCKED,
    OPEN,
    RESUMABLE,
    TRANSITIONS,
    Upcoming,
    Visits,
    Way,
    WorkOrderStatus,
)
from fieldops_core.work_orders.model.orders import Listed, Shown, Waiting, WorkOrder
from fieldops_core.work_orders.model.performing import (
    EXCLUDED,
    OFFERED,
    ItemState,
    Row,
    WorkAction,
    WorkItem,
    WorkToPerform,
)
from fieldops_core.work_orders.model.purchasing import (
    PURCHASE_TRANSITIONS,
    Group,
    PurchaseLine,
    PurchaseOrder,
    PurchaseOrderId,
    PurchaseStatus,
)
from fieldops_core.work_orders.model.stock import (
    Stock,
    StockId,
)

__all__ = [
    "AGAIN",
    "BY_HAND",
    "CATALOGS",
    "CHANGEABLE",
    "EXCLUDED",
    "LOCKED",
    "OFFERED",
    "OPEN",
    "PURCHASE_TRANSITIONS",
    "RESUMABLE",
    "TRANSITIONS",
    "CustomerEquipment",
    "EquipmentId",
    "EquipmentStatus",
    "Group",
    "ItemState",
    "Listed",
    "PurchaseLine",
    "PurchaseOrder",
    "PurchaseOrderId",
    "PurchaseStatus",
    "Row",
    "Shown",
    "Stock",
    "StockId",
    "Upcoming",
    "Visits",
    "Waiting",
    "Way",
    "WorkAction",
    "WorkItem",
    "WorkOrder",
    "WorkOrderStatus",
    "WorkToPerform",
]
