"""
What changes of customer equipment come to.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.company.model import CatalogEntry
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import replaced, told
from fieldops_core.kernel.rules import require
from fieldops_core.work_orders.messages import (
    ChangeEquipment,
    CreateEquipment,
    EquipmentChanged,
    EquipmentCreated,
    EquipmentInstalled,
    EquipmentRemoved,
    EquipmentReplaced,
)
from fieldops_core.work_orders.model import CustomerEquipment, EquipmentId, EquipmentStatus
from fieldops_core.work_orders.rules import PIECE, Piece


@frozen(kw_only=True)
class Chosen:
    """
    What is newly chosen for a piece from catalogs.
    """

    item: CatalogEntry | None = None
    wire_type: CatalogEntry | None = None


@frozen(kw_only=True)
class Stamp:
    """
    Who changes something (*by*), and when; *today* is the local date of the customer's location.
    """

    by: UserId | None
    now: datetime
    today: date


def create_equipment(
    command: CreateEquipment, chosen: Chosen, stamp: Stamp, *, new_id: Callable[[], UUID]
) -> Outcome[CustomerEquipment]:
    """
    Raises:
        Refused: with every rule that stands against it.
    """
    piece = CustomerEquipment(
        id=EquipmentId(new_id()),
        customer=command.customer,
        item=command.item,
        serial=command.serial,
        place=command.place,
        wire_type=command.wire_type,
        status=command.status,
        installed_on=command.installed_on,
        installed_by=command.installed_by,
        created_by=stamp.by,
        created_at=stamp.now,
        changed_by=stamp.by,
        changed_at=stamp.now,
    )
    require(PIECE, Piece(after=piece, item=chosen.item, wire_type=chosen.wire_type))
    return Outcome(state=piece, events=(EquipmentCreated.of(None, piece, at=stamp.now),))


def change_equipment(
    command: ChangeEquipment, piece: CustomerEquipment, chosen: Chosen, stamp: Stamp
) -> Outcome[CustomerEquipment]:
    """
    Raises:
        Refused: with every rule that stands against it.
    """
    changes = told(command, apart_from=frozenset({"equipment"}))
    after = _dated(replaced(piece, changes), piece, changes.keys(), stamp)
    if after == piece:
        return Outcome(before=piece, state=piece)
    require(PIECE, Piece(before=piece, after=after, item=chosen.item, wire_type=chosen.wire_type))
    return _changed(piece, after, stamp, EquipmentChanged)


def install(piece: CustomerEquipment, serial: str, by: UserId, stamp: Stamp) -> Outcome[CustomerEquipment]:
    """
    In place from now on; a *serial* number, where one is told, is that of what was installed (EQP-05).
    """
    after = evolve(
        piece,
        serial=serial or piece.serial,
        status=EquipmentStatus.INSTALLED,
        installed_on=stamp.today,
        installed_by=by,
    )
    return _changed(piece, after, stamp, EquipmentInstalled)


def replace(
    piece: CustomerEquipment, serial: str, by: UserId, stamp: Stamp, *, new_id: Callable[[], UUID]
) -> tuple[Outcome[CustomerEquipment], Outcome[CustomerEquipment]]:
    """
    The old unit, inactive, and the one that stands in its place (EQP-06).
    """
    gone = evolve(piece, status=EquipmentStatus.INSTALLED, active=False)
    there = evolve(
        piece,
        id=EquipmentId(new_id()),
        serial=serial,
        status=EquipmentStatus.INSTALLED,
        installed_on=stamp.today,
        installed_by=by,
        replaces=piece.id,
        created_by=stamp.by,
        created_at=stamp.now,
        changed_by=stamp.by,
        changed_at=stamp.now,
        version=1,
    )
    made = Outcome(state=there, events=(EquipmentInstalled.of(None, there, at=stamp.now),))
    return _changed(piece, gone, stamp, EquipmentReplaced), made


def remove(piece: CustomerEquipment, stamp: Stamp) -> Outcome[CustomerEquipment]:
    """
    It stays on record, inactive (EQP-05).
    """
    return _changed(piece, evolve(piece, active=False), stamp, EquipmentRemoved)


def _dated(
    after: CustomerEquipment, before: CustomerEquipment, given: Collection[str], stamp: Stamp
) -> CustomerEquipment:
    """
    With what a change of status brings, unless it is told.
    """
    if after.status is before.status:
        return after
    if after.status is EquipmentStatus.NOT_INSTALLED:
        fresh = {name: None for name in ("installed_on", "installed_by") if name not in given}
        return replaced(after, fresh)
    first = before.status is EquipmentStatus.NOT_INSTALLED and "installed_on" not in given
    return evolve(after, installed_on=stamp.today) if first else after


def _changed(
    before: CustomerEquipment, after: CustomerEquipment, stamp: Stamp, event: type[Event]
) -> Outcome[CustomerEquipment]:
    changed = evolve(after, changed_by=stamp.by, changed_at=stamp.now, version=before.version + 1)
    return Outcome(before=before, state=changed, events=(event.of(before, changed, at=stamp.now),))
