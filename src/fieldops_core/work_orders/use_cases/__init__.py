"""
Work orders: load, decide, save; load, calculate, view.
"""

from fieldops_core.work_orders.use_cases.following import follow
from fieldops_core.work_orders.use_cases.orders import (
    cancel_work_order,
    change_work_order,
    complete_work_order,
    create_work_order,
    list_work_orders,
    reopen_work_order,
    show_work_order,
)

__all__ = [
    "cancel_work_order",
    "change_work_order",
    "complete_work_order",
    "create_work_order",
    "follow",
    "list_work_orders",
    "reopen_work_order",
    "show_work_order",
]
