"""
Purchase orders.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.mapping.values import purchase_lines_of, purchase_lines_text
from fieldops_adapters.sql.tables import purchase_orders
from fieldops_core.work_orders.model import PurchaseOrder, PurchaseStatus


def purchase_row(order: PurchaseOrder) -> Values:
    return {
        "id": order.id,
        "number": order.number,
        "vendor_id": order.vendor,
        "recipient_id": order.recipient,
        "work_order_id": order.work_order,
        "work_order_number": order.work_order_number,
        "location_id": order.location,
        "lines": purchase_lines_text(order.lines),
        "status": order.status.value,
        "ordered_at": order.ordered_at,
        "received_at": order.received_at,
        "created_by": order.created_by,
        "created_at": order.created_at,
        "changed_by": order.changed_by,
        "changed_at": order.changed_at,
        "version": order.version,
    }


def purchase_state(row: Row) -> PurchaseOrder:
    id, number, vendor, recipient, work_order, work_order_number, location, lines, status, *kept = row
    ordered_at, received_at, created_by, created_at, changed_by, changed_at, version = kept
    return PurchaseOrder(
        id=id,
        number=number,
        vendor=vendor,
        recipient=recipient,
        work_order=work_order,
        work_order_number=work_order_number,
        location=location,
        lines=purchase_lines_of(lines),
        status=PurchaseStatus(status),
        ordered_at=ordered_at,
        received_at=received_at,
        created_by=created_by,
        created_at=created_at,
        changed_by=changed_by,
        changed_at=changed_at,
        version=version,
    )


PURCHASE_ORDERS = Form(
    kind="purchase_order",
    table=purchase_orders,
    columns=tuple(column for column in purchase_orders.c if column.name != "company_id"),
    row=purchase_row,
    state=purchase_state,
)
