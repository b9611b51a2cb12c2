"""
Work orders: created, changed, completed, cancelled, opened again, shown, listed.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor
from fieldops_core.access.rules import WorkOrderAccess, may_use_work_orders
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import writable
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.scheduling.views import customer_ref
from fieldops_core.work_orders import decisions
from fieldops_core.work_orders.decisions import Turn
from fieldops_core.work_orders.messages import (
    ChangeWorkOrder,
    CreateWorkOrder,
    ReopenWorkOrder,
    ShowWorkOrder,
)
from fieldops_core.work_orders.model import Way, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.views import WorkOrderView, work_order_view


def create_work_order(command: CreateWorkOrder, call: Call[Unit]) -> WorkOrderView:
    customer = call.unit.customers.get(command.customer, lock=Lock.SHARED)
    _may(call.actor, Action.CREATE, customer)
    writable(customer, call.actor)
    number = call.unit.work_orders.next_number()
    outcome = decisions.create(command, number, call.context, new_id=call.new_id, now=call.now)
    return work_order_view(call.keep(call.unit.work_orders, outcome), customer_ref(customer))


def change_work_order(command: ChangeWorkOrder, call: Call[Unit]) -> WorkOrderView:
    work_order, customer = own(command.work_order, Action.MODIFY, call)
    call.expect(work_order)
    outcome = decisions.change(command, work_order, call.context, now=call.now)
    return work_order_view(call.keep(call.unit.work_orders, outcome), customer_ref(customer))


def reopen_work_order(command: ReopenWorkOrder, call: Call[Unit]) -> WorkOrderView:
    work_order, customer = own(command.work_order, Action.MODIFY, call)
    call.expect(work_order)
    again = Turn(after=WorkOrderStatus.OPEN, way=Way.REASON, reason=command.reason)
    visits = call.unit.work_orders.visits((work_order.id,))
    outcome = decisions.turn(again, work_order, visits, call.context, now=call.now)
    return work_order_view(call.keep(call.unit.work_orders, outcome), customer_ref(customer))


def show_work_order(question: ShowWorkOrder, call: Call[Unit]) -> WorkOrderView:
    work_order, customer = own(question.work_order, Action.VIEW, call)
    return work_order_view(work_order, customer_ref(customer))


def own(id: WorkOrderId, action: Action, call: Call[Unit]) -> tuple[WorkOrder, Customer]:
    """
    A work order, locked where it is to be changed, and its customer. Who may not view it does not get it by changing
    it.
    """
    work_order, reads = call.unit.work_orders.get(id), action is Action.VIEW
    customer = call.unit.customers.get(work_order.customer, lock=Lock.NONE if reads else Lock.SHARED)
    for each in {Action.VIEW, action}:
        _may(call.actor, each, customer)
    if action is not Action.VIEW:  # after the customer: as everywhere
        writable(customer, call.actor)
        work_order = call.unit.work_orders.get(id, lock=Lock.EXCLUSIVE)
    return work_order, customer


def _may(actor: Actor, action: Action, customer: Customer) -> None:
    permit((may_use_work_orders,), WorkOrderAccess(actor=actor, action=action, at=customer.location))
