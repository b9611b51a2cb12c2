"""
Valhalla over HTTP: what is asked of it, and what it answers.
"""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from fieldops_adapters.routing.valhalla import PLACES, ValhallaRouting
from fieldops_core.kernel.geo import Distance, DistanceKind, Point
from tests.support.osrm import ISLAND, driven
from tests.support.served import Served
from tests.support.valhalla import MOST_PAIRS, serving

PROVO, OREM, LEHI = Point(40.2338, -111.6585), Point(40.2969, -111.6946), Point(40.3916, -111.8508)
OFF_THE_MAP = Point(40.6, -111.3)
LEG = (PROVO, OREM)


@pytest.fixture
def server() -> Iterator[Served]:
    with serving() as server:
        yield server


@pytest.fixture
def routing(server: Served) -> Iterator[ValhallaRouting]:
    with closing(ValhallaRouting(server.url)) as routing:
        yield routing


def road(origin: Point, destination: Point) -> Distance:
    """
    What the server's own roads come to: meters and whole seconds.
    """
    drive = driven(origin, destination)
    assert drive is not None
    meters, seconds = round(drive[0] / 1_000, 3) * 1_000, round(drive[1])
    return Distance(meters=meters, kind=DistanceKind.ROAD, minutes=-int(-seconds // 60))


@pytest.mark.rule("SCH-19")
def test_drives_are_asked_as_one_matrix_of_their_ends(server: Served, routing: ValhallaRouting) -> None:
    legs = [(PROVO, OREM), (OREM, PROVO), (LEHI, OREM), (PROVO, OREM)]

    assert routing.driving(legs) == tuple(road(*leg) for leg in legs)
    (body,) = map(json.loads, server.bodies)
    assert server.asked == ["/sources_to_targets"]
    assert body["sources"][0] == {"lat": 40.2338, "lon": -111.6585, "search_cutoff": 5_000}
    assert [len(body["sources"]), len(body["targets"])] == [3, 2]
    assert (body["costing"], body["units"], body["verbose"]) == ("auto", "kilometers", False)


@pytest.mark.parametrize("places", [2, PLACES, PLACES + 1])
def test_a_matrix_holds_so_many_places_and_no_more(server: Served, routing: ValhallaRouting, places: int) -> None:
    assert PLACES**2 <= MOST_PAIRS
    others = [Point(40.1 + each / 1_000, -111.7) for each in range(places - 1)]
    legs = [leg for each in others for leg in ((PROVO, each), (each, PROVO))]

    assert routing.driving(legs) == tuple(road(*leg) for leg in legs)
    assert len(server.asked) == -(-(places - 1) // (PLACES - 1))


@pytest.mark.rule("SCH-19")
def test_where_no_road_leads_nothing_is_told(routing: ValhallaRouting) -> None:
    assert routing.driving([LEG, (PROVO, ISLAND), (ISLAND, OREM)]) == (road(*LEG), None, None)


@pytest.mark.rule("SCH-19")
def test_with_a_place_off_the_map_nothing_is_told_of_its_group(routing: ValhallaRouting) -> None:
    assert routing.driving([(PROVO, OFF_THE_MAP)]) == (None,)
    assert routing.driving([LEG, (PROVO, OFF_THE_MAP)]) == (None, None)
