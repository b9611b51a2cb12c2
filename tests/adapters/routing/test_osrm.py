"""
OSRM over HTTP: what is asked of it, and what becomes of everything that can go wrong.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from fieldops_adapters.routing.osrm import PLACES, OsrmRouting
from fieldops_core.kernel.geo import Distance, DistanceKind, Point
from fieldops_core.scheduling.ports import RoutingFailed
from tests.support.osrm import ISLAND, LARGEST_TABLE, Fault, Osrm, driven, say, serving

PROVO, OREM, LEHI = Point(40.2338, -111.6585), Point(40.2969, -111.6946), Point(40.3916, -111.8508)
NEW_YORK = Point(40.7128, -74.0060)
LEG = (PROVO, OREM)


@pytest.fixture
def server() -> Iterator[Osrm]:
    with serving() as server:
        yield server


@pytest.fixture
def routing(server: Osrm) -> Iterator[OsrmRouting]:
    with closing(OsrmRouting(server.url, seconds=0.3, pause=0)) as routing:
        yield routing


def road(origin: Point, destination: Point) -> Distance:
    """
    What the server's own roads come to.
    """
    drive = driven(origin, destination)
    assert drive is not None
    return Distance(meters=drive[0], kind=DistanceKind.ROAD, minutes=-int(-drive[1] // 60))


def options(server: Osrm) -> dict[str, list[str]]:
    return parse_qs(urlsplit(server.asked[-1]).query)


@pytest.mark.rule("SCH-19")
def test_one_drive_is_asked_as_a_route_longitude_first(server: Osrm, routing: OsrmRouting) -> None:
    assert routing.driving([LEG]) == (road(PROVO, OREM),)
    assert urlsplit(server.asked[-1]).path == "/route/v1/driving/-111.658500,40.233800;-111.694600,40.296900"
    assert options(server)["overview"] == ["false"]


@pytest.mark.rule("SCH-19")
def test_several_drives_are_asked_as_one_table_of_their_ends(server: Osrm, routing: OsrmRouting) -> None:
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
def test_a_table_holds_so_many_places_and_no_more(server: Osrm, routing: OsrmRouting, places: int) -> None:
    assert PLACES == LARGEST_TABLE
    others = [Point(40.1 + each / 1_000, -111.7) for each in range(places - 1)]
    legs = [leg for each in others for leg in ((PROVO, each), (each, PROVO))]

    assert routing.driving(legs) == tuple(road(*leg) for leg in legs)
    assert len(server.asked) == -(-(places - 1) // (PLACES - 1))


def test_a_drive_is_asked_once_however_often_it_is_wanted(server: Osrm, routing: OsrmRouting) -> None:
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


# --- what can go wrong ------------------------------------------------------------------------------------


def answers(status: int, body: dict[str, Any] | bytes) -> Fault:
    return lambda handler: say(handler, status, body)


def never_answers(_: BaseHTTPRequestHandler) -> None:
    time.sleep(0.6)


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"code": "Ok"')
    handler.close_connection = True


def trickles(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.close_connection = True
    for _ in range(20):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return
        time.sleep(0.05)


OK: dict[str, Any] = {"code": "Ok"}
FAULTS: dict[str, Fault] = {
    "never answers": never_answers,
    "hangs up": hangs_up,
    "breaks off": breaks_off,
    "trickles": trickles,
    "500": answers(500, b"Internal Server Error"),
    "503, in JSON": answers(503, {"code": "Overloaded"}),
    "404 of another program": answers(404, b"<html>Not found</html>"),
    "a redirect": answers(302, b""),
    "nothing": answers(200, b""),
    "no JSON": answers(200, b"<html>Welcome</html>"),
    "no UTF-8": answers(200, b'{"code": "\xff"}'),
    "JSON of another kind": answers(200, b"[]"),
    "no code": answers(200, {"routes": [{"distance": 1, "duration": 1}]}),
    "a refusal": answers(400, {"code": "InvalidOptions", "message": "…"}),
    "too big": answers(400, {"code": "TooBig", "message": "Too many table coordinates"}),
    "no routes, no table": answers(200, OK),
    "numbers in words": answers(200, {**OK, "routes": [{"distance": "far", "duration": 1}], "distances": [["far"]]}),
    "less than nothing": answers(200, {**OK, "routes": [{"distance": -1, "duration": 1}], "distances": [[-1]]}),
    "a table of another size": answers(200, {**OK, "distances": [[1.0]], "durations": [[1.0]]}),
    "without end": answers(200, b" " * 5_000_000),
}


@pytest.mark.rule("SCH-19")
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("legs", [[LEG], [LEG, (OREM, LEHI), (LEHI, PROVO)]], ids=["route", "table"])
def test_what_is_no_answer_has_failed(server: Osrm, routing: OsrmRouting, fault: str, legs: Any) -> None:
    server.fault = FAULTS[fault]
    began = time.monotonic()

    with pytest.raises(RoutingFailed):
        routing.driving(legs)

    assert time.monotonic() - began < 2
    server.fault = None
    assert routing.driving([LEG]) == (road(*LEG),)


@pytest.mark.rule("SCH-19")
def test_where_nobody_listens_it_has_failed() -> None:
    with serving() as server:
        url = server.url
    with closing(OsrmRouting(url, seconds=0.3)) as routing, pytest.raises(RoutingFailed, match="ConnectError"):
        routing.driving([LEG])


@pytest.mark.rule("SCH-19")
def test_a_server_that_does_not_answer_is_left_alone_for_a_while(
    server: Osrm, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(OsrmRouting(server.url, seconds=0.2, pause=0.3)) as routing:
        server.fault = never_answers
        for _ in range(5):
            with pytest.raises(RoutingFailed):
                routing.driving([LEG])
        assert len(server.asked) == 1
        server.fault = None
        time.sleep(0.35)
        assert routing.driving([LEG]) == (road(*LEG),)

    (warning,) = (each.getMessage() for each in caplog.records if each.name == "fieldops.routing")
    assert warning == "The routing server does not answer (ReadTimeout); for 0.3 s drives are estimates."


def test_a_refusal_is_no_reason_to_leave_it_alone(server: Osrm) -> None:
    with closing(OsrmRouting(server.url)) as routing:
        server.fault = FAULTS["a refusal"]
        with pytest.raises(RoutingFailed, match="InvalidOptions"):
            routing.driving([LEG])
        server.fault = None
        assert routing.driving([LEG]) == (road(*LEG),)
