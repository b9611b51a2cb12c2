"""
Work orders.
"""

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
from fieldops_core.work_orders.model.orders import SUBJECT_LIMIT, Listed, Shown, Waiting, WorkOrder

__all__ = [
    "AGAIN",
    "LOCKED",
    "OPEN",
    "RESUMABLE",
    "SUBJECT_LIMIT",
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
