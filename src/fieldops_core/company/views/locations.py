"""
The offices of a company.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import Location
from fieldops_core.company.views.parts import AddressView, address_view
from fieldops_core.kernel.geo import Point


@frozen(kw_only=True)
class LocationView:
    id: UUID
    name: str
    zone: str
    address: AddressView
    coordinates: Point | None
    tech_minutes: int | None
    active: bool
    version: int


def location_view(location: Location) -> LocationView:
    return LocationView(
        id=location.id,
        name=location.name,
        zone=location.zone,
        address=address_view(location.address),
        coordinates=location.point,
        tech_minutes=location.tech_minutes,
        active=location.active,
        version=location.version,
    )


@frozen(kw_only=True)
class LocationsView:
    """
    Every location.
    """

    items: tuple[LocationView, ...]
    next: str | None = None
