"""
The offices of a company, and who works at them.
"""

from attrs import field, frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model.types import minutes_in_steps
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.text import a_name
from fieldops_core.kernel.time import zone_info


def _known_zone(_: object, __: object, zone: str) -> None:
    zone_info(zone)


def _tech_minutes(_: object, __: object, minutes: int | None) -> None:
    minutes_in_steps(minutes, Kind.TECH)


@frozen(kw_only=True)
class Location:
    """
    An office. *tech_minutes* is its default duration of tech appointments.

    Raises:
        InvalidValue: where the zone is unknown or the duration off the half hour.
    """

    id: LocationId
    name: str = field(converter=a_name)
    zone: str = field(validator=_known_zone)
    address: Address = Address()
    point: Point | None = None
    tech_minutes: int | None = field(default=None, validator=_tech_minutes)
    active: bool = True
    version: int = 1

    @property
    def country(self) -> str:
        """
        In which telephone numbers without ``+`` are read: its address's, ``US`` without one.
        """
        return self.address.country or "US"


@frozen(kw_only=True)
class LocationUse:
    """
    What still belongs to a location: open appointments, customers and leads, and active users, at home or further.
    """

    open_appointments: int = 0
    customers: int = 0
    users: int = 0
