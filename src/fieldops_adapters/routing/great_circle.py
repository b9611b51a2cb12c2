"""
Driving distances without a map.
"""

from collections.abc import Sequence

from fieldops_core.kernel.geo import Distance
from fieldops_core.scheduling.calculations import estimate
from fieldops_core.scheduling.ports import Leg


class GreatCircleRouting:
    """
    Estimates a drive as 1.3 times the great circle, at 50 km/h: what roads in and between towns come to on average. It
    knows no rivers and no mountains, and says of each distance that it is an estimate. The core does the same where a
    routing engine fails.
    """

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance, ...]:
        return tuple(estimate(origin, destination) for origin, destination in legs)
