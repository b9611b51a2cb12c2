"""
OSRM over HTTP: what is asked of it, and what it answers.
"""

from collections.abc import Iterator
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest

from fieldops_adapters.routing.osrm import PLACES, OsrmRouting
from fieldops_core.kernel.geo import Distance, DistanceKind, Point
from tests.support.osrm import ISLAND, LARGEST_TABLE, driven, serving
from tests.support.served import Served

PROVO, OREM, LEHI = Point(40.2338, -111.6585), Point(40.2969, -111.6946), Point(40.3916, -111.8508)
NEW_YORK = Point(40.7128, -74.0060)
LEG = (PROVO, OREM)


@pytest.fixture
def server() -> Iterator[Served]:
    with serving() as server:
        yield server


@pytest.fixture
def routing(server: Served) -> Iterator[OsrmRouting]:
    with closing(OsrmRouting(server.url, seconds=10)) as routing:
        yield routing


def road(origin: Point, destination: Point) -> Distance:
    """
    What the server's own roads come to.
    """
    drive = driven(origin, destination)
    assert drive is not None
    return Distance(meters=drive[0], kind=DistanceKind.ROAD, minutes=-int(-drive[1] // 60))


def options(server: Served) -> dict[str, list[str]]:
    return parse_qs(urlsplit(server.asked[-1]).query)


@pytest.mark.rule("SCH-19")
def test_one_drive_is_asked_as_a_route_longitude_first(server: Served, routing: OsrmRouting) -> None:
    assert routing.driving([LEG]) == (road(PROVO, OREM),)
    assert urlsplit(server.asked[-1]).path == "/route/v1/driving/-111.658500,40.233800;-111.694600,40.296900"
    assert options(server)["overview"] == ["false"]


@pytest.mark.rule("SCH-19")
def test_several_drives_are_asked_as_one_table_of_their_ends(server: Served, routing: OsrmRouting) -> None:
    legs = [(PROVO, OREM), (OREM, PROVO), (LEHI, OREM)]

    assert routing.driving(legs) == tuple(road(*leg) for leg in legs)
    assert len(server.asked) == 1
    path = urlsplit(server.asked[0]).path
    assert path == "/table/v1/driving/-111.658500,40.233800;-111.694600,40.296900;-111.850800,40.391600"
    asked = options(server)
    assert (asked["sources"], asked["destinations"]) == (["0;1;2"], ["1;0"])
    assert asked["annotations"] == ["duration,distance"]


def test_the_way_there_is_not_the_way_back(routing: OsrmRouting) -> None:
    there, back = routing.driving([(PROVO, LEHI), (LEHI, PROVO)])

    assert there is not None
    assert back is not None
    assert there.minutes != back.minutes


@pytest.mark.parametrize("places", [2, PLACES, PLACES + 1, 3 * PLACES])
def test_a_table_holds_so_many_places_and_no_more(server: Served, routing: OsrmRouting, places: int) -> None:
    assert PLACES == LARGEST_TABLE
    others = [Point(40.1 + each / 1_000, -111.7) for each in range(places - 1)]
    legs = [leg for each in others for leg in ((PROVO, each), (each, PROVO))]

    assert routing.driving(legs) == tuple(road(*leg) for leg in legs)
    assert len(server.asked) == -(-(places - 1) // (PLACES - 1))


def test_a_drive_is_asked_once_however_often_it_is_wanted(server: Served, routing: OsrmRouting) -> None:
    assert routing.driving([LEG, LEG]) == (road(*LEG), road(*LEG))
    assert len(server.asked) == 1


@pytest.mark.rule("SCH-19")
def test_where_no_road_leads_nothing_is_told(routing: OsrmRouting) -> None:
    assert routing.driving([(PROVO, ISLAND)]) == (None,)
    assert routing.driving([LEG, (PROVO, ISLAND), (ISLAND, OREM)]) == (road(*LEG), None, None)


@pytest.mark.rule("SCH-19")
def test_a_place_off_the_map_is_not_driven_to_from_the_nearest_road(routing: OsrmRouting) -> None:
    assert routing.driving([(PROVO, NEW_YORK)]) == (None,)
    assert routing.driving([LEG, (PROVO, NEW_YORK), (NEW_YORK, PROVO)]) == (road(*LEG), None, None)
