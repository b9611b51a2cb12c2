"""
Work orders: created, changed, completed, cancelled, opened again, shown, listed.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor
from fieldops_core.access.rules import WorkOrderAccess, may_use_work_orders
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import writable
from fieldops_core.kernel.records import told
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rich_text import NO_MARKUP, Sanitiser
from fieldops_core.kernel.rules import permit
from fieldops_core.kernel.unset import given
from fieldops_core.scheduling.model import WorkOrderId
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
from fieldops_core.work_orders.use_cases.choosing import choose, filled_by
from fieldops_core.work_orders.use_cases.telling import shown
from fieldops_core.work_orders.views import WorkOrderView


def create_work_order(command: CreateWorkOrder, call: Call[Unit], *, sanitiser: Sanitiser = NO_MARKUP) -> WorkOrderView:
    customer = call.unit.customers.get(command.customer, lock=Lock.SHARED)
    may(call.actor, Action.CREATE, customer)
    writable(customer, call.actor)
    filled, said = filled_by(command.template, call), told(command, apart_from=frozenset({"customer"}))
    chosen = choose({**filled, **said}, call)
    values = {**filled, **chosen.kept(said, customer, sanitiser)}
    choices = chosen.choices(None, customer, external_id=_taken(command.external_id, None, call))
    number = call.unit.work_orders.next_number()
    outcome = decisions.create(customer.id, values, choices, number, call.context, new_id=call.new_id, now=call.now)
    return shown(call.keep(call.unit.work_orders, outcome), customer, call)


def change_work_order(command: ChangeWorkOrder, call: Call[Unit], *, sanitiser: Sanitiser = NO_MARKUP) -> WorkOrderView:
    said = told(command, apart_from=frozenset({"work_order"}))
    customer = seen(call.unit.work_orders.get(command.work_order), Action.MODIFY, call)
    chosen = choose(said, call)
    work_order = call.unit.work_orders.get(command.work_order, lock=Lock.EXCLUSIVE)
    call.expect(work_order)
    values = chosen.kept(said, customer, sanitiser, note=work_order.note)
    taken = _taken(given(command.external_id, None), work_order.id, call)
    choices = chosen.choices(work_order, customer, external_id=taken)
    outcome = decisions.change(values, choices, work_order, call.context, now=call.now)
    return shown(call.keep(call.unit.work_orders, outcome), customer, call)


def reopen_work_order(command: ReopenWorkOrder, call: Call[Unit]) -> WorkOrderView:
    work_order, customer = own(command.work_order, Action.MODIFY, call)
    call.expect(work_order)
    again = Turn(after=WorkOrderStatus.OPEN, way=Way.REASON, reason=command.reason)
    visits = call.unit.work_orders.visits((work_order.id,))
    outcome = decisions.turn(again, work_order, visits, call.context, now=call.now)
    return shown(call.keep(call.unit.work_orders, outcome), customer, call)


def show_work_order(question: ShowWorkOrder, call: Call[Unit]) -> WorkOrderView:
    work_order, customer = own(question.work_order, Action.VIEW, call)
    return shown(work_order, customer, call)


def own(id: WorkOrderId, action: Action, call: Call[Unit]) -> tuple[WorkOrder, Customer]:
    """
    A work order, locked where it is to be changed, and its customer. Who may not view it does not get it by changing
    it.
    """
    work_order = call.unit.work_orders.get(id)
    customer = seen(work_order, action, call)
    if action is not Action.VIEW:  # after the customer: as everywhere
        work_order = call.unit.work_orders.get(id, lock=Lock.EXCLUSIVE)
    return work_order, customer


def seen(work_order: WorkOrder, action: Action, call: Call[Unit]) -> Customer:
    """
    The customer of a work order, for who may do that with it; locked, and not archived, where it is to be changed.
    """
    reads = action is Action.VIEW
    customer = call.unit.customers.get(work_order.customer, lock=Lock.NONE if reads else Lock.SHARED)
    for each in {Action.VIEW, action}:
        may(call.actor, each, customer)
    return customer if reads else writable(customer, call.actor)


def _taken(external_id: str | None, by: WorkOrderId | None, call: Call[Unit]) -> str | None:
    """
    The external id, where another work order has it.
    """
    wanted = external_id.strip() if external_id is not None else ""
    return wanted if wanted and call.unit.work_orders.external_id_taken(wanted, by_other_than=by) else None


def may(actor: Actor, action: Action, customer: Customer) -> None:
    permit((may_use_work_orders,), WorkOrderAccess(actor=actor, action=action, at=customer.location))
