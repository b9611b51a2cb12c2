"""
What ordering equipment comes to.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require
from fieldops_core.work_orders.messages import (
    PurchaseOrderCancelled,
    PurchaseOrderCreated,
    PurchaseOrderReceived,
    PurchaseOrderSent,
)
from fieldops_core.work_orders.model import Group, PurchaseOrder, PurchaseOrderId, PurchaseStatus
from fieldops_core.work_orders.rules import PURCHASE, PURCHASE_TURN, Purchase, PurchaseTurn

TOLD: dict[PurchaseStatus, type[Event]] = {
    PurchaseStatus.ORDERED: PurchaseOrderSent,
    PurchaseStatus.RECEIVED: PurchaseOrderReceived,
    PurchaseStatus.CANCELLED: PurchaseOrderCancelled,
}


def generate(
    case: Purchase,
    at: LocationId,
    by: UserId | None,
    *,
    next_number: Callable[[], int],
    new_id: Callable[[], UUID],
    now: datetime,
) -> list[Outcome[PurchaseOrder]]:
    """
    A draft for each vendor that was chosen.

    Raises:
        Refused: with every rule that stands against it.
    """
    require(PURCHASE, case)

    def draft(group: Group) -> Outcome[PurchaseOrder]:
        order = PurchaseOrder(
            id=PurchaseOrderId(new_id()),
            number=next_number(),
            vendor=group.vendor,
            recipient=case.recipient.id,
            work_order=case.work_order.id,
            work_order_number=case.work_order.number,
            location=at,
            lines=group.lines,
            created_by=by,
            created_at=now,
            changed_by=by,
            changed_at=now,
        )
        return Outcome(state=order, events=(PurchaseOrderCreated.of(None, order, at=now),))

    return [draft(each) for each in case.chosen]


def turn_purchase(
    order: PurchaseOrder, after: PurchaseStatus, by: UserId | None, *, now: datetime
) -> Outcome[PurchaseOrder]:
    """
    Raises:
        Refused: where that status cannot follow (PUR-03).
    """
    require(PURCHASE_TURN, PurchaseTurn(before=order.status, after=after))
    turned = evolve(
        order,
        status=after,
        ordered_at=now if after is PurchaseStatus.ORDERED else order.ordered_at,
        received_at=now if after is PurchaseStatus.RECEIVED else order.received_at,
        changed_by=by,
        changed_at=now,
        version=order.version + 1,
    )
    return Outcome(before=order, state=turned, events=(TOLD[after].of(order, turned, at=now),))
