"""
What stands at customers: pieces of equipment, each in a status.
"""

from datetime import date, datetime
from enum import Enum
from typing import NewType
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.text import tidy
from fieldops_core.kernel.time import valid_date

EquipmentId = NewType("EquipmentId", UUID)

SERIAL_LIMIT, PLACE_LIMIT = 100, 200


class EquipmentStatus(Enum):
    """
    Where a piece of equipment stands; REPLACING is one in place whose replacement is due.
    """

    NOT_INSTALLED = "not_installed"
    INSTALLED = "installed"
    REPLACING = "replacing"


BY_HAND: dict[EquipmentStatus | None, frozenset[EquipmentStatus]] = {
    None: frozenset({EquipmentStatus.NOT_INSTALLED, EquipmentStatus.INSTALLED}),
    EquipmentStatus.NOT_INSTALLED: frozenset({EquipmentStatus.INSTALLED}),
    EquipmentStatus.INSTALLED: frozenset({EquipmentStatus.NOT_INSTALLED, EquipmentStatus.REPLACING}),
    EquipmentStatus.REPLACING: frozenset({EquipmentStatus.INSTALLED}),
}
"""
What somebody may make of a piece by hand (EQP-06); of None: what a new one may begin as.
"""


@frozen(kw_only=True)
class CustomerEquipment:
    """
    One piece of equipment at a customer: an *item* of the company's catalog. *installed_on* is a local date of the
    customer's location. *replaces* is the piece that it took the place of.

    Raises:
        InvalidValue: where the serial number has more than 100 characters, the place more than 200, or the date is out
            of reach.
    """

    id: EquipmentId
    customer: CustomerId
    item: EntryId
    serial: str = ""
    place: str = ""
    wire_type: EntryId | None = None
    status: EquipmentStatus = EquipmentStatus.NOT_INSTALLED
    active: bool = True
    installed_on: date | None = None
    installed_by: UserId | None = None
    replaces: EquipmentId | None = None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, serial=SERIAL_LIMIT, place=PLACE_LIMIT)
        if self.installed_on is not None:
            valid_date(self.installed_on, field="installed_on")
