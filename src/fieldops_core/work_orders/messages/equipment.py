"""
Commands, questions and events of customer equipment.
"""

from datetime import date

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.work_orders.model import EquipmentId, EquipmentStatus


@frozen(kw_only=True)
class CreateEquipment:
    """
    A piece that is to be installed, or that is in place already: since when and by whom, as far as that is known.
    """

    customer: CustomerId
    item: EntryId
    serial: str = ""
    place: str = ""
    wire_type: EntryId | None = None
    status: EquipmentStatus = EquipmentStatus.NOT_INSTALLED
    installed_on: date | None = None
    installed_by: UserId | None = None


@frozen(kw_only=True)
class ChangeEquipment:
    """
    By hand. A piece that is not *active* is offered to no work, and stays on record. One that becomes INSTALLED without
    a date was installed today.
    """

    equipment: EquipmentId
    serial: str | Keep = UNSET
    place: str | Keep = UNSET
    wire_type: EntryId | None | Keep = UNSET
    status: EquipmentStatus | Keep = UNSET
    active: bool | Keep = UNSET
    installed_on: date | None | Keep = UNSET
    installed_by: UserId | None | Keep = UNSET


@frozen(kw_only=True)
class ShowEquipment:
    equipment: EquipmentId


@frozen(kw_only=True)
class ListEquipment:
    """
    That of a record, newest first, after the piece of id *after*, at most *limit*; *active*: only such pieces, or only
    the others; with *count*, how many such there are.
    """

    customer: CustomerId
    active: bool | None = None
    after: EquipmentId | None = None
    limit: int = 50
    count: bool = False


class EquipmentCreated(Event):
    pass


class EquipmentChanged(Event):
    pass


class EquipmentInstalled(Event):
    pass


class EquipmentRemoved(Event):
    pass


class EquipmentReplaced(Event):
    """
    Another piece took its place.
    """
