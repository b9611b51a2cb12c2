"""
What can be done and asked about work orders, and what happens then.
"""

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
