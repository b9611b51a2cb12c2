"""
What becomes of everything that can go wrong with a routing server.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from attrs import frozen

from fieldops_adapters.routing.osrm import OsrmRouting
from fieldops_adapters.routing.valhalla import ValhallaRouting
from fieldops_core.kernel.geo import DistanceKind, Point
from fieldops_core.scheduling.ports import RoutingFailed
from tests.support import osrm, valhalla
from tests.support.served import LONG, Fault, Served, never_answers, say, trickles

PROVO, OREM, LEHI = Point(40.2338, -111.6585), Point(40.2969, -111.6946), Point(40.3916, -111.8508)
LEG = (PROVO, OREM)
LEGS = {"one": [LEG], "several": [LEG, (OREM, LEHI), (LEHI, PROVO)]}


@frozen
class Kind:
    serving: Callable[[], AbstractContextManager[Served]]
    routing: Callable[..., OsrmRouting | ValhallaRouting]


KINDS = {"osrm": Kind(osrm.serving, OsrmRouting), "valhalla": Kind(valhalla.serving, ValhallaRouting)}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def server(kind: Kind) -> Iterator[Served]:
    with kind.serving() as server:
        yield server


def answers_again(routing: OsrmRouting | ValhallaRouting) -> bool:
    (found,) = routing.driving([LEG])
    return found is not None and found.kind is DistanceKind.ROAD


def answers(status: int, body: dict[str, Any] | bytes) -> Fault:
    return lambda handler: say(handler, status, body)


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"code": "Ok"')
    handler.close_connection = True


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
    "a matrix of another size": answers(
        200, {"sources_to_targets": {"distances": [[1.0] * 9], "durations": [[1.0] * 9]}}
    ),
    "a matrix in long form": answers(200, {"sources_to_targets": [[{"distance": 1.0, "time": 60}]]}),
    "half a matrix": answers(200, {"sources_to_targets": {"distances": [[1.0]]}}),
    "error 154": answers(400, {"error_code": 154, "error": "Path distance exceeds the max distance limit"}),
    "without end": answers(200, b" " * 5_000_000),
}


SLOW = {"never answers", "trickles"}


@pytest.mark.rule("SCH-19")
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("legs", LEGS)
def test_what_is_no_answer_has_failed(kind: Kind, server: Served, fault: str, legs: str) -> None:
    server.fault = FAULTS[fault]
    began = time.monotonic()
    with closing(kind.routing(server.url, seconds=0.3 if fault in SLOW else LONG, pause=0)) as routing:
        with pytest.raises(RoutingFailed):
            routing.driving(LEGS[legs])

        assert time.monotonic() - began < LONG / 2
        server.fault = None
        assert fault in SLOW or answers_again(routing)


@pytest.mark.rule("SCH-19")
def test_where_nobody_listens_it_has_failed(kind: Kind) -> None:
    with kind.serving() as server:
        url = server.url
    with closing(kind.routing(url, seconds=0.3)) as routing, pytest.raises(RoutingFailed, match="ConnectError"):
        routing.driving([LEG])


@pytest.mark.rule("SCH-19")
def test_a_server_that_does_not_answer_is_left_alone_for_a_while(
    kind: Kind, server: Served, caplog: pytest.LogCaptureFixture
) -> None:
    server.fault = never_answers
    with closing(kind.routing(server.url, seconds=1, pause=60)) as routing:
        for _ in range(5):
            with pytest.raises(RoutingFailed):
                routing.driving([LEG])

    assert len(server.asked) == 1
    (warning,) = (each.getMessage() for each in caplog.records if each.name == "fieldops.routing")
    assert warning == "The routing server does not answer (ReadTimeout); for 60 s drives are estimates."


@pytest.mark.rule("SCH-19")
def test_after_a_while_it_is_asked_again(kind: Kind, server: Served) -> None:
    server.fault = FAULTS["500"]
    with closing(kind.routing(server.url, pause=0.1)) as routing:
        with pytest.raises(RoutingFailed):
            routing.driving([LEG])
        server.fault = None
        time.sleep(0.15)

        assert answers_again(routing)


def test_a_refusal_is_no_reason_to_leave_it_alone(kind: Kind, server: Served) -> None:
    with closing(kind.routing(server.url)) as routing:
        server.fault = FAULTS["a refusal"]
        with pytest.raises(RoutingFailed, match="answered"):
            routing.driving([LEG])
        server.fault = None
        assert answers_again(routing)
