"""
A server that speaks OSRM's HTTP API, version 1, over roads of its own: as OSRM documents it, and as ``osrm-routed``
answers.

Its roads run north and east, around Provo; going north takes longer than coming back. There is an island in the east.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fieldops_core.kernel.geo import Point, great_circle

SOUTH_WEST, NORTH_EAST = Point(40.0, -112.0), Point(40.5, -111.4)
ISLAND = Point(40.3, -111.41)
METERS_A_SECOND = 12.0
LARGEST_TABLE = 100
KNOWN = {
    "route": {"overview", "generate_hints"},
    "table": {"sources", "destinations", "annotations", "generate_hints"},
}
PLACE = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")

Answer = tuple[int, dict[str, Any]]
Fault = Callable[[BaseHTTPRequestHandler], None]


class Osrm(ThreadingHTTPServer):
    """
    *asked* holds the paths of the requests, each with its query. A *fault* answers in place of the server.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.fault: Fault | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Osrm
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.server.fault:
            self.server.fault(self)
        else:
            say(self, *answered(self.path))

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Osrm]:
    with Osrm() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def say(handler: BaseHTTPRequestHandler, status: int, body: dict[str, Any] | bytes) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json; charset=UTF-8")
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def answered(target: str) -> Answer:
    """
    What is answered to a request for a path and query.
    """
    path, query = urlsplit(target).path, parse_qs(urlsplit(target).query, strict_parsing=True)
    service, *rest = path.strip("/").split("/")
    if service not in KNOWN:
        return refused("InvalidService", f"Service {service} not found!")
    if len(rest) != 3 or rest[:2] != ["v1", "driving"] or not query.keys() <= KNOWN[service]:
        return refused("InvalidQuery", "Query string malformed close to position 9")
    places = [place(each) for each in rest[2].split(";")]
    known = [each for each in places if each is not None]
    if len(known) < len(places):
        return refused("InvalidOptions", "Invalid coordinate value.")
    if len(known) < 2:
        return refused("InvalidOptions", "Number of coordinates needs to be at least two.")
    options = {name: values[0] for name, values in query.items()}
    return route(known) if service == "route" else table(known, options)


def route(places: list[Point]) -> Answer:
    drive = driven(places[0], places[1])
    if drive is None:
        return refused("NoRoute", "Impossible route between points")
    meters, seconds = drive
    leg = {"steps": [], "weight": seconds, "summary": "", "duration": seconds, "distance": meters}
    return 200, {
        "code": "Ok",
        "routes": [{"legs": [leg], "weight_name": "routability", **leg}],
        "waypoints": [waypoint(each) for each in places],
    }


def table(places: list[Point], options: dict[str, str]) -> Answer:
    rows, columns = (chosen(options.get(name, "all"), places) for name in ("sources", "destinations"))
    if rows is None or columns is None:
        return refused("InvalidOptions", "Indices need to be smaller than the number of coordinates")
    if len(rows) * len(columns) > LARGEST_TABLE**2 or len(places) > LARGEST_TABLE:
        return refused("TooBig", "Too many table coordinates")
    drives = [[driven(one, other) for other in columns] for one in rows]
    answer: dict[str, Any] = {
        "code": "Ok",
        "sources": [waypoint(each) for each in rows],
        "destinations": [waypoint(each) for each in columns],
    }
    for index, name in enumerate(("distance", "duration")):
        if name in options.get("annotations", "duration").split(","):
            answer[f"{name}s"] = [[drive and drive[index] for drive in row] for row in drives]
    return 200, answer


def chosen(told: str, places: list[Point]) -> list[Point] | None:
    if told == "all":
        return places
    indexes = [int(each) for each in told.split(";")]
    return [places[each] for each in indexes] if all(each < len(places) for each in indexes) else None


def place(told: str) -> Point | None:
    """
    Longitude first.
    """
    found = PLACE.fullmatch(told)
    if found is None or abs(float(found[1])) > 180 or abs(float(found[2])) > 90:
        return None
    return Point(float(found[2]), float(found[1]))


def snapped(point: Point) -> Point:
    """
    The nearest place on a road, however far away.
    """
    latitude = min(max(point.latitude, SOUTH_WEST.latitude), NORTH_EAST.latitude)
    return Point(latitude, min(max(point.longitude, SOUTH_WEST.longitude), NORTH_EAST.longitude))


def driven(origin: Point, destination: Point) -> tuple[float, float] | None:
    """
    Meters and seconds; None from the island and to it.
    """
    one, other = snapped(origin), snapped(destination)
    if (one.longitude < ISLAND.longitude) is not (other.longitude < ISLAND.longitude):
        return None
    corner = Point(other.latitude, one.longitude)
    north = great_circle(one, corner)
    meters = north + great_circle(corner, other)
    uphill = north / 10 if other.latitude > one.latitude else 0
    return round(meters, 1), round(meters / METERS_A_SECOND + uphill, 1)


def waypoint(point: Point) -> dict[str, Any]:
    there = snapped(point)
    location = [there.longitude, there.latitude]
    return {"location": location, "name": "", "distance": round(great_circle(point, there), 6)}


def refused(code: str, message: str) -> Answer:
    return 400, {"code": code, "message": message}
