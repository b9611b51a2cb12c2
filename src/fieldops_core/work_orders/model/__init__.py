"""
Work orders.
"""

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

__all__ = [
    "AGAIN",
    "CATALOGS",
    "CHANGEABLE",
    "LOCKED",
    "OPEN",
    "RESUMABLE",
    "TRANSITIONS",
    "Listed",
    "Shown",
    "Upcoming",
    "Visits",
    "Waiting",
    "Way",
    "WorkOrder",
    "WorkOrderStatus",
]
