"""
What stands at customers whose jobs are under way, what is to be done with it, and what was ordered for it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import frozen

from fieldops_core.access.model import Actor
from fieldops_core.company.messages import AttributeFields, CreateCatalogEntry
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.company.views import CatalogEntryView
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.messages import (
    ChosenRow,
    CreateEquipment,
    GeneratePurchaseOrders,
    ListWorkOrders,
    PreviewPurchaseOrders,
    SetWorkToPerform,
    TurnPurchaseOrder,
)
from fieldops_core.work_orders.model import EquipmentId, EquipmentStatus, PurchaseOrderId, PurchaseStatus, WorkAction
from fieldops_core.work_orders.views import EquipmentView, GeneratedView, PurchasePreview, WorkOrderLine, WorkOrdersView
from fieldops_http.demo.teller import Teller

JOBS = 12
"""
So many open work orders have equipment: enough to look at, and soon made.
"""
BOUGHT = {
    "Beehive Supply": (("Gas furnace", "612.00", "1180.00"), ("Thermostat", "38.50", "95.00")),
    "Great Basin Parts": (("Condenser unit", "894.00", "1640.00"),),
}
"""
By vendor: items, what they cost and what is charged for them.
"""
WITHOUT_VENDOR = "Duct run"
STEPS = {
    PurchaseStatus.RECEIVED: (PurchaseStatus.ORDERED, PurchaseStatus.RECEIVED),
    PurchaseStatus.ORDERED: (PurchaseStatus.ORDERED,),
    PurchaseStatus.DRAFT: (),
}
PURCHASES = tuple(STEPS)
"""
What became of the purchase orders of the first jobs.
"""


@frozen
class Shop:
    """
    The items of the catalog; the last one has no vendor.
    """

    items: tuple[EntryId, ...]


def equip(teller: Teller, owner: Actor, technicians: Sequence[UserId]) -> None:
    """
    Give the newest open jobs equipment, and order what the first of them need.
    """
    shop = _open_shop(teller, owner)
    found = teller.ask(ListWorkOrders(open=True, limit=JOBS), WorkOrdersView, owner)
    for at, order in enumerate(found.items):
        _work(order, at, shop, teller, owner)
        if at < len(PURCHASES) and technicians:
            _buy(order, PURCHASES[at], teller, owner, technicians[at % len(technicians)])


def _open_shop(teller: Teller, owner: Actor) -> Shop:
    def made(catalog: Catalog, name: str, attributes: AttributeFields) -> EntryId:
        command = CreateCatalogEntry(catalog=catalog, name=name, attributes=attributes)
        return EntryId(teller.do(command, CatalogEntryView, owner).id)

    vendors = {name: made(Catalog.VENDORS, name, AttributeFields()) for name in BOUGHT}
    bought = [
        made(
            Catalog.EQUIPMENT,
            name,
            AttributeFields(vendor=vendors[vendor], cost=Decimal(cost), charge=Decimal(charge)),
        )
        for vendor, items in BOUGHT.items()
        for name, cost, charge in items
    ]
    made(Catalog.WIRE_TYPES, "Thermostat wire, five cores", AttributeFields())
    apart = made(Catalog.EQUIPMENT, WITHOUT_VENDOR, AttributeFields())
    return Shop(items=(*bought, apart))


def _work(order: WorkOrderLine, at: int, shop: Shop, teller: Teller, owner: Actor) -> None:
    """
    A piece that is to be installed, and an old one that is serviced or removed.
    """
    rows = tuple(
        ChosenRow(equipment=id, actions=frozenset({action})) for id, action in _pieces(order, at, shop, teller, owner)
    )
    command = SetWorkToPerform(work_order=WorkOrderId(order.id), rows=rows)
    teller.do(command, object, owner, version=order.version)


def _pieces(
    order: WorkOrderLine, at: int, shop: Shop, teller: Teller, owner: Actor
) -> Iterator[tuple[EquipmentId, WorkAction]]:
    new, old = shop.items[at % len(shop.items)], shop.items[(at + 1) % len(shop.items)]
    old_work = WorkAction.SERVICE if at % 2 else WorkAction.REMOVE
    for item, status, serial, action in (
        (new, EquipmentStatus.NOT_INSTALLED, "", WorkAction.INSTALL),
        (old, EquipmentStatus.INSTALLED, f"WB-{1_000 + at}", old_work),
    ):
        command = CreateEquipment(
            customer=CustomerId(order.customer.id), item=item, serial=serial, place="Basement", status=status
        )
        yield EquipmentId(teller.do(command, EquipmentView, owner).id), action


def _buy(order: WorkOrderLine, until: PurchaseStatus, teller: Teller, owner: Actor, recipient: UserId) -> None:
    """
    All that there is to buy for a job.
    """
    job = WorkOrderId(order.id)
    preview = teller.ask(PreviewPurchaseOrders(work_order=job, recipient=recipient), PurchasePreview, owner)
    vendors = tuple(EntryId(each.vendor.id) for each in preview.groups)
    command = GeneratePurchaseOrders(work_order=job, recipient=recipient, vendors=vendors)
    for made in teller.do(command, GeneratedView, owner).items:
        for version, status in enumerate(STEPS[until], start=1):
            turn = TurnPurchaseOrder(purchase_order=PurchaseOrderId(made.id), status=status)
            teller.do(turn, object, owner, version=version)
