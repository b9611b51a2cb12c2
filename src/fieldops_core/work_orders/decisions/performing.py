"""
What choosing work, and ticking it off, come to.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import refuse, violations
from fieldops_core.work_orders.decisions.equipment import Stamp, install, remove, replace
from fieldops_core.work_orders.messages import (
    SetWorkToPerform,
    TickWork,
    WorkOrderChanged,
    WorkTicked,
    WorkToPerformDropped,
    WorkToPerformSet,
)
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    EquipmentStatus,
    ItemState,
    Row,
    WorkAction,
    WorkItem,
    WorkOrder,
    WorkToPerform,
)
from fieldops_core.work_orders.rules import EDITING, TABLE, TICK, Edit, Table, Tick

LOCKED_TOGETHER = frozenset({"work_to_perform"})


@frozen(kw_only=True)
class NewWork:
    """
    The work of an order as it is from now on, and the order with its new version; None where nothing changed.
    """

    work: Outcome[WorkToPerform] | None
    order: Outcome[WorkOrder] | None


@frozen(kw_only=True)
class Ticked:
    """
    A checklist in which something was told, and what became of the equipment, if anything; *taken* is the piece whose
    item the installer has one less of.
    """

    work: Outcome[WorkToPerform]
    pieces: tuple[Outcome[CustomerEquipment], ...] = ()
    taken: CustomerEquipment | None = None


def set_work(
    _: SetWorkToPerform, table: Table, before: WorkToPerform | None, order: WorkOrder, stamp: Stamp
) -> NewWork:
    """
    Raises:
        Refused: where the work is locked (WOR-04), or the table breaks a rule.
    """
    known = before or WorkToPerform(id=order.id, customer=order.customer)
    work = evolve(known, items=_items(table.rows, known))
    same = work.items == known.items
    edit = Edit(work_order=order, fields=frozenset() if same else LOCKED_TOGETHER)
    refuse(violations(EDITING, edit) + violations(TABLE, table))
    if same:
        return NewWork(work=None, order=None)
    if before is not None:
        work = evolve(work, version=before.version + 1)
    changed = evolve(order, changed_by=stamp.by, changed_at=stamp.now, version=order.version + 1)
    return NewWork(
        work=Outcome(before=before, state=work, events=(WorkToPerformSet.of(before, work, at=stamp.now),)),
        order=Outcome(before=order, state=changed, events=(WorkOrderChanged.of(order, changed, at=stamp.now),)),
    )


def tick(
    command: TickWork,
    work: WorkToPerform,
    piece: CustomerEquipment,
    order: WorkOrder,
    installer: UserId,
    stamp: Stamp,
    *,
    new_id: Callable[[], UUID],
) -> Ticked:
    """
    What is told of an action. INSTALL that is done puts the piece in place, or another in its stead; REMOVE makes it
    inactive (EQP-05, EQP-06).

    Raises:
        Refused: where the work is locked (WOR-04), or with every rule that stands against it.
    """
    item = work.item(command.equipment, command.action)
    case = Tick(
        item=item,
        action=command.action,
        piece=piece,
        state=command.state,
        note=command.note,
        serial=command.serial,
    )
    refuse(violations(EDITING, Edit(work_order=order, fields=LOCKED_TOGETHER)) + violations(TICK, case))
    told = WorkItem(
        equipment=command.equipment,
        action=command.action,
        state=command.state,
        note=command.note,
        by=stamp.by,
        at=stamp.now,
    )
    items = tuple(told if each is item else each for each in work.items)
    after = evolve(work, items=items, version=work.version + 1)
    return Ticked(
        work=Outcome(before=work, state=after, events=(WorkTicked.of(work, after, at=stamp.now),)),
        pieces=_pieces(case, installer, stamp, new_id=new_id),
        taken=piece if case.installs else None,
    )


def drop_work(work: WorkToPerform, *, now: datetime) -> Outcome[WorkToPerform]:
    """
    Of a work order that is deleted.
    """
    event = WorkToPerformDropped.of(work, work, at=now)
    return Outcome(before=work, state=work, events=(event,), removed=True)


def _items(rows: Sequence[Row], known: WorkToPerform) -> tuple[WorkItem, ...]:
    """
    Those that were there keep what was told of them.
    """
    chosen = [(each.equipment, action) for each in rows for action in WorkAction if action in each.chosen]
    return tuple(
        known.item(*each) or WorkItem(equipment=each[0], action=each[1]) for each in sorted(chosen, key=_place)
    )


def _place(chosen: tuple[UUID, WorkAction]) -> tuple[UUID, int]:
    return chosen[0], list(WorkAction).index(chosen[1])


def _pieces(
    case: Tick, installer: UserId, stamp: Stamp, *, new_id: Callable[[], UUID]
) -> tuple[Outcome[CustomerEquipment], ...]:
    if case.state is not ItemState.DONE or not case.piece.active or case.action is WorkAction.SERVICE:
        return ()
    if case.action is WorkAction.REMOVE:
        return (remove(case.piece, stamp),)
    if case.piece.status is EquipmentStatus.REPLACING:
        return replace(case.piece, case.serial, installer, stamp, new_id=new_id)
    return (install(case.piece, case.serial, installer, stamp),)
