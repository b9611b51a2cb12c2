"""
Driving without roads.
"""

from collections.abc import Sequence
from math import ceil

from fieldops_core.kernel.geo import Distance, DistanceKind, great_circle
from fieldops_core.scheduling.ports import Leg, RoutingFailed

METERS_A_MINUTE = 1_000


class StraightRouting:
    """
    A :class:`~fieldops_core.scheduling.ports.Routing` that estimates: the straight line, at 60 kilometres an hour.
    """

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance, ...]:
        lines = [great_circle(origin, destination) for origin, destination in legs]
        return tuple(
            Distance(meters=meters, kind=DistanceKind.ESTIMATE, minutes=ceil(meters / METERS_A_MINUTE))
            for meters in lines
        )


class FailingRouting:
    """
    A :class:`~fieldops_core.scheduling.ports.Routing` that does not answer.
    """

    def driving(self, _: Sequence[Leg]) -> tuple[Distance, ...]:
        """
        Raises:
            RoutingFailed: always.
        """
        raise RoutingFailed("The routing engine does not answer.")
