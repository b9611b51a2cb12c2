"""
Purchase orders: previewed, generated, ordered, received, cancelled, shown, listed.
"""

from collections.abc import Iterable

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.access.rules import (
    PurchaseAccess,
    WorkOrderAccess,
    may_use_purchase_orders,
    may_use_work_orders,
)
from fieldops_core.company.model import CatalogEntry, EntryId, Setup
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import writable
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders import decisions
from fieldops_core.work_orders.calculations import default_vendor, grouped, on_order, to_order
from fieldops_core.work_orders.messages import (
    GeneratePurchaseOrders,
    ListPurchaseOrders,
    PreviewPurchaseOrders,
    ShowPurchaseOrder,
    TurnPurchaseOrder,
)
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    PurchaseOrder,
    PurchaseOrderId,
    PurchaseStatus,
    WorkOrder,
)
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.rules import Purchase
from fieldops_core.work_orders.use_cases.equipment import called
from fieldops_core.work_orders.use_cases.stock import move
from fieldops_core.work_orders.views import (
    GeneratedView,
    Offer,
    PurchaseOrdersView,
    PurchaseOrderView,
    PurchasePreview,
    purchase_order_view,
    purchase_preview,
)


def preview_purchase_orders(question: PreviewPurchaseOrders, call: Call[Unit]) -> PurchasePreview:
    order, _ = _order(question.work_order, call)
    recipient = call.unit.users.get(question.recipient)
    wanted = _wanted(order, call)
    offer = Offer(
        work_order=order,
        recipient=recipient.id,
        groups=grouped(wanted.pieces, wanted.entries),
        without_vendor=tuple(each for each in wanted.pieces if default_vendor(each, wanted.entries) is None),
        stock={each.item: each.quantity for each in call.unit.stock.of(recipient.id)},
        on_order=on_order(call.unit.purchase_orders.of_work_order(order.id)),
    )
    return purchase_preview(offer, called(wanted.pieces, (recipient.id,), call, also=wanted.entries))


def generate_purchase_orders(command: GeneratePurchaseOrders, call: Call[Unit]) -> GeneratedView:
    """
    The customer, the recipient and the work order are locked, in this order, so that of two who generate at once the
    second is warned.
    """
    _, customer = _order(command.work_order, call, writes=True)
    recipient = call.unit.users.get(command.recipient, lock=Lock.SHARED)
    order = call.unit.work_orders.get(command.work_order, lock=Lock.EXCLUSIVE)
    wanted = _wanted(order, call)
    case = Purchase(
        work_order=order,
        recipient=recipient,
        groups=grouped(wanted.pieces, wanted.entries),
        vendors=command.vendors,
        on_order=on_order(call.unit.purchase_orders.of_work_order(order.id)),
        called={id: each.name for id, each in wanted.entries.items()},
        again=command.again,
    )
    number, by = call.unit.purchase_orders.next_number, call.actor.user
    drafts = decisions.generate(case, customer.location, by, next_number=number, new_id=call.new_id, now=call.now)
    for each in drafts:
        call.keep(call.unit.purchase_orders, each)
    return GeneratedView(items=_views([each.state for each in drafts], call))


def turn_purchase_order(command: TurnPurchaseOrder, call: Call[Unit]) -> PurchaseOrderView:
    """
    What is received is added to the recipient's stock, once: the purchase order is locked, before the stock.
    """
    order = _own(command.purchase_order, Action.MODIFY, call)
    call.expect(order)
    outcome = decisions.turn_purchase(order, command.status, call.actor.user, now=call.now)
    kept = call.keep(call.unit.purchase_orders, outcome)
    if command.status is PurchaseStatus.RECEIVED:
        move(order.recipient, {each.item: each.quantity for each in order.lines}, call)
    return _views((kept,), call)[0]


def show_purchase_order(question: ShowPurchaseOrder, call: Call[Unit]) -> PurchaseOrderView:
    return _views((_own(question.purchase_order, Action.VIEW, call),), call)[0]


def list_purchase_orders(question: ListPurchaseOrders, call: Call[Unit]) -> PurchaseOrdersView:
    """
    What the reader may view of a page; what lies elsewhere is left out (ACC-18).
    """
    found = call.unit.purchase_orders.page(
        visible=_visible(call.actor, call.unit.companies.setup()),
        work_order=question.work_order,
        recipient=question.recipient,
        status=question.status,
        number=question.number,
        after=question.after,
        limit=one_more(question.limit),
    )
    page, last = paged(found, question.limit)
    return PurchaseOrdersView(items=_views(page, call), next=None if last is None else str(last.number))


@frozen(kw_only=True)
class _Wanted:
    """
    The pieces that have to be ordered for a work order, with the entries of their items and vendors.
    """

    pieces: tuple[CustomerEquipment, ...]
    entries: dict[EntryId, CatalogEntry]


def _wanted(order: WorkOrder, call: Call[Unit]) -> _Wanted:
    work = next(iter(call.unit.work_to_perform.named((order.id,))), None)
    if work is None:
        return _Wanted(pieces=(), entries={})
    pieces = to_order(work, call.unit.equipment.named({each.equipment for each in work.items}))
    there = call.unit.catalog_entries
    items = there.named({each.item for each in pieces}) if pieces else ()
    vendors = {each.attributes.vendor for each in items if each.attributes.vendor is not None}
    entries = (*items, *(there.named(vendors) if vendors else ()))
    return _Wanted(pieces=pieces, entries={each.id: each for each in entries})


def _order(id: WorkOrderId, call: Call[Unit], *, writes: bool = False) -> tuple[WorkOrder, Customer]:
    """
    A work order for which something is to be ordered, and its customer.
    """
    unit, actor = call.unit, call.actor
    order = unit.work_orders.get(id)
    customer = unit.customers.get(order.customer, lock=Lock.SHARED if writes else Lock.NONE)
    permit((may_use_work_orders,), WorkOrderAccess(actor=actor, action=Action.VIEW, at=customer.location))
    permit((may_use_purchase_orders,), PurchaseAccess(actor=actor, action=Action.CREATE, at=customer.location))
    return order, writable(customer, actor) if writes else customer


def _own(id: PurchaseOrderId, action: Action, call: Call[Unit]) -> PurchaseOrder:
    """
    Who may not view it does not get it by changing it.
    """
    order = call.unit.purchase_orders.get(id, lock=Lock.NONE if action is Action.VIEW else Lock.EXCLUSIVE)
    for each in {Action.VIEW, action}:
        permit((may_use_purchase_orders,), PurchaseAccess(actor=call.actor, action=each, at=order.location))
    return order


def _visible(actor: Actor, setup: Setup) -> frozenset[LocationId] | None:
    if actor.holds(Permission.EQUIPMENT_PO, Action.VIEW):
        return None
    places = (PurchaseAccess(actor=actor, action=Action.VIEW, at=location.id) for location in setup.locations)
    return frozenset(case.at for case in places if may_use_purchase_orders(case) is None)


def _views(orders: Iterable[PurchaseOrder], call: Call[Unit]) -> tuple[PurchaseOrderView, ...]:
    some = tuple(orders)
    users = (id for each in some for id in (each.recipient, each.created_by, each.changed_by))
    entries = {id for each in some for id in (each.vendor, *(line.item for line in each.lines))}
    names = called((), users, call, also=entries)
    return tuple(purchase_order_view(each, names) for each in some)
