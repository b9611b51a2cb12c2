"""
Customer equipment: created, changed, shown, listed.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.access.rules import BelongingAccess, RecordAccess, may_use_belonging, may_use_record
from fieldops_core.company.model import Catalog, CatalogEntry, EntryId
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.customers.rules import writable
from fieldops_core.customers.views import Names
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit
from fieldops_core.kernel.time import local_date
from fieldops_core.kernel.unset import UNSET, Keep, Unset
from fieldops_core.work_orders import decisions
from fieldops_core.work_orders.decisions import Chosen, Stamp
from fieldops_core.work_orders.messages import ChangeEquipment, CreateEquipment, ListEquipment, ShowEquipment
from fieldops_core.work_orders.model import CustomerEquipment
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.views import EquipmentListView, EquipmentView, equipment_view


def create_equipment(command: CreateEquipment, call: Call[Unit]) -> EquipmentView:
    customer = _owner(command.customer, Action.CREATE, call)
    chosen = _chosen(command.item, UNSET if command.wire_type is None else command.wire_type, call)
    _known(command.installed_by, call)
    outcome = decisions.create_equipment(command, chosen, stamp(customer, call), new_id=call.new_id)
    return _views((call.keep(call.unit.equipment, outcome),), call)[0]


def change_equipment(command: ChangeEquipment, call: Call[Unit]) -> EquipmentView:
    customer = _owner(call.unit.equipment.get(command.equipment).customer, Action.MODIFY, call)
    piece = call.unit.equipment.get(command.equipment, lock=Lock.EXCLUSIVE)
    call.expect(piece)
    wire_type = UNSET if command.wire_type in (None, piece.wire_type) else command.wire_type
    _known(command.installed_by, call)
    outcome = decisions.change_equipment(command, piece, _chosen(UNSET, wire_type, call), stamp(customer, call))
    return _views((call.keep(call.unit.equipment, outcome),), call)[0]


def show_equipment(question: ShowEquipment, call: Call[Unit]) -> EquipmentView:
    piece = call.unit.equipment.get(question.equipment)
    _owner(piece.customer, Action.VIEW, call)
    return _views((piece,), call)[0]


def list_equipment(question: ListEquipment, call: Call[Unit]) -> EquipmentListView:
    _owner(question.customer, Action.VIEW, call)
    there, active = call.unit.equipment, question.active
    found = there.of(question.customer, open=active, after=question.after, limit=one_more(question.limit))
    page, last = paged(found, question.limit)
    return EquipmentListView(
        items=_views(page, call),
        next=None if last is None else str(last.id),
        count=there.count(question.customer, open=active) if question.count else None,
    )


def stamp(customer: Customer, call: Call[Unit]) -> Stamp:
    """
    Now, as the customer's location tells it.
    """
    zone = call.unit.companies.setup().location(customer.location).zone
    today: date = local_date(call.now, zone)
    return Stamp(by=call.actor.user, now=call.now, today=today)


def called(
    pieces: Sequence[CustomerEquipment],
    users: Iterable[UserId | None],
    call: Call[Unit],
    *,
    also: Iterable[EntryId] = (),
) -> Names:
    """
    What pieces of equipment, some users and some further entries are called: a query each.
    """
    entries = {*also, *(id for each in pieces for id in (each.item, each.wire_type) if id is not None)}
    people = {id for id in users if id is not None}
    found = call.unit.people.find(ids=people, active=None) if people else ()
    named = call.unit.catalog_entries.named(entries) if entries else ()
    return Names(users={each.id: each.name for each in found}, entries={each.id: each.name for each in named})


def _owner(id: CustomerId, action: Action, call: Call[Unit]) -> Customer:
    """
    The record that a piece belongs to, locked where it is written. Who may not view the record, or its equipment, does
    not get it by changing it (ACC-12, ACC-16).
    """
    reads, actor = action is Action.VIEW, call.actor
    customer = call.unit.customers.get(id, lock=Lock.NONE if reads else Lock.SHARED)
    record = RecordAccess(actor=actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
    permit((may_use_record,), record)
    for each in (Action.VIEW, action) if action is Action.MODIFY else (action,):
        case = BelongingAccess(actor=actor, permission=Permission.EQUIPMENT, action=each, at=customer.location)
        permit((may_use_belonging,), case)
    return customer if reads else writable(customer, actor)


def _chosen(item: EntryId | Keep, wire_type: EntryId | None | Keep, call: Call[Unit]) -> Chosen:
    return Chosen(
        item=_entry(item, Catalog.EQUIPMENT, "equipment", call),
        wire_type=_entry(wire_type, Catalog.WIRE_TYPES, "wire_type", call),
    )


def _entry(id: EntryId | None | Keep, catalog: Catalog, kind: str, call: Call[Unit]) -> CatalogEntry | None:
    if id is None or isinstance(id, Unset):
        return None
    entry = call.unit.catalog_entries.get(id)
    if entry.catalog is not catalog:
        raise NotFound(kind, id)
    return entry


def _known(user: UserId | None | Keep, call: Call[Unit]) -> None:
    """
    Raises:
        NotFound: where the company has no such user.
    """
    if user is not None and not isinstance(user, Unset):
        call.unit.users.get(user)


def _views(pieces: tuple[CustomerEquipment, ...], call: Call[Unit]) -> tuple[EquipmentView, ...]:
    users = (id for each in pieces for id in (each.installed_by, each.created_by, each.changed_by))
    names = called(pieces, users, call)
    return tuple(equipment_view(each, names) for each in pieces)
