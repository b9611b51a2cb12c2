"""
What can be done and asked about customers, and what happens then.
"""

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import AccountType, CustomerId
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.unset import UNSET, Keep


@frozen(kw_only=True)
class CreateCustomer:
    """
    A new record. A customer names its location; a lead without one gets its creator's home. *phone* is read in the
    location's country where it has no ``+``.
    """

    stage: Stage = Stage.CUSTOMER
    phone: str
    account_type: AccountType | None = None
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    external_id: str | None = None
    location: LocationId | None = None
    address: Address = Address()
    point: Point | None = None


@frozen(kw_only=True)
class ChangeCustomer:
    """
    New values for some fields. A changed address drops the old coordinates unless new ones come with it.
    """

    customer: CustomerId
    phone: str | Keep = UNSET
    account_type: AccountType | Keep = UNSET
    first_name: str | Keep = UNSET
    last_name: str | Keep = UNSET
    business_name: str | Keep = UNSET
    external_id: str | None | Keep = UNSET
    address: Address | Keep = UNSET
    point: Point | None | Keep = UNSET


@frozen(kw_only=True)
class ShowCustomer:
    customer: CustomerId


@frozen(kw_only=True)
class ListCustomers:
    """
    Records in the order of their numbers, after the one of number *after*, at most *limit*.
    """

    number: int | None = None
    location: LocationId | None = None
    stage: Stage | None = None
    after: int | None = None
    limit: int = 50


class CustomerCreated(Event):
    pass


class CustomerChanged(Event):
    pass
