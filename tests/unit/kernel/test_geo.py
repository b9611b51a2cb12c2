from math import inf, isclose, nan, nextafter, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import EARTH_METERS, DistanceUnit, Point, great_circle, point_of
from fieldops_core.testing.strategies import points

PROVO, SALT_LAKE_CITY = Point(40.2338, -111.6585), Point(40.7608, -111.8910)


@pytest.mark.parametrize("latitude", [91.0, nextafter(90, inf), -90.1, inf, -inf, nan])
def test_a_latitude_beyond_the_poles_is_refused(latitude: float) -> None:
    with pytest.raises(InvalidValue) as refused:
        Point(latitude, 0.0)

    assert (refused.value.code, refused.value.field) == ("coordinates.invalid", "latitude")


@pytest.mark.parametrize("longitude", [181.0, nextafter(180, inf), -180.1, inf, nan])
def test_a_longitude_beyond_the_antimeridian_is_refused(longitude: float) -> None:
    with pytest.raises(InvalidValue) as refused:
        Point(0.0, longitude)

    assert (refused.value.code, refused.value.field) == ("coordinates.invalid", "longitude")


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 180), (-90, -180), (0, 0)])
def test_the_outermost_coordinates_are_a_point(latitude: float, longitude: float) -> None:
    assert Point(latitude, longitude).latitude == latitude


@given(one=points(), other=points())
def test_a_distance_is_the_same_both_ways_and_at_most_half_the_way_around(one: Point, other: Point) -> None:
    there = great_circle(one, other)

    assert isclose(there, great_circle(other, one), abs_tol=1e-6)
    assert 0 <= there <= pi * EARTH_METERS * (1 + 1e-12)


@given(point=points())
def test_a_point_is_nowhere_but_where_it_is(point: Point) -> None:
    assert great_circle(point, point) == 0


@given(one=points(), over=points(), other=points())
def test_a_detour_is_never_shorter(one: Point, over: Point, other: Point) -> None:
    # The formula is least exact for points on opposite sides of the Earth: to some meters.
    assert great_circle(one, other) <= great_circle(one, over) + great_circle(over, other) + 10


@pytest.mark.parametrize(
    ("one", "other", "meters"),
    [
        (PROVO, SALT_LAKE_CITY, 61_800),
        (Point(0, 0), Point(0, 1), 111_195),
        (Point(0, 179.5), Point(0, -179.5), 111_195),
        (Point(90, 0), Point(90, 123), 0),
        (Point(90, 0), Point(-90, 0), pi * EARTH_METERS),
    ],
)
def test_known_distances_come_out(one: Point, other: Point, meters: float) -> None:
    assert great_circle(one, other) == pytest.approx(meters, rel=2e-3, abs=1e-6)


@given(meters=st.floats(0, 20_040_000))
def test_a_distance_is_told_to_a_tenth(meters: float) -> None:
    for unit in DistanceUnit:
        number, _, sign = unit.text(meters).partition(" ")
        assert abs(float(number) - meters / unit.meters) <= 0.05 + 1e-9
        assert sign == {DistanceUnit.MILE: "mi", DistanceUnit.KILOMETRE: "km"}[unit]


def test_a_mile_is_longer_than_a_kilometre() -> None:
    assert (DistanceUnit.MILE.text(1_609.344), DistanceUnit.KILOMETRE.text(1_609.344)) == ("1.0 mi", "1.6 km")


def test_a_place_is_known_where_both_its_degrees_are() -> None:
    assert point_of(40.2338, -111.6585) == Point(40.2338, -111.6585)
    assert point_of(0.0, 0.0) == Point(0.0, 0.0)
    assert [point_of(None, 0.0), point_of(0.0, None), point_of(None, None)] == [None] * 3
