"""
Customer equipment as it is answered.
"""

from datetime import date, datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.views import NamedView, Names
from fieldops_core.work_orders.model import OFFERED, CustomerEquipment, EquipmentStatus, WorkAction


@frozen(kw_only=True)
class EquipmentView:
    """
    A piece of equipment at a customer. *offers* is what a work order may have done with it now; *replaces* the piece
    that it took the place of.
    """

    id: UUID
    customer: UUID
    item: NamedView
    serial: str
    place: str
    wire_type: NamedView | None
    status: EquipmentStatus
    active: bool
    offers: tuple[WorkAction, ...]
    installed_on: date | None
    installed_by: NamedView | None
    replaces: UUID | None
    created_by: NamedView | None
    created_at: datetime
    changed_by: NamedView | None
    changed_at: datetime
    version: int


@frozen(kw_only=True)
class EquipmentListView:
    """
    One page of a record's equipment, newest first; *count* is how many such pieces there are, where asked for.
    """

    items: tuple[EquipmentView, ...]
    next: str | None
    count: int | None = None


def equipment_view(piece: CustomerEquipment, names: Names) -> EquipmentView:
    return EquipmentView(
        id=piece.id,
        customer=piece.customer,
        item=names.entry(piece.item),
        serial=piece.serial,
        place=piece.place,
        wire_type=None if piece.wire_type is None else names.entry(piece.wire_type),
        status=piece.status,
        active=piece.active,
        offers=tuple(each for each in WorkAction if piece.active and each in OFFERED[piece.status]),
        installed_on=piece.installed_on,
        installed_by=names.user(piece.installed_by),
        replaces=piece.replaces,
        created_by=names.user(piece.created_by),
        created_at=piece.created_at,
        changed_by=names.user(piece.changed_by),
        changed_at=piece.changed_at,
        version=piece.version,
    )
