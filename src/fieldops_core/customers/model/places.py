"""
Where customers are.
"""

from attrs import frozen

from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId


@frozen(kw_only=True)
class CustomerPlace:
    """
    A customer as coverage asks of it.
    """

    id: CustomerId
    number: int
    name: str
    location: LocationId
    point: Point | None


@frozen(kw_only=True)
class Located:
    """
    Where an address lies; *estimate*: only somewhere near, in its postal code or street.
    """

    point: Point
    estimate: bool


@frozen(kw_only=True)
class Suggestion:
    """
    An address that may be meant by what was typed so far, and where it lies. *estimate* as of :class:`Located`; what of
    the address is not known is empty.
    """

    address: Address
    county: str = ""
    point: Point
    estimate: bool
