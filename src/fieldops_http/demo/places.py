"""
Where the demo's people live: real ZIP codes around Provo, with invented streets.
"""

from math import cos, radians
from random import Random

from attrs import frozen
from zip2info import coordinates

from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.geo import Point

METERS_A_DEGREE = 111_195
SCATTER_METERS = 2_500

STREETS = (
    "Alder Lane",
    "Aspen Grove Road",
    "Bonneville Way",
    "Canyon View Drive",
    "Cherry Orchard Lane",
    "Cottonwood Street",
    "Foothill Drive",
    "Juniper Court",
    "Lakeview Parkway",
    "Meadow Lark Lane",
    "Millrace Road",
    "Old Mill Street",
    "Quail Hollow",
    "Sagebrush Circle",
    "Timpanogos Avenue",
    "Wasatch Boulevard",
)


@frozen
class Town:
    """
    A ZIP code, and how many of a hundred customers live there.
    """

    zip: str
    name: str
    share: int


TOWNS = (
    Town("84601", "Provo", 10),
    Town("84604", "Provo", 11),
    Town("84606", "Provo", 8),
    Town("84057", "Orem", 7),
    Town("84058", "Orem", 7),
    Town("84097", "Orem", 4),
    Town("84042", "Lindon", 3),
    Town("84062", "Pleasant Grove", 6),
    Town("84003", "American Fork", 6),
    Town("84004", "Alpine", 2),
    Town("84043", "Lehi", 6),
    Town("84045", "Saratoga Springs", 4),
    Town("84005", "Eagle Mountain", 3),
    Town("84663", "Springville", 6),
    Town("84664", "Mapleton", 2),
    Town("84660", "Spanish Fork", 5),
    Town("84653", "Salem", 1),
    Town("84651", "Payson", 3),
    Town("84655", "Santaquin", 2),
    Town("84020", "Draper", 1),
    Town("84032", "Heber City", 1),
    Town("84060", "Park City", 1),
    Town("84648", "Nephi", 1),
)
"""
Most are in Utah Valley; the last four are so far away that few technicians cover them, or none.
"""


@frozen(kw_only=True)
class Place:
    """
    An address and where it lies.
    """

    address: Address
    point: Point


def middle(zip: str) -> Point:
    """
    The centroid of a ZIP code.
    """
    found = coordinates(zip)
    if found is None:
        raise LookupError(f"There is no ZIP code {zip}.")
    return Point(*found)


def somewhere(town: Town, chance: Random) -> Place:
    """
    A made-up address in a town, within a few kilometres of the centroid of its ZIP code.
    """
    centre = middle(town.zip)
    north, east = (chance.gauss(0, SCATTER_METERS / 2) / METERS_A_DEGREE for _ in range(2))
    latitude = round(centre.latitude + _kept(north), 6)
    longitude = round(centre.longitude + _kept(east) / cos(radians(centre.latitude)), 6)
    line = f"{chance.randrange(12, 2400)} {chance.choice(STREETS)}"
    address = Address(line1=line, city=town.name, state="UT", postal_code=PostalCode(town.zip))
    return Place(address=address, point=Point(latitude, longitude))


def some_town(chance: Random) -> Town:
    """
    A town, the bigger ones more often.
    """
    return chance.choices(TOWNS, weights=[town.share for town in TOWNS])[0]


def town(zip: str) -> Town:
    return next(each for each in TOWNS if each.zip == zip)


def _kept(degrees: float) -> float:
    limit = SCATTER_METERS / METERS_A_DEGREE
    return min(max(degrees, -limit), limit)
