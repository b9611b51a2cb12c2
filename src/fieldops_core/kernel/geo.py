"""
Places on Earth and distances between them.
"""

from enum import Enum
from functools import lru_cache
from math import asin, cos, isfinite, radians, sin, sqrt

from attrs import field, frozen

from fieldops_core.kernel.errors import InvalidValue

EARTH_METERS = 6_371_008.8
METERS_A_MILE = 1_609.344


@frozen
class Point:
    """
    WGS 84 degrees: *latitude* from -90 to 90, *longitude* from -180 to 180.

    Raises:
        InvalidValue: where a coordinate lies outside.
    """

    latitude: float = field()
    longitude: float = field()

    def __attrs_post_init__(self) -> None:
        for name, value, limit in (("latitude", self.latitude, 90), ("longitude", self.longitude, 180)):
            if not (isfinite(value) and -limit <= value <= limit):
                sentence = f"A {name} lies between -{limit} and {limit} degrees."
                raise InvalidValue("coordinates.invalid", sentence, facts={name: value}, field=name)


@lru_cache(maxsize=65_536)
def point_of(latitude: float | None, longitude: float | None) -> Point | None:
    """
    The place of these degrees, kept: the same few are asked for again and again. None where one is not known.
    """
    return None if latitude is None or longitude is None else Point(latitude, longitude)


class DistanceUnit(Enum):
    """
    In what a company reads distances.
    """

    MILE = "mile"
    KILOMETRE = "kilometre"

    @property
    def meters(self) -> float:
        return METERS_A_MILE if self is DistanceUnit.MILE else 1_000.0

    def text(self, meters: float) -> str:
        """
        A distance for people, to a tenth: ``7.7 mi``.
        """
        return f"{meters / self.meters:.1f} {'mi' if self is DistanceUnit.MILE else 'km'}"


class DistanceKind(Enum):
    """
    How a distance was found.
    """

    STRAIGHT_LINE = "straight_line"
    ROAD = "road"
    ESTIMATE = "estimate"


@frozen(kw_only=True)
class Distance:
    """
    *meters* between two places, and how they were found; *minutes* of driving where a road or an estimate tells them.
    """

    meters: float
    kind: DistanceKind
    minutes: int | None = None


def great_circle(one: Point, other: Point) -> float:
    """
    Meters between two points along the surface of a sphere (haversine).
    """
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(across / 2) ** 2
    return 2 * EARTH_METERS * asin(min(1.0, sqrt(half)))
