"""
Addresses of the demo: invented, around the middles of real ZIP codes.
"""

from functools import lru_cache
from math import cos, pi, radians, sin, sqrt
from random import Random

from attrs import frozen

from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.geo import Point
from fieldops_http.demo.offices import Office
from fieldops_http.demo.towns import Town

METERS_A_DEGREE = 111_195
SCATTER_METERS = 2_900


@frozen(kw_only=True)
class Place:
    """
    An address and where it lies.
    """

    address: Address
    point: Point


@lru_cache(maxsize=256)
def middle(zip: str) -> Point:
    """
    The centroid of a ZIP code.
    """
    found = ZipCentroidGeocoder().locate(Address(postal_code=PostalCode(zip)))
    if found is None:
        raise LookupError(f"There is no ZIP code {zip}.")
    return found.point


def somewhere(office: Office, town: Town, chance: Random) -> Place:
    """
    A made-up address in a town of an office, at most 2,900 meters from the centroid of its ZIP code.
    """
    centre = middle(town.zip)
    distance, bearing = SCATTER_METERS * sqrt(chance.random()) / METERS_A_DEGREE, 2 * pi * chance.random()
    latitude = round(centre.latitude + distance * cos(bearing), 6)
    longitude = round(centre.longitude + distance * sin(bearing) / cos(radians(centre.latitude)), 6)
    line = f"{chance.randrange(12, 2400)} {chance.choice(office.streets)}"
    address = Address(line1=line, city=town.name, state=office.state, postal_code=PostalCode(town.zip))
    return Place(address=address, point=Point(latitude, longitude))
