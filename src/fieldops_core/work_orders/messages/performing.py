"""
Commands and questions of work to perform.
"""

from attrs import frozen

from fieldops_core.kernel.events import Event
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.work_orders.model import EquipmentId, ItemState, WorkAction


@frozen(kw_only=True)
class ChosenRow:
    """
    The actions that somebody chose for a piece of equipment.
    """

    equipment: EquipmentId
    actions: frozenset[WorkAction]


@frozen(kw_only=True)
class SetWorkToPerform:
    """
    The actions of a work order from now on; pieces that are left out have none. What is done already stays.
    """

    work_order: WorkOrderId
    rows: tuple[ChosenRow, ...]


@frozen(kw_only=True)
class ShowWorkToPerform:
    work_order: WorkOrderId


@frozen(kw_only=True)
class PreviewToggle:
    """
    What the table of a work order becomes where somebody, who has chosen *rows* so far, sets the box of an action *on*
    or off: that of one piece of *equipment*, or, with None, the header's. Nothing is saved.
    """

    work_order: WorkOrderId
    rows: tuple[ChosenRow, ...]
    action: WorkAction
    on: bool
    equipment: EquipmentId | None = None


@frozen(kw_only=True)
class ShowChecklist:
    """
    Of the work order of an appointment.
    """

    appointment: AppointmentId


@frozen(kw_only=True)
class TickWork:
    """
    How far an action is, told on the Work screen of an appointment. *serial* is that of a unit that was installed.
    """

    appointment: AppointmentId
    equipment: EquipmentId
    action: WorkAction
    state: ItemState
    note: str = ""
    serial: str = ""


class WorkToPerformSet(Event):
    pass


class WorkTicked(Event):
    pass


class WorkToPerformDropped(Event):
    """
    Its work order was deleted.
    """
