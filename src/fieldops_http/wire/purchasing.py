"""
Requests about purchase orders.
"""

from typing import Annotated

from msgspec import Meta

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.messages import GeneratePurchaseOrders, PreviewPurchaseOrders, TurnPurchaseOrder
from fieldops_core.work_orders.model import PurchaseOrderId, PurchaseStatus
from fieldops_http.wire.values import Body, Change


class PreviewPurchaseOrdersBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The technician who is to receive what is ordered.
    """

    recipient: UserId

    def question(self, work_order: WorkOrderId) -> PreviewPurchaseOrders:
        return PreviewPurchaseOrders(work_order=work_order, recipient=self.recipient)


class GeneratePurchaseOrdersBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The vendors whose groups are saved; the others are skipped. *again*: also of what is on order for this work order
    already.
    """

    recipient: UserId
    vendors: Annotated[tuple[EntryId, ...], Meta(max_length=1_000)]
    again: bool = False

    def command(self, work_order: WorkOrderId) -> GeneratePurchaseOrders:
        return GeneratePurchaseOrders(
            work_order=work_order, recipient=self.recipient, vendors=self.vendors, again=self.again
        )


class TurnPurchaseOrderBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The status that it is to have: a `draft` becomes `ordered`, what is ordered `received`, either `cancelled`.
    """

    status: PurchaseStatus

    def command(self, purchase_order: PurchaseOrderId) -> TurnPurchaseOrder:
        return TurnPurchaseOrder(purchase_order=purchase_order, status=self.status)
