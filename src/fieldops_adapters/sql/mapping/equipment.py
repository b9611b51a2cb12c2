"""
Customer equipment, work to perform, and stock.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.mapping.values import work_items_of, work_items_text
from fieldops_adapters.sql.tables import equipment, stock, work_to_perform
from fieldops_core.work_orders.model import CustomerEquipment, EquipmentStatus, Stock, WorkToPerform


def equipment_row(piece: CustomerEquipment) -> Values:
    return {
        "id": piece.id,
        "customer_id": piece.customer,
        "item_id": piece.item,
        "serial": piece.serial,
        "place": piece.place,
        "wire_type_id": piece.wire_type,
        "status": piece.status.value,
        "active": piece.active,
        "installed_on": piece.installed_on,
        "installed_by": piece.installed_by,
        "replaces_id": piece.replaces,
        "created_by": piece.created_by,
        "created_at": piece.created_at,
        "changed_by": piece.changed_by,
        "changed_at": piece.changed_at,
        "version": piece.version,
    }


def equipment_state(row: Row) -> CustomerEquipment:
    id, customer, item, serial, place, wire_type, status, active, installed_on, installed_by, replaces, *kept = row
    created_by, created_at, changed_by, changed_at, version = kept
    return CustomerEquipment(
        id=id,
        customer=customer,
        item=item,
        serial=serial,
        place=place,
        wire_type=wire_type,
        status=EquipmentStatus(status),
        active=active,
        installed_on=installed_on,
        installed_by=installed_by,
        replaces=replaces,
        created_by=created_by,
        created_at=created_at,
        changed_by=changed_by,
        changed_at=changed_at,
        version=version,
    )


EQUIPMENT = Form(
    kind="customer_equipment",
    table=equipment,
    columns=tuple(column for column in equipment.c if column.name != "company_id"),
    row=equipment_row,
    state=equipment_state,
)


def work_row(work: WorkToPerform) -> Values:
    return {
        "id": work.id,
        "customer_id": work.customer,
        "items": work_items_text(work.items),
        "version": work.version,
    }


def work_state(row: Row) -> WorkToPerform:
    id, customer, items, version = row
    return WorkToPerform(id=id, customer=customer, items=work_items_of(items), version=version)


WORK_TO_PERFORM = Form(
    kind="work_to_perform",
    table=work_to_perform,
    columns=tuple(column for column in work_to_perform.c if column.name != "company_id"),
    row=work_row,
    state=work_state,
)


def stock_row(there: Stock) -> Values:
    return {
        "id": there.id,
        "technician_id": there.technician,
        "item_id": there.item,
        "quantity": there.quantity,
        "version": there.version,
    }


def stock_state(row: Row) -> Stock:
    id, technician, item, quantity, version = row
    return Stock(id=id, technician=technician, item=item, quantity=quantity, version=version)


STOCK = Form(
    kind="stock",
    table=stock,
    columns=tuple(column for column in stock.c if column.name != "company_id"),
    row=stock_row,
    state=stock_state,
)
