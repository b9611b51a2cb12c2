"""
Work orders, equipment, and what is bought for them.
"""

from typing import Unpack

from attrs import evolve

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.testing import fields
from fieldops_core.testing.builders.defaults import fresh, numbers
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    EquipmentId,
    PurchaseLine,
    PurchaseOrder,
    PurchaseOrderId,
    Stock,
    StockId,
    WorkOrder,
    WorkToPerform,
)


def a_work_order(**given: Unpack[fields.WorkOrderFields]) -> WorkOrder:
    work_order = WorkOrder(
        id=WorkOrderId(fresh()),
        number=next(numbers),
        customer=CustomerId(fresh()),
        subject="Replace the panel",
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(work_order, **given)


def a_piece(**given: Unpack[fields.EquipmentFields]) -> CustomerEquipment:
    """
    A piece of equipment that is to be installed.
    """
    piece = CustomerEquipment(
        id=EquipmentId(fresh()),
        customer=CustomerId(fresh()),
        item=EntryId(fresh()),
        serial="SN-1",
        place="Hall",
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(piece, **given)


def some_work(**given: Unpack[fields.WorkToPerformFields]) -> WorkToPerform:
    """
    Of a work order that has nothing done.
    """
    return evolve(WorkToPerform(id=WorkOrderId(fresh()), customer=CustomerId(fresh())), **given)


def a_purchase_order(**given: Unpack[fields.PurchaseOrderFields]) -> PurchaseOrder:
    """
    A draft of two of an item.
    """
    order = PurchaseOrder(
        id=PurchaseOrderId(fresh()),
        number=next(numbers),
        vendor=EntryId(fresh()),
        recipient=UserId(fresh()),
        work_order=WorkOrderId(fresh()),
        work_order_number=1,
        location=LocationId(fresh()),
        lines=(PurchaseLine(item=EntryId(fresh()), quantity=2),),
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(order, **given)


def some_stock(**given: Unpack[fields.StockFields]) -> Stock:
    """
    Three of an item.
    """
    stock = Stock(id=StockId(fresh()), technician=UserId(fresh()), item=EntryId(fresh()), quantity=3)
    return evolve(stock, **given)
