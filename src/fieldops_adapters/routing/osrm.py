"""
Driving distances from OSRM.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from fieldops_adapters.routing.server import PAUSE, SECONDS, RoutingServer
from fieldops_core.kernel.geo import Distance, DistanceKind, Point
from fieldops_core.scheduling.ports import Leg, RoutingFailed

PLACES = 100
"""
At most so many places in one table: what public servers allow, and what fits in an address.
"""
OFF_THE_MAP = 5_000
"""
OSRM drives from the nearest road it knows, however far away that is. From so many meters on, the place is not on its
map.
"""
NO_ROAD = frozenset({"NoRoute", "NoSegment", "NoTable"})

Amount = Annotated[float, Meta(ge=0)]


class _Waypoint(msgspec.Struct):
    distance: Amount = 0.0

    @property
    def on_the_map(self) -> bool:
        return self.distance < OFF_THE_MAP


class _Answer(msgspec.Struct):
    code: str


class _Route(msgspec.Struct):
    distance: Amount
    duration: Amount


class _Routes(_Answer):
    routes: list[_Route] = []
    waypoints: list[_Waypoint] = []


class _Table(_Answer):
    distances: list[list[Amount | None]] = []
    durations: list[list[Amount | None]] = []
    sources: list[_Waypoint] = []
    destinations: list[_Waypoint] = []


A = TypeVar("A", bound=_Answer)


class OsrmRouting:
    """
    Driving distances by the roads that an OSRM server at *url* knows (its HTTP API, version 1). It knows no traffic. A
    place more than 5 km from its roads is not on its map, and is answered with None.

    Raises:
        ValueError: where the url is no address of a server.
    """

    def __init__(self, url: str, *, profile: str = "driving", seconds: float = SECONDS, pause: float = PAUSE) -> None:
        self._server, self._profile = RoutingServer(url, seconds=seconds, pause=pause), profile

    def close(self) -> None:
        self._server.close()

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance | None, ...]:
        found: dict[Leg, Distance | None] = {}
        for some in _groups(dict.fromkeys(legs)):
            # OSRM refuses a table of one place.
            drives = self._table(some) if len(some) > 1 else [self._route(*some[0])]
            found |= zip(some, drives, strict=True)
        return tuple(found[leg] for leg in legs)

    def _route(self, origin: Point, destination: Point) -> Distance | None:
        answer = self._ask("route", (origin, destination), {"overview": "false"}, _Routes)
        if answer.code in NO_ROAD or not all(each.on_the_map for each in answer.waypoints):
            return None
        if not answer.routes:
            raise RoutingFailed("The routing server answered no route.")
        return _road(answer.routes[0].distance, answer.routes[0].duration)

    def _table(self, legs: Sequence[Leg]) -> Iterable[Distance | None]:
        """
        The drives of some legs, out of one table of all their origins and destinations.
        """
        rows, columns = _numbered(origin for origin, _ in legs), _numbered(destination for _, destination in legs)
        places = _numbered([*rows, *columns])
        which = {
            "sources": ";".join(str(places[each]) for each in rows),
            "destinations": ";".join(str(places[each]) for each in columns),
            "annotations": "duration,distance",
        }
        answer = self._ask("table", tuple(places), which, _Table)
        if answer.code in NO_ROAD:
            return (None for _ in legs)
        for table in (answer.distances, answer.durations):
            if len(table) != len(rows) or any(len(row) != len(columns) for row in table):
                raise RoutingFailed("The routing server answered a table of another size.")
        return (_cell(answer, rows[origin], columns[destination]) for origin, destination in legs)

    def _ask(self, service: str, places: Iterable[Point], options: Mapping[str, str], answer: type[A]) -> A:
        """
        Raises:
            RoutingFailed: where the server says that it could not, for another reason than a missing road.
        """
        told = ";".join(f"{each.longitude:.6f},{each.latitude:.6f}" for each in places)
        options = {**options, "generate_hints": "false"}
        found = self._server.get(f"{service}/v1/{self._profile}/{told}", options, answer)
        if found.code != "Ok" and found.code not in NO_ROAD:
            raise RoutingFailed(f"The routing server answered {found.code}.")
        return found


def _groups(legs: Iterable[Leg]) -> Iterator[list[Leg]]:
    """
    Legs, in their order, in as many groups as it takes for each to have few enough places.
    """
    group: list[Leg] = []
    places: set[Point] = set()
    for leg in legs:
        if len(places | set(leg)) > PLACES:
            yield group
            group, places = [], set()
        group.append(leg)
        places |= set(leg)
    if group:
        yield group


def _numbered(places: Iterable[Point]) -> dict[Point, int]:
    """
    Each place once, with its index.
    """
    return {place: index for index, place in enumerate(dict.fromkeys(places))}


def _cell(table: _Table, row: int, column: int) -> Distance | None:
    meters, seconds = table.distances[row][column], table.durations[row][column]
    ends = (*table.sources[row : row + 1], *table.destinations[column : column + 1])
    if meters is None or seconds is None or not all(each.on_the_map for each in ends):
        return None
    return _road(meters, seconds)


def _road(meters: float, seconds: float) -> Distance:
    return Distance(meters=meters, kind=DistanceKind.ROAD, minutes=ceil(seconds / 60))
