"""
Purchase orders as they are answered.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.company.views import MoneyView, money_view
from fieldops_core.customers.views import NamedView, Names
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.money import Money
from fieldops_core.scheduling.views import WorkOrderRef
from fieldops_core.work_orders.model import (
    PURCHASE_TRANSITIONS,
    CustomerEquipment,
    Group,
    PurchaseLine,
    PurchaseOrder,
    PurchaseStatus,
    WorkOrder,
)
from fieldops_core.work_orders.views.performing import PieceRef, piece_ref


@frozen(kw_only=True)
class PurchaseLineView:
    """
    So many of an item, at a *cost* each and a *total*; null where the cost is not known.
    """

    item: NamedView
    quantity: int
    cost: MoneyView | None
    total: MoneyView | None


@frozen(kw_only=True)
class PurchaseOfferLine(PurchaseLineView):
    """
    A line before it is ordered: how many the recipient has (*stock*), and how many are *on_order* for the work order
    already.
    """

    stock: int
    on_order: int


@frozen(kw_only=True)
class PurchaseGroupView:
    """
    What would be ordered from a vendor. *total* is null where a cost is not known.
    """

    vendor: NamedView
    lines: tuple[PurchaseOfferLine, ...]
    total: MoneyView | None


@frozen(kw_only=True)
class WarningView:
    """
    What somebody should know before they order.
    """

    code: str
    sentence: str


@frozen(kw_only=True)
class PurchasePreview:
    """
    What is marked INSTALL, by vendor; what has no active default vendor apart; and warnings, of that and of what is on
    order already.
    """

    work_order: WorkOrderRef
    recipient: NamedView
    groups: tuple[PurchaseGroupView, ...]
    without_vendor: tuple[PieceRef, ...]
    warnings: tuple[WarningView, ...]


@frozen(kw_only=True)
class PurchaseOrderView:
    """
    A purchase order. *total* is null where a cost is not known; *may_follow* are the statuses that may.
    """

    id: UUID
    number: int
    vendor: NamedView
    recipient: NamedView
    work_order: WorkOrderRef
    location: UUID
    lines: tuple[PurchaseLineView, ...]
    total: MoneyView | None
    status: PurchaseStatus
    may_follow: tuple[PurchaseStatus, ...]
    ordered_at: datetime | None
    received_at: datetime | None
    created_by: NamedView | None
    created_at: datetime
    changed_by: NamedView | None
    changed_at: datetime
    version: int


@frozen(kw_only=True)
class PurchaseOrdersView:
    """
    One page of purchase orders, newest first.
    """

    items: tuple[PurchaseOrderView, ...]
    next: str | None


@frozen(kw_only=True)
class GeneratedView:
    """
    The purchase orders that were made, by number.
    """

    items: tuple[PurchaseOrderView, ...]


@frozen(kw_only=True)
class Offer:
    """
    What a preview is made of.
    """

    work_order: WorkOrder
    recipient: UserId
    groups: tuple[Group, ...]
    without_vendor: tuple[CustomerEquipment, ...]
    stock: Mapping[EntryId, int]
    on_order: Mapping[EntryId, int]


def purchase_preview(offer: Offer, names: Names) -> PurchasePreview:
    return PurchasePreview(
        work_order=WorkOrderRef(id=offer.work_order.id, number=offer.work_order.number),
        recipient=names.somebody(offer.recipient),
        groups=tuple(_group(each, offer, names) for each in offer.groups),
        without_vendor=tuple(piece_ref(each, names) for each in offer.without_vendor),
        warnings=tuple(_warnings(offer, names)),
    )


def purchase_order_view(order: PurchaseOrder, names: Names) -> PurchaseOrderView:
    return PurchaseOrderView(
        id=order.id,
        number=order.number,
        vendor=names.entry(order.vendor),
        recipient=names.somebody(order.recipient),
        work_order=WorkOrderRef(id=order.work_order, number=order.work_order_number),
        location=order.location,
        lines=tuple(_line(each, names) for each in order.lines),
        total=_sum(order.lines),
        status=order.status,
        may_follow=tuple(each for each in PurchaseStatus if each in PURCHASE_TRANSITIONS[order.status]),
        ordered_at=order.ordered_at,
        received_at=order.received_at,
        created_by=names.user(order.created_by),
        created_at=order.created_at,
        changed_by=names.user(order.changed_by),
        changed_at=order.changed_at,
        version=order.version,
    )


def _group(group: Group, offer: Offer, names: Names) -> PurchaseGroupView:
    lines = (_offered(each, offer, names) for each in group.lines)
    return PurchaseGroupView(vendor=names.entry(group.vendor), lines=tuple(lines), total=_sum(group.lines))


def _offered(line: PurchaseLine, offer: Offer, names: Names) -> PurchaseOfferLine:
    view = _line(line, names)
    return PurchaseOfferLine(
        item=view.item,
        quantity=view.quantity,
        cost=view.cost,
        total=view.total,
        stock=offer.stock.get(line.item, 0),
        on_order=offer.on_order.get(line.item, 0),
    )


def _line(line: PurchaseLine, names: Names) -> PurchaseLineView:
    return PurchaseLineView(
        item=names.entry(line.item),
        quantity=line.quantity,
        cost=None if line.cost is None else money_view(line.cost),
        total=_sum((line,)),
    )


def _sum(lines: Sequence[PurchaseLine]) -> MoneyView | None:
    """
    None where a cost is not known, or they are in several currencies.
    """
    costs = [each.cost * each.quantity for each in lines if each.cost is not None]
    if len(costs) != len(lines) or len({each.currency for each in costs}) != 1:
        return None
    total = sum((each.amount for each in costs), Decimal())
    return money_view(Money(total, costs[0].currency))


def _warnings(offer: Offer, names: Names) -> Iterable[WarningView]:
    if apart := sorted({names.entry(each.item).name for each in offer.without_vendor}):
        yield WarningView(code="purchase.without_vendor", sentence=f"No default vendor: {', '.join(apart)}.")
    wanted = {line.item for group in offer.groups for line in group.lines}
    there = sorted(f"{names.entry(id).name} ({count})" for id, count in offer.on_order.items() if id in wanted)
    if there:
        number = offer.work_order.number
        sentence = f"Already on order for work order {number}: {', '.join(there)}."
        yield WarningView(code="purchase.on_order", sentence=sentence)
