"""
The customer record.
"""

from enum import Enum
from typing import NewType
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.kernel.contact import Address, Phone
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.text import filled, tidy

CustomerId = NewType("CustomerId", UUID)


class AccountType(Enum):
    """
    Whether a household or a business is served.
    """

    RESIDENTIAL = "residential"
    COMMERCIAL = "commercial"


CONTACT_INFORMATION = (
    "account_type",
    "first_name",
    "last_name",
    "business_name",
    "external_id",
    "phone",
    "address",
    "point",
)
"""
The fields of the record's personal section, which only ``contact_information`` lets change (ACC-13).
"""


@frozen(kw_only=True)
class Customer:
    """
    An account record, with the stage LEAD or CUSTOMER and a number per company that is never reused (CUS-01). *point*
    is where its address lies, None while nobody knows.
    """

    id: CustomerId
    number: int
    stage: Stage
    account_type: AccountType | None = None
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    external_id: str | None = None
    location: LocationId
    phone: Phone
    address: Address = Address()
    point: Point | None = None
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, first_name=200, last_name=200, business_name=200)
        if self.external_id is not None:
            object.__setattr__(self, "external_id", filled(self.external_id, field="external_id"))

    @property
    def name(self) -> str:
        """
        How lists and sentences call the customer: its business name, else its person's.
        """
        return self.business_name or f"{self.first_name} {self.last_name}".strip()
