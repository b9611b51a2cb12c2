"""
Driving distances from Valhalla.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from fieldops_adapters.routing.server import PAUSE, SECONDS, RoutingServer, by_road, groups, numbered, same_size
from fieldops_core.kernel.geo import Distance, Point
from fieldops_core.scheduling.ports import Leg, RoutingFailed

PLACES = 50
"""
At most so many places in one matrix: Valhalla allows 2,500 pairs of places unless it is told otherwise.
"""
OFF_THE_MAP = 5_000
"""
From so many meters to the next road on, a place is not on its map.
"""
NO_ROAD = frozenset({170, 171, 442})
"""
Its error codes for places that are not connected, that have no road near, and between which no path is found.
"""

Amounts = list[list[Annotated[float, Meta(ge=0)] | None]]


class _Matrix(msgspec.Struct):
    distances: Amounts
    durations: Amounts


class _Answer(msgspec.Struct):
    sources_to_targets: _Matrix | None = None
    error_code: int | None = None


class ValhallaRouting:
    """
    Driving distances by the roads that a Valhalla server at *url* knows (its matrices in short form, of version 3.4 and
    later), for a car. Where one place has no road within 5 km, the whole group that is asked with it is answered with
    None; and it refuses groups in which places are farther apart than it is set up for (400 km).

    Raises:
        ValueError: where the url is no address of a server.
    """

    def __init__(self, url: str, *, seconds: float = SECONDS, pause: float = PAUSE) -> None:
        self._server = RoutingServer(url, seconds=seconds, pause=pause)

    def close(self) -> None:
        self._server.close()

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance | None, ...]:
        found: dict[Leg, Distance | None] = {}
        for some in groups(dict.fromkeys(legs), PLACES):
            found |= zip(some, self._matrix(some), strict=True)
        return tuple(found[leg] for leg in legs)

    def _matrix(self, legs: Sequence[Leg]) -> Iterable[Distance | None]:
        """
        The drives of some legs, out of one matrix of all their origins and destinations.
        """
        rows, columns = numbered(origin for origin, _ in legs), numbered(destination for _, destination in legs)
        asked = {
            "sources": _told(rows),
            "targets": _told(columns),
            "costing": "auto",
            "units": "kilometers",
            "verbose": False,
        }
        answer = self._server.ask("sources_to_targets", _Answer, body=asked)
        matrix = answer.sources_to_targets
        if answer.error_code in NO_ROAD:
            return [None] * len(legs)
        if matrix is None:
            raise RoutingFailed(f"The routing server answered error {answer.error_code}.")
        for table in (matrix.distances, matrix.durations):
            same_size(table, len(rows), len(columns))
        cells = [(rows[origin], columns[destination]) for origin, destination in legs]
        kilometers = [matrix.distances[row][column] for row, column in cells]
        seconds = [matrix.durations[row][column] for row, column in cells]
        return [by_road(far and far * 1_000, long) for far, long in zip(kilometers, seconds, strict=True)]


def _told(places: Iterable[Point]) -> list[dict[str, float]]:
    return [{"lat": each.latitude, "lon": each.longitude, "search_cutoff": OFF_THE_MAP} for each in places]
