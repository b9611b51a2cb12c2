"""
What questions about work orders answer.
"""

from fieldops_core.work_orders.views.orders import (
    BacklogLine,
    BacklogView,
    BulkEditView,
    FollowedView,
    ShownAppointment,
    WorkOrderLine,
    WorkOrderStatusView,
    WorkOrderSummary,
    WorkOrdersView,
    WorkOrderView,
    followed_view,
    work_order_line,
    work_order_view,
)

__all__ = [
    "BacklogLine",
    "BacklogView",
    "BulkEditView",
    "FollowedView",
    "ShownAppointment",
    "WorkOrderLine",
    "WorkOrderStatusView",
    "WorkOrderSummary",
    "WorkOrderView",
    "WorkOrdersView",
    "followed_view",
    "work_order_line",
    "work_order_view",
]
