"""
The equipment of the example company's bakery, and the work of its panel job.
"""

from datetime import date

from fieldops_core.app.ports import Unit
from fieldops_core.company.model import Attributes, Catalog, CatalogEntry, EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.money import Money
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.testing.builders import a_piece, a_purchase_order, some_stock, some_work
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.model import (
    EquipmentId,
    EquipmentStatus,
    PurchaseLine,
    PurchaseOrderId,
    PurchaseStatus,
    WorkAction,
    WorkItem,
)
from fieldops_http import examples

BAKERY, TINA, DAN = CustomerId(examples.BAKERY), UserId(examples.TINA), UserId(examples.DAN)
PANEL, SIREN = EntryId(examples.PANEL), EntryId(examples.SIREN)
NEW_PANEL, OLD_SIREN = EquipmentId(examples.NEW_PANEL), EquipmentId(examples.OLD_SIREN)


def keep_equipment(unit: Unit) -> None:
    vendor = EntryId(examples.VENDOR)
    bought = Attributes(vendor=vendor, cost=Money.of("84.50"), charge=Money.of("129.00"))
    for entry in (
        CatalogEntry(id=vendor, catalog=Catalog.VENDORS, name="Wasatch Supply"),
        CatalogEntry(id=PANEL, catalog=Catalog.EQUIPMENT, name="Alarm panel", attributes=bought),
        CatalogEntry(id=SIREN, catalog=Catalog.EQUIPMENT, name="Siren"),
        CatalogEntry(id=EntryId(examples.FOUR_CORE), catalog=Catalog.WIRE_TYPES, name="Four core"),
    ):
        unit.catalog_entries.add(entry)
    unit.equipment.add(
        a_piece(
            id=NEW_PANEL, customer=BAKERY, item=PANEL, serial="", place="Back office", created_by=DAN, changed_by=DAN
        )
    )
    unit.equipment.add(
        a_piece(
            id=OLD_SIREN,
            customer=BAKERY,
            item=SIREN,
            serial="SR-1187",
            status=EquipmentStatus.INSTALLED,
            installed_on=date(2024, 3, 11),
            installed_by=TINA,
            created_by=DAN,
            changed_by=DAN,
        )
    )
    items = (
        WorkItem(equipment=NEW_PANEL, action=WorkAction.INSTALL),
        WorkItem(equipment=OLD_SIREN, action=WorkAction.SERVICE),
    )
    unit.work_to_perform.add(some_work(id=WorkOrderId(examples.PANEL_JOB), customer=BAKERY, items=items))
    line = PurchaseLine(item=PANEL, quantity=1, cost=Money.of("84.50"))
    unit.purchase_orders.add(
        a_purchase_order(
            id=PurchaseOrderId(examples.PANEL_ORDER),
            number=1,
            vendor=vendor,
            recipient=TINA,
            work_order=WorkOrderId(examples.PANEL_JOB),
            work_order_number=1,
            location=LocationId(examples.PROVO),
            lines=(line,),
            status=PurchaseStatus.ORDERED,
            ordered_at=NOW,
        )
    )
    unit.stock.add(some_stock(technician=TINA, item=PANEL, quantity=2))
