"""
Rules of work to perform, and of its checklist.
"""

from collections.abc import Mapping

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    EquipmentId,
    EquipmentStatus,
    ItemState,
    Row,
    WorkAction,
    WorkItem,
)


@frozen(kw_only=True)
class Table:
    """
    The table as somebody filled it in, what its pieces are *called*, and the pieces that they sent and that it does not
    have.
    """

    rows: tuple[Row, ...]
    called: Mapping[EquipmentId, str]
    strangers: tuple[EquipmentId, ...] = ()


@rule("EQP-01", "work.equipment_unknown", "This customer has no such active equipment: {ids}.", field="rows")
def pieces_are_the_customers(case: Table) -> Facts | None:
    """
    Only active equipment of this customer.
    """
    return {"ids": ", ".join(str(each) for each in case.strangers)} if case.strangers else None


@rule("EQP-01", "work.not_offered", "This cannot be done there now: {what}.", field="rows")
def actions_are_offered(case: Table) -> Facts | None:
    """
    What the status of a piece offers, and what was saved before it changed (EQP-02).
    """
    found = [(case.called[each.equipment], each.chosen - each.offers) for each in case.rows]
    told = [f"{action.value} of {name}" for name, actions in found for action in WorkAction if action in actions]
    return {"what": ", ".join(told)} if told else None


@rule("EQP-02", "work.remove_alone", "What is removed is neither installed nor serviced: {pieces}.", field="rows")
def removing_stands_alone(case: Table) -> Facts | None:
    """
    REMOVE excludes INSTALL and SERVICE, also those that are done.
    """
    both = [each for each in case.rows if WorkAction.REMOVE in each.chosen and len(each.chosen) > 1]
    return {"pieces": ", ".join(case.called[each.equipment] for each in both)} if both else None


@frozen(kw_only=True)
class Tick:
    """
    What is told of an action (*item*, None where the work order has none such) on a *piece* of equipment.
    """

    item: WorkItem | None
    action: WorkAction
    piece: CustomerEquipment
    state: ItemState
    note: str = ""
    serial: str = ""

    @property
    def installs(self) -> bool:
        return self.state is ItemState.DONE and self.action is WorkAction.INSTALL


@rule("EQP-07", "checklist.not_listed", "To {action} this piece is not on the checklist.", field="action")
def action_is_listed(case: Tick) -> Facts | None:
    """
    The checklist is the work order's actions.
    """
    return {"action": case.action.value} if case.item is None else None


@rule("EQP-07", "checklist.done", "This is done already.", field="state")
def action_is_not_done_yet(case: Tick) -> Facts | None:
    """
    What is done stays: the equipment and the stock follow it once.
    """
    return {"at": case.item.at} if case.item and case.item.state is ItemState.DONE else None


@rule("EQP-07", "checklist.note_required", "Say why it was not done.", field="note")
def what_is_not_done_has_a_note(case: Tick) -> Facts | None:
    """
    Not done, with a note.
    """
    return {} if case.state is ItemState.NOT_DONE and not case.note.strip() else None


@rule("EQP-05", "checklist.equipment_gone", "This piece is no longer there: it cannot be installed.", field="equipment")
def installed_piece_is_active(case: Tick) -> Facts | None:
    """
    What was removed or replaced meanwhile is another piece.
    """
    return {} if case.installs and not case.piece.active else None


@rule("EQP-06", "checklist.serial_required", "Tell the serial number of the unit that was put in.", field="serial")
def replacement_has_a_serial_of_its_own(case: Tick) -> Facts | None:
    """
    Where the unit that was replaced has one.
    """
    replaces = case.installs and case.piece.status is EquipmentStatus.REPLACING
    old, new = case.piece.serial, case.serial.strip()
    return {"old": old} if replaces and old and new in ("", old) else None


TABLE = (pieces_are_the_customers, actions_are_offered, removing_stands_alone)
TICK = (
    action_is_listed,
    action_is_not_done_yet,
    what_is_not_done_has_a_note,
    installed_piece_is_active,
    replacement_has_a_serial_of_its_own,
)
