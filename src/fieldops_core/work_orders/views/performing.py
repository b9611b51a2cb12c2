"""
Work to perform as it is answered.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.views import NamedView, Names
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    EquipmentId,
    EquipmentStatus,
    ItemState,
    Row,
    WorkAction,
    WorkItem,
    WorkOrder,
)


@frozen(kw_only=True)
class PieceRef:
    """
    A piece of equipment as work refers to it.
    """

    id: UUID
    item: NamedView
    serial: str
    place: str
    status: EquipmentStatus
    active: bool


@frozen(kw_only=True)
class WorkRowView:
    """
    A row of the table: *offers* are the boxes that can be set, *actions* those that are on, *done* those that are done
    and stay on.
    """

    equipment: PieceRef
    offers: tuple[WorkAction, ...]
    actions: tuple[WorkAction, ...]
    done: tuple[WorkAction, ...]


@frozen(kw_only=True)
class WorkHeaderView:
    """
    The box above an action's column: whether it shows *on*, and for how many rows it can be set.
    """

    action: WorkAction
    on: bool
    eligible: int


@frozen(kw_only=True)
class WorkCountView:
    """
    How many pieces have an action.
    """

    action: WorkAction
    count: int


@frozen(kw_only=True)
class WorkTableView:
    """
    The table in which the actions of a work order are chosen, with a summary such as "Install: 2, Service: 1". The
    version is the work order's.
    """

    work_order: UUID
    number: int
    rows: tuple[WorkRowView, ...]
    headers: tuple[WorkHeaderView, ...]
    counts: tuple[WorkCountView, ...]
    summary: str
    version: int


@frozen(kw_only=True)
class ChecklistItemView:
    """
    An action of a checklist: how far it is, and who said so, and when.
    """

    equipment: PieceRef
    action: WorkAction
    state: ItemState
    note: str
    by: NamedView | None
    at: datetime | None


@frozen(kw_only=True)
class ChecklistView:
    """
    What the work order of an appointment has to be done; nothing where the appointment has none. *open* is how much of
    it is.
    """

    appointment: UUID
    work_order: UUID | None
    number: int | None
    items: tuple[ChecklistItemView, ...]
    open: int


@frozen(kw_only=True)
class OpenWork:
    """
    How much of a work order's checklist was open when it was checked out DONE.
    """

    work_order: UUID
    number: int
    open: int
    sentence: str


@frozen(kw_only=True)
class OpenWorkView:
    """
    A warning: what was checked out DONE although some of its checklist is open (EQP-07).
    """

    work_orders: tuple[OpenWork, ...] = ()


Boxes = Mapping[WorkAction, tuple[bool, int]]
"""
Of each header box whether it shows on, and how many rows are eligible.
"""
Counts = Sequence[tuple[WorkAction, int]]


def work_table_view(
    order: WorkOrder, rows: Sequence[Row], pieces: Mapping[EquipmentId, CustomerEquipment], names: Names, boxes: Boxes
) -> WorkTableView:
    counts = [(each, sum(each in row.chosen for row in rows)) for each in WorkAction]
    there = [(action, count) for action, count in counts if count]
    return WorkTableView(
        work_order=order.id,
        number=order.number,
        rows=tuple(_row_view(each, pieces[each.equipment], names) for each in rows),
        headers=tuple(WorkHeaderView(action=each, on=boxes[each][0], eligible=boxes[each][1]) for each in WorkAction),
        counts=work_counts_view(there),
        summary=summary(there),
        version=order.version,
    )


def work_counts_view(counts: Counts) -> tuple[WorkCountView, ...]:
    return tuple(WorkCountView(action=action, count=count) for action, count in counts)


def summary(counts: Counts) -> str:
    """
    "Install: 2, Service: 1".
    """
    return ", ".join(f"{action.value.capitalize()}: {count}" for action, count in counts)


def checklist_item_view(item: WorkItem, piece: CustomerEquipment, names: Names) -> ChecklistItemView:
    return ChecklistItemView(
        equipment=piece_ref(piece, names),
        action=item.action,
        state=item.state,
        note=item.note,
        by=names.user(item.by),
        at=item.at,
    )


def open_work_view(found: Iterable[tuple[WorkOrderId, int, int]]) -> OpenWorkView:
    """
    Of work orders, their numbers, and how much is open.
    """
    lines = (
        OpenWork(
            work_order=id,
            number=number,
            open=count,
            sentence=f"{count} of the actions of work order {number} {'is' if count == 1 else 'are'} still open.",
        )
        for id, number, count in found
    )
    return OpenWorkView(work_orders=tuple(lines))


def _row_view(row: Row, piece: CustomerEquipment, names: Names) -> WorkRowView:
    return WorkRowView(
        equipment=piece_ref(piece, names),
        offers=tuple(each for each in WorkAction if row.eligible(each)),
        actions=tuple(each for each in WorkAction if each in row.chosen),
        done=tuple(each for each in WorkAction if each in row.done),
    )


def piece_ref(piece: CustomerEquipment, names: Names) -> PieceRef:
    return PieceRef(
        id=piece.id,
        item=names.entry(piece.item),
        serial=piece.serial,
        place=piece.place,
        status=piece.status,
        active=piece.active,
    )
