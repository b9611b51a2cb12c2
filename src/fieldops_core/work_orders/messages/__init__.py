"""
What can be done and asked about work orders, and what happens then.
"""

from fieldops_core.work_orders.messages.bulk import MOST_AT_ONCE, BulkEditWorkOrders
from fieldops_core.work_orders.messages.orders import (
    CancelWorkOrder,
    ChangeWorkOrder,
    CompleteWorkOrder,
    CreateWorkOrder,
    DeleteWorkOrder,
    LinkAppointment,
    ListBacklog,
    ListWorkOrders,
    ReopenWorkOrder,
    ShowWorkOrder,
    WorkOrderCancelled,
    WorkOrderChanged,
    WorkOrderCompleted,
    WorkOrderCreated,
    WorkOrderDeleted,
    WorkOrderFollowed,
    WorkOrderReopened,
)

__all__ = [
    "MOST_AT_ONCE",
    "BulkEditWorkOrders",
    "CancelWorkOrder",
    "ChangeWorkOrder",
    "CompleteWorkOrder",
    "CreateWorkOrder",
    "DeleteWorkOrder",
    "LinkAppointment",
    "ListBacklog",
    "ListWorkOrders",
    "ReopenWorkOrder",
    "ShowWorkOrder",
    "WorkOrderCancelled",
    "WorkOrderChanged",
    "WorkOrderCompleted",
    "WorkOrderCreated",
    "WorkOrderDeleted",
    "WorkOrderFollowed",
    "WorkOrderReopened",
]
