"""
A server that speaks Valhalla's HTTP API over the roads of :mod:`tests.support.osrm`: as Valhalla documents it, and as
``valhalla_service`` answers. It knows its matrix service alone.
"""

import json
from contextlib import AbstractContextManager
from typing import Any

from fieldops_core.kernel.geo import Point, great_circle
from tests.support.osrm import driven, snapped
from tests.support.served import Answer, Served, served

MOST_PAIRS = 2_500
FARTHEST = 400_000
CUTOFF = 35_000


def serving() -> AbstractContextManager[Served]:
    return served(answered)


def answered(target: str, body: bytes) -> Answer:
    if target != "/sources_to_targets":
        return refused(106, "Try any of: '/locate' '/route' '/sources_to_targets'", status=404)
    try:
        asked = json.loads(body)
        rows, columns = ([place(each) for each in asked[name]] for name in ("sources", "targets"))
    except (ValueError, KeyError, TypeError):
        return refused(100, "Failed to parse json request")
    if asked.get("costing") != "auto":
        return refused(124, "No edge/node costing provided")
    if len(rows) * len(columns) > MOST_PAIRS:
        return refused(150, f"Exceeded max locations: {MOST_PAIRS}")
    if any(great_circle(one, other) > FARTHEST for one in rows for other in columns):
        return refused(154, f"Path distance exceeds the max distance limit: {FARTHEST} meters")
    for told in (*asked["sources"], *asked["targets"]):
        if great_circle(place(told), snapped(place(told))) > told.get("search_cutoff", CUTOFF):
            return refused(171, "No suitable edges near location")
    return 200, {"sources_to_targets": matrix(rows, columns, asked), "units": asked.get("units", "kilometers")}


def matrix(rows: list[Point], columns: list[Point], asked: dict[str, Any]) -> Any:
    """
    Short, or, as by default, with an object for each pair.
    """
    a_unit = 1_609.344 if asked.get("units") == "miles" else 1_000
    drives = [[driven(one, other) for other in columns] for one in rows]
    if asked.get("verbose", True):
        return [
            [{"distance": drive and drive[0] / a_unit, "time": drive and round(drive[1])} for drive in row]
            for row in drives
        ]
    return {
        "distances": [[drive and round(drive[0] / a_unit, 3) for drive in row] for row in drives],
        "durations": [[drive and round(drive[1]) for drive in row] for row in drives],
    }


def place(told: dict[str, float]) -> Point:
    return Point(told["lat"], told["lon"])


def refused(code: int, message: str, *, status: int = 400) -> Answer:
    return status, {"error_code": code, "error": message, "status_code": status, "status": "Bad Request"}
