"""
What questions about work orders answer.
"""

from fieldops_core.work_orders.views.equipment import (
    EquipmentListView,
    EquipmentView,
    equipment_view,
)
from fieldops_core.work_orders.views.orders import (
    BacklogLine,
    BacklogView,
    FollowedView,
    ShownAppointment,
    WorkOrderLine,
    WorkOrderStatusView,
    WorkOrdersView,
    WorkOrderView,
    followed_view,
    work_order_line,
    work_order_view,
)
from fieldops_core.work_orders.views.performing import (
    ChecklistItemView,
    ChecklistView,
    OpenWork,
    OpenWorkView,
    WorkCountView,
    WorkTableView,
    checklist_item_view,
    open_work_view,
    summary,
    work_counts_view,
    work_table_view,
)
from fieldops_core.work_orders.views.purchasing import (
    GeneratedView,
    Offer,
    PurchaseOrdersView,
    PurchaseOrderView,
    PurchasePreview,
    purchase_order_view,
    purchase_preview,
)
from fieldops_core.work_orders.views.stock import (
    StockLine,
    StockView,
    stock_view,
)

__all__ = [
    "BacklogLine",
    "BacklogView",
    "ChecklistItemView",
    "ChecklistView",
    "EquipmentListView",
    "EquipmentView",
    "FollowedView",
    "GeneratedView",
    "Offer",
    "OpenWork",
    "OpenWorkView",
    "PurchaseOrderView",
    "PurchaseOrdersView",
    "PurchasePreview",
    "ShownAppointment",
    "StockLine",
    "StockView",
    "WorkCountView",
    "WorkOrderLine",
    "WorkOrderStatusView",
    "WorkOrderView",
    "WorkOrdersView",
    "WorkTableView",
    "checklist_item_view",
    "equipment_view",
    "followed_view",
    "open_work_view",
    "purchase_order_view",
    "purchase_preview",
    "stock_view",
    "summary",
    "work_counts_view",
    "work_order_line",
    "work_order_view",
    "work_table_view",
]
