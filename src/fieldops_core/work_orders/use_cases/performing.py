"""
Work to perform: chosen, shown, ticked off on site.
"""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.access.rules import ChecklistAccess, WorkAccess, may_open_work, may_use_checklist
from fieldops_core.customers.rules import writable
from fieldops_core.customers.views import Names
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require
from fieldops_core.scheduling.model import Appointment, WorkOrderId
from fieldops_core.work_orders import decisions
from fieldops_core.work_orders.calculations import box_is_on, choose, drop, toggled
from fieldops_core.work_orders.messages import (
    ChosenRow,
    PreviewToggle,
    SetWorkToPerform,
    ShowChecklist,
    ShowWorkToPerform,
    TickWork,
)
from fieldops_core.work_orders.model import (
    OFFERED,
    CustomerEquipment,
    EquipmentId,
    ItemState,
    Row,
    WorkAction,
    WorkOrder,
    WorkToPerform,
)
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.rules import TABLE, Table
from fieldops_core.work_orders.use_cases.equipment import called, stamp
from fieldops_core.work_orders.use_cases.orders import own
from fieldops_core.work_orders.use_cases.stock import take
from fieldops_core.work_orders.views import (
    ChecklistView,
    OpenWorkView,
    WorkTableView,
    checklist_item_view,
    open_work_view,
    work_table_view,
)


def show_work_to_perform(question: ShowWorkToPerform, call: Call[Unit]) -> WorkTableView:
    order, _ = own(question.work_order, Action.VIEW, call)
    there = _there(order, call)
    return _shown(order, there.rows, there)


def toggle_work(question: PreviewToggle, call: Call[Unit]) -> WorkTableView:
    """
    Raises:
        Refused: where what was chosen so far breaks a rule, or the box cannot be set.
    """
    order, _ = own(question.work_order, Action.VIEW, call)
    there = _there(order, call)
    sent = _table(question.rows, there)
    require(TABLE, sent)
    if question.equipment is None:
        return _shown(order, toggled(sent.rows, question.action, on=question.on), there)
    turn = choose if question.on else drop
    rows = tuple(turn(each, question.action) if each.equipment == question.equipment else each for each in sent.rows)
    strange = () if question.equipment in there.pieces else (question.equipment,)
    require(TABLE, Table(rows=rows, called=sent.called, strangers=strange))
    return _shown(order, rows, there)


def set_work_to_perform(command: SetWorkToPerform, call: Call[Unit]) -> WorkTableView:
    """
    A change of the work order: it takes a new version. Its customer's equipment is locked, so that none is removed
    meanwhile.
    """
    order, customer = own(command.work_order, Action.MODIFY, call)
    call.expect(order)
    there = _there(order, call, lock=Lock.SHARED)
    table = _table(command.rows, there)
    chosen = decisions.set_work(command, table, there.work, order, stamp(customer, call))
    if chosen.work is None or chosen.order is None:
        return _shown(order, table.rows, there)
    call.keep(call.unit.work_to_perform, chosen.work)
    call.replace_all(call.unit.work_orders, (chosen.order,))  # its version alone changes
    return _shown(chosen.order.state, table.rows, there)


def show_checklist(question: ShowChecklist, call: Call[Unit]) -> ChecklistView:
    """
    To whom the Work screen is open (ACC-07).
    """
    appointment = call.unit.appointments.get(question.appointment)
    (person,) = call.unit.people.find(ids=(appointment.user,), active=None)
    permit(
        (may_open_work,),
        WorkAccess(actor=call.actor, kind=appointment.kind, assignee=appointment.user, home=person.home),
    )
    return _checklist(appointment, call)


def tick_work(command: TickWork, call: Call[Unit]) -> ChecklistView:
    """
    The customer, the assignee, the work order and the piece are locked, in this order, before the stock.
    """
    unit, appointment = call.unit, call.unit.appointments.get(command.appointment)
    customer = unit.customers.get(appointment.customer, lock=Lock.SHARED)
    access = ChecklistAccess(actor=call.actor, assignee=appointment.user, at=customer.location)
    permit((may_use_checklist,), access)
    writable(customer, call.actor)
    if appointment.work_order is None:
        raise NotFound("work_order", appointment.id)
    unit.people.locked((appointment.user,))
    order = unit.work_orders.get(appointment.work_order, lock=Lock.EXCLUSIVE)
    work = _work(order, call) or WorkToPerform(id=order.id, customer=order.customer)
    piece = unit.equipment.get(command.equipment, lock=Lock.EXCLUSIVE)
    if piece.customer != customer.id:
        raise NotFound("customer_equipment", command.equipment)
    told = evolve(stamp(customer, call), now=min(call.context.occurred_at or call.now, call.now))
    ticked = decisions.tick(command, work, piece, order, appointment.user, told, new_id=call.new_id)
    call.keep(unit.work_to_perform, ticked.work)
    for each in ticked.pieces:
        call.keep(unit.equipment, each)
    if ticked.taken is not None:
        take(appointment.user, ticked.taken.item, call)
    return _checklist(appointment, call)


def open_work(ids: Iterable[WorkOrderId], call: Call[Unit]) -> OpenWorkView | None:
    """
    The warning about what is open of some work orders that were checked out DONE; None where nothing is.
    """
    open = {each.id: len(each.open) for each in call.unit.work_to_perform.named(tuple(ids)) if each.open}
    orders = call.unit.work_orders.named(tuple(open)) if open else ()
    return open_work_view((each.id, each.number, open[each.id]) for each in orders) if orders else None


def forget_work(id: WorkOrderId, call: Call[Unit]) -> None:
    """
    Of a work order that is deleted.
    """
    for each in call.unit.work_to_perform.named((id,)):
        call.remove(call.unit.work_to_perform, decisions.drop_work(each, now=call.now))


@frozen(kw_only=True)
class _There:
    """
    The equipment that a work order's table has: what is active at its customer, and what its actions name besides.
    """

    work: WorkToPerform | None
    pieces: Mapping[EquipmentId, CustomerEquipment]
    names: Names
    rows: tuple[Row, ...]

    def called(self, id: EquipmentId) -> str:
        piece = self.pieces[id]
        return f"{self.names.entry(piece.item).name} {piece.serial}".strip()


def _there(order: WorkOrder, call: Call[Unit], *, lock: Lock = Lock.NONE) -> _There:
    work = _work(order, call)
    named = [each.equipment for each in work.items] if work else []
    found = call.unit.equipment.for_work(order.customer, named, lock=lock)
    return _There(
        work=work,
        pieces={each.id: each for each in found},
        names=called(found, (), call),
        rows=tuple(_row(each, work) for each in found),
    )


def _row(piece: CustomerEquipment, work: WorkToPerform | None) -> Row:
    """
    An action once saved stays valid when the equipment changes afterwards (EQP-02).
    """
    saved = [each for each in work.items if each.equipment == piece.id] if work else []
    chosen = frozenset(each.action for each in saved)
    offered = OFFERED[piece.status] if piece.active else frozenset()
    done = frozenset(each.action for each in saved if each.state is ItemState.DONE)
    return Row(equipment=piece.id, offers=offered | chosen, done=done, chosen=chosen)


def _table(sent: Sequence[ChosenRow], there: _There) -> Table:
    """
    Raises:
        InvalidValue: where a piece is sent twice.
    """
    chosen = {each.equipment: each.actions for each in sent}
    if len(chosen) != len(sent):
        raise InvalidValue("work.equipment_twice", "A piece of equipment has one row.", field="rows", rule="EQP-01")
    rows = tuple(evolve(each, chosen=chosen.get(each.equipment, frozenset()) | each.done) for each in there.rows)
    strangers = tuple(id for id in chosen if id not in there.pieces)
    return Table(rows=rows, called={id: there.called(id) for id in there.pieces}, strangers=strangers)


def _shown(order: WorkOrder, rows: Sequence[Row], there: _There) -> WorkTableView:
    boxes = {each: (box_is_on(rows, each), sum(row.eligible(each) for row in rows)) for each in WorkAction}
    return work_table_view(order, rows, there.pieces, there.names, boxes)


def _checklist(appointment: Appointment, call: Call[Unit]) -> ChecklistView:
    id = appointment.work_order
    if id is None:
        return ChecklistView(appointment=appointment.id, work_order=None, number=None, items=(), open=0)
    order = call.unit.work_orders.get(id)
    work = _work(order, call)
    items = work.items if work else ()
    pieces = call.unit.equipment.named({each.equipment for each in items}) if items else ()
    names, by_id = called(pieces, (each.by for each in items), call), {each.id: each for each in pieces}
    return ChecklistView(
        appointment=appointment.id,
        work_order=id,
        number=order.number,
        items=tuple(checklist_item_view(each, by_id[each.equipment], names) for each in items),
        open=len(work.open) if work else 0,
    )


def _work(order: WorkOrder, call: Call[Unit]) -> WorkToPerform | None:
    return next(iter(call.unit.work_to_perform.named((order.id,))), None)
