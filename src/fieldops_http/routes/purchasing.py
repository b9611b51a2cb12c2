"""
Purchase orders.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody

from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.messages import ListPurchaseOrders, ShowPurchaseOrder
from fieldops_core.work_orders.model import PurchaseOrderId, PurchaseStatus
from fieldops_core.work_orders.views import (
    GeneratedView,
    PurchaseOrdersView,
    PurchaseOrderView,
    PurchasePreview,
)
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import AfterNumber, Limit, Number
from fieldops_http.wire.purchasing import (
    GeneratePurchaseOrdersBody,
    PreviewPurchaseOrdersBody,
    TurnPurchaseOrderBody,
)

TAG = "purchase orders"


@operation(
    "POST",
    "/work_orders/{id:uuid}/purchase_orders/preview",
    summary="Preview purchase orders",
    tag=TAG,
    rules="PUR-01 PUR-02 ACC-11",
)
def preview_purchase_orders(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[PreviewPurchaseOrdersBody]
) -> Response[PurchasePreview]:
    """
    What is marked `install`, by default vendor, with costs and the recipient's stock; what has none is listed apart.
    """
    return caller.ask(data.question(id), PurchasePreview)


@operation(
    "POST",
    "/work_orders/{id:uuid}/purchase_orders",
    summary="Generate purchase orders",
    tag=TAG,
    rules="PUR-01 PUR-02 PUR-03 ACC-11",
)
def generate_purchase_orders(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[GeneratePurchaseOrdersBody]
) -> Response[GeneratedView]:
    """
    A draft for each vendor that is chosen. What is on order for this work order already is refused, unless `again`
    says that it is meant.
    """
    return caller.execute(data.command(id), GeneratedView)


@operation("GET", "/purchase_orders", summary="List purchase orders", tag=TAG, rules="PUR-03 ACC-11 ACC-18 API-04")
def list_purchase_orders(
    caller: TheCaller,
    work_order: FromQuery[WorkOrderId | None] = None,
    recipient: FromQuery[UserId | None] = None,
    status: FromQuery[PurchaseStatus | None] = None,
    number: Number = None,
    after: AfterNumber = None,
    limit: Limit = 50,
) -> Response[PurchaseOrdersView]:
    """
    Newest first, those that the reader may view.
    """
    question = ListPurchaseOrders(
        work_order=work_order, recipient=recipient, status=status, number=number, after=after, limit=limit
    )
    return caller.ask(question, PurchaseOrdersView)


@operation("GET", "/purchase_orders/{id:uuid}", summary="Show a purchase order", tag=TAG, rules="PUR-03 ACC-11")
def show_purchase_order(caller: TheCaller, id: FromPath[PurchaseOrderId]) -> Response[PurchaseOrderView]:
    """
    One purchase order.
    """
    return caller.ask(ShowPurchaseOrder(purchase_order=id), PurchaseOrderView)


@operation(
    "POST",
    "/purchase_orders/{id:uuid}/status",
    summary="Order, receive or cancel",
    tag=TAG,
    rules="PUR-03 ACC-11",
    versioned=True,
)
def turn_purchase_order(
    caller: TheCaller, id: FromPath[PurchaseOrderId], data: JSONBody[TurnPurchaseOrderBody]
) -> Response[PurchaseOrderView]:
    """
    The whole of it. What is `received` is added to the recipient's stock, once.
    """
    return caller.execute(data.command(id), PurchaseOrderView, version=data.version)


OPERATIONS = (
    preview_purchase_orders,
    generate_purchase_orders,
    list_purchase_orders,
    show_purchase_order,
    turn_purchase_order,
)
