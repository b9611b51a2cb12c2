"""
Work orders: load, decide, save; load, calculate, view.
"""

from fieldops_core.work_orders.use_cases.bulk import bulk_edit_work_orders
from fieldops_core.work_orders.use_cases.ending import cancel_work_order, complete_work_order, delete_work_order
from fieldops_core.work_orders.use_cases.equipment import (
    change_equipment,
    create_equipment,
    list_equipment,
    show_equipment,
)
from fieldops_core.work_orders.use_cases.following import follow
from fieldops_core.work_orders.use_cases.linking import Scheduling, link_appointment
from fieldops_core.work_orders.use_cases.listing import list_backlog, list_work_orders
from fieldops_core.work_orders.use_cases.orders import (
    change_work_order,
    create_work_order,
    reopen_work_order,
    show_work_order,
)
from fieldops_core.work_orders.use_cases.performing import (
    open_work,
    set_work_to_perform,
    show_checklist,
    show_work_to_perform,
    tick_work,
    toggle_work,
)
from fieldops_core.work_orders.use_cases.purchasing import (
    generate_purchase_orders,
    list_purchase_orders,
    preview_purchase_orders,
    show_purchase_order,
    turn_purchase_order,
)
from fieldops_core.work_orders.use_cases.stock import (
    list_stock,
)

__all__ = [
    "Scheduling",
    "bulk_edit_work_orders",
    "cancel_work_order",
    "change_equipment",
    "change_work_order",
    "complete_work_order",
    "create_equipment",
    "create_work_order",
    "delete_work_order",
    "follow",
    "generate_purchase_orders",
    "link_appointment",
    "list_backlog",
    "list_equipment",
    "list_purchase_orders",
    "list_stock",
    "list_work_orders",
    "open_work",
    "preview_purchase_orders",
    "reopen_work_order",
    "set_work_to_perform",
    "show_checklist",
    "show_equipment",
    "show_purchase_order",
    "show_work_order",
    "show_work_to_perform",
    "tick_work",
    "toggle_work",
    "turn_purchase_order",
]
