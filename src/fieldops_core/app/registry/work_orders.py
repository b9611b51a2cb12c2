"""
What is done with and asked of work orders, equipment, the work to perform, and purchase orders.
"""

from functools import partial

from fieldops_core.access.model import Action, Permission
from fieldops_core.app.ports import Ports
from fieldops_core.app.registry.uses import CREATE, MODIFY, VIEW, Use, use
from fieldops_core.scheduling import use_cases as scheduling_use_cases
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.work_orders import messages
from fieldops_core.work_orders import use_cases as cases
from fieldops_core.work_orders.views import (
    BacklogView,
    BulkEditView,
    ChecklistView,
    EquipmentListView,
    EquipmentView,
    GeneratedView,
    PurchaseOrdersView,
    PurchaseOrderView,
    PurchasePreview,
    StockView,
    WorkOrdersView,
    WorkOrderView,
    WorkTableView,
)


def orders(ports: Ports) -> tuple[Use, ...]:
    create, modify, view = (((Permission.WORK_ORDERS, action),) for action in (CREATE, MODIFY, VIEW))
    delete = ((Permission.WORK_ORDERS, Action.DELETE),)
    keep = scheduling_use_cases.keep_visits
    completing, cancelling = partial(cases.complete_work_order, keep=keep), partial(cases.cancel_work_order, keep=keep)
    deleting = partial(cases.delete_work_order, keep=keep)
    lent = cases.Scheduling(shown=scheduling_use_cases.shown, keep=scheduling_use_cases.keep_visit)
    editing = partial(cases.bulk_edit_work_orders, keep=keep)
    creating = partial(cases.create_work_order, sanitiser=ports.sanitiser)
    changing = partial(cases.change_work_order, sanitiser=ports.sanitiser)
    linking = partial(cases.link_appointment, scheduling=lent)
    return (
        use(messages.CreateWorkOrder, creating, WorkOrderView, needs=create, changes=True),
        use(messages.ChangeWorkOrder, changing, WorkOrderView, needs=modify, changes=True),
        use(messages.CompleteWorkOrder, completing, WorkOrderView, needs=modify, changes=True),
        use(messages.CancelWorkOrder, cancelling, WorkOrderView, needs=modify, changes=True),
        use(messages.DeleteWorkOrder, deleting, WorkOrderView, needs=delete, changes=True),
        use(messages.LinkAppointment, linking, AppointmentView, needs=modify, changes=True),
        use(messages.BulkEditWorkOrders, editing, BulkEditView, needs=modify, changes=True),
        use(messages.ReopenWorkOrder, cases.reopen_work_order, WorkOrderView, needs=modify, changes=True),
        use(messages.ShowWorkOrder, cases.show_work_order, WorkOrderView, needs=view, changes=False),
        use(messages.ListBacklog, cases.list_backlog, BacklogView, needs=view, changes=False),
        use(messages.ListWorkOrders, cases.list_work_orders, WorkOrdersView, needs=view, changes=False),
    )


def equipment() -> tuple[Use, ...]:
    create, modify, view = (((Permission.EQUIPMENT, action),) for action in (CREATE, MODIFY, VIEW))
    return (
        use(messages.CreateEquipment, cases.create_equipment, EquipmentView, needs=create, changes=True),
        use(messages.ChangeEquipment, cases.change_equipment, EquipmentView, needs=modify, changes=True),
        use(messages.ShowEquipment, cases.show_equipment, EquipmentView, needs=view, changes=False),
        use(messages.ListEquipment, cases.list_equipment, EquipmentListView, needs=view, changes=False),
        use(messages.ListStock, cases.list_stock, StockView, needs=None, changes=False),
    )


def work_to_perform() -> tuple[Use, ...]:
    """
    What is open to every user is the assignee's own (ACC-07).
    """
    modify, view = (((Permission.WORK_ORDERS, action),) for action in (MODIFY, VIEW))
    return (
        use(messages.SetWorkToPerform, cases.set_work_to_perform, WorkTableView, needs=modify, changes=True),
        use(messages.ShowWorkToPerform, cases.show_work_to_perform, WorkTableView, needs=view, changes=False),
        use(messages.PreviewToggle, cases.toggle_work, WorkTableView, needs=view, changes=False),
        use(messages.TickWork, cases.tick_work, ChecklistView, needs=None, changes=True),
        use(messages.ShowChecklist, cases.show_checklist, ChecklistView, needs=None, changes=False),
    )


def purchasing() -> tuple[Use, ...]:
    create, modify, view = (((Permission.EQUIPMENT_PO, action),) for action in (CREATE, MODIFY, VIEW))
    preview, generate = cases.preview_purchase_orders, cases.generate_purchase_orders
    return (
        use(messages.PreviewPurchaseOrders, preview, PurchasePreview, needs=create, changes=False),
        use(messages.GeneratePurchaseOrders, generate, GeneratedView, needs=create, changes=True),
        use(messages.TurnPurchaseOrder, cases.turn_purchase_order, PurchaseOrderView, needs=modify, changes=True),
        use(messages.ShowPurchaseOrder, cases.show_purchase_order, PurchaseOrderView, needs=view, changes=False),
        use(messages.ListPurchaseOrders, cases.list_purchase_orders, PurchaseOrdersView, needs=view, changes=False),
    )
