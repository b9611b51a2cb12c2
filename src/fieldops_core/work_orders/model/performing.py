"""
Work to perform: what is to be done with pieces of equipment, and on site, what was.
"""

from datetime import datetime
from enum import Enum

from attrs import field, frozen

from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.text import clean
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.model.equipment import EquipmentId, EquipmentStatus

ITEM_NOTE_LIMIT = 2_000


class WorkAction(Enum):
    """
    What is to be done with a piece of equipment.
    """

    INSTALL = "install"
    SERVICE = "service"
    REMOVE = "remove"


OFFERED: dict[EquipmentStatus, frozenset[WorkAction]] = {
    EquipmentStatus.NOT_INSTALLED: frozenset({WorkAction.INSTALL}),
    EquipmentStatus.INSTALLED: frozenset({WorkAction.SERVICE, WorkAction.REMOVE}),
    EquipmentStatus.REPLACING: frozenset(WorkAction),
}
"""
What may be chosen for a piece in a status (EQP-01).
"""

EXCLUDED: dict[WorkAction, frozenset[WorkAction]] = {
    WorkAction.INSTALL: frozenset({WorkAction.REMOVE}),
    WorkAction.SERVICE: frozenset({WorkAction.REMOVE}),
    WorkAction.REMOVE: frozenset({WorkAction.INSTALL, WorkAction.SERVICE}),
}
"""
What an action drops where it is chosen (EQP-02).
"""


class ItemState(Enum):
    """
    How far an action of the checklist is (EQP-07).
    """

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"


def _note(text: str) -> str:
    return clean(text, field="note", limit=ITEM_NOTE_LIMIT)


@frozen(kw_only=True)
class WorkItem:
    """
    One action on one piece of equipment: how far it is, by whom and when that was said.

    Raises:
        InvalidValue: where the note has more than 2,000 characters.
    """

    equipment: EquipmentId
    action: WorkAction
    state: ItemState = ItemState.OPEN
    note: str = field(default="", converter=_note)
    by: UserId | None = None
    at: datetime | None = None


@frozen(kw_only=True)
class WorkToPerform:
    """
    The actions of a work order, by piece of equipment. Its *id* is the work order's.
    """

    id: WorkOrderId
    customer: CustomerId
    items: tuple[WorkItem, ...] = ()
    version: int = 1

    def item(self, equipment: EquipmentId, action: WorkAction) -> WorkItem | None:
        return next((each for each in self.items if each.equipment == equipment and each.action is action), None)

    @property
    def open(self) -> tuple[WorkItem, ...]:
        return tuple(each for each in self.items if each.state is ItemState.OPEN)


@frozen(kw_only=True)
class Row:
    """
    A piece of equipment in the table in which actions are chosen: what it *offers*, what was *done* already and stays,
    and what is *chosen*.
    """

    equipment: EquipmentId
    offers: frozenset[WorkAction]
    done: frozenset[WorkAction] = frozenset()
    chosen: frozenset[WorkAction] = frozenset()

    def eligible(self, action: WorkAction) -> bool:
        """
        Whether an action may be chosen for it.
        """
        return action in self.offers and not EXCLUDED[action] & self.done
