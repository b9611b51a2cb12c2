"""
Rules of customer equipment.
"""

from attrs import frozen

from fieldops_core.company.model import CatalogEntry
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.work_orders.model import BY_HAND, CustomerEquipment, EquipmentStatus


@frozen(kw_only=True)
class Piece:
    """
    A piece of equipment as somebody would save it, and *before*, unless it is new; what is newly chosen for it.
    """

    after: CustomerEquipment
    before: CustomerEquipment | None = None
    item: CatalogEntry | None = None
    wire_type: CatalogEntry | None = None


@rule("ACC-20", "equipment.item_inactive", "{name} is no longer offered.", field="item")
def item_is_offered(case: Piece) -> Facts | None:
    """
    New choices are of active entries; what is saved keeps one that was made inactive later.
    """
    return {"name": case.item.name} if case.item and not case.item.active else None


@rule("ACC-20", "equipment.wire_type_inactive", "The wire type {name} is no longer offered.", field="wire_type")
def wire_type_is_offered(case: Piece) -> Facts | None:
    """
    As the item.
    """
    return {"name": case.wire_type.name} if case.wire_type and not case.wire_type.active else None


@rule("EQP-06", "equipment.illegal_status", "Equipment that is {before} is not made {after} by hand.", field="status")
def status_may_follow_by_hand(case: Piece) -> Facts | None:
    """
    REPLACING is set on an INSTALLED unit, and taken back to that.
    """
    before, after = case.before.status if case.before else None, case.after.status
    if before is after or after in BY_HAND[before]:
        return None
    return {"before": before.value if before else "new", "after": after.value}


@rule("EQP-05", "equipment.not_installed", "What is not installed has no date and no technician.")
def what_is_not_installed_has_no_date(case: Piece) -> Facts | None:
    """
    Date and technician tell of a unit in place.
    """
    told = case.after.installed_on is not None or case.after.installed_by is not None
    return {} if told and case.after.status is EquipmentStatus.NOT_INSTALLED else None


@rule("EQP-01", "equipment.inactive", "This piece is no longer active. Make it active again to change it.")
def changed_piece_is_active(case: Piece) -> Facts | None:
    """
    What is gone stays as it was then.
    """
    return {} if case.before and not case.before.active and not case.after.active else None


PIECE = (
    item_is_offered,
    wire_type_is_offered,
    status_may_follow_by_hand,
    what_is_not_installed_has_no_date,
    changed_piece_is_active,
)
