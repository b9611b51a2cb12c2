"""
What a routing engine answers.
"""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle
from fieldops_core.scheduling.ports import Leg, Routing
from fieldops_core.testing.contracts.world import EXAMPLES

Corners = tuple[Point, Point]
ROAD_NEAR = 2_000
"""
How many meters a place in the area may lie from the next road.
"""


class RoutingContract:
    """
    All that :class:`~fieldops_core.scheduling.ports.Routing` promises, wherever it is written. A subclass provides the
    fixture ``routing``, and ``area`` where it does not know the roads around Provo.
    """

    @pytest.fixture
    def routing(self) -> Routing:
        raise NotImplementedError("This contract suite asks its subclass for a fixture `routing`.")

    @pytest.fixture
    def area(self) -> Corners:
        """
        The south-western and the north-eastern corner of where the engine knows the roads.
        """
        return Point(40.15, -111.80), Point(40.34, -111.61)

    @EXAMPLES
    @given(data=st.data())
    def test_each_leg_is_answered_in_its_place(self, routing: Routing, area: Corners, data: st.DataObject) -> None:
        places = data.draw(st.lists(_inside(area), min_size=1, max_size=5))
        legs = data.draw(st.lists(st.tuples(st.sampled_from(places), st.sampled_from(places)), max_size=12))

        found = routing.driving(legs)

        assert len(found) == len(legs)
        for leg, together in zip(legs, found, strict=True):
            (alone,) = routing.driving([leg])
            assert together is not None
            assert alone is not None
            assert together.kind is alone.kind
            assert together.meters == pytest.approx(alone.meters, rel=0.01, abs=10)
            assert abs(_minutes(together) - _minutes(alone)) <= 1

    @EXAMPLES
    @given(data=st.data())
    def test_a_drive_has_meters_and_whole_minutes(self, routing: Routing, area: Corners, data: st.DataObject) -> None:
        leg: Leg = data.draw(st.tuples(_inside(area), _inside(area)))

        (found,) = routing.driving([leg])

        assert found is not None
        assert found.kind in (DistanceKind.ROAD, DistanceKind.ESTIMATE)
        assert isfinite(found.meters)
        assert found.meters >= great_circle(*leg) - ROAD_NEAR
        assert _minutes(found) >= 0

    def test_from_a_place_to_itself_is_no_drive(self, routing: Routing, area: Corners) -> None:
        (found,) = routing.driving([(area[0], area[0])])

        assert found is not None
        assert found.meters < 1
        assert _minutes(found) == 0

    def test_nothing_asked_is_nothing_answered(self, routing: Routing) -> None:
        assert routing.driving([]) == ()

    def test_many_drives_are_asked_at_once(self, routing: Routing, area: Corners) -> None:
        places = list(_along(area, 201))
        legs = [(origin, places[100]) for origin in places] + [(places[100], destination) for destination in places]

        found = routing.driving(legs)

        assert len(found) == len(legs)
        assert all(each is not None for each in found)


def _minutes(distance: Distance) -> int:
    assert isinstance(distance.minutes, int)
    return distance.minutes


def _inside(area: Corners) -> st.SearchStrategy[Point]:
    low, high = area
    return st.builds(Point, st.floats(low.latitude, high.latitude), st.floats(low.longitude, high.longitude))


def _along(area: Corners, count: int) -> list[Point]:
    low, high = area
    return [
        Point(
            low.latitude + (high.latitude - low.latitude) * step / count,
            low.longitude + (high.longitude - low.longitude) * step / count,
        )
        for step in range(count)
    ]
