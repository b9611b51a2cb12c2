"""
What a page with a map needs: what it draws, and leave to load its ground.
"""

from collections.abc import Iterable
from typing import Any

from attrs import asdict, frozen

from fieldops_core.company.views import LocationView, SettingsView
from fieldops_core.kernel.geo import DistanceUnit
from fieldops_core.staff.views import UserView
from fieldops_http.pages.frame import Present
from fieldops_http.pages.rendering import POLICY
from fieldops_http.tiles import Tiles


@frozen(kw_only=True)
class Mark:
    """
    A place with a name; *href* leads to whose it is.
    """

    name: str
    latitude: float
    longitude: float
    href: str | None = None


@frozen(kw_only=True)
class Circle(Mark):
    """
    Where a technician starts, and the *radius* (meters) that they cover around it.
    """

    id: str
    radius: float
    active: bool


@frozen(kw_only=True)
class CoverageMap:
    """
    What the script of a map is told. *widest* is the company's max coverage radius (meters), drawn around the circles
    where it is known; *editable* says whether the fields of the page move the first of them.
    """

    circles: tuple[Circle, ...]
    places: tuple[Mark, ...]
    unit: str
    unit_meters: float
    widest: float | None = None
    editable: bool = False
    tiles: Tiles | None = None

    @property
    def told(self) -> dict[str, Any]:
        return asdict(self)


def coverage_map(
    here: Present, users: Iterable[UserView], locations: Iterable[LocationView], settings: SettingsView | None
) -> CoverageMap:
    """
    The coverage of those users who have a start location, and the company's locations in use.
    """
    unit = settings.distance_unit if settings else DistanceUnit.MILE
    return CoverageMap(
        circles=tuple(found for user in users if (found := _circle(here, user)) is not None),
        places=tuple(place for each in locations if (place := _place(each)) is not None),
        unit=unit.value,
        unit_meters=unit.meters,
        tiles=here.engine.tiles,
    )


def allowing(tiles: Tiles | None) -> dict[str, str]:
    """
    The headers of a page with a map: images may come from the tiles' host too, and from nowhere else.
    """
    if tiles is None:
        return {}
    return {"Content-Security-Policy": POLICY.replace("img-src 'self' data:", f"img-src 'self' data: {tiles.origin}")}


def length(meters: float, unit: DistanceUnit) -> str:
    """
    A distance as it is typed: in the company's unit, to what a thousandth of it tells, without zeros at its end.
    """
    return f"{meters / unit.meters:.3f}".rstrip("0").rstrip(".")


def _circle(here: Present, user: UserView) -> Circle | None:
    start = user.start_coordinates
    if start is None:
        return None
    return Circle(
        id=str(user.id),
        name=user.name,
        href=f"/app/{here.company}/users/{user.id}",
        latitude=start.latitude,
        longitude=start.longitude,
        radius=user.coverage_radius,
        active=user.active,
    )


def _place(location: LocationView) -> Mark | None:
    at = location.coordinates
    if at is None or not location.active:
        return None
    return Mark(name=location.name, latitude=at.latitude, longitude=at.longitude)
