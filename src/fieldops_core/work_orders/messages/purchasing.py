"""
Commands, questions and events of purchase orders.
"""

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import PurchaseOrderId, PurchaseStatus


@frozen(kw_only=True)
class PreviewPurchaseOrders:
    """
    What could be ordered for a work order, by vendor, for a *recipient*.
    """

    work_order: WorkOrderId
    recipient: UserId


@frozen(kw_only=True)
class GeneratePurchaseOrders:
    """
    A purchase order for each of some *vendors*; the other groups are skipped. *again*: also of what is on order for
    this work order already (PUR-02).
    """

    work_order: WorkOrderId
    recipient: UserId
    vendors: tuple[EntryId, ...]
    again: bool = False


@frozen(kw_only=True)
class TurnPurchaseOrder:
    """
    Another status. RECEIVED adds what was ordered to the recipient's stock.
    """

    purchase_order: PurchaseOrderId
    status: PurchaseStatus


@frozen(kw_only=True)
class ShowPurchaseOrder:
    purchase_order: PurchaseOrderId


@frozen(kw_only=True)
class ListPurchaseOrders:
    """
    Newest first. *after* is the number of the last one of the page before.
    """

    work_order: WorkOrderId | None = None
    recipient: UserId | None = None
    status: PurchaseStatus | None = None
    number: int | None = None
    after: int | None = None
    limit: int = 50


class PurchaseOrderCreated(Event):
    pass


class PurchaseOrderSent(Event):
    """
    It was ordered.
    """


class PurchaseOrderReceived(Event):
    pass


class PurchaseOrderCancelled(Event):
    pass
