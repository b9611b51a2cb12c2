"""
Driving without roads.
"""

from math import ceil

from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle
from fieldops_core.scheduling.ports import RoutingFailed

METERS_A_MINUTE = 1_000


class StraightRouting:
    """
    A :class:`~fieldops_core.scheduling.ports.Routing` that estimates: the straight line, at 60 kilometres an hour.
    """

    def driving(self, origin: Point, destination: Point) -> Distance:
        meters = great_circle(origin, destination)
        return Distance(meters=meters, kind=DistanceKind.ESTIMATE, minutes=ceil(meters / METERS_A_MINUTE))


class FailingRouting:
    """
    A :class:`~fieldops_core.scheduling.ports.Routing` that does not answer.
    """

    def driving(self, origin: Point, destination: Point) -> Distance:
        """
        Raises:
            RoutingFailed: always.
        """
        raise RoutingFailed("The routing engine does not answer.")
