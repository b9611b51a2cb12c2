"""
Work orders: load, decide, save; load, calculate, view.
"""

from fieldops_core.work_orders.use_cases.bulk import bulk_edit_work_orders
from fieldops_core.work_orders.use_cases.ending import cancel_work_order, complete_work_order, delete_work_order
from fieldops_core.work_orders.use_cases.following import follow
from fieldops_core.work_orders.use_cases.linking import Scheduling, link_appointment
from fieldops_core.work_orders.use_cases.listing import list_backlog, list_work_orders
from fieldops_core.work_orders.use_cases.orders import (
    change_work_order,
    create_work_order,
    reopen_work_order,
    show_work_order,
)

__all__ = [
    "Scheduling",
    "bulk_edit_work_orders",
    "cancel_work_order",
    "change_work_order",
    "complete_work_order",
    "create_work_order",
    "delete_work_order",
    "follow",
    "link_appointment",
    "list_backlog",
    "list_work_orders",
    "reopen_work_order",
    "show_work_order",
]
